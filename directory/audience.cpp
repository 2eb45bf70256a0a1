#include "directory/audience.hpp"

#include "directory/designated_city.hpp"

#include <algorithm>

namespace shirube::directory {

bool Audience::may_see(Visibility visibility, std::string_view owner) const noexcept {
    const auto seen = std::ranges::find(owners, owner, &SeenOwner::owner);
    return visibility == Visibility::everyone || (seen != owners.end() && visibility <= seen->up_to);
}

std::string owner_of(std::string_view municipality) { return std::string{designated_city_of(municipality)}; }

} // namespace shirube::directory
