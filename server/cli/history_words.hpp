// What a row of a list says, field by field, in words that a clerk reads: for `shirube history`.
#pragma once

#include "directory/store.hpp"

#include <string>
#include <vector>

namespace shirube::server {

struct FieldInWords {
    std::string name;
    std::string before;
    std::string after;
};

/// What changed since the row was listed before. A field nobody has put into words goes by its path in the reading, its
/// values as JSON.
std::vector<FieldInWords> changes_in_words(const directory::HistoryEntry& entry, const std::string& language);

/// The values that a correction by hand states; `before` is empty.
std::vector<FieldInWords> values_in_words(const directory::CorrectionReading& correction, const std::string& language);

} // namespace shirube::server
