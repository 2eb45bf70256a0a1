// What the address tables of one layer say of a place. They go before borders on a map: who lives at an address goes to
// the school its table names, also where the address is known to its town only.
#pragma once

#include "directory/address_rule.hpp"
#include "directory/reader.hpp"
#include "directory/state.hpp"

#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace shirube::directory {

class AddressBook {
  public:
    AddressBook() = default;

    /// \param districts are referred to, and must stay
    AddressBook(std::span<const DistrictRow> districts, const Layer& layer);

    [[nodiscard]] bool empty() const noexcept { return towns_.empty(); }

    /// The layer's districts a place belongs to by its address, ascending: surely where a rule holds it whole, else
    /// possibly in each whose rule may. Nothing where no rule speaks of it; borders answer then.
    [[nodiscard]] std::vector<Membership> districts_of(const SiteRow& site) const;

  private:
    struct Town {
        struct Entry {
            std::uint32_t district = 0; ///< index into the districts
            const AddressRule* rule = nullptr;
        };
        std::vector<Entry> entries{};
        bool has_chome = false;
    };

    [[nodiscard]] std::vector<Membership> look_up(std::string_view municipality, std::string_view key) const;

    std::unordered_map<std::string, Town> towns_;          ///< by municipality and the town's key
    std::unordered_map<std::string, std::size_t> longest_; ///< bytes of the longest town's key, by municipality
};

} // namespace shirube::directory
