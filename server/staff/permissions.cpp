#include "server/staff/permissions.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace shirube::server {

namespace {

using directory::Role;
using directory::Visibility;

struct Row {
    Role role;
    Visibility sees;
    std::initializer_list<Permission> may;
};

const std::array<Row, 5>& table() {
    using enum Permission;
    // Whoever keeps accounts need not read what caseworkers and stewards keep; a steward tends lists and plans with
    // them.
    static const std::array<Row, 5> rows{{{Role::viewer, Visibility::staff, {browse}},
                                          {Role::caseworker, Visibility::staff, {browse, match}},
                                          {Role::planner, Visibility::staff, {browse, plan}},
                                          {Role::steward, Visibility::coordinator, {browse, match, plan, steward}},
                                          {Role::administrator, Visibility::staff, {browse, administer}}}};
    return rows;
}

const Row& row_of(Role role) noexcept { return *std::ranges::find(table(), role, &Row::role); }

} // namespace

bool may(Role role, Permission permission) noexcept {
    return std::ranges::find(row_of(role).may, permission) != row_of(role).may.end();
}

Visibility class_of(Role role) noexcept { return row_of(role).sees; }

} // namespace shirube::server
