#include "directory/store/migrations.hpp"

#include "directory/embedded_file.hpp"

#include <algorithm>
#include <charconv>

namespace shirube::directory {

std::vector<Migration> migrations_of(std::string_view folder) {
    std::vector<Migration> found;
    for (const auto& file : embedded_data()) {
        if (!file.path.starts_with(folder)) {
            continue;
        }
        Migration migration{0, file.content};
        const auto digits = file.path.substr(folder.size(), 4);
        std::from_chars(digits.data(), digits.data() + digits.size(), migration.version);
        found.push_back(migration);
    }
    std::ranges::sort(found, {}, &Migration::version);
    return found;
}

} // namespace shirube::directory
