// Every problem an import can tell, in one table: a stable code and a sentence in Japanese and English.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace shirube::importers {

/// A row of the table. `{0}`, `{1}` stand for what the place of the problem fills in.
struct IssueCode {
    std::string_view code;
    std::string_view ja;
    std::string_view en;
};

std::span<const IssueCode> issue_codes();

/// Whether a problem is of a row that names a person, a home, or a place that is protected: what gives them away is not
/// repeated, nor kept.
bool is_of_people(std::string_view code) noexcept;

/// The sentence of `code` in `language` (ja or en), filled in. An unknown code is a broken promise (assert).
std::string issue_sentence(std::string_view code, std::string_view language, std::string_view a = {},
                           std::string_view b = {});

} // namespace shirube::importers
