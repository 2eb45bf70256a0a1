// What the editions in force say of their lists, for deciding which of several is believed.
#pragma once

#include "directory/store/sqlite.hpp"
#include "directory/taxonomy.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace shirube::directory {

/// Whether complete claims speak of a programme in a municipality, so that a list's silence means absence.
/// \param municipality 5 digits; nothing speaks of an unknown one
bool speaks_of_absence(const std::vector<Claim>& claims, const Taxonomy& taxonomy, std::string_view programme,
                       std::string_view municipality);

/// The claims one import made for a list.
std::vector<Claim> claims_of(Database& database, std::int64_t import_id, std::int64_t list_id);

struct ListFacts {
    std::string name;
    std::string as_of;
    std::vector<Claim> claims;

    /// Complete in the municipality for anything that those of a class may see.
    [[nodiscard]] bool is_complete_in(std::string_view municipality, const Taxonomy& taxonomy,
                                      Visibility of_class) const;
};

/// Reads each list once.
class ListBelief {
  public:
    explicit ListBelief(Database& database);
    const ListFacts& of(std::int64_t list_id);

  private:
    Database& database_;
    Statement select_;
    std::unordered_map<std::int64_t, ListFacts> known_;
};

} // namespace shirube::directory
