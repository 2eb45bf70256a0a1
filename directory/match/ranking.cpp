#include "directory/match/ranking.hpp"

#include <utility>

namespace shirube::directory {

namespace {

/// In the order of the criteria, the smaller first.
std::array<int, k_criteria> in_order(const RankKey& key) noexcept {
    return {-key.covers, key.rule, key.step, key.open, key.place, key.minutes};
}

} // namespace

std::string_view code_of(Criterion criterion) noexcept {
    switch (criterion) {
        case Criterion::covers:
            return "covers";
        case Criterion::rule:
            return "rule";
        case Criterion::step:
            return "step";
        case Criterion::open:
            return "open";
        case Criterion::place:
            return "place";
        case Criterion::minutes:
            return "minutes";
        case Criterion::listing:
            break;
    }
    return "listing";
}

std::optional<int> RankKey::value(Criterion criterion) const noexcept {
    if (criterion == Criterion::listing) {
        return std::nullopt;
    }
    const int value = in_order(*this)[static_cast<std::size_t>(criterion)];
    if (value == k_last) {
        return std::nullopt;
    }
    return criterion == Criterion::covers ? -value : value;
}

Criterion deciding(const RankKey& a, const RankKey& b) noexcept {
    const auto left = in_order(a);
    const auto right = in_order(b);
    for (std::size_t i = 0; i < k_criteria; ++i) {
        if (left[i] != right[i]) {
            return static_cast<Criterion>(i);
        }
    }
    return Criterion::listing;
}

bool stands_before(const RankKey& a, const RankKey& b) noexcept {
    return std::pair(in_order(a), a.id) < std::pair(in_order(b), b.id);
}

} // namespace shirube::directory
