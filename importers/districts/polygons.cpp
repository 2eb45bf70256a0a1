#include "importers/districts/polygons.hpp"

#include "directory/designated_city.hpp"
#include "directory/fold.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/input_file.hpp"
#include "importers/lists/municipality_code.hpp"
#include "importers/report/explanation.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

namespace shirube::importers {

namespace {

constexpr std::string_view k_ward_layer = "ku";
constexpr std::string_view k_no_municipality = "所属未定地";

directory::DistrictStatus status_of(std::string_view name) {
    for (const std::string_view mark : {"（休校", "(休校"}) {
        if (name.find(mark) != std::string_view::npos) {
            return directory::DistrictStatus::suspended;
        }
    }
    return directory::DistrictStatus::active;
}

/// Seven decimals, a centimetre. Millions of them are written, and the formatter for any number takes ten times as
/// long.
void append_degrees(std::string& text, double degrees) {
    constexpr std::int64_t scale = 10'000'000;
    const auto scaled = static_cast<std::int64_t>(std::llround(std::abs(degrees) * static_cast<double>(scale)));
    if (degrees < 0) {
        text += '-';
    }
    const fmt::format_int whole(scaled / scale);
    text.append(whole.data(), whole.size());
    text += '.';
    const fmt::format_int decimals(scaled % scale + scale); // a leading 1 keeps the zeros
    text.append(decimals.data() + 1, decimals.size() - 1);
}

/// The shape's digest tells polygons of one school apart over editions, whatever their order in the file.
std::string shape_digest(const geo::MultiPolygon& area) {
    std::string text;
    const auto append = [&text](const geo::Ring& ring) {
        for (const geo::LonLat& corner : ring) {
            append_degrees(text, corner.lon);
            text += ' ';
            append_degrees(text, corner.lat);
            text += ',';
        }
        text += ';';
    };
    for (const geo::Polygon& polygon : area) {
        append(polygon.outer);
        std::ranges::for_each(polygon.holes, append);
    }
    return digest_of(text).substr(0, 16);
}

bool lies_in_japan(const geo::MultiPolygon& area) {
    const geo::Box box = geo::box_of(area);
    return geo::within_japan({.lon = box.west, .lat = box.south}) &&
           geo::within_japan({.lon = box.east, .lat = box.north});
}

/// Reads the rows of one file; every row ends in one bin with its reasons.
class DistrictRows {
  public:
    DistrictRows(const DistrictEdition& edition, const VectorFile& file, const TermsSheet* terms,
                 const Mapping* mapping, Intake& intake)
        : edition_(edition),
          file_(file),
          columns_(columns_of(edition, file)),
          terms_(terms),
          mapping_(mapping),
          intake_(intake) {
        const std::string& asked = intake.options().layer;
        layer_ = asked.empty() ? std::string(edition.layer) : asked;
    }

    void read(VectorFeature feature) {
        flagged_ = false;
        if (is_no_municipality(feature) ||
            (mapping_ != nullptr && !mapping_->is_wanted(file_.columns, feature.values))) {
            intake_.count(Bin::out_of_scope);
            return;
        }
        auto reading = reading_of(feature);
        if (!reading) {
            intake_.count(Bin::rejected);
            return;
        }
        intake_.count(flagged_ ? Bin::flagged : Bin::accepted);
        if (edition_.division == Division::municipalities) {
            take_municipality(feature, std::move(*reading));
        } else {
            take(feature, std::move(*reading), rows_);
        }
    }

    std::vector<directory::BatchList> take_lists() {
        std::vector<directory::BatchList> lists;
        lists.push_back(list_of(std::move(rows_), layer_));
        if (!wards_.empty()) {
            lists.push_back(list_of(std::move(wards_), std::string(k_ward_layer)));
        }
        return lists;
    }

  private:
    directory::BatchList list_of(std::vector<directory::BatchRow> rows, std::string layer) const {
        directory::BatchList list;
        list.profile = edition_.profile;
        list.layer = std::move(layer);
        if (mapping_ == nullptr && (edition_.profile.starts_with("a") || edition_.profile.starts_with("n03"))) {
            list.publisher = "国土交通省（国土数値情報）";
        }
        list.rows = std::move(rows);
        return list;
    }

