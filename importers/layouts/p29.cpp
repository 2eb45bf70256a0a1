#include "importers/layouts/p29.hpp"

#include "directory/fold.hpp"
#include "importers/columns/header_columns.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/source_tables.hpp"
#include "importers/lists/municipality_code.hpp"
#include "importers/report/issue_codes.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace shirube::importers {

namespace {

/// The columns of an edition; the same names hold other things in another.
struct Edition {
    std::string_view school_class;
    std::string_view name;
    std::string_view address;
    std::string_view manager;
    std::string_view suspended; ///< 休校区分; empty: the edition has none
    std::string_view code;      ///< 学校コード; empty: the edition has none
};

constexpr std::string_view k_municipality = "P29_001";
constexpr Edition k_2013{"P29_004", "P29_005", "P29_006", "P29_007", {}, {}};
constexpr Edition k_2021{"P29_003", "P29_004", "P29_005", "P29_006", "P29_007", "P29_002"};

/// 学校分類コード of the specification.
constexpr std::string_view k_elementary = "16001";
constexpr std::string_view k_middle = "16002";
constexpr std::string_view k_compulsory = "16014"; // 義務教育学校: both in one

/// Both editions have seven columns of the same names; only the later has an eighth.
const Edition& edition_of(std::span<const std::string> header) {
    return find_header(header, {"P29_008"}) ? k_2021 : k_2013;
}

/// A code as the table has it: 3 as well as "3.000000", which is what a column of numbers becomes.
std::string whole(std::string_view text) {
    const auto point = text.find('.');
    const bool zeros =
        point != std::string_view::npos && text.find_first_not_of('0', point + 1) == std::string_view::npos;
    return std::string(zeros ? text.substr(0, point) : text);
}

std::string_view manager_kind(std::string_view code) {
    static constexpr std::array<std::string_view, 6> kinds{"", "国", "都道府県", "市区町村", "民間", "法人"};
    return code.size() == 1 && code[0] >= '1' && code[0] <= '5' ? kinds[static_cast<std::size_t>(code[0] - '0')]
                                                                : std::string_view{};
}

std::optional<double> number_of(std::string_view text) {
    double number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return !text.empty() && error == std::errc() && end == text.data() + text.size() && std::isfinite(number)
               ? std::optional(number)
               : std::nullopt;
}

class P29Layout final : public ResourceLayout {
  public:
    [[nodiscard]] std::string_view profile() const override { return "p29"; }

    [[nodiscard]] HeaderFit fit(std::span<const std::string> header) const override {
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> k_fields_2013{
            {{"P29_001", "municipality"},
             {"P29_002", "large_class"},
             {"P29_003", "small_class"},
             {"P29_004", "school_class"},
             {"P29_005", "name"},
             {"P29_006", "address"},
             {"P29_007", "manager"}}};
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> k_fields_2021{
            {{"P29_001", "municipality"},
             {"P29_002", "school_code"},
             {"P29_003", "school_class"},
             {"P29_004", "name"},
             {"P29_005", "address"},
             {"P29_006", "manager"},
             {"P29_007", "suspended"}}};
        HeaderFit fit;
        fit.understood.resize(header.size());
        const auto look_for = [&](std::string_view column, std::string_view field) {
            if (const auto found = find_header(header, {column})) {
                fit.understood[*found] = field;
                ++fit.known;
            } else {
                fit.missing.emplace_back(column);
            }
        };
        for (const auto& [column, field] : &edition_of(header) == &k_2021 ? k_fields_2021 : k_fields_2013) {
            look_for(column, field);
        }
        look_for(k_longitude_column, "longitude");
        look_for(k_latitude_column, "latitude");
        return fit;
    }

    [[nodiscard]] RowOutcome read(std::span<const std::string> header, const Record& record,
                                  const LayoutContext& context) const override {
        const Edition& edition = edition_of(header);
        const auto cell = [&](std::string_view column) { return cell_of(record.cells, find_header(header, {column})); };
        RowOutcome outcome;
        outcome.source_class = whole(cell(edition.school_class));
        if (const auto municipality = parse_municipality_code(cell(k_municipality))) {
            outcome.covers = municipality->substr(0, 2);
        }
        const bool elementary = outcome.source_class == k_elementary || outcome.source_class == k_compulsory;
        const bool middle = outcome.source_class == k_middle || outcome.source_class == k_compulsory;
        if (!elementary && !middle) {
            outcome.bin = Bin::out_of_scope;
            return outcome;
        }
        const auto note = [&](std::string_view code, std::string_view column) {
            outcome.issues.push_back({.row = record.row,
                                      .column = std::string(column),
                                      .code = std::string(code),
                                      .message = issue_sentence(code, context.language),
                                      .value = std::string(cell(column))});
        };
        if (cell(edition.name).empty()) {
            note("facility_name_missing", edition.name);
            outcome.bin = Bin::rejected;
            return outcome;
        }
        directory::ResourceReading reading;
        directory::SiteReading& site = reading.site;
        site.official_name = cell(edition.name);
        site.address = cell(edition.address);
        site.municipality = parse_municipality_code(cell(k_municipality)).value_or(context.municipality);
        if (site.municipality.empty()) {
            note("municipality_unreadable", k_municipality);
        }
        const auto lon = number_of(cell(k_longitude_column));
        const auto lat = number_of(cell(k_latitude_column));
        if (lon && lat) {
            if (geo::within_japan({.lon = *lon, .lat = *lat})) {
                site.position = geo::LonLat{.lon = *lon, .lat = *lat};
                site.quality = directory::PositionQuality::exact;
                site.located_by = "row";
            } else {
                note("facility_outside_japan", k_latitude_column);
            }
        }
        const std::string manager = whole(cell(edition.manager));
        reading.organization.kind = manager_kind(manager);
        const bool suspended = !edition.suspended.empty() && whole(cell(edition.suspended)) == "2";
        const auto add = [&](std::string_view programme) {
            directory::ServiceReading service;
            service.programme = programme;
            // Confirmed as of the list's date, which stands beside every figure.
            service.certainty = directory::Certainty::confirmed;
            service.status = suspended ? directory::Status::suspended : directory::Status::active;
            reading.services.push_back(std::move(service));
        };
        if (elementary) {
            add("shogakko");
        }
        if (middle) {
            add("chugakko");
        }
        const std::string_view code = edition.code.empty() ? std::string_view{} : cell(edition.code);
        outcome.key = code.empty() ? fmt::format("{}|{}|{}", outcome.source_class, directory::fold(site.official_name),
                                                 directory::fold_address(site.municipality + site.address))
                                   : fmt::format("{}|{}", code, directory::fold(site.official_name));
        outcome.reading = std::move(reading);
        outcome.bin = outcome.issues.empty() ? Bin::accepted : Bin::flagged;
        return outcome;
    }

    [[nodiscard]] bool is_contact(std::string_view /*column*/) const override { return false; }

    [[nodiscard]] std::vector<std::string> default_programmes() const override { return {"shogakko", "chugakko"}; }
};

} // namespace

std::unique_ptr<ResourceLayout> make_p29_layout() { return std::make_unique<P29Layout>(); }

} // namespace shirube::importers
