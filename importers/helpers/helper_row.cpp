#include "importers/helpers/helper_row.hpp"

#include "directory/fold.hpp"
#include "importers/cleaning/dates.hpp"
#include "importers/cleaning/municipality_cell.hpp"
#include "importers/cleaning/numbers.hpp"
#include "importers/cleaning/private_homes.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/cleaning/weekdays.hpp"
#include "importers/layouts/template_programme.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace shirube::importers {

namespace {

using directory::HelperCountReading;

constexpr std::string_view k_organization = "団体名";
constexpr std::string_view k_municipality = "市町村";
constexpr std::string_view k_programme = "事業";
constexpr std::string_view k_area = "区域";
constexpr std::string_view k_days = "曜日";
constexpr std::string_view k_hours = "時間帯";
constexpr std::string_view k_skill = "できること";
constexpr std::string_view k_count = "人数";
constexpr std::string_view k_counted_on = "時点";
constexpr std::string_view k_note = "備考";
constexpr std::array k_columns{k_organization, k_municipality, k_programme, k_area,       k_days,
                               k_hours,        k_skill,        k_count,     k_counted_on, k_note};
constexpr std::array k_required{k_organization, k_count};

constexpr std::string_view k_default_layer = "chugakkoku"; ///< where neither the row nor --layer says
constexpr std::size_t k_most_letters = 100;

/// Whether what stands for an organization is somebody: 個人, 山田さん, ○○氏.
bool is_person(std::string_view organization) {
    constexpr std::array<std::string_view, 3> k_titles{"さん", "様", "氏"};
    return names_private_person(organization) || names_private_home(organization) ||
           std::ranges::any_of(k_titles, [&](std::string_view title) { return organization.ends_with(title); });
}

bool read_organization(RowCells& cells, HelperCountReading& helpers) {
    helpers.organization = shortened(cells.free_text(k_organization), k_most_letters);
    if (helpers.organization.empty()) {
        cells.note({"helpers_organization_missing"}, k_organization);
        return false;
    }
    if (is_person(helpers.organization)) {
        cells.note_row({"helpers_organization_person"});
        return false;
    }
    return true;
}

bool read_whose(RowCells& cells, const HelpersDesk& desk, const ImportOptions& options, HelperCountReading& helpers) {
    const std::string written = cells.text(k_municipality);
    helpers.municipality = options.municipality;
    if (!written.empty()) {
        if (const auto read = read_municipality(written); read && *read) {
            helpers.municipality = (*read)->code;
            if ((*read)->doubt) {
                cells.note(*(*read)->doubt, k_municipality);
            }
        } else if (const auto found = desk.locator.locate_municipality(written, {});
                   found && !found->municipality.empty()) {
            helpers.municipality = found->municipality;
        } else {
            cells.note({"helpers_municipality_unknown", shortened(written, k_most_letters)}, k_municipality);
            return false;
        }
    }
    if (helpers.municipality.empty()) {
        cells.note({"helpers_municipality_missing"}, k_municipality); // nobody's staff could be told
        return false;
    }
    return true;
}

/// A programme that nobody knows is no silence: its helpers would be offered for everything.
bool read_what_for(RowCells& cells, const HelpersDesk& desk, HelperCountReading& helpers) {
    if (cells.text(k_programme).empty()) {
        return true;
    }
    const auto programme = read_programme(cells.raw(k_programme), helpers.municipality, desk.taxonomy);
    if (!programme) {
        cells.note(programme.error(), k_programme);
        return false;
    }
    helpers.programme = desk.taxonomy.at(*programme).code;
    return true;
}

/// "chugakkoku:みなと中学校", or a name of the layer that is asked; the municipality's code or nothing is the whole of
/// it.
void read_area(RowCells& cells, const HelpersDesk& desk, const ImportOptions& options, HelperCountReading& helpers) {
    const std::string written = shortened(cells.text(k_area), k_most_letters);
    const auto whole = read_municipality(written);
    const bool is_whole = written.empty() || plain(written) == "全域" || plain(written) == "市内全域" ||
                          (whole && *whole && (*whole)->code == helpers.municipality);
    if (is_whole) {
        return;
    }
    const auto is_code = [](std::string_view text) {
        return !text.empty() && std::ranges::all_of(text, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        });
    };
    const std::string text = replaced(written, "：", ":");
    const std::size_t colon = text.find(':');
    if (colon != std::string::npos && is_code(std::string_view(text).substr(0, colon))) {
        helpers.layer = text.substr(0, colon);
        helpers.area = clean_text(std::string_view(text).substr(colon + 1)).text;
    } else {
        helpers.layer = options.layer.empty() ? std::string(k_default_layer) : options.layer;
        helpers.area = written;
    }
    if (!desk.districts.find(helpers.layer, helpers.area, helpers.area, helpers.municipality)) {
        cells.note({"helpers_area_unknown", helpers.area}, k_area);
    }
}

/// Empty is unknown; none is told only by a nought.
std::optional<std::int64_t> read_how_many(RowCells& cells) {
    const std::string text = plain(cells.text(k_count));
    if (text == "0" || text == "0人" || text == "0名") {
        return 0;
    }
    const auto count = cells.take(parse_count(cells.raw(k_count)), k_count);
    return count ? std::optional<std::int64_t>(*count) : std::nullopt;
}

} // namespace

HeaderFit fit_helpers(std::span<const std::string> header) { return fit_of(header, k_columns, k_required); }

std::optional<HelperCountReading> read_helper_row(RowCells& cells, const HelpersDesk& desk,
                                                  const ImportOptions& options) {
    HelperCountReading helpers;
    if (!read_organization(cells, helpers) || !read_whose(cells, desk, options, helpers) ||
        !read_what_for(cells, desk, helpers)) {
        return std::nullopt;
    }
    read_area(cells, desk, options, helpers);
    if (const auto days = cells.take(parse_weekdays(cells.raw(k_days)), k_days)) {
        helpers.weekdays = days->weekdays;
    }
    helpers.hours = shortened(cells.free_text(k_hours), k_most_letters);
    helpers.skill = shortened(cells.free_text(k_skill), k_most_letters);
    helpers.count = read_how_many(cells);
    const auto counted = cells.take(parse_date_span(cells.raw(k_counted_on)), k_counted_on);
    if (counted && counted->is_rough) {
        cells.note({"date_rough"}, k_counted_on);
    } else if (counted) {
        helpers.counted_on = counted->first;
    }
    helpers.note = shortened(cells.free_text(k_note), 5 * k_most_letters);
    return helpers;
}

std::string key_of(const HelperCountReading& helpers, const directory::DistrictBook& districts) {
    const auto district = districts.find(helpers.layer, helpers.area, helpers.area, helpers.municipality);
    return fmt::format("{}|{}|{}|{}|{}|{}|{}|{}", directory::fold(helpers.organization), helpers.municipality,
                       helpers.programme, helpers.layer,
                       district ? districts.code_of(*district) : directory::fold(helpers.area), helpers.weekdays,
                       directory::fold(helpers.hours), directory::fold(helpers.skill));
}

} // namespace shirube::importers
