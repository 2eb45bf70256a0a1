#include "geo/largest_remainder.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <numeric>

namespace shirube::geo {

std::vector<std::int64_t> apportion(std::int64_t total, std::span<const double> weights) {
    assert(total >= 0);
    assert(std::all_of(weights.begin(), weights.end(),
                       [](double weight) { return std::isfinite(weight) && weight >= 0; }));
    const double largest = weights.empty() ? 0 : *std::max_element(weights.begin(), weights.end());
    if (!(largest > 0)) {
        return {};
    }
    // Relative to the largest weight the sum cannot overflow; the longer type keeps totals beyond 2^53 whole.
    long double sum = 0;
    for (const double weight : weights) {
        sum += static_cast<long double>(weight) / largest;
    }
    std::vector<std::int64_t> parts(weights.size());
    std::vector<long double> remainders(weights.size());
    std::int64_t left = total;
    for (std::size_t index = 0; index < weights.size(); ++index) {
        const long double quota =
            static_cast<long double>(total) * (static_cast<long double>(weights[index]) / largest / sum);
        // Rounding must not hand out more than there is.
        parts[index] = std::min(static_cast<std::int64_t>(std::floor(quota)), left);
        remainders[index] = quota - std::floor(quota);
        left -= parts[index];
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    // At most one each in exact arithmetic; rounding may leave a few more, and then it is the same order again.
    for (std::size_t turn = 0; left > 0; turn = (turn + 1) % order.size()) {
        if (weights[order[turn]] > 0) {
            ++parts[order[turn]];
            --left;
        }
    }
    return parts;
}

} // namespace shirube::geo
