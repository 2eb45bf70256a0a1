// A drawn town with organizations that run its places, ties between them, and meetings.
#pragma once

#include "ascii_town.hpp"
#include "directory/network/network_view.hpp"

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::scenarios {

class TiedTown {
  public:
    explicit TiedTown(const AsciiTown& town) : state_(town.state()) {}

    using Change = std::function<void(directory::RelationReading&)>;

    /// The place of that name is run by an organization of the town.
    TiedTown& runs(const std::string& organization, const std::string& place);
    /// Both ends are organizations of the town unless `change` says otherwise.
    TiedTown& tie(directory::RelationKind kind, const std::string& from, const std::string& to,
                  const Change& change = {});
    TiedTown& refers(const std::string& from, const std::string& to, directory::ReferralCounts counts,
                     const std::string& period = "令和7年度");
    TiedTown& meets(directory::ForumKind kind, const std::string& name, std::initializer_list<std::string> members,
                    const std::function<void(directory::ForumReading&)>& change = {});

    [[nodiscard]] directory::Reader reader() const;

  private:
    directory::State state_;
};

/// The scope of the whole town on a day.
directory::NetworkScope whole(std::string_view day = "2026-11-21");

/// Nodes by their names, with blanks between, in the order of the names.
std::string names_of(const directory::Reader& reader, const std::vector<std::uint32_t>& nodes);
/// "甲-refers-乙", with blanks between, sorted.
std::string ties_of(const directory::Reader& reader, const std::vector<std::uint32_t>& edges);
/// Services by the names of their places, in the order of the names.
std::string places_of(const directory::Reader& reader, const std::vector<std::uint32_t>& services);

} // namespace shirube::scenarios
