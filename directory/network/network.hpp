// Who is tied to whom in an edition: what relations and meetings name, found among what the audience has. Everything in
// it is of that audience: a tie, a meeting or a place that it may not have is not there, and who is named but unknown
// to it stands as a name alone.
#pragma once

#include "directory/calendar.hpp"
#include "directory/codes.hpp"
#include "directory/state.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

class Reader;

/// Somebody or something that a tie ends at.
struct NetworkNode {
    PartyKind kind = PartyKind::organization;
    std::string key;          ///< "organization:ID", "site:ID", …; of a name alone "name:KIND:MUNICIPALITY:FOLDED NAME"
    std::string name;         ///< as its own list writes it, else as the tie does
    std::string municipality; ///< 5 digits, wards are their city; empty where nobody says
    /// Into organizations(), sites(), forums() or districts() by its kind. One organization may have a row for each
    /// ward of its city; others have one. Empty: known by its name alone, or a municipality.
    std::vector<std::uint32_t> rows{};
    std::uint32_t area = k_no_index; ///< of a meeting: the district it is for, where a list draws it

    [[nodiscard]] bool is_known() const noexcept { return !rows.empty() || kind == PartyKind::municipality; }
};

struct NetworkEdge {
    std::uint32_t from = 0; ///< into nodes()
    std::uint32_t to = 0;
    RelationKind kind = RelationKind::refers;
    std::uint32_t relation = k_no_index; ///< into Reader::relations(); none: a membership that its meeting's row tells
    std::uint32_t forum = k_no_index;    ///< into Reader::forums(), of such a membership
    std::optional<Day> valid_from;
    std::optional<Day> valid_to; ///< the last day
    // What tells the same in other lists; `relation` or `forum` is the newest.
    std::vector<std::uint32_t> also_relations{};
    std::vector<std::uint32_t> also_forums{};
};

class Network {
  public:
    /// Looks at services only where there are ties: an edition without any has an empty network at once.
    explicit Network(const Reader& reader);

    [[nodiscard]] std::span<const NetworkNode> nodes() const noexcept { return nodes_; } ///< by kind, then key
    /// Relations in their order, then memberships in that of their meetings; what several lists tell is one.
    [[nodiscard]] std::span<const NetworkEdge> edges() const noexcept { return edges_; }
    /// Edges that begin or end at a node, ascending.
    [[nodiscard]] std::span<const std::uint32_t> edges_of(std::uint32_t node) const noexcept;

    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view key) const;
    /// By a row of organizations(), sites(), forums() or districts(); nothing where no tie names it.
    [[nodiscard]] std::optional<std::uint32_t> node_of(PartyKind kind, std::uint32_t row) const;

    /// Whether any tie begins in a municipality, or a meeting of it has members that are known, of whatever day: else
    /// nobody knows who is tied there. That others name it as an end says nothing of its own.
    [[nodiscard]] bool speaks_of(std::string_view municipality) const;

    /// Whether a meeting stands on a day; a day that nobody tells stands.
    [[nodiscard]] bool stands_on(const NetworkNode& node, Day day) const;
    /// Whether a tie does: as its own row says, and at the meetings it ends at.
    [[nodiscard]] bool stands_on(const NetworkEdge& edge, Day day) const;

    /// First and last day; empty: nobody tells, and it stands however long.
    struct Dates {
        std::optional<Day> from;
        std::optional<Day> to;
    };
    /// The days on which stands_on() holds of a tie.
    [[nodiscard]] Dates days_of(const NetworkEdge& edge) const;

  private:
    friend class NetworkBuilder;

    static constexpr std::size_t k_party_kinds = 5;

    std::vector<NetworkNode> nodes_;
    std::vector<NetworkEdge> edges_;
    std::vector<std::uint32_t> edges_of_;                          ///< node by node
    std::vector<std::uint32_t> edges_begin_;                       ///< of each node, and one behind the last
    std::array<std::vector<std::uint32_t>, k_party_kinds> by_row_; ///< by kind, then row; k_no_index: no tie names it
    std::vector<Dates> forum_dates_;
    std::set<std::string, std::less<>> spoken_of_;
};

} // namespace shirube::directory
