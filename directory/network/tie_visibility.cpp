#include "directory/network/tie_visibility.hpp"

#include "directory/audience.hpp"

namespace shirube::directory {

Visibility visibility_of(const RelationReading& relation) {
    if (relation.visibility) {
        return *relation.visibility;
    }
    return relation.kind == RelationKind::refers ? Visibility::staff : Visibility::everyone;
}

Visibility visibility_of(const ForumReading& forum) { return forum.visibility.value_or(Visibility::everyone); }

std::string tie_owner_of(const RelationReading& relation) {
    if (!relation.owner.empty()) {
        return owner_of(relation.owner);
    }
    return owner_of(relation.from.municipality.empty() ? relation.to.municipality : relation.from.municipality);
}

std::string tie_owner_of(const ForumReading& forum) {
    return owner_of(forum.owner.empty() ? forum.municipality : forum.owner);
}

} // namespace shirube::directory