    void take(const VectorFeature& feature, directory::DistrictReading reading,
              std::vector<directory::BatchRow>& rows) const {
        directory::BatchRow row;
        row.cells = cells_of(feature);
        row.key = fmt::format("{}|{}|{}", reading.municipality, directory::fold(reading.name),
                              shape_digest(reading.geometry));
        row.file = intake_.file();
        row.row = feature.row;
        row.flagged = flagged_;
        row.reading = std::move(reading);
        rows.push_back(std::move(row));
    }

    /// A ward of a designated city is a ward, and a part of its city.
    void take_municipality(const VectorFeature& feature, directory::DistrictReading reading) {
        const std::string_view city = directory::designated_city_of(reading.municipality);
        const bool is_ward = city != reading.municipality;
        const std::string_view before = value(feature, columns_.city);
        const std::string_view ward = value(feature, columns_.ward);
        if (!is_ward) {
            // A county stands before a town's name; it is no part of it.
            reading.municipality_name = reading.name;
            take(feature, std::move(reading), rows_);
            return;
        }
        std::string city_name = ward.empty() ? std::string(before) : reading.name;
        const std::string ward_name = ward.empty() ? reading.name : std::string(ward);
        directory::DistrictReading of_city = reading;
        reading.layer = k_ward_layer;
        reading.name = ward_name;
        reading.municipality_name = city_name + ward_name;
        take(feature, std::move(reading), wards_);
        if (!city_name.empty()) {
            of_city.municipality = city;
            of_city.name = city_name;
            of_city.municipality_name = std::move(city_name);
            take(feature, std::move(of_city), rows_);
        }
    }

    bool is_no_municipality(const VectorFeature& feature) const {
        return edition_.division == Division::municipalities && value(feature, columns_.name) == k_no_municipality;
    }

    std::string_view value(const VectorFeature& feature, std::optional<std::size_t> column) const {
        if (!column) {
            return {};
        }
        const std::string_view cell = trimmed(feature.values[*column]);
        return mapping_ == nullptr ? cell : trimmed(mapping_->value_of(file_.columns[*column], cell));
    }

    /// The same, or what a mapping says of every feature.
    std::string_view field(const VectorFeature& feature, std::optional<std::size_t> column,
                           std::string_view name) const {
        return column || mapping_ == nullptr ? value(feature, column) : trimmed(mapping_->constant_of(name));
    }

    directory::DistrictStatus status_of_feature(const VectorFeature& feature, std::string_view name) const {
        const std::string_view stated = field(feature, columns_.status, district_field::k_status);
        const bool suspended = stated.find("休") != std::string_view::npos || stated == "suspended" || stated == "廃止";
        return suspended ? directory::DistrictStatus::suspended : status_of(name);
    }

    void flag(std::string_view code, Place place, std::string_view a = {}) {
        flagged_ = true;
        intake_.note(code, std::move(place), a);
    }

    std::optional<directory::DistrictReading> refuse(std::string_view code, const VectorFeature& feature,
                                                     std::string_view column = {}, std::string_view cell = {},
                                                     std::string_view a = {}) {
        intake_.note(code, {.row = feature.row, .column = std::string(column), .value = std::string(cell)}, a);
        return std::nullopt;
    }

