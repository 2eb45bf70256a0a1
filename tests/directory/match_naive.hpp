// A caseworker's search written a second time: every service of a state against every need, without an index, a table
// of tests or a shared rule. The rules' document is read, and understood here anew.
#pragma once

#include "directory/match/family.hpp"
#include "directory/match/match_rules.hpp"
#include "directory/state.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace shirube::directory::test {

using NaivePair = std::pair<std::size_t, std::size_t>; ///< person, need

/// How a service stands to one pair.
struct NaiveFit {
    std::set<std::string> no; ///< codes; empty: it fits
    int open = 0;
    int rule = 0;
    int step = 0;
    int place = 0;
    int minutes = 0;
};

struct NaiveService {
    std::uint32_t service = 0;
    std::map<std::size_t, NaiveFit> pairs; ///< by the pair's number
    std::optional<double> distance_m;      ///< from the nearest place
    [[nodiscard]] std::size_t covers() const;
};

class NaiveMatch {
  public:
    NaiveMatch(const State& state, const MatchRules& rules, const Family& family, Instant at);

    [[nodiscard]] const std::vector<NaivePair>& pairs() const { return pairs_; }
    /// All that is looked at, by id.
    [[nodiscard]] const std::vector<NaiveService>& services() const { return services_; }
    /// The services that fit a pair, best first.
    [[nodiscard]] std::vector<std::uint32_t> ranked(std::size_t pair) const;

  private:
    [[nodiscard]] bool holds(const MatchCondition& condition, std::size_t pair) const;
    [[nodiscard]] std::optional<int> most_minutes(std::size_t pair) const;
    [[nodiscard]] std::vector<PlaceRole> near(std::size_t pair) const;
    [[nodiscard]] NaiveFit fit(std::uint32_t service, std::size_t pair) const;
    void add_way(NaiveFit& fit, const ServiceRow& row, std::size_t pair) const;
    void add_rules(NaiveFit& fit, const ServiceRow& row, std::size_t pair) const;
    [[nodiscard]] bool is_looked_at(std::uint32_t service) const;
    [[nodiscard]] std::optional<double> metres(const ServiceRow& row, PlaceRole role) const;
    [[nodiscard]] bool comes_home(const ServiceRow& row) const;
    [[nodiscard]] std::set<ProgrammeIndex> programmes_at(std::uint32_t site) const;
    [[nodiscard]] std::set<std::uint32_t> served(const ServiceRow& row) const;

    const State& state_;
    const MatchRules& rules_;
    const Family& family_;
    Instant at_;
    std::string home_;
    std::set<std::uint32_t> home_districts_;
    std::vector<NaivePair> pairs_;
    std::vector<NaiveService> services_;
};

} // namespace shirube::directory::test
