// What the pages say about an edition as a whole, counted once.
#pragma once

#include "directory/reader.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace shirube::server {

struct EditionFacts {
    std::size_t services = 0;              ///< not ended by the day it was counted for
    std::size_t sites = 0;                 ///< with at least one such service
    std::size_t lists = 0;                 ///< of resources
    std::string latest_as_of;              ///< of these lists; empty where none says
    std::vector<bool> offered;             ///< by programme: some service is of it, or of one below it
    std::vector<std::uint32_t> agencies;   ///< 地域子育て相談機関 that stand on the day, by index
    std::vector<std::size_t> rows_by_list; ///< services, districts and cells shown from each list
    /// By code, where lists say whose residents may use something: those that they name, and whose services there are.
    std::vector<std::string> residents;
    std::vector<directory::Contract> use_contracts;    ///< that terms of use state for some of these, in their order
    std::map<std::string, std::string> municipalities; ///< names by code, as districts and sites give them

    /// The municipality's name; its code where no list names it.
    [[nodiscard]] const std::string& municipality_name(const std::string& code) const;
};

/// Kept for the last few editions and days.
std::shared_ptr<const EditionFacts> facts_of(const directory::Reader& reader, directory::Day day);

} // namespace shirube::server
