#include "importers/layouts/p14.hpp"

#include "directory/fold.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/source_tables.hpp"
#include "importers/lists/municipality_code.hpp"
#include "importers/locating/locator.hpp"
#include "importers/report/issue_codes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>

namespace shirube::importers {

namespace {

using directory::PositionQuality;

/// A class of the source that is taken, and the programme it becomes.
struct TakenClass {
    std::string_view code;
    std::string_view programme;
};

// 2011 and 2015 editions, small class (P14_006). The places of the class show what it holds: 409 are those called
// 児童センター and 児童ホーム. 408 is so rare that its kind is left open.
constexpr std::array k_classes_2011{
    TakenClass{"402", "nyujiin"},
    TakenClass{"407", "jidokan_small"},
    TakenClass{"408", "jidokan"},
    TakenClass{"409", "jidokan_center"},
    TakenClass{"411", "jido_yogo_shisetsu"},
    TakenClass{"423", "jido_katei_shien_center"},
};

// 2021 edition (v2.1), small class (P14_007) where there is one, else middle class (P14_006).
constexpr std::array k_classes_2021{
    TakenClass{"051301", "jidokan_small"},    TakenClass{"051302", "jidokan_center"},
    TakenClass{"051303", "jidokan_large"}, // types A, B and C
    TakenClass{"051304", "jidokan_large"},    TakenClass{"051305", "jidokan_large"},
    TakenClass{"051306", "jidokan_other"},    TakenClass{"0502", "nyujiin"},
    TakenClass{"0507", "jido_yogo_shisetsu"}, TakenClass{"0512", "jido_katei_shien_center"},
    TakenClass{"0503", "boshi_seikatsu"},     TakenClass{"991304", "josei_sodan"},
    TakenClass{"991305", "josei_sodan"},
};

// Their addresses protect those who live or ask there, whatever the taxonomy says of the programme.
constexpr std::array<std::string_view, 2> k_protected_programmes{"boshi_seikatsu", "josei_sodan"};

enum class Edition : std::uint8_t { y2011, y2021 };

/// What stands in which column, as the fields of our own that `explain` shows.
struct Column {
    std::string_view name;
    std::string_view field_2011;
    std::string_view field_2021;
};

constexpr std::array k_columns{
    Column{"P14_001", "prefecture", "prefecture"},
    Column{"P14_002", "municipality_name", "municipality_name"},
    Column{"P14_003", "address", "municipality"},
    Column{"P14_004", "large_class", "address"},
    Column{"P14_005", "middle_class", "large_class"},
    Column{"P14_006", "small_class", "middle_class"},
    Column{"P14_007", "name", "small_class"},
    Column{"P14_008", "manager", "name"},
    Column{"P14_009", "capacity", "manager"},
    Column{"P14_010", "position_source", "position_accuracy"},
    Column{k_longitude_column, "longitude", "longitude"},
    Column{k_latitude_column, "latitude", "latitude"},
};

/// The 2011 edition has an eleventh column; the 2021 edition does not.
Edition edition_of(std::span<const std::string> header) {
    return std::ranges::find(header, "P14_011") != header.end() ? Edition::y2011 : Edition::y2021;
}

/// Files of the years between come without the eleventh column; their classes stand where they stood in 2011.
Edition edition_of(std::span<const std::string> header, const Record& record) {
    const auto cell = [&](std::string_view column) {
        const auto at = static_cast<std::size_t>(std::ranges::find(header, column) - header.begin());
        return at < record.cells.size() ? trimmed(record.cells[at]) : std::string_view{};
    };
    constexpr std::size_t middle_class_digits = 5; // 19008; the later edition has a large class of two digits there
    const bool as_in_2011 = cell("P14_005").size() == middle_class_digits && !parse_municipality_code(cell("P14_003"));
    return as_in_2011 ? Edition::y2011 : edition_of(header);
}

/// The cells of one record by field.
class Fields {
  public:
    Fields(std::span<const std::string> header, const Record& record, Edition edition) : edition_(edition) {
        for (const Column& column : k_columns) {
            const auto found = std::ranges::find(header, column.name);
            const auto at = static_cast<std::size_t>(found - header.begin());
            if (at < header.size() && at < record.cells.size()) {
                cells_[edition == Edition::y2011 ? column.field_2011 : column.field_2021] = {
                    .column = column.name, .text = trimmed(record.cells[at])};
            }
        }
    }

