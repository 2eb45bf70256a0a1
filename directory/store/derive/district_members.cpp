#include "directory/store/derive/district_members.hpp"

#include "directory/address_rule.hpp"
#include "directory/designated_city.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
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

/// Every district by what a member may be called.
class DistrictNames {
  public:
    explicit DistrictNames(Database& database) {
        // One that has nothing but addresses goes behind one of its name that is drawn: they are the same school.
        Statement select(database, R"(SELECT district_id, layer, code, name, municipality, geom IS NOT NULL
                OR EXISTS (SELECT 1 FROM district_member m WHERE m.district_id = d.district_id) AS drawn
            FROM district d ORDER BY drawn DESC)");
        while (select.step()) {
            const auto id = select.integer(0);
            const std::string layer(select.text(1));
            const std::string municipality(select.text(4));
            const bool drawn = select.integer(5) != 0;
            add(layer + "\ncode\n" + std::string(select.text(2)), id, drawn);
            const std::string name = school_name_key(select.text(3));
            add(layer + "\nname\n" + municipality + "\n" + name, id, drawn);
            if (const auto city = designated_city_of(municipality); city != municipality) {
                add(layer + "\nname\n" + std::string(city) + "\n" + name, id, drawn);
            }
            add(layer + "\nmunicipality\n" + municipality, id, drawn);
        }
    }

    /// The one district a member means.
    [[nodiscard]] std::optional<std::int64_t> find(const Member& member) const {
        if (member.name.empty()) {
            return find(member.layer + "\nmunicipality\n" + member.municipality);
        }
        const auto by_code = find(member.layer + "\ncode\n" + member.name);
        return by_code ? by_code
                       : find(member.layer + "\nname\n" + member.municipality + "\n" + school_name_key(member.name));
    }

  private:
    void add(const std::string& key, std::int64_t id, bool drawn) {
        const auto [found, is_new] = ids_.try_emplace(key, Named{id, drawn});
        if (!is_new && found->second.drawn == drawn) {
            found->second.id.reset();
        }
    }

    [[nodiscard]] std::optional<std::int64_t> find(const std::string& key) const {
        const auto found = ids_.find(key);
        return found == ids_.end() ? std::nullopt : found->second.id;
    }

    struct Named {
        std::optional<std::int64_t> id; ///< empty where several have the name
        bool drawn = false;
    };
    std::unordered_map<std::string, Named> ids_;
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
    const DistrictNames names(database);
    std::set<std::int64_t> changed = touched;
    Statement write_member(database, "UPDATE district_member SET member_id = ? WHERE district_id = ? AND ordinal = ?");
    for (auto& [district, list] : members) {
        for (Member& member : list) {
            if (const auto now = names.find(member); now != member.member) {
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
