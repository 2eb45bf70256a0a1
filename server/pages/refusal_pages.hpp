// What is answered to a request before it is routed: one too many, too large, too late. It costs next to nothing,
// because whoever attacks asks for it most: pages are made once, one a problem and language, and shared.
#pragma once

#include "server/http.hpp"
#include "server/problem.hpp"

namespace shirube::server {

/// Makes the pages; otherwise the first who is refused waits for it. \throws std::runtime_error where a text is missing
void prepare_refusals();

/// A page in the client's language where its browser asks for one, application/problem+json otherwise. The page takes
/// nothing from anywhere: no style, no picture, since these would be refused as well.
/// \param asker what is known of the request: method, path, Accept, language. Nothing known: JSON
Answer refuse(const Problem& problem, const Request& asker);

} // namespace shirube::server
