// Telephone numbers and mail addresses. A list may publish them; the directory passes on only what belongs to a place,
// and no report, sample or log ever shows one.
#pragma once

#include "importers/cleaning/cell_problem.hpp"

#include <string>
#include <string_view>

namespace shirube::importers {

/// A number as the list writes it, where it may be shown: nothing for a mobile number (070, 080, 090), which is a
/// person's. Problems: phone_unreadable, where it is no Japanese number.
Cell<std::string> parse_published_phone(std::string_view cell);

/// An address that begins with http:// or https:// (one is put before "www."). Problems: url_unreadable.
Cell<std::string> parse_url(std::string_view cell);

/// Free text without the mail addresses and telephone numbers in it.
std::string without_contacts(std::string_view text);

} // namespace shirube::importers
