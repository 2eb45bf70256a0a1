// Answering a search from the snapshot: what each part finds, in one order, then the page that was asked for.
#include "directory/search.hpp"

#include "directory/reader.hpp"
#include "directory/snapshot/part_search.hpp"
#include "directory/snapshot/snapshot.hpp"

#include <algorithm>

namespace shirube::directory {

namespace {

/// What was found, before the page is cut out of it. Reused by each thread, so that a search allocates its answer only.
std::vector<Hit>& scratch_hits() {
    thread_local std::vector<Hit> hits;
    hits.clear();
    return hits;
}

class Search {
  public:
    Search(const Snapshot& snapshot, const SearchQuery& query)
        : snapshot_(snapshot),
          query_(query),
          base_(snapshot, *snapshot.base, snapshot.overlay ? &snapshot.overlay->orders.services.masked : nullptr,
                query) {
        if (snapshot.overlay) {
            own_.emplace(snapshot, snapshot.overlay->part, nullptr, query);
        }
    }

    SearchResult run() {
        SearchResult result;
        auto& found = scratch_hits();
        if (asks_for_the_nearest() && (is_by_distance_alone() ? find_nearest(result) : find_best(result))) {
            collect_without_position(result);
            return result;
        }
        found.clear();
        base_.collect(found);
        if (own_) {
            own_->collect(found);
        }
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
               (query_.sort == Sort::distance || query_.sort == Sort::best) && query_.offset + query_.limit <= most;
    }

    /// Where nothing is asked that a list may leave open, the best is the nearest.
    [[nodiscard]] bool is_by_distance_alone() const {
        return query_.sort == Sort::distance || (!query_.asks_for_time() && !query_.age);
    }

    /// Looks as far as the farthest of the nearest and what may be left open of two things: whatever lies beyond comes
    /// behind them all.
    bool find_best(SearchResult& result) const {
        const std::size_t wanted = query_.offset + query_.limit;
        auto& found = scratch_hits();
        const std::size_t matched = collect_nearest(wanted, found);
        const auto last = std::min(wanted, found.size());
        std::ranges::nth_element(found, found.begin() + static_cast<std::ptrdiff_t>(last == 0 ? 0 : last - 1), {},
                                 &Hit::distance_m);
        const double reach_m = (last == 0 ? 0 : found[last - 1].distance_m) + 2 * k_unsure_m;
        if (found.size() < std::min(wanted, matched) || reach_m > k_measured_m) {
            return false;
        }
        SearchQuery around = query_;
        around.radius_m = reach_m;
        found.clear();
        const Search nearby(snapshot_, around);
        nearby.base_.collect(found);
        if (nearby.own_) {
            nearby.own_->collect(found);
        }
        result.number_matched = matched;
        cut_page(found, result.hits);
        return true;
    }

    /// Metres, what is left open counted as part of the way.
    [[nodiscard]] double way_m(const Hit& hit) const {
        const auto [part, place] = snapshot_.kept(hit.service);
        const auto ages = part.columns.ages[place];
        const int unsure = static_cast<int>(query_.asks_for_time() && hit.open == Openness::maybe) +
                           static_cast<int>(query_.age && ages.from_months < 0 && ages.to_months < 0);
        return hit.distance_m + unsure * k_unsure_m;
    }

    /// \return how many answers there are
    std::size_t collect_nearest(std::size_t wanted, std::vector<Hit>& found) const {
        const std::size_t matched = base_.collect_nearest(wanted, found);
        return own_ ? matched + own_->collect_nearest(wanted, found) : matched;
    }

    /// False where the page reaches farther than the index measures: then everything is measured.
    bool find_nearest(SearchResult& result) const {
        const std::size_t wanted = query_.offset + query_.limit;
        auto& found = scratch_hits();
        result.number_matched = collect_nearest(wanted, found);
        if (found.size() < std::min(wanted, result.number_matched)) {
            result = {};
            return false;
        }
        cut_page(found, result.hits);
        return true;
    }

    [[nodiscard]] bool before(const Hit& a, const Hit& b) const {
        switch (query_.sort) {
            case Sort::best:
                if (const double left = way_m(a), right = way_m(b); left != right) {
                    return left < right;
                }
                [[fallthrough]];
            case Sort::distance:
                if (a.distance_m != b.distance_m) {
                    return a.distance_m < b.distance_m;
                }
                return snapshot_.id_key(a.service) < snapshot_.id_key(b.service);
            case Sort::updated: {
                const auto left = snapshot_.service(a.service).last_confirmed_on;
                const auto right = snapshot_.service(b.service).last_confirmed_on;
                if (left != right) {
                    return left > right;
                } // never confirmed stands last
                break;
            }
            case Sort::name:
                break;
        }
        return snapshot_.name_key(a.service) < snapshot_.name_key(b.service);
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
        const auto& districts = snapshot_.ground->districts;
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
        for (const auto& index : snapshot_.ground->layer_indexes) {
            index.areas.areas_at(*place, scratch);
            for (const auto area : scratch) {
                municipalities.push_back(districts[index.layer.first + area].municipality);
            }
        }
        return municipalities;
    }

    void collect_without_position(SearchResult& result) const {
        if (snapshot_.base->unlocated.empty() && !own_) {
            return;
        }
        const auto asked = municipalities_asked();
        std::vector<Hit> found;
        base_.collect_without_position(asked, found);
        if (own_) {
            own_->collect_without_position(asked, found);
        }
        result.without_position_matched = found.size();
        std::ranges::sort(found, {}, [&](const Hit& hit) { return snapshot_.name_key(hit.service); });
        if (query_.offset != 0) {
            return;
        } // they stand on the first page
        found.resize(std::min(found.size(), query_.limit));
        result.without_position = std::move(found);
    }

    const Snapshot& snapshot_;
    const SearchQuery& query_;
    PartSearch base_;
    std::optional<PartSearch> own_;
};

} // namespace

SearchResult Reader::search(const SearchQuery& query) const { return Search(*snapshot_, query).run(); }

} // namespace shirube::directory
