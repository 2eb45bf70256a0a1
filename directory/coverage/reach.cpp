#include "directory/coverage/reach.hpp"

#include "geo/nearest.hpp"

#include <algorithm>
#include <cmath>
#include <thread>

namespace shirube::directory {

namespace {

/// Metres from the cells of a district to the nearest place that its children may use.
class Distances {
  public:
    Distances(const Groundwork& work, std::span<const double> nearest_m, const CountedPlaces& places)
        : work_(work), nearest_m_(nearest_m), places_(places) {}

    /// Goes to a district. \return the children who live in it, cell by cell
    std::span<const LayerChildren::Living> go_to(std::uint32_t district) {
        const auto living = work_.children->living_in(district);
        has_own_ = false;
        if (!places_.for_residents_of.empty()) {
            const auto& own = places_.for_residents_of[work_.municipalities.of(district)];
            has_own_ = !own.empty();
            if (has_own_) {
                centres_.clear();
                for (const auto& of : living) {
                    centres_.push_back(work_.children->centres[of.cell]);
                }
                own_ = geo::nearest_distances(centres_, own);
            }
        }
        return living;
    }
    /// \param place in what go_to() gave
    [[nodiscard]] double of(const LayerChildren::Living& living, std::size_t place) const {
        const double distance_m = nearest_m_[living.cell];
        return has_own_ ? std::min(distance_m, own_[place]) : distance_m;
    }

  private:
    const Groundwork& work_;
    std::span<const double> nearest_m_;
    const CountedPlaces& places_;
    bool has_own_ = false;
    std::vector<geo::LonLat> centres_;
    std::vector<double> own_;
};

/// Calls part(first, last) for all districts, one half of the people on a thread of its own where that is worth it.
template <class Part>
void in_halves(const LayerChildren& children, Part&& part) {
    const auto count = static_cast<std::uint32_t>(children.first.size() - 1);
    constexpr std::size_t k_worth_two_threads = 32'768;
    if (children.living.size() < k_worth_two_threads) {
        part(0U, count);
        return;
    }
    const auto middle = std::ranges::lower_bound(children.first, children.living.size() / 2);
    const auto half = std::min(count, static_cast<std::uint32_t>(middle - children.first.begin()));
    const std::jthread beside([&] { part(0U, half); });
    part(half, count);
}

} // namespace

CountedPlaces counted_places(const Groundwork& work, std::span<const Counted> counted) {
    CountedPlaces places;
    for (std::size_t i = 0; i < work.candidates.located(); ++i) {
        if (counted[i] != Counted::standing) {
            continue;
        }
        const auto service = work.candidates.all()[i].service;
        const geo::LonLat position = *work.reader.sites()[work.reader.services()[service].site].position;
        if (!work.candidates.is_restricted(service)) {
            places.for_all.push_back(position);
            continue;
        }
        places.for_residents_of.resize(work.municipalities.size());
        for (std::size_t m = 0; m < work.municipalities.size(); ++m) {
            if (work.candidates.is_for_residents_of(service, work.municipalities.code(m))) {
                places.for_residents_of[m].push_back(position);
            }
        }
    }
    return places;
}

ReachOfLayer reach_of_layer(const Groundwork& work, std::span<const double> nearest_m, const CountedPlaces& places) {
    ReachOfLayer out;
    out.covered.resize(work.layer.count);
    out.nearest_m_median.resize(work.layer.count);
    in_halves(*work.children, [&](std::uint32_t first, std::uint32_t last) {
        Distances distances(work, nearest_m, places);
        std::vector<geo::WeightedDistance> all;
        for (std::uint32_t i = first; i < last; ++i) {
            if (!work.children->districts[i].children) {
                continue;
            }
            const double reach_m = work.policy.travel_in(work.district(i).code).reach_m();
            const auto living = distances.go_to(i);
            std::int64_t covered = 0;
            all.clear();
            for (std::size_t place = 0; place < living.size(); ++place) {
                const double distance_m = distances.of(living[place], place);
                covered += distance_m <= reach_m ? living[place].children : 0;
                if (std::isfinite(distance_m)) {
                    all.push_back({distance_m, living[place].children});
                }
            }
            out.covered[i] = covered;
            out.nearest_m_median[i] = geo::weighted_median(all);
        }
    });
    return out;
}

std::vector<std::optional<std::int64_t>> covered_in_layer(const Groundwork& work, std::span<const double> nearest_m,
                                                          const CountedPlaces& places) {
    std::vector<std::optional<std::int64_t>> out(work.layer.count);
    in_halves(*work.children, [&](std::uint32_t first, std::uint32_t last) {
        Distances distances(work, nearest_m, places);
        for (std::uint32_t i = first; i < last; ++i) {
            if (!work.children->districts[i].children) {
                continue;
            }
            const double reach_m = work.policy.travel_in(work.district(i).code).reach_m();
            const auto living = distances.go_to(i);
            std::int64_t covered = 0;
            for (std::size_t place = 0; place < living.size(); ++place) {
                covered += distances.of(living[place], place) <= reach_m ? living[place].children : 0;
            }
            out[i] = covered;
        }
    });
    return out;
}

} // namespace shirube::directory
