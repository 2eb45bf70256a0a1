#include "server/staff/match/combination_choices.hpp"

#include <algorithm>
#include <utility>

namespace shirube::server {

namespace {

using Parts = std::vector<std::size_t>;

Parts without(const Parts& parts, std::size_t place) {
    Parts rest = parts;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(place));
    return rest;
}

/// The part of `parts` that is not in `shared`, where that is all they differ by.
const std::size_t* only_other(const Parts& parts, const Parts& shared) {
    if (parts.size() != shared.size() + 1 || !std::ranges::includes(parts, shared)) {
        return nullptr;
    }
    const auto found =
        std::ranges::find_if(parts, [&](std::size_t part) { return !std::ranges::binary_search(shared, part); });
    return &*found;
}

} // namespace

std::vector<CombinationChoice> choices_in(std::span<const directory::Combination> combinations) {
    std::vector<CombinationChoice> choices;
    std::vector<bool> is_taken(combinations.size());
    for (std::size_t first = 0; first < combinations.size(); ++first) {
        if (is_taken[first]) {
            continue;
        }
        const Parts& parts = combinations[first].parts;
        CombinationChoice best{parts, {}, combinations[first].places};
        std::vector<std::size_t> of_best{first};
        for (std::size_t left_out = 0; left_out < parts.size(); ++left_out) {
            CombinationChoice choice{without(parts, left_out), {}, combinations[first].places};
            std::vector<std::size_t> of_choice;
            for (std::size_t other = first; other < combinations.size(); ++other) {
                const auto* part = is_taken[other] ? nullptr : only_other(combinations[other].parts, choice.together);
                if (part != nullptr) {
                    choice.one_of.push_back(*part);
                    choice.places = std::min(choice.places, combinations[other].places);
                    of_choice.push_back(other);
                }
            }
            if (of_choice.size() > of_best.size()) {
                best = std::move(choice);
                of_best = std::move(of_choice);
            }
        }
        for (const auto taken : of_best) {
            is_taken[taken] = true;
        }
        choices.push_back(std::move(best));
    }
    return choices;
}

} // namespace shirube::server
