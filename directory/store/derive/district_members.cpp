#include "directory/store/derive/district_members.hpp"

#include "directory/district_book.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace shirube::directory {

namespace {

struct Member {
    std::int64_t ordinal = 0;
    std::string layer;
    std::string municipality;
    std::string name;
    std::optional<std::int64_t> member;
};

/// Every district, and which of them a member means.
class Districts {
  public:
    explicit Districts(Database& database) : book_(read(database, ids_)) {}

    [[nodiscard]] std::optional<std::int64_t> find(const Member& member) const {
        const auto place = member.name.empty()
                               ? book_.find_only_of(member.layer, member.municipality)
                               : book_.find(member.layer, member.name, member.name, member.municipality);
        return place ? std::optional(ids_[*place]) : std::nullopt;
    }

  private:
    /// One that is made of others counts as drawn before it is: it is about to be.
    static std::vector<DistrictName> read(Database& database, std::vector<std::int64_t>& ids) {
        Statement select(database, R"(SELECT district_id, layer, code, name, municipality, geom IS NOT NULL
                OR EXISTS (SELECT 1 FROM district_member m WHERE m.district_id = d.district_id)
            FROM district d ORDER BY layer, code)");
        std::vector<DistrictName> names;
        while (select.step()) {
            ids.push_back(select.integer(0));
            names.push_back({std::string(select.text(1)), std::string(select.text(2)), std::string(select.text(3)),
                             std::string(select.text(4)), select.integer(5) != 0});
        }
        return names;
    }

    std::vector<std::int64_t> ids_; ///< by place in the book
    DistrictBook book_;
};

using Members = std::map<std::int64_t, std::vector<Member>>;

Members read_members(Database& database) {
    Statement select(database,
                     "SELECT district_id, ordinal, layer, municipality, name, member_id FROM district_member "
                     "ORDER BY district_id, ordinal");
    Members members;
    while (select.step()) {
        members[select.integer(0)].push_back({select.integer(1), std::string(select.text(2)),
                                              std::string(select.text(3)), std::string(select.text(4)),
                                              select.maybe_integer(5)});
    }
    return members;
}

/// All that a district is made of, down to those with areas of their own.
void expand(const Members& members, std::int64_t district, std::set<std::int64_t>& met,
            std::set<std::int64_t>& leaves) {
    std::vector<std::int64_t> open{district};
    while (!open.empty()) {
        const auto at = open.back();
        open.pop_back();
        if (!met.insert(at).second) {
            continue;
        }
        const auto found = members.find(at);
        if (found == members.end()) {
            leaves.insert(at);
            continue;
        }
        for (const Member& member : found->second) {
            if (member.member) {
                open.push_back(*member.member);
            }
        }
    }
}

} // namespace

void draw_from_members(Database& database, const std::set<std::int64_t>& touched,
                       const std::function<void(std::int64_t)>& about_to_draw) {
    Members members = read_members(database);
    if (members.empty()) {
        return;
    }
    const Districts districts(database);
    std::set<std::int64_t> changed = touched;
    Statement write_member(database, "UPDATE district_member SET member_id = ? WHERE district_id = ? AND ordinal = ?");
    for (auto& [district, list] : members) {
        for (Member& member : list) {
            if (const auto now = districts.find(member); now != member.member) {
                member.member = now;
                write_member.bind(now, district, member.ordinal).run();
                changed.insert(district);
            }
        }
    }
    Statement draw(database, R"(UPDATE district SET geom = (SELECT CastToMulti(ST_Union(geom)) FROM
            (SELECT geom FROM district WHERE district_id IN (SELECT value FROM json_each(?)) AND geom IS NOT NULL
             ORDER BY layer, code))
        WHERE district_id = ?)");
    for (const auto& [district, list] : members) {
        std::set<std::int64_t> met;
        std::set<std::int64_t> leaves;
        expand(members, district, met, leaves);
        if (std::ranges::any_of(met, [&](std::int64_t id) { return changed.contains(id); })) {
            about_to_draw(district);
            const std::string ids = nlohmann::json(leaves).dump();
            draw.bind(ids, district).run();
        }
    }
}

} // namespace shirube::directory
