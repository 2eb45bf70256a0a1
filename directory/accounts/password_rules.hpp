// Which login names and passwords are taken.
#pragma once

#include "directory/accounts.hpp"

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::directory {

/// A login name as it is kept: full-width forms made plain (an input method may be on), lower case. Nothing is said of
/// whether it may be one; what is no UTF-8 comes back as it is.
std::string fold_login_name(std::string_view typed);

/// \returns the name folded. Problems: name_malformed, name_reserved
std::expected<std::string, AccountProblem> check_login_name(std::string_view typed);

/// A password as it is hashed: NFKC, so that every keyboard writes the same. Nothing where it is no UTF-8, has control
/// characters, or is longer than any password may be.
std::optional<std::string> plain_password(std::string_view typed);

/// \param name folded
/// \returns the password as it is hashed. Problems: password_malformed, password_short, password_long,
/// password_has_name, password_common
std::expected<std::string, AccountProblem> check_password(std::string_view name, std::string_view typed);

} // namespace shirube::directory
