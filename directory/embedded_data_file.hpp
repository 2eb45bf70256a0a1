#pragma once

#include <string_view>

namespace shirube::directory {

/// A file below directory/data/ that was built into the program.
/// \throws std::runtime_error where it is not there: the program was built wrongly
std::string_view embedded_data_file(std::string_view path);

} // namespace shirube::directory
