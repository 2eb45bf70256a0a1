// Search written a second time, from the contract and nothing else: slow, straight, without an index.
#pragma once

#include "directory/search.hpp"
#include "directory/state.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace shirube::directory::test {

struct NaiveHit {
    std::uint32_t service = 0;
    double distance_m = -1;
    Openness open = Openness::maybe;
    int unsure = 0; ///< of whether it is open when asked, and whether it is for the age: how many the list leaves open
};

struct NaiveAnswer {
    std::vector<NaiveHit> hits;             ///< all of them, by name or by last confirmation; by service for distance
    std::vector<NaiveHit> without_position; ///< all of them, by name
};

class NaiveSearch {
  public:
    explicit NaiveSearch(const State& state);

    [[nodiscard]] NaiveAnswer answer(const SearchQuery& query) const;

    /// Metres to every service with a position.
    [[nodiscard]] std::vector<double> distances_m(geo::LonLat from) const;

  private:
    /// The day's status: planned until its first day, closed after its last.
    [[nodiscard]] Status status(const ServiceRow& service, Day day) const;
    [[nodiscard]] std::optional<Openness> passes(const ServiceRow& service, std::uint32_t number,
                                                 const SearchQuery& query, const std::vector<std::string>& words) const;
    [[nodiscard]] bool has_word(std::uint32_t service, const std::string& word) const;
    [[nodiscard]] bool lies_or_serves(std::uint32_t service, const std::vector<std::uint32_t>& districts) const;
    [[nodiscard]] bool serves_place_asked(std::uint32_t service, const SearchQuery& query) const;
    [[nodiscard]] std::set<std::uint32_t> districts_of_site(const SiteRow& site) const;
    [[nodiscard]] std::set<std::uint32_t> districts_served(const ServiceRow& service) const;

    const State& state_;
    std::vector<std::vector<std::string>> names_;  ///< folded, by service
    std::vector<std::set<std::uint32_t>> lies_in_; ///< by service
    std::vector<std::set<std::uint32_t>> serves_;  ///< by service
    std::vector<std::string> folded_site_name_;    ///< by service
};

} // namespace shirube::directory::test
