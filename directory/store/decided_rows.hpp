// What was decided by hand about ties and meetings, as it stands: decisions in force, and the rows whose own word on
// who may see them does not count because of one.
#pragma once

#include "directory/codes.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace shirube::directory {

class Database;

/// The readings of decisions in force by what they speak of, the oldest first; then by their lists, so that the order
/// of imports does not matter.
std::map<std::string, std::vector<std::string>> decisions_in_force(Database& database);

/// By list and key, of rows in force: who may see each by what was decided, whomever it names. \throws StoreError
std::map<std::pair<std::string, std::string>, Visibility> rows_decided_for_whom(const std::filesystem::path& store);

} // namespace shirube::directory