    std::optional<directory::DistrictReading> reading_of(VectorFeature& feature) {
        directory::DistrictReading reading;
        reading.layer = layer_;
        reading.name = value(feature, columns_.name);
        if (reading.name.empty()) {
            return refuse("district_name_missing", feature, edition_.name);
        }
        const std::string_view stated = field(feature, columns_.municipality, district_field::k_municipality);
        if (stated.empty()) {
            if (intake_.options().municipality.empty()) {
                return refuse("district_municipality_missing", feature, edition_.municipality);
            }
            reading.municipality = intake_.options().municipality;
        } else if (auto code = parse_municipality_code(stated)) {
            reading.municipality = std::move(*code);
        } else {
            return refuse("district_municipality_malformed", feature, edition_.municipality, stated);
        }
        if (const auto fault = shape_fault(feature); !fault.empty()) {
            return refuse(fault, feature);
        }
        if (!may_be_used(feature, reading.municipality)) {
            return std::nullopt;
        }
        reading.municipality_name = field(feature, columns_.municipality_name, district_field::k_municipality_name);
        reading.school_code = value(feature, columns_.school_code);
        reading.status = status_of_feature(feature, reading.name);
        reading.geometry = std::move(std::get<geo::MultiPolygon>(feature.shape));
        flag_doubts(feature);
        return reading;
    }

    /// Whether the sheet of terms lets the row in; what it says otherwise is told.
    bool may_be_used(const VectorFeature& feature, const std::string& municipality) {
        if (terms_ == nullptr) {
            return true;
        }
        const TermsAnswer answer = terms_->of(municipality, layer_);
        const std::string_view code = issue_of(answer.terms);
        if (code.empty()) {
            return true;
        }
        const Place place{.row = feature.row, .column = std::string(edition_.municipality), .value = municipality};
        if (answer.terms == Terms::refused && intake_.options().terms_policy == TermsPolicy::refuse) {
            intake_.note(code, place, answer.words);
            return false;
        }
        flag(code, place, answer.words);
        return true;
    }

    static std::string_view shape_fault(const VectorFeature& feature) {
        if (feature.note == ShapeNote::broken) {
            return "geometry_broken";
        }
        if (feature.note == ShapeNote::not_this_kind || std::holds_alternative<geo::LonLat>(feature.shape)) {
            return "geometry_not_polygon";
        }
        if (!std::holds_alternative<geo::MultiPolygon>(feature.shape)) {
            return "geometry_missing";
        }
        return lies_in_japan(std::get<geo::MultiPolygon>(feature.shape)) ? "" : "geometry_outside_japan";
    }

    void flag_doubts(const VectorFeature& feature) {
        if (feature.note == ShapeNote::mended) {
            flag("ring_mended", {.row = feature.row});
        }
        if (feature.note == ShapeNote::closed_line) {
            flag("line_as_polygon", {.row = feature.row});
        }
        if (file_.datum == Datum::tokyo) {
            flag("tokyo_datum", {.row = feature.row});
        }
        for (const std::size_t column : feature.cut_values) {
            flag("attribute_cut",
                 {.row = feature.row, .column = file_.columns[column], .value = feature.values[column]});
        }
    }

    std::string cells_of(const VectorFeature& feature) const {
        nlohmann::ordered_json cells = nlohmann::ordered_json::object();
        for (std::size_t i = 0; i < file_.columns.size(); ++i) {
            cells[file_.columns[i]] = feature.values[i];
        }
        return cells.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    }

    const DistrictEdition& edition_;
    const VectorFile& file_;
    DistrictColumns columns_;
    const TermsSheet* terms_;
    const Mapping* mapping_;
    Intake& intake_;
    std::string layer_;
    std::vector<directory::BatchRow> rows_;
    std::vector<directory::BatchRow> wards_;
    bool flagged_ = false;
};

} // namespace

std::vector<directory::BatchList> read_polygons(VectorFile file, const DistrictEdition& edition,
                                                const TermsSheet* terms, const Mapping* mapping, Intake& intake) {
    if (intake.options().explain) {
        Explanation explanation(file.columns, understood_columns(edition, file), {});
        for (const VectorFeature& feature : file.features) {
            explanation.see(feature.values);
        }
        std::move(explanation).tell(intake);
    }
    DistrictRows rows(edition, file, terms, mapping, intake);
    const std::size_t of = file.features.size();
    for (VectorFeature& feature : file.features) {
        if (feature.row % 1000 == 0) {
            intake.step("rows", static_cast<std::size_t>(feature.row), of);
        }
        rows.read(std::move(feature));
    }
    intake.step("rows", of, of);
    return rows.take_lists();
}

} // namespace shirube::importers
