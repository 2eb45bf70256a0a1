#include "directory/coverage/reach.hpp"

#include "geo/distance.hpp"
#include "geo/nearest.hpp"
#include "geo/point_index.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <thread>
#include <tuple>

namespace shirube::directory {

namespace {

constexpr double k_nowhere = std::numeric_limits<double>::infinity();

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

/// Metres from the cells of a district to the places that are for its residents alone.
class OwnPlaces {
  public:
    OwnPlaces(const Groundwork& work, const CountedPlaces& places) : work_(work), places_(places) {}

    void go_to(std::uint32_t district) {
        has_any_ = false;
        if (places_.for_residents_of.empty()) {
            return;
        }
        const auto municipality = work_.municipalities.of(district);
        const auto& known = places_.for_residents_of[municipality];
        const auto& doubtful = places_.doubtful_for_residents_of[municipality];
        has_any_ = !known.empty() || !doubtful.empty();
        if (!has_any_) {
            return;
        }
        std::vector<geo::LonLat> centres;
        for (const auto& of : work_.children->living_in(district)) {
            centres.push_back(work_.children->centres[of.cell]);
        }
        known_m_ = geo::nearest_distances(centres, known);
        surely_m_ = known_m_;
        doubtful_m_.assign(centres.size(), k_nowhere);
        for (const auto& place : doubtful) {
            const geo::LocalMetric metric(place.position);
            for (std::size_t i = 0; i < centres.size(); ++i) {
                const double distance_m = metric.distance_m(centres[i]);
                doubtful_m_[i] = std::min(doubtful_m_[i], std::max(0.0, distance_m - place.radius_m));
                if (place.stands) {
                    known_m_[i] = std::min(known_m_[i], distance_m);
                    surely_m_[i] = std::min(surely_m_[i], distance_m + place.radius_m);
                }
            }
        }
    }

    /// To what stands, taken to be at its position; to what stands, as far as it can be; to what is doubtful.
    [[nodiscard]] double known_m(std::size_t place) const { return has_any_ ? known_m_[place] : k_nowhere; }
    [[nodiscard]] double surely_m(std::size_t place) const { return has_any_ ? surely_m_[place] : k_nowhere; }
    [[nodiscard]] double doubtful_m(std::size_t place) const { return has_any_ ? doubtful_m_[place] : k_nowhere; }

  private:
    const Groundwork& work_;
    const CountedPlaces& places_;
    bool has_any_ = false;
    std::vector<double> known_m_; ///< by the district's cells
    std::vector<double> surely_m_;
    std::vector<double> doubtful_m_;
};

/// Municipalities in which there may be a place of which nobody knows where.
class Anywhere {
  public:
    Anywhere(const Groundwork& work, const std::vector<bool>& municipalities)
        : work_(work),
          municipalities_(municipalities),
          any_(std::ranges::find(municipalities, true) != municipalities.end()) {}

    /// Goes to a district, whose children may go so far.
    void go_to(std::uint32_t district, double reach_m) {
        is_here_ = any_ && municipalities_[work_.municipalities.of(district)];
        is_around_ = false;
        if (!any_ || is_here_) {
            return;
        }
        geo::Box box = geo::Box::empty();
        for (const auto& living : work_.children->living_in(district)) {
            box.expand(work_.children->centres[living.cell]);
        }
        if (!box.is_empty()) {
            const geo::LonLat middle{(box.west + box.east) / 2, (box.south + box.north) / 2};
            const geo::LocalMetric metric(middle);
            const double half_m =
                std::max({metric.distance_m({box.west, box.south}), metric.distance_m({box.east, box.south}),
                          metric.distance_m({box.west, box.north}), metric.distance_m({box.east, box.north})});
            constexpr double k_margin = 1.002; // distances hold to a thousandth
            is_around_ = is_within(middle, (half_m + reach_m) * k_margin);
        }
    }
    /// Whether such a place may be within reach of a cell of the district.
    [[nodiscard]] bool reaches(geo::LonLat centre, double reach_m) const {
        return is_here_ || (is_around_ && is_within(centre, reach_m));
    }

