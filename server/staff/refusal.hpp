// What a person is told who does not get further, and where to go from there.
#pragma once

#include "server/context.hpp"
#include "server/http.hpp"

#include <string>
#include <string_view>

namespace shirube::server {

struct Refusal {
    unsigned status = 403;
    std::string_view heading;  ///< a text of the interface
    std::string_view sentence; ///< another; empty: the heading says it
    std::string_view link;     ///< the words on the way on; empty: there is none
    std::string address;       ///< below /staff
};

/// \param context null where nobody is signed in
Answer refusal_page(const Request& request, const Context* context, std::string_view language, const Refusal& refusal);

} // namespace shirube::server
