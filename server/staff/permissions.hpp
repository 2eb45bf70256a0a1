// What each role may do, and which class of rows it sees: one table.
#pragma once

#include "directory/accounts.hpp"
#include "directory/codes.hpp"

#include <cstdint>

namespace shirube::server {

enum class Permission : std::uint8_t {
    browse,    ///< the directory with what is kept for staff
    match,     ///< a caseworker's search
    plan,      ///< policies of one's own, where next, what if
    steward,   ///< lists, doubts, what was gathered in the field
    administer ///< accounts, agreements, the log
};

bool may(directory::Role role, Permission permission) noexcept;

/// The highest class of its municipality's rows that a role sees.
directory::Visibility class_of(directory::Role role) noexcept;

} // namespace shirube::server
