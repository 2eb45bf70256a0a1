// Words of the command line in both of its languages, side by side so that neither is forgotten.
#pragma once

#include <string_view>

namespace shirube::server {

struct Spoken {
    const char* ja;
    const char* en;

    /// \param language ja or en
    [[nodiscard]] constexpr const char* in(std::string_view language) const noexcept {
        return language == "en" ? en : ja;
    }
};

} // namespace shirube::server
