#include "directory/coverage/functions.hpp"

#include "directory/coverage/counting.hpp"
#include "directory/coverage/merged_areas.hpp"

#include <algorithm>

namespace shirube::directory {

Functions::Functions(const Reader& reader, const Policy& policy, const Layer& layer,
                     const LayerMunicipalities& municipalities, Day day)
    : reader_(reader), policy_(policy), layer_(layer), municipalities_(municipalities), day_(day), areas_(layer.count) {
    const Taxonomy& taxonomy = reader.taxonomy();
    functions_of_programme_.assign(taxonomy.programmes().size(), 0);
    for (std::size_t i = 0; i < policy.functions.size(); ++i) {
        const auto& function = policy.functions[i];
        for (const auto programme : with_all_below(function.any_of, taxonomy)) {
            functions_of_programme_[programme] |= 1U << i;
        }
        Policy of_function = policy;
        of_function.any_of = function.any_of;
        claims_.emplace_back(reader, of_function, municipalities, day);
    }
}

void Functions::note_standing(std::uint32_t area, std::uint32_t service) {
    areas_[area].standing |= functions_of_programme_[reader_.services()[service].programme];
}

void Functions::note_possible(std::uint32_t area, std::uint32_t service) {
    areas_[area].possible |= functions_of_programme_[reader_.services()[service].programme];
}

void Functions::decide() {
    if (!policy_.functions.empty()) {
        decide_functions();
    }
    if (policy_.outreach_in_each) {
        decide_constituents();
    }
}

void Functions::decide_functions() {
    for (std::uint32_t place = 0; place < layer_.count; ++place) {
        Area& area = areas_[place];
        const std::uint32_t municipality = municipalities_.of(place);
        for (std::uint32_t i = 0; i < policy_.functions.size(); ++i) {
            const std::uint32_t bit = 1U << i;
            if ((area.standing & bit) != 0) {
                continue;
            }
            area.missing.push_back(i);
            // It is missing only where a complete list says so; else it may be there and nobody has said.
            const bool surely = (area.possible & bit) == 0 && claims_[i].in(municipality).absence_known;
            area.holds = std::min(area.holds, surely ? Holds::no : Holds::maybe);
        }
    }
}

void Functions::decide_constituents() {
    const Layer* constituents = reader_.find_layer(policy_.outreach_in_each->layer);
    if (constituents == nullptr) {
        // Nobody knows which areas are merged.
        for (auto& area : areas_) {
            area.holds = std::min(area.holds, Holds::maybe);
        }
        return;
    }
    if (constituents == &layer_) {
        return;
    }
    for (const auto& missing : missing_constituents(reader_, policy_, layer_, *constituents, day_)) {
        Area& area = areas_[missing.area];
        area.constituents_missing.push_back(missing.district);
        area.holds = std::min(area.holds, missing.perhaps ? Holds::maybe : Holds::no);
    }
}

} // namespace shirube::directory
