#include "directory/snapshot/part_search.hpp"

#include <algorithm>

namespace shirube::directory {

template <class Visit>
void PartSearch::for_each_tree(Visit&& visit) const {
    if (query_.programmes.empty()) {
        visit(part_.located);
        return;
    }
    for (const auto programme : query_.programmes) {
        visit(part_.by_programme[programme]);
    }
}

void PartSearch::collect(std::vector<Hit>& found) const {
    if (query_.near && query_.radius_m) {
        collect_circle(found);
    } else if (query_.bbox) {
        collect_box(found);
    } else if (!query_.within.empty()) {
        collect_districts(found);
    } else if (const auto words = search_words(query_.text); !words.empty()) {
        collect_words(words, found);
    } else {
        for_each_tree([&](const LocatedServices& tree) {
            for (const auto service : tree.services) {
                offer(service, filter_, found);
            }
        });
    }
}

std::size_t PartSearch::collect_nearest(std::size_t wanted, std::vector<Hit>& found) const {
    std::size_t matched = 0;
    thread_local std::vector<geo::Neighbour> nearest;
    for_each_tree([&](const LocatedServices& tree) {
        matched += static_cast<std::size_t>(
            std::ranges::count_if(tree.services, [&](std::uint32_t service) { return filter_(service).has_value(); }));
        tree.points.nearest(
            *query_.near, wanted, k_measured_m,
            [&](std::uint32_t item) { return filter_(tree.services[item]).has_value(); }, nearest);
        for (const auto& neighbour : nearest) {
            const auto service = tree.services[neighbour.item];
            put(service, neighbour.distance_m, *filter_(service), found);
        }
    });
    return matched;
}

void PartSearch::collect_circle(std::vector<Hit>& found) const {
    const geo::LocalMetric metric(*query_.near);
    const bool inside_box_only = query_.bbox.has_value();
    for_each_tree([&](const LocatedServices& tree) {
        tree.points.for_each_within(metric, *query_.radius_m, [&](std::uint32_t item, double distance_m) {
            const auto service = tree.services[item];
            if (inside_box_only && !query_.bbox->contains(*part_.site_of(service).position)) {
                return;
            }
            if (filter_.is_plain()) {
                if (filter_.in_force(service)) {
                    put(service, distance_m, Openness::maybe, found);
                }
            } else if (const auto open = filter_(service)) {
                put(service, distance_m, *open, found);
            }
        });
    });
}

void PartSearch::collect_box(std::vector<Hit>& found) const {
    for_each_tree([&](const LocatedServices& tree) {
        tree.points.for_each_in_box(
            *query_.bbox, [&](std::uint32_t item, geo::LonLat) { offer(tree.services[item], filter_, found); });
    });
}

void PartSearch::collect_districts(std::vector<Hit>& found) const {
    // A service of two districts that were both asked for is found twice, and one that only serves them not at all.
    std::vector<std::uint32_t> candidates;
    for (const auto district : query_.within) {
        const auto services = part_.services_of_district[district];
        candidates.insert(candidates.end(), services.begin(), services.end());
    }
    for (std::uint32_t service = 0; service < part_.services.size(); ++service) {
        if (!part_.served[service].empty()) {
            candidates.push_back(service);
        }
    }
    offer_located(candidates, filter_, found);
}

void PartSearch::collect_words(const std::vector<std::string>& words, std::vector<Hit>& found) const {
    // Any one word's documents hold all answers but those it finds in a programme's name; those are scanned too.
    const auto rarest = std::ranges::max(words, {}, &std::string::size);
    auto candidates = part_.text.find(rarest);
    for (std::size_t programme = 0; programme < snapshot_.ground->programme_text.size(); ++programme) {
        if (snapshot_.ground->programme_text[programme].find(rarest) == std::string::npos) {
            continue;
        }
        const auto& services = part_.by_programme[programme].services;
        candidates.insert(candidates.end(), services.begin(), services.end());
    }
    if (words.size() > 1) {
        offer_located(candidates, filter_, found);
        return;
    }
    // A single word was found in each of them already.
    SearchQuery rest = query_;
    rest.text.clear();
    offer_located(candidates, Filter(snapshot_, part_, masked_, rest), found);
}

/// \param candidates is put in order
void PartSearch::offer_located(std::vector<std::uint32_t>& candidates, const Filter& filter,
                               std::vector<Hit>& found) const {
    std::ranges::sort(candidates);
    const auto [first, last] = std::ranges::unique(candidates);
    candidates.erase(first, last);
    for (const auto service : candidates) {
        if (part_.has_position[service] != 0) {
            offer(service, filter, found);
        }
    }
}

void PartSearch::offer(std::uint32_t service, const Filter& filter, std::vector<Hit>& found) const {
    if (const auto open = filter(service)) {
        put(service, query_.near ? distance_m(service) : -1, *open, found);
    }
}

double PartSearch::distance_m(std::uint32_t service) const {
    const geo::LonLat place = *part_.site_of(service).position;
    if (!metric_) {
        metric_.emplace(*query_.near);
    }
    const double local_m = metric_->distance_m(place);
    return local_m <= k_measured_m ? local_m : geo::distance_m(*query_.near, place);
}

void PartSearch::collect_without_position(const std::optional<std::vector<std::string>>& asked,
                                          std::vector<Hit>& found) const {
    for (const auto service : part_.unlocated) {
        if (asked && !serves_any(service, *asked)) {
            continue;
        }
        if (const auto open = filter_unlocated(service)) {
            put(service, -1, *open, found);
        }
    }
}

/// A place without a point lies in no district that could be asked for: its municipality stands for it.
std::optional<Openness> PartSearch::filter_unlocated(std::uint32_t service) const {
    if (query_.within.empty()) {
        return filter_(service);
    }
    if (!unlocated_query_) {
        unlocated_query_ = query_;
        unlocated_query_->within.clear();
        unlocated_filter_.emplace(snapshot_, part_, masked_, *unlocated_query_);
    }
    return (*unlocated_filter_)(service);
}

bool PartSearch::serves_any(std::uint32_t service, const std::vector<std::string>& municipalities) const {
    const auto holds = [&](const std::string& municipality) {
        return std::ranges::find(municipalities, municipality) != municipalities.end();
    };
    const auto served = part_.served[service];
    if (!served.empty()) {
        if (!query_.within.empty()) {
            return std::ranges::any_of(served, [&](std::uint32_t district) {
                return std::ranges::find(query_.within, district) != query_.within.end();
            });
        }
        return std::ranges::any_of(
            served, [&](std::uint32_t district) { return holds(snapshot_.ground->districts[district].municipality); });
    }
    return holds(part_.site_of(service).municipality);
}

} // namespace shirube::directory
