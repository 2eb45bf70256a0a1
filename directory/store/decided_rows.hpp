// Rows of ties and meetings whose own word on who may see them does not count: a decision in force stands over it.
#pragma once

#include "directory/codes.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <utility>

namespace shirube::directory {

/// By list and key, of rows in force: who may see each by what was decided, whomever it names. \throws StoreError
std::map<std::pair<std::string, std::string>, Visibility> rows_decided_for_whom(const std::filesystem::path& store);

} // namespace shirube::directory
