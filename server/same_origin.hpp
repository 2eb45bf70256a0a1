#pragma once

#include "server/http.hpp"

namespace shirube::server {

/// Whether a browser says that the request comes from a page of ours. One that says nothing is no browser of today.
bool is_from_here(const Request& request) noexcept;

} // namespace shirube::server
