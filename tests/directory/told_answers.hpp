// Everything a reader answers, in words that do not depend on how its rows are numbered: two readers of one content say
// the same.
#pragma once

#include "directory/reader.hpp"
#include "directory/search.hpp"

#include <string>
#include <vector>

namespace shirube::directory::test {

std::string told(const Reader& reader, const SearchQuery& query);
/// Every service with its feature, its places, lists and neighbours, in the order of services().
std::vector<std::string> services_told(const Reader& reader, Day day);
/// Sites, organizations, lists, districts with their services and needs.
std::vector<std::string> rows_told(const Reader& reader, Day day);
/// Suggestions for each word, few and many.
std::vector<std::string> words_told(const Reader& reader, const std::vector<std::string>& words);
/// Every shipped policy over every layer.
std::vector<std::string> coverage_told(const Reader& reader, Day day);

} // namespace shirube::directory::test
