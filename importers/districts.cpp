#include "importers/districts.hpp"

#include "directory/fold.hpp"
#include "importers/csv.hpp"
#include "importers/input_file.hpp"
#include "importers/municipality_code.hpp"
#include "importers/vector_file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <unordered_set>
#include <utility>

namespace shirube::importers {

namespace {

// National Land Numerical Information: product specifications of A32 (middle-school districts) and A27
// (elementary-school districts). Editions with more telling columns come first.
constexpr std::array k_editions{
    DistrictEdition{.profile = "a32-2016",
                    .municipality = "A32_006",
                    .municipality_name = {},
                    .name = "A32_008",
                    .school_code = {}},
    DistrictEdition{.profile = "a32-2021",
                    .municipality = "A32_001",
                    .municipality_name = {},
                    .name = "A32_004",
                    .school_code = "A32_003"},
    DistrictEdition{.profile = "a32-2013",
                    .municipality = "A32_001",
                    .municipality_name = "A32_002",
                    .name = "A32_003",
                    .school_code = {}},
    DistrictEdition{.profile = "a27-2010",
                    .municipality = "A27_005",
                    .municipality_name = {},
                    .name = "A27_007",
                    .school_code = {}},
    DistrictEdition{.profile = "a27-2021",
                    .municipality = "A27_001",
                    .municipality_name = {},
                    .name = "A27_004",
                    .school_code = "A27_003"},
    DistrictEdition{.profile = "districts-plain",
                    .municipality = "code",
                    .municipality_name = "municipality",
                    .name = "name",
                    .school_code = {}},
};

/// Where a file has an edition's columns; nothing where the edition has no such column.
struct Columns {
    std::optional<std::size_t> municipality;
    std::optional<std::size_t> municipality_name;
    std::optional<std::size_t> name;
    std::optional<std::size_t> school_code;
};

std::optional<std::size_t> find_column(const VectorFile& file, std::string_view column) {
    const auto found = std::ranges::find(file.columns, column);
    if (column.empty() || found == file.columns.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - file.columns.begin());
}

Columns columns_of(const DistrictEdition& edition, const VectorFile& file) {
    return {.municipality = find_column(file, edition.municipality),
            .municipality_name = find_column(file, edition.municipality_name),
            .name = find_column(file, edition.name),
            .school_code = find_column(file, edition.school_code)};
}

std::vector<std::string_view> missing_columns(const DistrictEdition& edition, const VectorFile& file) {
    std::vector<std::string_view> missing;
    for (const std::string_view column :
         {edition.municipality, edition.municipality_name, edition.name, edition.school_code}) {
        if (!column.empty() && !find_column(file, column)) {
            missing.push_back(column);
        }
    }
    return missing;
}

/// School codes of the Ministry of Education: kind, founder, then eleven digits, e.g. C113110100015.
bool looks_like_school_code(std::string_view text) {
    return text.size() == 13 && text[0] >= 'A' && text[0] <= 'H' &&
           std::ranges::all_of(text.substr(1), [](unsigned char c) { return std::isalnum(c) != 0; });
}

/// Two editions use the same column names for other things; what stands in them tells which it is.
bool values_fit(const DistrictEdition& edition, const VectorFile& file) {
    const auto school_code = find_column(file, edition.school_code);
    return !school_code || std::ranges::any_of(file.features, [&](const VectorFeature& feature) {
        return looks_like_school_code(feature.values[*school_code]);
    });
}

std::expected<const DistrictEdition*, FileProblem> recognise_edition(const VectorFile& file, std::string_view profile) {
    std::string tried;
    for (const DistrictEdition& edition : k_editions) {
        if (!profile.empty() && edition.profile != profile) {
            continue;
        }
        const auto missing = missing_columns(edition, file);
        if (missing.empty() && (!profile.empty() || values_fit(edition, file))) {
            return &edition;
        }
        tried += fmt::format("{}{} ({})", tried.empty() ? "" : "; ", edition.profile, fmt::join(missing, ", "));
    }
    if (tried.empty()) {
        std::string known;
        for (const DistrictEdition& edition : k_editions) {
            known += fmt::format("{}{}", known.empty() ? "" : ", ", edition.profile);
        }
        return std::unexpected(wrong_use("profile_unknown", std::string(profile), known));
    }
    return std::unexpected(FileProblem{.code = "header_unknown_districts", .a = tried});
}

directory::DistrictStatus status_of(std::string_view name) {
    for (const std::string_view mark : {"（休校", "(休校"}) {
        if (name.find(mark) != std::string_view::npos) {
            return directory::DistrictStatus::suspended;
        }
    }
    return directory::DistrictStatus::active;
}

/// The shape's digest tells polygons of one school apart over editions, whatever their order in the file.
std::string shape_digest(const geo::MultiPolygon& area) {
    std::string text;
    const auto append = [&text](const geo::Ring& ring) {
        for (const geo::LonLat& corner : ring) {
            fmt::format_to(std::back_inserter(text), "{:.7f} {:.7f},", corner.lon, corner.lat);
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
    DistrictRows(const DistrictEdition& edition, const VectorFile& file, Intake& intake)
        : edition_(edition), file_(file), columns_(columns_of(edition, file)), intake_(intake) {}

    void read(VectorFeature feature, std::vector<directory::BatchRow>& rows) {
        flagged_ = false;
        auto reading = reading_of(feature);
        if (!reading) {
            intake_.count(Bin::rejected);
            return;
        }
        directory::BatchRow row;
        row.cells = cells_of(feature);
        row.key = fmt::format("{}|{}|{}", reading->municipality, directory::fold(reading->name),
                              shape_digest(reading->geometry));
        row.file = intake_.file();
        row.row = feature.row;
        row.flagged = flagged_;
        row.reading = std::move(*reading);
        intake_.count(flagged_ ? Bin::flagged : Bin::accepted);
        rows.push_back(std::move(row));
    }

  private:
    std::string_view value(const VectorFeature& feature, std::optional<std::size_t> column) const {
        return column ? trimmed(feature.values[*column]) : std::string_view();
    }

    void flag(std::string_view code, Place place) {
        flagged_ = true;
        intake_.note(code, std::move(place));
    }

    std::optional<directory::DistrictReading> refuse(std::string_view code, const VectorFeature& feature,
                                                     std::string_view column = {}, std::string_view cell = {}) {
        intake_.note(code, {.row = feature.row, .column = std::string(column), .value = std::string(cell)});
        return std::nullopt;
    }

    std::optional<directory::DistrictReading> reading_of(VectorFeature& feature) {
        directory::DistrictReading reading;
        reading.layer = intake_.options().layer;
        reading.name = value(feature, columns_.name);
        if (reading.name.empty()) {
            return refuse("district_name_missing", feature, edition_.name);
        }
        const std::string_view stated = value(feature, columns_.municipality);
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
        reading.municipality_name = value(feature, columns_.municipality_name);
        reading.school_code = value(feature, columns_.school_code);
        reading.status = status_of(reading.name);
        reading.geometry = std::move(std::get<geo::MultiPolygon>(feature.shape));
        flag_doubts(feature);
        return reading;
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
    Columns columns_;
    Intake& intake_;
    bool flagged_ = false;
};

} // namespace

std::span<const DistrictEdition> district_editions() { return k_editions; }

std::expected<directory::BatchList, FileProblem> read_districts(const std::filesystem::path& path,
                                                                std::string_view bytes, Intake& intake) {
    auto file = read_vector_file(path, bytes, intake.limits());
    if (!file) {
        return std::unexpected(std::move(file.error()));
    }
    const auto edition = recognise_edition(*file, intake.options().profile);
    if (!edition) {
        return std::unexpected(edition.error().blame == Blame::command_line ? edition.error()
                                                                            : in_file(edition.error(), path));
    }
    directory::BatchList list;
    list.profile = (*edition)->profile;
    if (list.profile.starts_with("a32-") || list.profile.starts_with("a27-")) {
        list.publisher = "国土交通省（国土数値情報）";
    }
    DistrictRows rows(**edition, *file, intake);
    const std::size_t of = file->features.size();
    for (VectorFeature& feature : file->features) {
        if (feature.row % 1000 == 0) {
            intake.step("rows", static_cast<std::size_t>(feature.row), of);
        }
        rows.read(std::move(feature), list.rows);
    }
    intake.step("rows", of, of);
    return list;
}

std::size_t count_districts(std::span<const directory::BatchList> lists) {
    std::unordered_set<std::string> districts;
    for (const directory::BatchList& list : lists) {
        for (const directory::BatchRow& row : list.rows) {
            const auto& reading = std::get<directory::DistrictReading>(row.reading);
            districts.insert(reading.municipality + "|" + directory::fold(reading.name));
        }
    }
    return districts.size();
}

} // namespace shirube::importers