    [[nodiscard]] std::string_view operator[](std::string_view field) const {
        const auto found = cells_.find(field);
        return found == cells_.end() ? std::string_view() : found->second.text;
    }

    [[nodiscard]] std::string_view column(std::string_view field) const { return cells_.at(field).column; }

    [[nodiscard]] Edition edition() const noexcept { return edition_; }

  private:
    struct Cell {
        std::string_view column;
        std::string_view text;
    };
    Edition edition_;
    std::map<std::string_view, Cell> cells_;
};

std::string_view class_of(const Fields& fields) {
    const std::string_view small = fields["small_class"];
    return fields.edition() == Edition::y2021 && small.empty() ? fields["middle_class"] : small;
}

const TakenClass* taken_class(const Fields& fields) {
    const std::span<const TakenClass> classes =
        fields.edition() == Edition::y2011 ? std::span<const TakenClass>(k_classes_2011) : k_classes_2021;
    const auto by = [classes](std::string_view code) {
        const auto found = std::ranges::find(classes, code, &TakenClass::code);
        return found == classes.end() ? nullptr : &*found;
    };
    const TakenClass* found = by(class_of(fields));
    // A middle class that has small classes below it is taken whole where the table names it.
    return found == nullptr && fields.edition() == Edition::y2021 ? by(fields["middle_class"]) : found;
}

/// 管理者コード of the specification: who runs it, as a kind; names are not given.
std::string_view manager_kind(std::string_view code) {
    if (code == "1") {
        return "国";
    }
    if (code == "2") {
        return "都道府県";
    }
    if (code == "3") {
        return "市区町村";
    }
    if (code == "4") {
        return "民間";
    }
    return code == "5" ? "法人" : "";
}

template <class Number>
std::optional<Number> number_of(std::string_view text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return !text.empty() && error == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                                     : std::nullopt;
}

/// How well the source says it knows a position; the 2011 edition took every one from a large-scale map.
PositionQuality stated_quality(const Fields& fields) {
    if (fields.edition() == Edition::y2011) {
        return PositionQuality::exact;
    }
    const std::string_view accuracy = fields["position_accuracy"];
    if (accuracy == "1") {
        return PositionQuality::exact;
    }
    if (accuracy == "2") {
        return PositionQuality::block;
    }
    return accuracy == "3" ? PositionQuality::town : PositionQuality::municipality;
}

constexpr double k_block_radius_m = 200; // 街区: a few hundred metres across at most
constexpr double k_town_radius_m = 2000; // 大字: where no gazetteer says better

class P14Layout final : public ResourceLayout {
  public:
    [[nodiscard]] std::string_view profile() const override { return "p14"; }

    [[nodiscard]] HeaderFit fit(std::span<const std::string> header) const override {
        HeaderFit fit;
        const Edition edition = edition_of(header);
        fit.understood.resize(header.size());
        for (const Column& column : k_columns) {
            const auto found = std::ranges::find(header, column.name);
            if (found == header.end()) {
                fit.missing.emplace_back(column.name);
                continue;
            }
            fit.understood[static_cast<std::size_t>(found - header.begin())] =
                edition == Edition::y2011 ? column.field_2011 : column.field_2021;
            ++fit.known;
        }
        return fit;
    }

