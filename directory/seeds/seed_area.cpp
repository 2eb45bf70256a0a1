#include "directory/seeds/seed_area.hpp"

#include "directory/audience.hpp"
#include "directory/designated_city.hpp"
#include "geo/area.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <vector>

namespace shirube::directory {

namespace {

constexpr std::string_view k_usual_layer = "chugakkoku";

const Layer* usual_layer_of(const Reader& reader) {
    const auto layers = reader.layers();
    const auto found = std::ranges::find(layers, k_usual_layer, &Layer::code);
    return found != layers.end() ? &*found : layers.empty() ? nullptr : &layers.front();
}

/// The districts that make a municipality up, as far as the usual layer does.
std::vector<std::uint32_t> districts_of(const Reader& reader, std::string_view municipality) {
    std::vector<std::uint32_t> all;
    if (const auto* layer = usual_layer_of(reader)) {
        for (std::uint32_t i = layer->first; i < layer->first + layer->count; ++i) {
            if (owner_of(reader.districts()[i].municipality) == municipality) {
                all.push_back(i);
            }
        }
    }
    return all;
}

/// Whichever says more: what is covered by one is covered, and what one leaves open the other cannot deny.
SeedFit better(SeedFit a, SeedFit b) { return std::min(a, b); }

/// What a code that the offer names says of the whole of a municipality.
SeedFit named_for_whole(const Reader& reader, std::string_view named, std::string_view municipality) {
    if (const auto district = district_of_area(reader, named)) {
        return owner_of(reader.districts()[*district].municipality) == municipality ? SeedFit::partly
                                                                                    : SeedFit::differs;
    }
    if (named.find(':') != std::string_view::npos) {
        return SeedFit::unknown; // a district that nobody here has
    }
    if (lies_in(municipality, named)) {
        return SeedFit::fits;
    }
    return designated_city_of(named) == municipality ? SeedFit::partly : SeedFit::differs;
}

SeedFit named_for_district(const Reader& reader, std::string_view named, std::uint32_t district) {
    const auto& wanted = reader.districts()[district];
    if (const auto other = district_of_area(reader, named)) {
        const auto& offered = reader.districts()[*other];
        if (*other == district) {
            return SeedFit::fits;
        }
        // Districts of two layers may overlap; nobody has said whether these do.
        const bool may_overlap = offered.layer != wanted.layer && offered.municipality == wanted.municipality;
        return may_overlap ? SeedFit::unknown : SeedFit::differs;
    }
    if (named.find(':') != std::string_view::npos) {
        return SeedFit::unknown;
    }
    if (lies_in(wanted.municipality, named)) {
        return SeedFit::fits;
    }
    return designated_city_of(named) == wanted.municipality ? SeedFit::partly : SeedFit::differs;
}

struct Start {
    geo::LonLat point;
    double accuracy_m = 0;
};

std::optional<Start> start_of(const Reader& reader, const Seed& offer) {
    const auto site = site_of_offer(reader, offer);
    if (!site || !reader.sites()[*site].position) {
        return std::nullopt;
    }
    return Start{*reader.sites()[*site].position, reader.sites()[*site].accuracy_m.value_or(0)};
}

/// Empty where nobody knows where the district lies.
std::optional<double> distance_to(const Reader& reader, const Start& start, std::uint32_t district) {
    const double distance = geo::distance_to_area_m(start.point, reader.districts()[district].geometry);
    return std::isfinite(distance) ? std::optional(distance) : std::nullopt;
}

SeedFit reached(const std::optional<double>& distance_m, double accuracy_m, std::int64_t within_m) {
    const auto within = static_cast<double>(within_m);
    if (!distance_m) {
        return SeedFit::unknown;
    }
    return *distance_m + accuracy_m <= within   ? SeedFit::fits
           : *distance_m - accuracy_m <= within ? SeedFit::unknown
                                                : SeedFit::differs;
}

/// Of a whole what is said of its parts.
SeedFit together(std::span<const SeedFit> parts) {
    const auto all = [&](SeedFit fit) { return std::ranges::all_of(parts, [=](SeedFit one) { return one == fit; }); };
    const auto any = [&](SeedFit fit) { return std::ranges::find(parts, fit) != parts.end(); };
    if (parts.empty()) {
        return SeedFit::unknown;
    }
    if (all(SeedFit::fits)) {
        return SeedFit::fits;
    }
    if (any(SeedFit::fits) || any(SeedFit::partly)) {
        return SeedFit::partly;
    }
    return any(SeedFit::unknown) ? SeedFit::unknown : SeedFit::differs;
}

class Areas {
  public:
    Areas(const Seed& offer, const Seed& want, const Reader& reader)
        : offer_(offer), want_(want), reader_(reader), start_(start_of(reader, offer)) {}

