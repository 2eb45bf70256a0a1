#include "importers/gazetteer/town_lists.hpp"

#include "importers/locating/town_extent.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <utility>

namespace shirube::importers {

namespace {

/// The towns of one list, the rows they came from side by side.
struct Side {
    std::vector<directory::TownReading> towns;
    std::vector<directory::BatchRow> rows;
};

directory::BatchList list_of(const std::string& area, Side side, const GazetteerKind& kind) {
    std::vector<double> least_m;
    least_m.reserve(side.towns.size());
    for (const directory::TownReading& town : side.towns) {
        least_m.push_back(town.accuracy_m);
    }
    assign_town_extents(side.towns);
    directory::BatchList list;
    list.name = std::string(kind.profile) + ":" + area;
    list.profile = kind.profile;
    list.publisher = kind.publisher;
    for (std::size_t i = 0; i < side.rows.size(); ++i) {
        side.towns[i].accuracy_m = std::max(side.towns[i].accuracy_m, least_m[i]);
        side.rows[i].reading = std::move(side.towns[i]);
    }
    list.rows = std::move(side.rows);
    return list;
}

bool is_of_one_municipality(const std::vector<FoundTown>& towns) {
    return std::ranges::all_of(towns, [&](const FoundTown& found) {
        const directory::TownReading& first = towns.front().town;
        return found.town.prefecture == first.prefecture && found.town.municipality_name == first.municipality_name;
    });
}

} // namespace

std::vector<directory::BatchList> lists_of(std::vector<FoundTown> towns, const GazetteerKind& kind) {
    std::map<std::string, Side> sides;
    const bool by_municipality = kind.cut == ListCut::prefecture_or_municipality && is_of_one_municipality(towns);
    for (FoundTown& found : towns) {
        Side& side = sides[found.town.prefecture + (by_municipality ? found.town.municipality_name : std::string())];
        side.towns.push_back(std::move(found.town));
        side.rows.push_back(std::move(found.row));
    }
    std::vector<directory::BatchList> lists;
    for (auto& [area, side] : sides) {
        lists.push_back(list_of(area, std::move(side), kind));
    }
    return lists;
}

} // namespace shirube::importers
