#include "directory/embedded_data_file.hpp"

#include "directory/embedded_file.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace shirube::directory {

std::string_view embedded_data_file(std::string_view path) {
    for (const auto& file : embedded_data()) {
        if (file.path == path) {
            return file.content;
        }
    }
    throw std::runtime_error(fmt::format("The data file {} was not built into this program.", path));
}

} // namespace shirube::directory
