// What staff are told beside the public: parts of rows that the public's tables do not hold. It is read from the rows
// themselves, and only from those whose owner the audience may see.
#pragma once

#include "directory/state.hpp"
#include "directory/store/sqlite.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace shirube::directory {

/// The staff parts of services, by the store's number of the service that is shown.
class StaffParts {
  public:
    /// Reads nothing for the public.
    StaffParts(Database& database, const Audience& audience);

    /// Adds what is said of the service, and the values that the public is not shown.
    void add_to(ServiceRow& service, std::int64_t number) const;

  private:
    struct Part {
        ServiceReading service;
        bool place_is_for_staff = false;
    };
    std::map<std::int64_t, std::vector<Part>> parts_;
};

/// Gives places whose address is for staff their address and position back. Services refer to their places already.
void show_withheld_places(Database& database, State& state);

/// Organizations that only hidden rows name are called as the newest row calls them that the audience may see.
/// \param numbers the store's, of state.organizations
void name_hidden_organizations(Database& database, State& state, const std::vector<std::int64_t>& numbers);

} // namespace shirube::directory
