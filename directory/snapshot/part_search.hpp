// Searching one part of a snapshot: the cheapest way to candidates (words, a circle, a box, a district, everything),
// and one filter behind them all.
#pragma once

#include "directory/search.hpp"
#include "directory/snapshot/column_scan.hpp"
#include "directory/snapshot/filter.hpp"
#include "directory/snapshot/part.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "geo/distance.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace shirube::directory {

/// Up to here the local metric is as good as the geodesic, and the same whichever way a distance is asked for.
inline constexpr double k_measured_m = geo::LocalMetric::k_reach_m / 2;

class PartSearch {
  public:
    /// \param masked services of the part that are not there; null: all are
    PartSearch(const Snapshot& snapshot, const Part& part, const std::vector<bool>* masked, const SearchQuery& query)
        : snapshot_(snapshot), part_(part), masked_(masked), query_(query), filter_(snapshot, part, masked, query) {}

    /// Every answer with a position, with the index that the snapshot knows it by; in no order.
    void collect(std::vector<Hit>& found) const;

    /// Of each tree the nearest `wanted`, as far as the index measures. \return how many answers there are
    std::size_t collect_nearest(std::size_t wanted, std::vector<Hit>& found) const;

    /// Answers without a position. \param asked the municipalities asked about; nothing where no place was
    void collect_without_position(const std::optional<std::vector<std::string>>& asked, std::vector<Hit>& found) const;

  private:
    template <class Visit>
    void for_each_tree(Visit&& visit) const;
    void collect_anywhere(std::vector<Hit>& found) const;
    void collect_circle(std::vector<Hit>& found) const;
    void collect_box(std::vector<Hit>& found) const;
    void collect_districts(std::vector<Hit>& found) const;
    void collect_words(const std::vector<std::string>& words, std::vector<Hit>& found) const;
    [[nodiscard]] std::size_t count_located() const;
    [[nodiscard]] bool asks_for_few_programmes() const;
    void offer_located(std::vector<std::uint32_t>& candidates, const Filter& filter, std::vector<Hit>& found) const;
    void offer(std::uint32_t service, const Filter& filter, std::vector<Hit>& found) const;
    void put_in(std::uint32_t service, std::vector<Hit>& found) const;
    void put(std::uint32_t service, double distance_m, Openness open, std::vector<Hit>& found) const {
        found.push_back({part_.first_service + service, distance_m, open});
    }
    [[nodiscard]] double distance_m(std::uint32_t service) const;
    [[nodiscard]] std::optional<Openness> filter_unlocated(std::uint32_t service) const;
    [[nodiscard]] bool serves_any(std::uint32_t service, const std::vector<std::string>& municipalities) const;

    const Snapshot& snapshot_;
    const Part& part_;
    const std::vector<bool>* masked_;
    const SearchQuery& query_;
    Filter filter_;
    mutable std::optional<geo::LocalMetric> metric_;
    mutable std::optional<SearchQuery> unlocated_query_;
    mutable std::optional<Filter> unlocated_filter_;
};

} // namespace shirube::directory
