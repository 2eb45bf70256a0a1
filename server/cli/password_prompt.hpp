// A password from whoever runs the command: never an argument, which everybody on the machine could read.
#pragma once

#include <expected>
#include <string>

namespace shirube::server {

/// Asks twice on a terminal, without showing what is typed; elsewhere takes the first line of standard input.
/// \param language ja or en
/// \returns the password as typed, or a sentence of why there is none
std::expected<std::string, std::string> ask_password(const std::string& language);

} // namespace shirube::server
