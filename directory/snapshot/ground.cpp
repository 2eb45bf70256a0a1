#include "directory/snapshot/ground.hpp"

#include "directory/fold.hpp"

#include <utility>

namespace shirube::directory {

namespace {

/// The state's own holidays go before the shipped ones.
Holidays holidays_of(const std::vector<HolidayRow>& rows, const Holidays& shipped) {
    if (rows.empty()) {
        return shipped;
    }
    std::vector<Day> days;
    days.reserve(rows.size());
    for (const auto& holiday : rows) {
        days.push_back(holiday.day);
    }
    return Holidays::of_days(days);
}

} // namespace

Ground::Ground(State& state, const Taxonomy& taxonomy, const Holidays& shipped)
    : districts(std::move(state.districts)),
      cells(std::move(state.cells)),
      age_profiles(std::move(state.age_profiles)),
      towns(std::move(state.towns)),
      holiday_rows(std::move(state.holidays)),
      shipped_holidays(shipped),
      holidays(holidays_of(holiday_rows, shipped)),
      layer_indexes(index_layers(districts)),
      cell_boxes(boxes_of_cells(cells)) {
    for (const auto& index : layer_indexes) {
        layers.push_back(index.layer);
        cell_shares.push_back(share_cells(districts, cells, index, cell_boxes));
    }
    for (const auto& programme : taxonomy.programmes()) {
        programme_text.push_back(fold(programme.label.ja));
    }
    for (const auto& alias : taxonomy.aliases()) {
        programme_text[alias.programme] += '\x1f' + fold(alias.name);
    }
    town_text.reserve(towns.size());
    for (const auto& town : towns) {
        town_text.push_back(fold(town.town + town.koaza));
    }
}

} // namespace shirube::directory
