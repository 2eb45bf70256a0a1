#include "importers/columns/header_index.hpp"

#include "importers/columns/header_names.hpp"

#include <algorithm>
#include <array>

namespace shirube::importers {

HeaderIndex::HeaderIndex(std::span<const std::string> header) : header_(header.begin(), header.end()) {
    for (std::size_t i = 0; i < header_.size(); ++i) {
        by_key_.try_emplace(column_key(header_[i]), i);
    }
}

std::optional<std::size_t> HeaderIndex::find(std::string_view column) const {
    if (const auto known = asked_.find(column); known != asked_.end()) {
        return known->second;
    }
    const auto found = by_key_.find(column_key(column));
    const auto place = found == by_key_.end() ? std::nullopt : std::optional(found->second);
    constexpr std::size_t k_most_remembered = 4096; // names come from the program, and of mappings from a file
    if (asked_.size() < k_most_remembered) {
        asked_.emplace(column, place);
    }
    return place;
}

std::shared_ptr<const HeaderIndex> index_of(std::span<const std::string> header) {
    // A layout may give columns other names: two headers a row.
    thread_local std::array<std::shared_ptr<const HeaderIndex>, 4> recent;
    thread_local std::size_t oldest = 0;
    for (const auto& index : recent) {
        if (index != nullptr && std::ranges::equal(index->header(), header)) {
            return index;
        }
    }
    auto& index = recent[oldest++ % recent.size()];
    index = std::make_shared<const HeaderIndex>(header);
    return index;
}

} // namespace shirube::importers