    [[nodiscard]] RowOutcome read(std::span<const std::string> header, const Record& record,
                                  const LayoutContext& context) const override {
        const Fields fields(header, record, edition_of(header, record));
        RowOutcome outcome;
        outcome.source_class = class_of(fields);
        outcome.covers = prefecture_code_of(fields["prefecture"]).value_or(std::string{});
        const TakenClass* taken = taken_class(fields);
        if (taken == nullptr) {
            outcome.bin = Bin::out_of_scope;
            return outcome;
        }
        const auto note = [&](std::string_view code, std::string_view field, std::string_view fill = {}) {
            outcome.issues.push_back({.row = record.row,
                                      .column = std::string(fields.column(field)),
                                      .code = std::string(code),
                                      .message = issue_sentence(code, context.language, fill),
                                      .value = std::string(fields[field])});
        };
        if (fields["name"].empty()) {
            note("facility_name_missing", "name");
            outcome.bin = Bin::rejected;
            return outcome;
        }
        directory::ResourceReading reading;
        reading.site = site_of(fields, context);
        place(fields, context, reading.site, note);
        reading.organization.kind = manager_kind(fields["manager"]);
        reading.services.push_back(service_of(fields, taken->programme));
        outcome.key = fmt::format("{}|{}|{}", outcome.source_class, directory::fold(fields["name"]),
                                  directory::fold_address(reading.site.municipality_name + reading.site.address));
        outcome.reading = std::move(reading);
        outcome.bin = outcome.issues.empty() ? Bin::accepted : Bin::flagged;
        return outcome;
    }

    [[nodiscard]] bool is_contact(std::string_view /*column*/) const override { return false; }

    [[nodiscard]] std::vector<std::string> default_programmes() const override {
        return {"jidokan", "jido_yogo_shisetsu", "nyujiin", "jido_katei_shien_center"};
    }

  private:
    static directory::SiteReading site_of(const Fields& fields, const LayoutContext& context) {
        directory::SiteReading site;
        site.official_name = fields["name"];
        site.municipality_name = fields["municipality_name"];
        site.address = fields["address"];
        site.municipality = parse_municipality_code(fields["municipality"]).value_or(context.municipality);
        return site;
    }

    /// The source's position where it marks the place itself or its block; else the town, as the gazetteer has it.
    template <class Note>
    static void place(const Fields& fields, const LayoutContext& context, directory::SiteReading& site,
                      const Note& note) {
        const auto lon = number_of<double>(fields["longitude"]);
        const auto lat = number_of<double>(fields["latitude"]);
        std::optional<geo::LonLat> given;
        if (lon && lat) {
            given = geo::LonLat{.lon = *lon, .lat = *lat};
            if (!geo::within_japan(*given)) {
                note("facility_outside_japan", "latitude");
                given.reset();
            }
        }
        const PositionQuality quality = stated_quality(fields);
        if (given && (quality == PositionQuality::exact || quality == PositionQuality::block)) {
            site.position = given;
            site.quality = quality;
            site.located_by = "row";
            if (quality == PositionQuality::block) {
                site.accuracy_m = k_block_radius_m;
            }
            return;
        }
        if (given) {
            note("facility_position_rough", "position_accuracy", fields["position_accuracy"]);
        }
        const std::string_view municipality =
            site.municipality.empty() ? std::string_view(site.municipality_name) : site.municipality;
        const std::string address = site.municipality_name + site.address;
        if (const auto found = context.locator.locate(address, municipality)) {
            site.position = found->position;
            site.quality = found->quality;
            site.accuracy_m = found->accuracy_m;
            site.located_by = "gazetteer";
        } else if (given && quality == PositionQuality::town) {
            site.position = given;
            site.quality = quality;
            site.accuracy_m = k_town_radius_m;
            site.located_by = "row";
        } else {
            // A municipality's own point stands for no place in it.
            site.quality = PositionQuality::none;
        }
    }

    static directory::ServiceReading service_of(const Fields& fields, std::string_view programme) {
        directory::ServiceReading service;
        service.programme = programme;
        // The prefecture reported it to the ministry: confirmed as of the list's date, which stands beside every
        // figure.
        service.certainty = directory::Certainty::confirmed;
        const auto capacity = number_of<int>(fields["capacity"]);
        if (capacity && *capacity > 0) { // -1 and 0: not stated
            service.capacity = capacity;
        }
        if (std::ranges::find(k_protected_programmes, programme) != k_protected_programmes.end()) {
            service.visibility = directory::Visibility::coordinator;
        }
        return service;
    }
};

} // namespace

std::unique_ptr<ResourceLayout> make_p14_layout() { return std::make_unique<P14Layout>(); }

} // namespace shirube::importers
