// Answering a search from the snapshot: the cheapest way to candidates (words, a circle, a box, a district,
// everything), one filter, then the page that was asked for.
#include "directory/search.hpp"

#include "directory/reader.hpp"
#include "directory/snapshot/filter.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "geo/distance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace shirube::directory {

namespace {

/// Up to here the local metric is as good as the geodesic, and the same whichever way a distance is asked for.
constexpr double k_measured_m = geo::LocalMetric::k_reach_m / 2;

/// What was found, before the page is cut out of it. Reused by each thread, so that a search allocates its answer only.
std::vector<Hit>& scratch_hits() {
    thread_local std::vector<Hit> hits;
    hits.clear();
    return hits;
}

class Search {
  public:
    Search(const Snapshot& snapshot, const SearchQuery& query)
        : snapshot_(snapshot), query_(query), filter_(snapshot, query) {}

    SearchResult run() {
        SearchResult result;
        auto& found = scratch_hits();
        if (asks_for_the_nearest() && find_nearest(result)) {
            collect_without_position(result);
            return result;
        }
        found.clear();
        collect(found);
        result.number_matched = found.size();
        cut_page(found, result.hits);
        collect_without_position(result);
        return result;
    }

  private:
    /// The common question of the start page: the nearest anywhere, without a radius. Counting needs a look at every
    /// service; measuring and sorting need not.
    [[nodiscard]] bool asks_for_the_nearest() const {
        constexpr std::size_t most = 200;
        return query_.near && !query_.radius_m && !query_.bbox && query_.within.empty() && query_.text.empty() &&
               query_.sort == Sort::distance && query_.offset + query_.limit <= most;
    }

    /// False where the page reaches farther than the index measures: then everything is measured.
    bool find_nearest(SearchResult& result) const {
        const std::size_t wanted = query_.offset + query_.limit;
        auto& found = scratch_hits();
        thread_local std::vector<geo::Neighbour> nearest;
        for_each_tree([&](const LocatedServices& tree) {
            result.number_matched += static_cast<std::size_t>(std::ranges::count_if(
                tree.services, [&](std::uint32_t service) { return filter_(service).has_value(); }));
            tree.points.nearest(
                *query_.near, wanted, k_measured_m,
                [&](std::uint32_t item) { return filter_(tree.services[item]).has_value(); }, nearest);
            for (const auto& neighbour : nearest) {
                const auto service = tree.services[neighbour.item];
                found.push_back({service, neighbour.distance_m, *filter_(service)});
            }
        });
        if (found.size() < std::min(wanted, result.number_matched)) {
            result = {};
            return false;
        }
        cut_page(found, result.hits);
        return true;
    }

