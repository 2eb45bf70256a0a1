// From the bytes of a request to what handlers see, without a socket.
#pragma once

#include "server/http.hpp"
#include "server/net/asio.hpp"
#include "server/net/forwarding.hpp"
#include "server/problem.hpp"
#include "server/settings.hpp"

#include <expected>
#include <string_view>

namespace shirube::server {

using RequestParser = beast::http::request_parser<beast::http::string_body>;
using RequestMessage = RequestParser::value_type;

/// Sets a parser's limits before it is given any bytes.
void limit(RequestParser& parser, const Settings& settings);

/// Lets a head pass whose body may be as long as a file that is sent. settle_body() must follow it.
void let_files_pass(RequestParser& parser, const Settings& settings);

/// Once the head is whole: a body may have `most` bytes. The error that Beast gives past its own limit.
boost::system::error_code settle_body(RequestParser& parser, std::size_t most);

/// The length that the head announces; 0 where it announces none.
std::uint64_t announced_length(const RequestParser& parser);

enum class Fed : std::uint8_t {
    some,      ///< what was there has been read, as far as the parser goes at a time
    needs_more ///< nothing can be read before more has come
};

/// Gives the parser what has been received, and takes what it has read out of `received`. `error` where that is no
/// request, or a limit is passed.
Fed feed(RequestParser& parser, beast::flat_buffer& received, boost::system::error_code& error);

/// A whole message as a request; all but who asked. The problem is one for which the connection ends.
std::expected<Request, Problem> request_of(const RequestMessage& message);

/// As far as it matters to how a refusal is told, of a request whose head is whole and whose rest need not be: method,
/// path, language, Accept. An address longer than it may be is not taken apart: its path stays encoded.
Request asker_of(const RequestMessage& message, const Settings& settings);

/// Views into the message.
ForwardingHeaders forwarding_headers(const RequestMessage& message);

/// Whether the client sends its body only when it is told to (RFC 9110, 10.1.1).
bool waits_for_continue(const RequestMessage& message);

/// The problem a failed reading stands for; empty where there is nobody left to tell.
std::string_view problem_of(const boost::system::error_code& error, bool has_target) noexcept;

/// Which limit it was, so that a client knows what would have been taken.
Problem limit_passed(std::string_view code, const Settings& settings);

} // namespace shirube::server
