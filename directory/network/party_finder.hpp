// Who is meant by one end of a tie: an organization, a place, a district or a municipality that the edition has.
#pragma once

#include "directory/district_book.hpp"
#include "directory/network/network.hpp"
#include "directory/reader.hpp"

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace shirube::directory {

/// A party as it is looked for: its municipality is the row's, else that of the tie's other end.
struct WantedParty {
    PartyKind kind = PartyKind::organization;
    std::string name;
    std::string folded;
    std::string municipality; ///< wards are their city; empty where no row says
    std::string layer;
    bool is_stated = false; ///< the municipality is the row's own word

    WantedParty(const PartyReading& party, std::string_view other_municipality);
};

/// A meeting by its row of forums().
NetworkNode node_of_forum(const Reader& reader, std::uint32_t row);

class PartyFinder {
  public:
    /// \param wanted everybody who will be asked for: names are folded once, and only where they may be meant
    PartyFinder(const Reader& reader, const std::vector<WantedParty>& wanted);

    /// An organization by its folded name in the municipality, else a place by its folded name there, else (where no
    /// row says the municipality) the organization of that name; else a node of its own, known by that name alone. A
    /// name that two places share is nobody's.
    [[nodiscard]] NetworkNode find(const WantedParty& party) const;

    /// The district that is meant; nothing where no list has it.
    [[nodiscard]] std::optional<std::uint32_t> district_row(const WantedParty& party) const;

  private:
    using ByName = std::unordered_map<std::string, std::map<std::string, std::vector<std::uint32_t>, std::less<>>>;

    void find_names(const std::vector<WantedParty>& wanted);
    void find_areas(const std::vector<WantedParty>& wanted);
    [[nodiscard]] std::optional<NetworkNode> organization(const WantedParty& party) const;
    [[nodiscard]] std::optional<NetworkNode> organization_anywhere(const WantedParty& party) const;
    [[nodiscard]] NetworkNode organization_of(const WantedParty& party, std::vector<std::uint32_t> rows) const;
    [[nodiscard]] std::optional<NetworkNode> site(const WantedParty& party) const;
    [[nodiscard]] std::optional<NetworkNode> forum(const WantedParty& party) const;
    [[nodiscard]] std::optional<NetworkNode> district(const WantedParty& party) const;
    [[nodiscard]] std::optional<NetworkNode> municipality(const WantedParty& party) const;

    const Reader& reader_;
    ByName organizations_; ///< by folded name, then by municipality (empty: nobody says where it runs anything)
    ByName sites_;
    ByName forums_;
    std::optional<DistrictBook> districts_;
    std::map<std::string, std::string, std::less<>> municipality_names_;
    std::map<std::string, std::string, std::less<>> municipality_codes_; ///< by folded name; empty: several
};

} // namespace shirube::directory
