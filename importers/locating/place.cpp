#include "importers/locating/place.hpp"

#include "directory/designated_city.hpp"
#include "directory/fold.hpp"
#include "geo/distance.hpp"
#include "importers/cleaning/municipality_cell.hpp"
#include "importers/cleaning/positions.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/cleaning/withheld.hpp"
#include "importers/locating/address.hpp"
#include "importers/locating/locator.hpp"

#include <fmt/format.h>

#include <optional>

namespace shirube::importers {

namespace {

using directory::PositionQuality;
using directory::SiteReading;

/// How much farther than its town's radius a position may lie from the town before somebody should look.
constexpr double k_far_m = 3000;

void read_municipality_cells(RowCells& cells, const PlaceColumns& columns, const LayoutContext& context,
                             SiteReading& site) {
    site.municipality = context.municipality;
    if (!columns.municipality_code.empty()) {
        const std::string_view column = columns.municipality_code;
        if (const auto read = cells.take(read_municipality(cells.raw(column)), column)) {
            site.municipality = read->code;
            if (read->doubt) {
                cells.note(*read->doubt, column);
            }
        }
    }
    if (!columns.municipality_name.empty()) {
        site.municipality_name = cells.text(columns.municipality_name);
    }
}

/// Whether two names can be one municipality's: 栄町 and 印旛郡栄町, 千葉市 and 千葉市中央区.
bool same_municipality(std::string_view gazetteer, std::string_view row) {
    const std::string a = directory::fold(gazetteer);
    const std::string b = directory::fold(split_prefecture(row).rest);
    return a == b || a.ends_with(b) || a.starts_with(b) || b.ends_with(a);
}

/// Whether two codes can be one municipality's: a city and its ward. Unknown contradicts nothing.
bool same_code(std::string_view gazetteer, std::string_view row) {
    return gazetteer.empty() || row.empty() || gazetteer == row || directory::designated_city_of(gazetteer) == row ||
           directory::designated_city_of(row) == gazetteer;
}

void weigh_municipality(RowCells& cells, const PlaceColumns& columns, const Location& location, SiteReading& site) {
    if (site.municipality_name.empty()) {
        // The row, or the file, states a code alone.
        if (!same_code(location.municipality, site.municipality)) {
            cells.note({"municipality_contradiction", location.municipality_name, site.municipality}, columns.address);
            site.municipality = location.municipality;
        }
        site.municipality_name = location.municipality_name;
    } else if (!same_municipality(location.municipality_name, site.municipality_name)) {
        cells.note({"municipality_contradiction", location.municipality_name, site.municipality_name}, columns.address);
        site.municipality_name = location.municipality_name;
        site.municipality = location.municipality;
    }
    if (site.municipality.empty()) {
        site.municipality = location.municipality;
    }
}

void take_own_position(RowCells& cells, const PlaceColumns& columns, geo::LonLat position,
                       const std::optional<Location>& town, SiteReading& site) {
    site.position = position;
    site.quality = PositionQuality::exact;
    site.located_by = "row";
    if (!town) {
        return;
    }
    const double off_m = geo::distance_m(position, town->position);
    if (off_m > town->accuracy_m + k_far_m) {
        cells.note({"position_far_from_address", town->matched, fmt::format("{:.1f}", off_m / 1000)}, columns.latitude);
    }
}

} // namespace

SiteReading read_place(RowCells& cells, const PlaceColumns& columns, const LayoutContext& context) {
    SiteReading site;
    read_municipality_cells(cells, columns, context, site);
    const std::string address = cells.text(columns.address);
    const std::string building = cells.text(columns.building);
    if (is_withheld(address)) {
        site.quality = PositionQuality::withheld;
        return site;
    }
    const auto position =
        cells.take(parse_position(cells.raw(columns.latitude), cells.raw(columns.longitude)), columns.latitude);
    if (is_delivered(address)) {
        return site;
    }
    site.address = says_nothing(address) ? std::string{} : address;
    site.building = is_withheld(building) || says_nothing(building) ? std::string{} : building;
    std::optional<Location> town;
    if (!site.address.empty()) {
        town = context.locator.locate(site.address,
                                      site.municipality_name.empty() ? site.municipality : site.municipality_name);
    }
    if (town) {
        weigh_municipality(cells, columns, *town, site);
    } else if (site.municipality_name.empty()) {
        const AddressHead head = split_prefecture(site.address);
        site.municipality_name = head.prefecture.empty() ? std::string{} : leading_municipality(head.rest);
    }
    if (position) {
        take_own_position(cells, columns, *position, town, site);
    } else if (town) {
        site.position = town->position;
        site.quality = town->quality;
        site.accuracy_m = town->accuracy_m;
        site.located_by = "gazetteer";
    } else if (!site.address.empty() && !context.locator.empty()) {
        cells.note({"address_not_found"}, columns.address);
    }
    return site;
}

} // namespace shirube::importers
