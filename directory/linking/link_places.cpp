#include "directory/linking/link_places.hpp"

#include "directory/linking/blocking.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace shirube::directory {

namespace {

using Pair = std::pair<std::uint32_t, std::uint32_t>;

struct Edge {
    std::uint32_t a = 0; ///< of the two the one with the smaller id
    std::uint32_t b = 0;
    Score score;
};

class Linking {
  public:
    Linking(std::span<const StatedPlace> places, std::span<const LinkDecision> decisions)
        : places_(places), of_(places.size()), members_(places.size()), reason_(places.size()) {
        std::iota(of_.begin(), of_.end(), 0U);
        for (std::uint32_t i = 0; i < places.size(); ++i) {
            members_[i] = {i};
            if (!places[i].is_public) {
                owners_.insert(places[i].owner);
            }
        }
        take(decisions);
    }

    LinkedPlaces link() {
        // What the public may see is linked first and by itself: a hidden place may come to it, and joins nothing.
        std::vector<Edge> edges = compare_candidates();
        // What one municipality keeps for its staff has no say in another's either.
        join_all(edges, {});
        for (const std::string_view owner : owners_) {
            join_all(edges, owner);
        }
        return take_result();
    }

  private:
    /// Of two places the one with the smaller id first, so that the order of the input does not matter.
    [[nodiscard]] Pair in_order(std::uint32_t a, std::uint32_t b) const {
        return places_[a].id < places_[b].id ? Pair{a, b} : Pair{b, a};
    }

    void take(std::span<const LinkDecision> decisions) {
        std::unordered_map<std::string_view, std::uint32_t> by_id;
        if (!decisions.empty()) {
            for (std::uint32_t i = 0; i < places_.size(); ++i) {
                by_id.emplace(places_[i].id, i);
            }
        }
        const auto take_of = [&](DecisionScope scope, std::map<Pair, bool>& into) {
            for (const auto& decision : decisions) {
                const auto a = by_id.find(decision.a);
                const auto b = by_id.find(decision.b);
                if (decision.scope == scope && a != by_id.end() && b != by_id.end() && a->second != b->second) {
                    const auto [is, is_new] = into.emplace(in_order(a->second, b->second), decision.same);
                    is->second = is->second && decision.same; // of two that disagree the careful one
                }
            }
        };
        take_of(DecisionScope::any_pair, decided_);
        std::map<Pair, bool> of_hidden;
        take_of(DecisionScope::hidden_pair, of_hidden);
        for (const auto& [pair, same] : of_hidden) {
            if (!places_[pair.first].is_public || !places_[pair.second].is_public) {
                decided_[pair] = same;
            }
        }
    }

    [[nodiscard]] Score score_of(std::uint32_t a, std::uint32_t b) const {
        const auto [first, second] = in_order(a, b);
        Score score = compare(places_[first], places_[second]);
        const auto decided = decided_.find({first, second});
        if (decided != decided_.end()) {
            score.decided = decided->second;
            score.objection = decided->second ? Objection::none : Objection::decided;
            score.verdict = decided->second ? Verdict::link : Verdict::apart;
        }
        return score;
    }

    /// Pairs of places that the public sees; with an owner those of which at least one is that owner's hidden place.
    [[nodiscard]] std::vector<Pair> pairs_among(std::optional<std::string_view> owner) const {
        if (owners_.empty()) {
            return candidate_pairs(places_); // all of them are public
        }
        std::vector<StatedPlace> places;
        std::vector<std::uint32_t> of;
        for (std::uint32_t i = 0; i < places_.size(); ++i) {
            if (places_[i].is_public || places_[i].owner == owner) {
                places.push_back(places_[i]);
                of.push_back(i);
            }
        }
        std::vector<Pair> pairs;
        for (const auto& [a, b] : candidate_pairs(places)) {
            if (!owner || !places[a].is_public || !places[b].is_public) {
                pairs.emplace_back(of[a], of[b]);
            }
        }
        return pairs;
    }

