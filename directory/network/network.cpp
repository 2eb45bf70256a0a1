#include "directory/network/network.hpp"

#include "directory/designated_city.hpp"
#include "directory/network/party_finder.hpp"
#include "directory/reader.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

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
        const auto wanted = everybody();
        const PartyFinder finder(reader_, wanted);
        add_forums(finder);
        std::size_t next = 0;
        for (std::uint32_t i = 0; i < reader_.relations().size(); ++i) {
            const auto& tie = reader_.relations()[i].reading;
            const auto from = add(finder.find(wanted[next]));
            const auto to = add(finder.find(wanted[next + 1]));
            next += 2;
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
                network_.edges_.push_back({.from = add(finder.find(wanted[next++])),
                                           .to = forum_nodes_[i],
                                           .kind = RelationKind::member_of,
                                           .forum = i,
                                           .valid_from = later(forum.members[member].joined_on, forum.valid_from),
                                           .valid_to = earlier(forum.members[member].left_on, forum.valid_to)});
            }
        }
        settle_order();
        index();
    }

  private:
    /// Both ends of every relation, then the members of every meeting, then the areas of those that have one.
    std::vector<WantedParty> everybody() {
        std::vector<WantedParty> wanted;
        for (const auto& relation : reader_.relations()) {
            const auto& [from, to] = std::tie(relation.reading.from, relation.reading.to);
            wanted.emplace_back(from, to.municipality);
            wanted.emplace_back(to, from.municipality);
            speak_of(from.municipality);
            speak_of(to.municipality);
        }
        for (const auto& forum : reader_.forums()) {
            for (const auto& member : forum.reading.members) {
                wanted.emplace_back(member, forum.reading.municipality);
            }
            speak_of(forum.reading.municipality);
        }
        for (const auto& forum : reader_.forums()) {
            if (!forum.reading.layer.empty()) {
                wanted.emplace_back(area_of(forum.reading), forum.reading.municipality);
            }
        }
        return wanted;
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
            for (const auto row : network_.nodes_[i].rows) {
                network_.by_row_.emplace(std::pair(network_.nodes_[i].kind, row), i);
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
    std::map<std::string, std::uint32_t, std::less<>> by_key_;
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
    const auto found = by_row_.find(std::pair(kind, row));
    return found == by_row_.end() ? std::nullopt : std::optional(found->second);
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
