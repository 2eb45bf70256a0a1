// Counts what an import did to entities: what stood for each before and what stands now.
#pragma once

#include "directory/batch.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace shirube::directory {

class Tally {
  public:
    /// Adds to what stood for an entity before and to what stands now; empty: nothing. `entity` is its key within the
    /// store.
    void count(const std::string& entity, std::string_view before, std::string_view after);

    /// Another list than this import's stands for the entity now.
    void rests_on_other_list(const std::string& entity) { compared_[entity].of_other_list = true; }

    /// `standing`: how many entities rest on the import's lists now.
    [[nodiscard]] EntityChanges changes(std::int64_t standing) const;

  private:
    struct BeforeAfter {
        std::string before;
        std::string after;
        bool of_other_list = false;
    };
    std::unordered_map<std::string, BeforeAfter> compared_;
};

} // namespace shirube::directory
