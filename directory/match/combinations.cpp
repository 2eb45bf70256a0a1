#include "directory/match/combinations.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <tuple>
#include <utility>

namespace shirube::directory {

namespace {

std::tuple<int, std::size_t, int, int, const std::vector<std::size_t>&> order_of(const Combination& combination) {
    return {combination.places, combination.parts.size(), combination.open, combination.minutes, combination.parts};
}

class Search {
  public:
    explicit Search(std::span<const CombinedPart> parts) : parts_(parts) {
        // Two that meet less than one alone are no help.
        for (const auto& part : parts) {
            most_ = std::max(most_, part.covers.count());
        }
    }

    std::vector<Combination> best() {
        for (std::size_t a = 0; a < parts_.size(); ++a) {
            for (std::size_t b = a + 1; b < parts_.size(); ++b) {
                const PairSet two = parts_[a].covers | parts_[b].covers;
                offer({a, b}, two);
                for (std::size_t c = b + 1; c < parts_.size(); ++c) {
                    offer({a, b, c}, two | parts_[c].covers);
                }
            }
        }
        return std::move(found_);
    }

  private:
    void offer(std::initializer_list<std::size_t> chosen, const PairSet& covers) {
        const std::size_t count = covers.count();
        if (count < most_ || !needs_all(chosen, covers)) {
            return;
        }
        if (count > most_) {
            most_ = count;
            found_.clear();
        }
        Combination combination{chosen, covers, 0, 0, 0};
        std::array<std::uint32_t, k_most_parts> sites{};
        for (const auto i : chosen) {
            const CombinedPart& part = parts_[i];
            combination.open += part.open;
            auto* const last = sites.begin() + combination.places;
            if (part.is_somewhere && std::find(sites.begin(), last, part.site) == last) {
                sites[static_cast<std::size_t>(combination.places++)] = part.site;
                combination.minutes += part.minutes;
            }
        }
        keep(std::move(combination));
    }

    /// Among the best so far, which stay in their order.
    void keep(Combination combination) {
        const auto place = std::ranges::find_if(
            found_, [&](const Combination& kept) { return order_of(combination) < order_of(kept); });
        if (place == found_.end() && found_.size() == k_most_combinations) {
            return;
        }
        found_.insert(place, std::move(combination));
        found_.resize(std::min(found_.size(), k_most_combinations));
    }

    /// Whether it would cover less without any one of them.
    [[nodiscard]] bool needs_all(std::initializer_list<std::size_t> chosen, const PairSet& covers) const {
        return std::ranges::all_of(chosen, [&](std::size_t left_out) {
            PairSet others;
            for (const auto i : chosen) {
                if (i != left_out) {
                    others |= parts_[i].covers;
                }
            }
            return others != covers;
        });
    }

    std::span<const CombinedPart> parts_;
    std::size_t most_ = 1;
    std::vector<Combination> found_;
};

} // namespace

std::vector<Combination> combine(std::span<const CombinedPart> parts) { return Search(parts).best(); }

} // namespace shirube::directory