  private:
    [[nodiscard]] bool is_within(geo::LonLat point, double radius_m) const {
        const auto districts = work_.reader.districts_within(work_.layer, point, radius_m);
        return std::ranges::any_of(districts, [&](std::uint32_t district) {
            return municipalities_[work_.municipalities.of(district - work_.layer.first)];
        });
    }

    const Groundwork& work_;
    const std::vector<bool>& municipalities_;
    bool any_;
    bool is_here_ = false;
    bool is_around_ = false;
};

/// Calls add(municipality) for each of the layer's whose residents may use the service.
template <class Add>
void for_each_home(const Groundwork& work, std::uint32_t service, Add&& add) {
    for (std::size_t m = 0; m < work.municipalities.size(); ++m) {
        if (work.candidates.is_for_residents_of(service, work.municipalities.code(m))) {
            add(m);
        }
    }
}

} // namespace

CountedPlaces counted_places(const Groundwork& work, std::span<const Counted> counted) {
    CountedPlaces places;
    const Reader& reader = work.reader;
    for (std::size_t i = 0; i < work.candidates.located(); ++i) {
        if (counted[i] != Counted::standing && counted[i] != Counted::possible) {
            continue;
        }
        const auto service = work.candidates.all()[i].service;
        if (reader.taxonomy().at(reader.services()[service].programme).outreach) {
            continue; // perhaps at others' places
        }
        const SiteRow& site = reader.sites()[reader.services()[service].site];
        const bool stands = counted[i] == Counted::standing;
        // A block is smaller than the cells that people are counted in.
        const bool is_vague = site.quality == PositionQuality::town || site.quality == PositionQuality::municipality;
        const DoubtfulPlace place{*site.position, is_vague ? site.accuracy_m.value_or(0) : 0, stands};
        const bool is_known = stands && place.radius_m == 0;
        if (!work.candidates.is_restricted(service)) {
            if (is_known) {
                places.for_all.push_back(place.position);
            } else {
                places.doubtful.push_back(place);
            }
            continue;
        }
        places.for_residents_of.resize(work.municipalities.size());
        places.doubtful_for_residents_of.resize(work.municipalities.size());
        for_each_home(work, service, [&](std::size_t home) {
            if (is_known) {
                places.for_residents_of[home].push_back(place.position);
            } else {
                places.doubtful_for_residents_of[home].push_back(place);
            }
        });
    }
    // Several services of one town are one doubt.
    std::ranges::sort(places.doubtful, {}, [](const DoubtfulPlace& place) {
        return std::tuple{place.position.lon, place.position.lat, place.radius_m, place.stands};
    });
    const auto [first, last] = std::ranges::unique(places.doubtful);
    places.doubtful.erase(first, last);
    return places;
}

double longest_reach_m(const Policy& policy) {
    double most_m = policy.travel.reach_m();
    for (const auto& local : policy.local_travel) {
        most_m = std::max(most_m, local.travel.reach_m());
    }
    return policy.supply ? std::max(most_m, policy.supply->reach_m / policy.travel.detour) : most_m;
}

ReachOfCells reach_of_cells(const Groundwork& work, std::vector<double> known_m, const CountedPlaces& places,
                            double most_m) {
    const auto& centres = work.children->centres;
    ReachOfCells out{std::move(known_m), {}};
    if (places.doubtful.empty()) {
        return out;
    }
    out.doubtful_m.assign(centres.size(), k_nowhere);
    std::vector<geo::LonLat> points;
    for (const auto& place : places.doubtful) {
        if (place.radius_m == 0) {
            points.push_back(place.position);
        }
    }
    if (!points.empty()) {
        out.doubtful_m = geo::nearest_within(centres, points, most_m);
    }
    if (points.size() == places.doubtful.size() || centres.empty()) {
        return out;
    }
    const geo::PointIndex index(centres);
    for (const auto& place : places.doubtful) {
        if (place.radius_m == 0) {
            continue;
        }
        const geo::LocalMetric metric(place.position);
        index.for_each_within(metric, most_m + place.radius_m, [&](std::uint32_t cell, double distance_m) {
            out.doubtful_m[cell] = std::min(out.doubtful_m[cell], std::max(0.0, distance_m - place.radius_m));
            if (place.stands) {
                out.surely_m[cell] = std::min(out.surely_m[cell], distance_m + place.radius_m);
            }
        });
    }
    return out;
}

ReachOfLayer reach_of_layer(const Groundwork& work, const ReachOfCells& cells, const CountedPlaces& places,
                            const std::vector<bool>& may_be_anywhere) {
    ReachOfLayer out;
    out.covered.resize(work.layer.count);
    out.covered_at_most.resize(work.layer.count);
    std::vector<char> is_supply_doubtful(work.layer.count, 0); // two threads write beside each other
    const auto& centres = work.children->centres;
    const double supply_m = work.policy.supply ? work.policy.supply->reach_m / work.policy.travel.detour : -1;
    in_halves(*work.children, [&](std::uint32_t first, std::uint32_t last) {
        OwnPlaces own(work, places);
        Anywhere anywhere(work, may_be_anywhere);
        for (std::uint32_t i = first; i < last; ++i) {
            if (!work.children->districts[i].children) {
                continue;
            }
            const double reach_m = work.policy.travel_in(work.district(i).code).reach_m();
            own.go_to(i);
            anywhere.go_to(i, std::max(reach_m, supply_m));
            const auto living = work.children->living_in(i);
            std::int64_t covered = 0;
            std::int64_t perhaps = 0;
            for (std::size_t place = 0; place < living.size(); ++place) {
                const auto cell = living[place].cell;
                const auto may_be_within = [&](double far_m) {
                    return (!cells.doubtful_m.empty() && cells.doubtful_m[cell] <= far_m) ||
                           own.doubtful_m(place) <= far_m || anywhere.reaches(centres[cell], far_m);
                };
                if (std::min(cells.surely_m[cell], own.surely_m(place)) <= reach_m) {
                    covered += living[place].children;
                } else if (may_be_within(reach_m)) {
                    perhaps += living[place].children;
                }
                if (supply_m >= 0 && is_supply_doubtful[i] == 0 && living[place].children > 0 &&
                    may_be_within(supply_m)) {
                    is_supply_doubtful[i] = 1;
                }
            }
            out.covered[i] = covered;
            out.covered_at_most[i] = covered + perhaps;
        }
    });
    out.is_supply_doubtful.assign(is_supply_doubtful.begin(), is_supply_doubtful.end());
    return out;
}

std::vector<std::optional<double>> nearest_m_medians(const Groundwork& work, std::span<const double> known_m,
                                                     const CountedPlaces& places) {
    const LayerChildren& children = *work.children;
    std::vector<double> with_vague_m;
    std::vector<geo::LonLat> vague;
    for (const auto& place : places.doubtful) {
        if (place.stands) {
            vague.push_back(place.position);
        }
    }
    if (!vague.empty()) {
        with_vague_m = geo::nearest_distances(children.centres, vague);
        for (std::size_t i = 0; i < with_vague_m.size(); ++i) {
            with_vague_m[i] = std::min(with_vague_m[i], known_m[i]);
        }
    }
    const auto nearest_m = vague.empty() ? known_m : std::span<const double>(with_vague_m);
    std::vector<std::optional<double>> out(work.layer.count);
    in_halves(children, [&](std::uint32_t first, std::uint32_t last) {
        OwnPlaces own(work, places);
        std::vector<geo::WeightedDistance> all;
        for (std::uint32_t i = first; i < last; ++i) {
            if (!children.districts[i].children) {
                continue;
            }
            own.go_to(i);
            const auto living = children.living_in(i);
            all.clear();
            for (std::size_t place = 0; place < living.size(); ++place) {
                const double distance_m = std::min(nearest_m[living[place].cell], own.known_m(place));
                if (std::isfinite(distance_m)) {
                    all.push_back({distance_m, living[place].children});
                }
            }
            out[i] = geo::weighted_median(all);
        }
    });
    return out;
}

} // namespace shirube::directory