    void collect(std::vector<Hit>& found) const {
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
                    offer(service, found);
                }
            });
        }
    }

    template <class Visit>
    void for_each_tree(Visit&& visit) const {
        if (query_.programmes.empty()) {
            visit(snapshot_.located);
            return;
        }
        for (const auto programme : query_.programmes) {
            visit(snapshot_.by_programme[programme]);
        }
    }

    void collect_circle(std::vector<Hit>& found) const {
        const geo::LocalMetric metric(*query_.near);
        const bool inside_box_only = query_.bbox.has_value();
        for_each_tree([&](const LocatedServices& tree) {
            tree.points.for_each_within(metric, *query_.radius_m, [&](std::uint32_t item, double distance_m) {
                const auto service = tree.services[item];
                if (inside_box_only && !query_.bbox->contains(position(service))) {
                    return;
                }
                if (filter_.is_plain()) {
                    if (filter_.in_force(service)) {
                        found.push_back({service, distance_m, Openness::maybe});
                    }
                } else if (const auto open = filter_(service)) {
                    found.push_back({service, distance_m, *open});
                }
            });
        });
    }

    void collect_box(std::vector<Hit>& found) const {
        for_each_tree([&](const LocatedServices& tree) {
            tree.points.for_each_in_box(*query_.bbox,
                                        [&](std::uint32_t item, geo::LonLat) { offer(tree.services[item], found); });
        });
    }

    void collect_districts(std::vector<Hit>& found) const {
        // A service of two districts that were both asked for is found twice, and one that only serves them not at all.
        std::vector<std::uint32_t> candidates;
        for (const auto district : query_.within) {
            const auto services = snapshot_.services_of_district[district];
            candidates.insert(candidates.end(), services.begin(), services.end());
        }
        for (std::uint32_t service = 0; service < snapshot_.state.services.size(); ++service) {
            if (!snapshot_.served[service].empty()) {
                candidates.push_back(service);
            }
        }
        std::ranges::sort(candidates);
        const auto [first, last] = std::ranges::unique(candidates);
        candidates.erase(first, last);
        for (const auto service : candidates) {
            if (has_position(service)) {
                offer(service, found);
            }
        }
    }

    void collect_words(const std::vector<std::string>& words, std::vector<Hit>& found) const {
        // Any one word's documents hold all answers but those it finds in a programme's name; those are scanned too.
        const auto rarest = std::ranges::max(words, {}, &std::string::size);
        auto candidates = snapshot_.text.find(rarest);
        for (std::size_t programme = 0; programme < snapshot_.programme_text.size(); ++programme) {
            if (snapshot_.programme_text[programme].find(rarest) == std::string::npos) {
                continue;
            }
            const auto& services = snapshot_.by_programme[programme].services;
            candidates.insert(candidates.end(), services.begin(), services.end());
        }
        std::ranges::sort(candidates);
        const auto [first, last] = std::ranges::unique(candidates);
        candidates.erase(first, last);
        for (const auto service : candidates) {
            if (has_position(service)) {
                offer(service, found);
            }
        }
    }

    void offer(std::uint32_t service, std::vector<Hit>& found) const {
        const auto open = filter_(service);
        if (!open) {
            return;
        }
        found.push_back({service, query_.near ? distance_m(service) : -1, *open});
    }

    [[nodiscard]] bool has_position(std::uint32_t service) const {
        return snapshot_.state.sites[snapshot_.state.services[service].site].position.has_value();
    }
    [[nodiscard]] geo::LonLat position(std::uint32_t service) const {
        return *snapshot_.state.sites[snapshot_.state.services[service].site].position;
    }

    [[nodiscard]] double distance_m(std::uint32_t service) const {
        const geo::LonLat place = position(service);
        const double local_m = metric().distance_m(place);
        return local_m <= k_measured_m ? local_m : geo::distance_m(*query_.near, place);
    }
    [[nodiscard]] const geo::LocalMetric& metric() const {
        if (!metric_) {
            metric_.emplace(*query_.near);
        }
        return *metric_;
    }

    [[nodiscard]] bool before(const Hit& a, const Hit& b) const {
        switch (query_.sort) {
            case Sort::distance:
                if (a.distance_m != b.distance_m) {
                    return a.distance_m < b.distance_m;
                }
                return a.service < b.service;
            case Sort::updated: {
                const auto left = snapshot_.state.services[a.service].last_confirmed_on;
                const auto right = snapshot_.state.services[b.service].last_confirmed_on;
                if (left != right) {
                    return left > right;
                } // never confirmed stands last
                break;
            }
            case Sort::name:
                break;
        }
        return snapshot_.columns.name_rank[a.service] < snapshot_.columns.name_rank[b.service];
    }

    void cut_page(std::vector<Hit>& found, std::vector<Hit>& page) const {
        const auto first = std::min(query_.offset, found.size());
        const auto last = std::min(first + query_.limit, found.size());
        const auto order = [&](const Hit& a, const Hit& b) { return before(a, b); };
        std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(last), found.end(), order);
        page.assign(found.begin() + static_cast<std::ptrdiff_t>(first),
                    found.begin() + static_cast<std::ptrdiff_t>(last));
    }

    /// The municipalities of the place that was asked about; nothing where no place was.
    [[nodiscard]] std::optional<std::vector<std::string>> municipalities_asked() const {
        const auto& districts = snapshot_.state.districts;
        std::vector<std::string> municipalities;
        if (!query_.within.empty()) {
            for (const auto district : query_.within) {
                municipalities.push_back(districts[district].municipality);
            }
            return municipalities;
        }
        std::optional<geo::LonLat> place = query_.near;
        if (!place && query_.bbox) {
            place =
                geo::LonLat{(query_.bbox->west + query_.bbox->east) / 2, (query_.bbox->south + query_.bbox->north) / 2};
        }
        if (!place) {
            return std::nullopt;
        }
        std::vector<std::uint32_t> scratch;
        for (const auto& index : snapshot_.layer_indexes) {
            index.areas.areas_at(*place, scratch);
            for (const auto area : scratch) {
                municipalities.push_back(districts[index.layer.first + area].municipality);
            }
        }
        return municipalities;
    }

    void collect_without_position(SearchResult& result) const {
        if (snapshot_.unlocated.empty()) {
            return;
        }
        const auto asked = municipalities_asked();
        std::vector<Hit> found;
        for (const auto service : snapshot_.unlocated) {
            if (asked && !serves_any(service, *asked)) {
                continue;
            }
            if (const auto open = filter_unlocated(service)) {
                found.push_back({service, -1, *open});
            }
        }
        result.without_position_matched = found.size();
        std::ranges::sort(found, {}, [&](const Hit& hit) { return snapshot_.columns.name_rank[hit.service]; });
        if (query_.offset != 0) {
            return;
        } // they stand on the first page
        found.resize(std::min(found.size(), query_.limit));
        result.without_position = std::move(found);
    }

    /// A place without a point lies in no district that could be asked for: its municipality stands for it.
    [[nodiscard]] std::optional<Openness> filter_unlocated(std::uint32_t service) const {
        if (query_.within.empty()) {
            return filter_(service);
        }
        if (!unlocated_query_) {
            unlocated_query_ = query_;
            unlocated_query_->within.clear();
            unlocated_filter_.emplace(snapshot_, *unlocated_query_);
        }
        return (*unlocated_filter_)(service);
    }

    [[nodiscard]] bool serves_any(std::uint32_t service, const std::vector<std::string>& municipalities) const {
        const auto holds = [&](const std::string& municipality) {
            return std::ranges::find(municipalities, municipality) != municipalities.end();
        };
        const auto served = snapshot_.served[service];
        if (!served.empty()) {
            if (!query_.within.empty()) {
                return std::ranges::any_of(served, [&](std::uint32_t district) {
                    return std::ranges::find(query_.within, district) != query_.within.end();
                });
            }
            return std::ranges::any_of(served, [&](std::uint32_t district) {
                return holds(snapshot_.state.districts[district].municipality);
            });
        }
        return holds(snapshot_.state.sites[snapshot_.state.services[service].site].municipality);
    }

    const Snapshot& snapshot_;
    const SearchQuery& query_;
    Filter filter_;
    mutable std::optional<geo::LocalMetric> metric_;
    mutable std::optional<SearchQuery> unlocated_query_;
    mutable std::optional<Filter> unlocated_filter_;
};

} // namespace

SearchResult Reader::search(const SearchQuery& query) const { return Search(*snapshot_, query).run(); }

} // namespace shirube::directory
