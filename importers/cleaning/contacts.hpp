// Telephone numbers and mail addresses. A list may publish them; the directory passes on only what belongs to a place,
// and no report, sample or log ever shows one.
#pragma once

#include "importers/cleaning/cell_problem.hpp"

#include <string>
#include <string_view>

namespace shirube::importers {

/// A number as the list writes it, where it may be shown: nothing for a mobile number (070, 080, 090), which is a
/// person's. 内線, 代表 and TEL beside it are borne. A Japanese number has 10 digits, one that begins with 050, 0800 or
/// as a mobile one 11; +81 stands for its 0. Problems: phone_unreadable, where it is no such number, or more than one.
Cell<std::string> parse_published_phone(std::string_view cell);

/// An address that begins with http:// or https:// (one is put before "www."). Problems: url_unreadable.
Cell<std::string> parse_url(std::string_view cell);

/// Free text without the mail addresses and telephone numbers in it.
std::string without_contacts(std::string_view text);

} // namespace shirube::importers
