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
            if (is_hidden(i)) {
                rooms_.emplace(places[i].owner, places[i].visibility);
            }
        }
        take(decisions);
    }

    LinkedPlaces link() {
        // What the public may see is linked first and by itself: a hidden place may come to it, and joins nothing.
        std::vector<Edge> edges = compare_candidates();
        // What one municipality keeps for its staff has no say in another's either, nor what it keeps for coordinators
        // in what all its staff see.
        join_all(edges, {});
        for (const Room& room : rooms_) {
            join_all(edges, room);
        }
        return take_result();
    }

  private:
    /// Hidden places that the same people see; rooms of one owner ascend by class.
    using Room = std::pair<std::string_view, Visibility>;

    [[nodiscard]] bool is_hidden(std::uint32_t place) const {
        return places_[place].visibility != Visibility::everyone;
    }

    /// Who may see both.
    [[nodiscard]] Visibility class_of(std::uint32_t a, std::uint32_t b) const {
        return std::max(places_[a].visibility, places_[b].visibility);
    }

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
        std::map<Pair, Visibility> heard; // the class of the decision that holds
        for (const auto& decision : decisions) {
            const auto a = by_id.find(decision.a);
            const auto b = by_id.find(decision.b);
            if (a == by_id.end() || b == by_id.end() || a->second == b->second ||
                decision.visibility > class_of(a->second, b->second)) {
                continue;
            }
            const Pair pair = in_order(a->second, b->second);
            const auto [before, is_new] = heard.emplace(pair, decision.visibility);
            if (is_new || before->second < decision.visibility) {
                before->second = decision.visibility;
                decided_[pair] = decision.same;
            } else if (before->second == decision.visibility) {
                decided_[pair] = decided_[pair] && decision.same; // of two that disagree the careful one
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

    /// Pairs of places that the public sees; with a room those of which at least one is in it, and neither is more
    /// hidden.
    [[nodiscard]] std::vector<Pair> pairs_among(const std::optional<Room>& room) const {
        if (rooms_.empty()) {
            return candidate_pairs(places_); // all of them are public
        }
        std::vector<StatedPlace> places;
        std::vector<std::uint32_t> of;
        for (std::uint32_t i = 0; i < places_.size(); ++i) {
            const bool is_seen = room && places_[i].owner == room->first && places_[i].visibility <= room->second;
            if (!is_hidden(i) || is_seen) {
                places.push_back(places_[i]);
                of.push_back(i);
            }
        }
        std::vector<Pair> pairs;
        for (const auto& [a, b] : candidate_pairs(places)) {
            if (!room || class_of(of[a], of[b]) == room->second) {
                pairs.emplace_back(of[a], of[b]);
            }
        }
        return pairs;
    }

    std::vector<Edge> compare_candidates() {
        // Keys that too many places share compare none of them: what is hidden must not be among those that are
        // counted.
        std::vector<Pair> pairs = pairs_among({});
        for (const Room& room : rooms_) {
            const auto of_room = pairs_among(room);
            pairs.insert(pairs.end(), of_room.begin(), of_room.end());
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
        return is_hidden(a) && is_hidden(b) && places_[a].owner != places_[b].owner;
    }

    /// In which room an edge is; in none between two that the public sees.
    [[nodiscard]] std::optional<Room> room_of(const Edge& edge) const {
        for (const auto place : {edge.a, edge.b}) {
            if (is_hidden(place)) {
                return Room{places_[place].owner, class_of(edge.a, edge.b)};
            }
        }
        return std::nullopt;
    }

    void join_all(const std::vector<Edge>& edges, const std::optional<Room>& room) {
        for (const auto& edge : edges) {
            if (room_of(edge) != room) {
                continue;
            }
            if (edge.score.verdict == Verdict::doubt || !join(edge)) {
                doubts_.push_back({edge.a, edge.b, edge.score});
            }
        }
    }

    /// False where it would join two places that are surely apart, or two that more may see through a hidden one.
    bool join(const Edge& edge) {
        const auto a = of_[edge.a];
        const auto b = of_[edge.b];
        if (a == b) {
            return true;
        }
        const Visibility of_edge = class_of(edge.a, edge.b);
        if (has_wider(a, of_edge) && has_wider(b, of_edge)) {
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

    /// Whether it has a place that more may see than those of a class.
    [[nodiscard]] bool has_wider(std::uint32_t component, Visibility of_class) const {
        return std::ranges::any_of(members_[component],
                                   [&](auto member) { return places_[member].visibility < of_class; });
    }

    LinkedPlaces take_result() {
        LinkedPlaces result;
        result.site.resize(places_.size());
        for (const auto& members : members_) {
            if (members.empty()) {
                continue;
            }
            const auto stands = *std::ranges::min_element(members, {}, [&](auto member) {
                return std::pair(places_[member].visibility, std::string_view{places_[member].id});
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
    std::set<Room> rooms_; ///< that hold a place
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