    std::vector<Edge> compare_candidates() {
        // Keys that too many places share compare none of them: what is hidden must not be among those that are
        // counted.
        std::vector<Pair> pairs = pairs_among({});
        for (const std::string_view owner : owners_) {
            const auto of_owner = pairs_among(owner);
            pairs.insert(pairs.end(), of_owner.begin(), of_owner.end());
        }
        for (const auto& [pair, same] : decided_) {
            pairs.emplace_back(std::min(pair.first, pair.second), std::max(pair.first, pair.second));
        }
        std::ranges::sort(pairs);
        pairs.erase(std::ranges::unique(pairs).begin(), pairs.end());
        std::vector<Edge> edges;
        for (const auto& [a, b] : pairs) {
            if (are_of_two_owners(a, b)) {
                continue;
            }
            Score score = score_of(a, b);
            if (score.verdict != Verdict::apart) {
                const auto [first, second] = in_order(a, b);
                edges.push_back({first, second, std::move(score)});
            }
        }
        // Strongest first; what a person said is stronger than anything.
        std::ranges::sort(edges, [&](const Edge& x, const Edge& y) {
            return std::tuple(!x.score.decided, -x.score.total, std::string_view{places_[x.a].id},
                              std::string_view{places_[x.b].id}) < std::tuple(!y.score.decided, -y.score.total,
                                                                              std::string_view{places_[y.a].id},
                                                                              std::string_view{places_[y.b].id});
        });
        return edges;
    }

    [[nodiscard]] bool are_of_two_owners(std::uint32_t a, std::uint32_t b) const {
        return !places_[a].is_public && !places_[b].is_public && places_[a].owner != places_[b].owner;
    }

    /// Whose edge it is; nobody's between two that the public sees.
    [[nodiscard]] std::optional<std::string_view> owner_of(const Edge& edge) const {
        for (const auto place : {edge.a, edge.b}) {
            if (!places_[place].is_public) {
                return places_[place].owner;
            }
        }
        return std::nullopt;
    }

    void join_all(const std::vector<Edge>& edges, std::optional<std::string_view> owner) {
        for (const auto& edge : edges) {
            if (owner_of(edge) != owner) {
                continue;
            }
            if (edge.score.verdict == Verdict::doubt || !join(edge)) {
                doubts_.push_back({edge.a, edge.b, edge.score});
            }
        }
    }

    /// False where it would join two places that are surely apart, or two that the public sees through a hidden one.
    bool join(const Edge& edge) {
        const auto a = of_[edge.a];
        const auto b = of_[edge.b];
        if (a == b) {
            return true;
        }
        const bool through_hidden = !(places_[edge.a].is_public && places_[edge.b].is_public);
        if (through_hidden && has_public(a) && has_public(b)) {
            return false;
        }
        for (const auto left : members_[a]) {
            for (const auto right : members_[b]) {
                if (are_of_two_owners(left, right)) {
                    continue; // each came to the public's place by itself
                }
                if (is_surely_apart(score_of(left, right).objection) && !edge.score.decided) {
                    return false;
                }
                const auto decided = decided_.find(in_order(left, right));
                if (decided != decided_.end() && !decided->second) {
                    return false;
                }
            }
        }
        const auto [into, from] = members_[a].size() < members_[b].size() ? Pair{b, a} : Pair{a, b};
        for (const auto member : members_[from]) {
            of_[member] = into;
            members_[into].push_back(member);
        }
        members_[from].clear();
        for (const auto place : {edge.a, edge.b}) {
            if (reason_[place].empty()) {
                reason_[place] = in_words(edge.score, "en");
            }
        }
        return true;
    }

    [[nodiscard]] bool has_public(std::uint32_t component) const {
        return std::ranges::any_of(members_[component], [&](auto member) { return places_[member].is_public; });
    }

    LinkedPlaces take_result() {
        LinkedPlaces result;
        result.site.resize(places_.size());
        for (const auto& members : members_) {
            if (members.empty()) {
                continue;
            }
            const auto stands = *std::ranges::min_element(members, {}, [&](auto member) {
                return std::pair(!places_[member].is_public, std::string_view{places_[member].id});
            });
            for (const auto member : members) {
                result.site[member] = stands;
            }
            reason_[stands].clear();
        }
        std::erase_if(doubts_, [&](const DoubtfulPair& pair) { return of_[pair.a] == of_[pair.b]; });
        std::ranges::sort(doubts_, [&](const DoubtfulPair& x, const DoubtfulPair& y) {
            return std::pair(std::string_view{places_[x.a].id}, std::string_view{places_[x.b].id}) <
                   std::pair(std::string_view{places_[y.a].id}, std::string_view{places_[y.b].id});
        });
        result.doubts = std::move(doubts_);
        result.reason = std::move(reason_);
        return result;
    }

    std::span<const StatedPlace> places_;
    std::set<std::string_view> owners_; ///< of hidden places
    std::map<Pair, bool> decided_;
    std::vector<std::uint32_t> of_;                   ///< component of each place
    std::vector<std::vector<std::uint32_t>> members_; ///< of each component
    std::vector<std::string> reason_;
    std::vector<DoubtfulPair> doubts_;
};

} // namespace

LinkedPlaces link_places(std::span<const StatedPlace> places, std::span<const LinkDecision> decisions) {
    return Linking(places, decisions).link();
}

} // namespace shirube::directory