    [[nodiscard]] SeedAreaFit fit() {
        SeedAreaFit fit;
        if (start_ && start_->accuracy_m > 0) {
            fit.accuracy_m = start_->accuracy_m;
        }
        std::vector<SeedFit> parts;
        if (want_.areas.empty()) {
            std::vector<SeedFit> reached_parts;
            for (const auto district : districts_of(reader_, want_.owner)) {
                reached_parts.push_back(radius(distance(district)));
            }
            const SeedFit named =
                best_named([&](std::string_view area) { return named_for_whole(reader_, area, want_.owner); });
            parts.push_back(either(named, together(reached_parts)));
        }
        for (const auto& area : want_.areas) {
            parts.push_back(fit_of_part(area));
        }
        fit.fit = together(parts);
        fit.distance_m = nearest_;
        if (!fit.distance_m) {
            fit.accuracy_m.reset();
        }
        return fit;
    }

  private:
    SeedFit fit_of_part(const std::string& area) {
        const auto district = district_of_area(reader_, area);
        if (!district) {
            return SeedFit::unknown;
        }
        return either(best_named([&](std::string_view named) { return named_for_district(reader_, named, *district); }),
                      radius(distance(*district)));
    }

    std::optional<double> distance(std::uint32_t district) {
        const auto found = start_ ? distance_to(reader_, *start_, district) : std::nullopt;
        if (found && (!nearest_ || *found < *nearest_)) {
            nearest_ = found;
        }
        return found;
    }

    [[nodiscard]] SeedFit radius(const std::optional<double>& distance_m) const {
        return offer_.within_m ? reached(distance_m, start_ ? start_->accuracy_m : 0, *offer_.within_m)
                               : SeedFit::unknown;
    }

    template <class Says>
    [[nodiscard]] SeedFit best_named(const Says& says) const {
        SeedFit best = SeedFit::differs;
        for (const auto& area : offer_.areas) {
            best = better(best, says(area));
        }
        return best;
    }

    /// A way of saying where that the offer does not use says nothing.
    [[nodiscard]] SeedFit either(SeedFit named, SeedFit by_radius) const {
        if (offer_.areas.empty()) {
            return by_radius;
        }
        return offer_.within_m ? better(named, by_radius) : named;
    }

    const Seed& offer_;
    const Seed& want_;
    const Reader& reader_;
    std::optional<Start> start_;
    std::optional<double> nearest_;
};

} // namespace

std::optional<std::uint32_t> district_of_area(const Reader& reader, std::string_view area) {
    const auto colon = area.find(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    const auto layers = reader.layers();
    const auto layer = std::ranges::find(layers, area.substr(0, colon), &Layer::code);
    if (layer == layers.end()) {
        return std::nullopt;
    }
    const auto code = area.substr(colon + 1);
    for (std::uint32_t i = layer->first; i < layer->first + layer->count; ++i) {
        if (reader.districts()[i].code == code) {
            return i;
        }
    }
    return std::nullopt;
}

std::optional<std::uint32_t> site_of_offer(const Reader& reader, const Seed& offer) {
    if (offer.site.empty()) {
        return std::nullopt;
    }
    if (const auto site = reader.find_site(offer.site)) {
        return site;
    }
    const auto* moved = reader.find_moved(offer.site);
    return moved == nullptr ? std::nullopt : reader.find_site(moved->to);
}

SeedAreaFit area_fit(const Seed& offer, const Seed& want, const Reader& reader) {
    return Areas(offer, want, reader).fit();
}

} // namespace shirube::directory
