// Districts: several rows (polygons, editions of several years) may speak of one.
#include "directory/store/derive/derived_kind.hpp"
#include "directory/store/derive/district_code.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <set>
#include <vector>

namespace shirube::directory {

namespace {

class DistrictsKind final : public DerivedKind {
  public:
    explicit DistrictsKind(DerivationContext& context)
        : context_(context),
          select_of_list_(context.database(), R"(SELECT DISTINCT k.entity_id FROM link k
              JOIN district d ON d.district_id = k.entity_id WHERE k.list_id = ?)"),
          // Of several lists that have the district (editions of two years), the newest alone draws it.
          select_rows_(context.database(), R"(
              SELECT r.row_id, r.list_id, r.reading FROM link k
                  JOIN source_row r ON r.list_id = k.list_id AND r.key = k.key
                  JOIN edition_row m ON m.row_id = r.row_id
                  JOIN current_edition c ON c.list_id = m.list_id AND c.import_id = m.import_id
                  JOIN list_edition e ON e.list_id = c.list_id AND e.import_id = c.import_id
                  JOIN list l ON l.list_id = r.list_id
              WHERE k.entity_id = ? AND k.role = 'district'
              ORDER BY e.as_of DESC, l.name, r.key)"),
          select_content_(context.database(), "SELECT name || status || hex(geom) FROM district WHERE district_id = ?"),
          delete_(context.database(), "DELETE FROM district WHERE district_id = ?"),
          insert_(context.database(), R"(INSERT INTO district (district_id, list_id, layer, code, name, municipality,
                  municipality_name, status, polygons_joined, geom)
              SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT CastToMulti(ST_Union(geom)) FROM
                  (SELECT geom FROM source_geometry WHERE row_id IN (SELECT value FROM json_each(?)) ORDER BY row_id)))"),
          count_(context.database(), "SELECT count(*) FROM district WHERE list_id = ?") {}

    // Links of a row that left still name the district, so that one none of whose rows is in force finds no rows and
    // goes.
    void leave(const SourceRow& row) override {
        const auto reading = nlohmann::json::parse(row.reading).get<DistrictReading>();
        touched_.insert(district_of(reading));
    }

    void come(const SourceRow& row) override {
        const auto reading = nlohmann::json::parse(row.reading).get<DistrictReading>();
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
            derive(id);
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

    std::string content_of(std::int64_t district_id) {
        select_content_.bind(district_id);
        return select_content_.step() ? std::string{select_content_.text(0)} : std::string{};
    }

    void derive(std::int64_t district_id) {
        const std::string before = content_of(district_id);
        select_rows_.bind(district_id);
        std::int64_t list_id = 0;
        std::string reading;
        std::vector<std::int64_t> parts;
        while (select_rows_.step()) {
            if (parts.empty()) {
                list_id = select_rows_.integer(1);
                reading = select_rows_.text(2);
            }
            if (select_rows_.integer(1) == list_id) {
                parts.push_back(select_rows_.integer(0));
            }
        }
        delete_.bind(district_id).run();
        if (!parts.empty()) {
            draw(district_id, list_id, nlohmann::json::parse(reading).get<DistrictReading>(), parts);
        }
        const auto key = fmt::format("district {}", district_id);
        context_.tally().count(key, before, content_of(district_id));
        if (!context_.is_touched(list_id)) {
            context_.tally().rests_on_other_list(key);
        }
    }

    void draw(std::int64_t district_id, std::int64_t list_id, const DistrictReading& district,
              const std::vector<std::int64_t>& parts) {
        const std::string ids = nlohmann::json(parts).dump();
        insert_
            .bind(district_id, list_id, district.layer, district_code(district), district.name, district.municipality,
                  district.municipality_name, code_of(district.status), static_cast<std::int64_t>(parts.size()), ids)
            .run();
    }

    DerivationContext& context_;
    Statement select_of_list_;
    Statement select_rows_;
    Statement select_content_;
    Statement delete_;
    Statement insert_;
    Statement count_;
    std::set<std::int64_t> touched_;
};

} // namespace

std::unique_ptr<DerivedKind> derive_districts(DerivationContext& context) {
    return std::make_unique<DistrictsKind>(context);
}

} // namespace shirube::directory
