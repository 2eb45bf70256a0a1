#include "directory/network/network.hpp"

#include "directory/designated_city.hpp"
#include "directory/network/party_finder.hpp"
#include "directory/network/told_twice.hpp"
#include "directory/reader.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace shirube::directory {

namespace {

bool holds(const std::optional<Day>& from, const std::optional<Day>& to, Day day) {
    return (!from || *from <= day) && (!to || day <= *to);
}

/// Of two first days; none is before every day.
std::optional<Day> later(const std::optional<Day>& a, const std::optional<Day>& b) { return std::max(a, b); }

/// Of two last days; none is behind every day.
std::optional<Day> earlier(const std::optional<Day>& a, const std::optional<Day>& b) {
    return a && b ? std::min(a, b) : a ? a : b;
}

} // namespace

/// Puts a network together while nodes are still found one by one.
class NetworkBuilder {
  public:
    NetworkBuilder(const Reader& reader, Network& network) : reader_(reader), network_(network) {}

    void build() {
        collect_everybody();
        const PartyFinder finder(reader_, wanted_);
        add_forums(finder);
        std::vector<std::uint32_t> nodes(wanted_.size(), k_no_index);
        auto end = ends_.begin();
        const auto next_end = [&] {
            const std::uint32_t place = *end++;
            if (nodes[place] == k_no_index) {
                nodes[place] = add(finder.find(wanted_[place]));
            }
            return nodes[place];
        };
        for (std::uint32_t i = 0; i < reader_.relations().size(); ++i) {
            const auto& tie = reader_.relations()[i].reading;
            const auto from = next_end();
            const auto to = next_end();
            network_.edges_.push_back({.from = from,
                                       .to = to,
                                       .kind = tie.kind,
                                       .relation = i,
                                       .valid_from = tie.valid_from,
                                       .valid_to = tie.valid_to});
        }
        for (std::uint32_t i = 0; i < reader_.forums().size(); ++i) {
            const auto& forum = reader_.forums()[i].reading;
            for (std::size_t member = 0; member < forum.members.size(); ++member) {
                network_.edges_.push_back({.from = next_end(),
                                           .to = forum_nodes_[i],
                                           .kind = RelationKind::member_of,
                                           .forum = i,
                                           .valid_from = later(forum.members[member].joined_on, forum.valid_from),
                                           .valid_to = earlier(forum.members[member].left_on, forum.valid_to)});
            }
        }
        fold_told_twice(reader_, network_.edges_);
        settle_order();
        index();
    }

  private:
    /// Both ends of every relation, then the members of every meeting, then the areas of those that have one. Whoever
    /// is named several times in the same words is folded and looked for once.
    void collect_everybody() {
        for (const auto& relation : reader_.relations()) {
            const auto& [from, to] = std::tie(relation.reading.from, relation.reading.to);
            want_end(from, to.municipality);
            want_end(to, from.municipality);
            speak_of(from.municipality.empty() ? to.municipality : from.municipality);
        }
        for (const auto& forum : reader_.forums()) {
            for (const auto& member : forum.reading.members) {
                want_end(member, forum.reading.municipality);
            }
            if (!forum.reading.members.empty()) {
                speak_of(forum.reading.municipality);
            }
        }
        for (const auto& forum : reader_.forums()) {
            if (!forum.reading.layer.empty()) {
                wanted_.emplace_back(area_of(forum.reading), forum.reading.municipality);
            }
        }
    }

    void want_end(const PartyReading& party, std::string_view other_municipality) {
        constexpr char k_between = '\x1f';
        std::string words(1, static_cast<char>(party.kind));
        for (const std::string_view part :
             {std::string_view{party.name}, std::string_view{party.municipality}, std::string_view{party.layer},
              party.municipality.empty() ? other_municipality : std::string_view{}}) {
            words += part;
            words += k_between;
        }
        const auto [found, is_new] =
            wanted_places_.try_emplace(std::move(words), static_cast<std::uint32_t>(wanted_.size()));
        if (is_new) {
            wanted_.emplace_back(party, other_municipality);
        }
        ends_.push_back(found->second);
    }

    void speak_of(const std::string& municipality) {
        if (!municipality.empty()) {
            network_.spoken_of_.emplace(designated_city_of(municipality));
        }
    }

    static PartyReading area_of(const ForumReading& forum) {
        return {
            .kind = PartyKind::district, .name = forum.area, .municipality = forum.municipality, .layer = forum.layer};
    }

    void add_forums(const PartyFinder& finder) {
        for (std::uint32_t i = 0; i < reader_.forums().size(); ++i) {
            const auto& forum = reader_.forums()[i].reading;
            NetworkNode node = node_of_forum(reader_, i);
            if (!forum.layer.empty()) {
                node.area = finder.district_row({area_of(forum), forum.municipality}).value_or(k_no_index);
            }
            forum_nodes_.push_back(add(std::move(node)));
            network_.forum_dates_.push_back({forum.valid_from, forum.valid_to});
        }
    }

