// What tells a seed or a need apart from the others: one organization offers several things, and all needs of a
// municipality have its name.
#pragma once

#include "directory/seeds/seed_sight.hpp"
#include "server/staff/seeds/seeds_words.hpp"

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace shirube::server {

/// Of all that whoever asks may see. Programmes and area always, behind whose it is; where that is the same of several,
/// the first of these in which they differ: from when, how much, of which day it is told, its number in the owner's
/// list, its id.
class SeedTitles {
  public:
    SeedTitles(const directory::SeenSeeds& seen, const SeedsWords& words);

    /// "児童育成支援拠点（若葉台中学校）", "児童育成支援拠点（若葉台中学校）2027年4月1日から" \pre one of those seen
    [[nodiscard]] const std::string& what(const directory::Seed& seed) const { return what_.at(seed.id); }
    /// "潮見野市：児童育成支援拠点（若葉台中学校）"
    [[nodiscard]] std::string whole(const directory::Seed& seed) const;

  private:
    using Group = std::vector<const directory::Seed*>;

    void add(const std::vector<directory::Seed>& all);
    /// \param tried how many of what may tell them apart did not
    void tell_apart(const Group& group, std::size_t tried);

    const SeedsWords& words_;
    std::unordered_map<std::string, std::string> what_; ///< by id
};

} // namespace shirube::server
