// From a handler's answer to the bytes of a response: conditional requests, compression, headers.
#pragma once

#include "server/http.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace shirube::server {

/// A response ready to be written: `head`, then `content()`.
struct Response {
    unsigned status = 200;
    std::string head;
    std::string body;
    std::shared_ptr<const std::string> shared_body;
    bool with_body = true; ///< false for HEAD and 304

    [[nodiscard]] std::string_view content() const noexcept {
        if (!with_body) {
            return {};
        }
        return shared_body ? std::string_view{*shared_body} : std::string_view{body};
    }
};

enum class Connection : std::uint8_t { keep, close };

/// Turns an answer to `request` into a response: 304 where If-None-Match holds, gzip where the client takes it and it
/// pays, a strong ETag by what the answer depends on, its type and its coding.
/// \param date the Date header's value, see http_date()
Response respond(const Request& request, Answer answer, Connection connection, std::string_view date);

/// The present moment as RFC 9110 writes it. Kept for a second by each thread.
std::string_view http_date();

} // namespace shirube::server