    std::uint32_t add(NetworkNode node) {
        const auto [found, is_new] = by_key_.try_emplace(node.key, static_cast<std::uint32_t>(network_.nodes_.size()));
        if (is_new) {
            network_.nodes_.push_back(std::move(node));
        } else {
            auto& rows = network_.nodes_[found->second].rows;
            rows.insert(rows.end(), node.rows.begin(), node.rows.end());
            std::ranges::sort(rows);
            rows.erase(std::ranges::unique(rows).begin(), rows.end());
        }
        return found->second;
    }

    /// By kind and key: an order that does not depend on which row came first.
    void settle_order() {
        std::vector<std::uint32_t> order(network_.nodes_.size());
        for (std::uint32_t i = 0; i < order.size(); ++i) {
            order[i] = i;
        }
        std::ranges::sort(order, {},
                          [&](std::uint32_t i) { return std::tie(network_.nodes_[i].kind, network_.nodes_[i].key); });
        std::vector<std::uint32_t> place(order.size());
        std::vector<NetworkNode> sorted;
        sorted.reserve(order.size());
        for (std::uint32_t i = 0; i < order.size(); ++i) {
            place[order[i]] = i;
            sorted.push_back(std::move(network_.nodes_[order[i]]));
        }
        network_.nodes_ = std::move(sorted);
        for (auto& edge : network_.edges_) {
            edge.from = place[edge.from];
            edge.to = place[edge.to];
        }
    }

    void index() {
        for (std::uint32_t i = 0; i < network_.nodes_.size(); ++i) {
            auto& by_row = network_.by_row_[static_cast<std::size_t>(network_.nodes_[i].kind)];
            for (const auto row : network_.nodes_[i].rows) {
                if (by_row.size() <= row) {
                    by_row.resize(std::size_t{row} + 1, k_no_index);
                }
                by_row[row] = by_row[row] == k_no_index ? i : by_row[row];
            }
        }
        std::vector<std::uint32_t> degree(network_.nodes_.size() + 1);
        const auto each_end = [&](auto&& see) {
            for (std::uint32_t i = 0; i < network_.edges_.size(); ++i) {
                const auto& edge = network_.edges_[i];
                see(edge.from, i);
                if (edge.to != edge.from) {
                    see(edge.to, i);
                }
            }
        };
        each_end([&](std::uint32_t node, std::uint32_t) { ++degree[node + 1]; });
        for (std::size_t i = 1; i < degree.size(); ++i) {
            degree[i] += degree[i - 1];
        }
        network_.edges_begin_ = degree;
        network_.edges_of_.resize(degree.back());
        each_end([&](std::uint32_t node, std::uint32_t edge) { network_.edges_of_[degree[node]++] = edge; });
    }

    const Reader& reader_;
    Network& network_;
    std::vector<WantedParty> wanted_;
    std::unordered_map<std::string, std::uint32_t> wanted_places_; ///< by their words
    std::vector<std::uint32_t> ends_;                              ///< into wanted_, in the order of ties and members
    std::unordered_map<std::string, std::uint32_t> by_key_;
    std::vector<std::uint32_t> forum_nodes_;
};

Network::Network(const Reader& reader) : edges_begin_(1) {
    if (!reader.relations().empty() || !reader.forums().empty()) {
        NetworkBuilder(reader, *this).build();
    }
}

std::span<const std::uint32_t> Network::edges_of(std::uint32_t node) const noexcept {
    return std::span(edges_of_).subspan(edges_begin_[node], edges_begin_[node + 1] - edges_begin_[node]);
}

std::optional<std::uint32_t> Network::find(std::string_view key) const {
    const auto found =
        std::ranges::find(nodes_, key, [](const NetworkNode& node) -> std::string_view { return node.key; });
    return found == nodes_.end() ? std::nullopt : std::optional(static_cast<std::uint32_t>(found - nodes_.begin()));
}

std::optional<std::uint32_t> Network::node_of(PartyKind kind, std::uint32_t row) const {
    const auto& by_row = by_row_[static_cast<std::size_t>(kind)];
    return row < by_row.size() && by_row[row] != k_no_index ? std::optional(by_row[row]) : std::nullopt;
}

bool Network::speaks_of(std::string_view municipality) const {
    return spoken_of_.contains(designated_city_of(municipality));
}

bool Network::stands_on(const NetworkNode& node, Day day) const {
    if (node.kind != PartyKind::forum || node.rows.empty()) {
        return true;
    }
    const Dates& dates = forum_dates_[node.rows.front()];
    return holds(dates.from, dates.to, day);
}

bool Network::stands_on(const NetworkEdge& edge, Day day) const {
    return holds(edge.valid_from, edge.valid_to, day) && stands_on(nodes_[edge.from], day) &&
           stands_on(nodes_[edge.to], day);
}

Network::Dates Network::days_of(const NetworkEdge& edge) const {
    Dates days{edge.valid_from, edge.valid_to};
    for (const auto end : {edge.from, edge.to}) {
        const NetworkNode& node = nodes_[end];
        if (node.kind != PartyKind::forum || node.rows.empty()) {
            continue;
        }
        const Dates& of = forum_dates_[node.rows.front()];
        days.from = later(days.from, of.from);
        days.to = earlier(days.to, of.to);
    }
    return days;
}

} // namespace shirube::directory
