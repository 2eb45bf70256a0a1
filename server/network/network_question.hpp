// What a request asks of the network of organizations: ?municipality=&kind=&within=&forum=&at=&days=&since=&reach=.
#pragma once

#include "directory/network/network_view.hpp"
#include "server/context.hpp"
#include "server/http.hpp"
#include "server/problem.hpp"

#include <cstddef>
#include <expected>
#include <string>

namespace shirube::server {

struct NetworkQuestion {
    directory::NetworkScope scope;
    directory::Instant at{};
    directory::Day since{}; ///< the day that changes are told from, not after that of `at`; a year before unless asked
    double reach_m = 0;     ///< as far as a neighbour is within reach
};

/// The same request with its `kind`s, each of which may name several, as one word: a form's boxes send one each.
Request with_kinds_joined(Request request);

/// \pre `kind` stands once at most, see with_kinds_joined()
/// Problems: bad_parameter and parameter_out_of_range, of the parameter that is wrong. Parameters of others are none of
/// its business: see unknown_parameter().
std::expected<NetworkQuestion, Problem> read_network_question(const Request& request, const Context& context);

/// A page of a list: ?limit=&cursor=.
struct PageAsked {
    std::size_t offset = 0;
    std::size_t limit = 0;
};

/// The cursor names its edition and instant, which goes before ?at=. Problems: bad_parameter, parameter_out_of_range,
/// cursor_expired.
std::expected<PageAsked, Problem> read_page(const Request& request, const Context& context, directory::Instant& at);

/// The cursor of the page behind.
std::string next_cursor(const Context& context, const directory::Instant& at, const PageAsked& page);

/// The same day a year before; 28 February before 29 February.
directory::Day year_before(directory::Day day);

} // namespace shirube::server
