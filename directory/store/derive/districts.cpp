// Districts: several rows (polygons, editions of several years) may speak of one.
#include "directory/mended_list.hpp"
#include "directory/store/derive/derived_kind.hpp"
#include "directory/store/derive/district_code.hpp"
#include "directory/store/derive/district_members.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace shirube::directory {

namespace {

class DistrictsKind final : public DerivedKind {
  public:
    explicit DistrictsKind(DerivationContext& context)
        : context_(context),
          select_of_list_(context.database(), R"(SELECT DISTINCT k.entity_id FROM link k
              JOIN district d ON d.district_id = k.entity_id WHERE k.list_id = ?)"),
          select_rows_(context.database(), R"(
              SELECT r.row_id, r.list_id, r.reading,
                  EXISTS (SELECT 1 FROM source_geometry g WHERE g.row_id = r.row_id), l.name FROM link k
                  JOIN source_row r ON r.list_id = k.list_id AND r.key = k.key
                  JOIN edition_row m ON m.row_id = r.row_id
                  JOIN current_edition c ON c.list_id = m.list_id AND c.import_id = m.import_id
                  JOIN list_edition e ON e.list_id = c.list_id AND e.import_id = c.import_id
                  JOIN list l ON l.list_id = r.list_id
              WHERE k.entity_id = ? AND k.role = 'district'
              ORDER BY e.as_of DESC, l.name, r.key)"),
          select_content_(context.database(), R"(
              SELECT name || status || coalesce(valid_from, '') || '/' || coalesce(valid_to, '') || coalesce(MD5Checksum(geom), '')
                  || coalesce((SELECT group_concat(rule) FROM district_address a WHERE a.district_id = d.district_id), '')
                  || coalesce((SELECT group_concat(layer || municipality || m.name) FROM district_member m
                               WHERE m.district_id = d.district_id), ''), list_id
              FROM district d WHERE district_id = ?)"),
          delete_(context.database(), "DELETE FROM district WHERE district_id = ?"),
          insert_(context.database(), R"(INSERT INTO district (district_id, list_id, layer, code, name, municipality,
                  municipality_name, status, polygons_joined, valid_from, valid_to, geom)
              SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT CASE WHEN count(*) = 1 THEN CastToMulti(geom)
                      ELSE CastToMulti(ST_Union(geom)) END FROM
                  (SELECT geom FROM source_geometry WHERE row_id IN (SELECT value FROM json_each(?)) ORDER BY row_id)))"),
          insert_member_(context.database(), "INSERT INTO district_member VALUES (?, ?, ?, ?, ?, NULL)"),
          insert_address_(context.database(), "INSERT INTO district_address VALUES (?, ?, ?)"),
          count_(context.database(), "SELECT count(*) FROM district WHERE list_id = ?") {}

    // Links of a row that left still name the district, so that one none of whose rows is in force finds no rows and
    // goes.
    void leave(const SourceRow& row) override {
        const auto reading = read_as<DistrictReading>(row.reading);
        touched_.insert(district_of(reading));
    }

    void come(const SourceRow& row) override {
        const auto reading = read_as<DistrictReading>(row.reading);
        const auto district_id = district_of(reading);
        context_.link(row, "district", district_id,
                      reading.school_code.empty() ? "same municipality and folded name" : "same school code");
        touched_.insert(district_id);
    }

    void redated(std::int64_t list_id) override {
        select_of_list_.bind(list_id);
        while (select_of_list_.step()) {
            touched_.insert(select_of_list_.integer(0));
        }
    }

    void finish() override {
        for (const auto id : touched_) {
            remember(id);
            derive(id);
        }
        draw_from_members(context_.database(), touched_, [this](std::int64_t id) { remember(id); });
        for (const auto& [id, before] : before_) {
            tally(id, before);
        }
    }

    std::int64_t entities_of(std::int64_t list_id) override {
        count_.bind(list_id);
        return count_.step() ? count_.integer(0) : 0;
    }

  private:
    std::int64_t district_of(const DistrictReading& reading) {
        return context_.entity("district", context_.mint("district", {reading.layer, district_code(reading)}));
    }

    /// A row that speaks of a district.
    struct Part {
        std::int64_t row_id = 0;
        std::int64_t list_id = 0;
        bool has_polygons = false;
        DistrictReading reading;
        std::string list;

        [[nodiscard]] bool draws() const noexcept { return has_polygons || !reading.members.empty(); }
        /// Rows that were mended belong to the list they were rejected from.
        [[nodiscard]] bool is_of_list_of(const Part& other) const {
            return origin_of_mended(list) == origin_of_mended(other.list);
        }
    };

    /// What stands for a district, and the list it rests on.
    struct Content {
        std::string text;
        std::int64_t list_id = 0;
    };

    Content content_of(std::int64_t district_id) {
        select_content_.bind(district_id);
        return select_content_.step() ? Content{std::string{select_content_.text(0)}, select_content_.integer(1)}
                                      : Content{};
    }

    void remember(std::int64_t district_id) {
        if (!before_.contains(district_id)) {
            before_.emplace(district_id, content_of(district_id));
        }
    }

    void tally(std::int64_t district_id, const Content& before) {
        const Content now = content_of(district_id);
        const bool of_this_import = context_.is_touched(now.text.empty() ? before.list_id : now.list_id);
        if (!of_this_import && !touched_.contains(district_id) && now.text == before.text) {
            return; // looked at because of a member, and as it was
        }
        const auto key = fmt::format("district {}", district_id);
        context_.tally().count(key, before.text, now.text);
        if (!context_.is_touched(now.list_id)) {
            context_.tally().rests_on_other_list(key);
        }
    }

    void derive(std::int64_t district_id) {
        select_rows_.bind(district_id);
        std::vector<Part> parts;
        while (select_rows_.step()) {
            parts.push_back({select_rows_.integer(0), select_rows_.integer(1), select_rows_.integer(3) != 0,
                             read_as<DistrictReading>(select_rows_.text(2)), std::string{select_rows_.text(4)}});
        }
        delete_.bind(district_id).run();
        if (parts.empty()) {
            return;
        }
        // Of several lists that draw the district (editions of two years), the newest alone does; of several that tell
        // its addresses too. A table of addresses never takes a drawn district's area away.
        const auto drawing = std::ranges::find_if(parts, &Part::draws);
        draw(district_id, first_of_list(drawing == parts.end() ? parts.front() : *drawing, parts), parts);
        const auto telling = std::ranges::find_if(parts, [](const Part& p) { return !p.reading.addresses.empty(); });
        if (telling != parts.end()) {
            write_addresses(district_id, *telling, parts);
        }
    }

    /// Of the rows of a part's list the first that was not mended: what it calls the district stands.
    static const Part& first_of_list(const Part& part, const std::vector<Part>& parts) {
        const auto found = std::ranges::find_if(parts, [&](const Part& other) {
            return other.is_of_list_of(part) && !is_mended_list(other.list) && other.draws() == part.draws();
        });
        return found == parts.end() ? part : *found;
    }

    void draw(std::int64_t district_id, const Part& first, const std::vector<Part>& parts) {
        std::vector<std::int64_t> rows;
        for (const Part& part : parts) {
            if (part.is_of_list_of(first)) {
                rows.push_back(part.row_id);
            }
        }
        const DistrictReading& district = first.reading;
        const std::string ids = nlohmann::json(rows).dump();
        const auto from = district.valid_from ? std::optional(to_string(*district.valid_from)) : std::nullopt;
        const auto to = district.valid_to ? std::optional(to_string(*district.valid_to)) : std::nullopt;
        insert_
            .bind(district_id, first.list_id, district.layer, district_code(district), district.name,
                  district.municipality, district.municipality_name, code_of(district.status),
                  static_cast<std::int64_t>(rows.size()), from, to, ids)
            .run();
        std::int64_t ordinal = 0;
        for (const Part& part : parts) {
            if (!part.is_of_list_of(first)) {
                continue;
            }
            for (const DistrictMember& member : part.reading.members) {
                insert_member_.bind(district_id, ordinal++, member.layer, member.municipality, member.name).run();
            }
        }
    }

    void write_addresses(std::int64_t district_id, const Part& telling, const std::vector<Part>& parts) {
        std::int64_t ordinal = 0;
        for (const Part& part : parts) {
            if (!part.is_of_list_of(telling)) {
                continue;
            }
            for (const AddressRule& rule : part.reading.addresses) {
                const std::string text = nlohmann::json(rule).dump();
                insert_address_.bind(district_id, ordinal++, text).run();
            }
        }
    }

    DerivationContext& context_;
    Statement select_of_list_;
    Statement select_rows_;
    Statement select_content_;
    Statement delete_;
    Statement insert_;
    Statement insert_member_;
    Statement insert_address_;
    Statement count_;
    std::set<std::int64_t> touched_;
    std::map<std::int64_t, Content> before_;
};

} // namespace

std::unique_ptr<DerivedKind> derive_districts(DerivationContext& context) {
    return std::make_unique<DistrictsKind>(context);
}

} // namespace shirube::directory
