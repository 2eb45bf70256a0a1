#include "directory/linking/near_names.hpp"

#include "directory/fold.hpp"
#include "directory/linking/code_points.hpp"
#include "directory/linking/place_name.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <utility>

namespace shirube::directory {

namespace {

constexpr std::size_t k_most_letters = 2;
constexpr std::size_t k_short = 6;
constexpr std::u32string_view k_numbers = U"0123456789一二三四五六七八九十";

/// The letters that tell neighbours apart, in order: directions and numbers.
std::u32string telling(std::u32string_view name) {
    std::u32string letters;
    std::ranges::copy_if(name, std::back_inserter(letters), [](char32_t letter) {
        return is_direction(letter) || k_numbers.find(letter) != std::u32string_view::npos;
    });
    return letters;
}

} // namespace

NearNames::NearNames(std::vector<std::string> names, double alike) : names_(std::move(names)), alike_(alike) {
    folded_.reserve(names_.size());
    for (const auto& name : names_) {
        folded_.push_back(code_points_of(fold(name)));
    }
}

std::optional<std::string> NearNames::nearest(std::string_view written) const {
    const auto wanted = code_points_of(fold(written));
    const auto telling_letters = telling(wanted);
    std::optional<std::string> nearest;
    double most = 0;
    for (std::size_t i = 0; i < names_.size(); ++i) {
        const auto& letters = folded_[i];
        const auto [shorter, longer] = std::minmax({wanted.size(), letters.size()});
        const std::size_t may_differ = longer < k_short ? 1 : k_most_letters;
        if (shorter < 2 || longer - shorter > may_differ) {
            continue;
        }
        const double like = likeness(wanted, letters);
        const auto away = static_cast<std::size_t>(std::lround((1 - like) * static_cast<double>(longer)));
        if (away > 0 && away <= may_differ && like >= alike_ && like > most && telling(letters) == telling_letters) {
            most = like;
            nearest = names_[i];
        }
    }
    return nearest;
}

} // namespace shirube::directory
