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
      landmarks(std::move(state.landmarks)),
      shipped_holidays(shipped),
      holidays(holidays_of(holiday_rows, shipped)),
      layer_indexes(index_layers(districts)),
      cell_boxes(boxes_of_cells(cells)) {
    for (const auto& index : layer_indexes) {
        layers.push_back(index.layer);
        cell_shares.push_back(share_cells(districts, cells, index, cell_boxes));
    }
    for (const auto& programme : taxonomy.programmes()) {
        std::string text = fold(programme.label.ja);
        for (const auto& word : programme.words) {
            text += '\x1f' + fold(word);
        }
        text += '\x1f' + fold(programme.label.en);
        programme_text.push_back(std::move(text));
    }
    for (const auto& alias : taxonomy.aliases()) {
        programme_text[alias.programme] += '\x1f' + fold(alias.name);
    }
    for (const auto& district : districts) {
        district_text.add({fold(district.name)});
    }
    district_text.build();
    for (const auto& town : towns) {
        town_text.add({fold(town.town + town.koaza)});
    }
    town_text.build();
}

} // namespace shirube::directory
