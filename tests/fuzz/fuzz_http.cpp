// Any bytes as what comes over a connection, in pieces of any size, as a session reads them: requests one after the
// other, who asked by any proxy's word, and the answer's head, in which nothing that came may begin a header.
#include "server/http.hpp"
#include "server/net/request_reader.hpp"
#include "server/respond.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

using namespace shirube::server;

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void check_origin(const RequestMessage& message) {
    const auto peer = Address::parse("10.0.0.1").value();
    const std::vector<AddressRange> trusted{AddressRange::parse("10.0.0.0/8").value()};
    const auto origin = origin_of(forwarding_headers(message), peer, false, trusted);
    require(Address::parse(origin.client.text()) == origin.client);
    const auto believed = origin_of(forwarding_headers(message), Address::parse("192.0.2.1").value(), false, trusted);
    require(believed.client.text() == "192.0.2.1" && !believed.secure);
}

void check_request(const Request& request) {
    require(request.path.starts_with('/') && is_valid_utf8(request.path) && !request.path.contains('\0'));
    for (const auto& [name, value] : request.query) {
        require(is_valid_utf8(name) && is_valid_utf8(value));
        require(request.parameter(name).has_value());
    }
    static_cast<void>(parse_query(request.body)); // a form's

    Answer answer = moved_to(request.path);
    answer.headers.emplace_back("X-Query", request.query.empty() ? "" : request.query.front().second);
    answer.etag_basis = request.path;
    const auto response = respond(request, answer, Connection::keep, "now");
    require(response.head.find("\r\n\r\n") == response.head.size() - 4);
    // The lines there are: none but those that respond() and moved_to() write.
    require(std::ranges::count(response.head, '\n') < 20);
}

/// Reads one request as a session does. \param piece how many bytes come at a time
/// \return false where the connection ends here
bool read_one(RequestParser& parser, boost::beast::flat_buffer& received, std::string_view& coming, std::size_t piece) {
    boost::system::error_code error;
    parser.eager(false);
    while (!parser.is_done()) {
        if (parser.is_header_done()) {
            parser.eager(true);
        }
        const auto fed = feed(parser, received, error);
        if (error) {
            const auto code = problem_of(error, !parser.get().target().empty());
            require(code.empty() || !limit_passed(code, {}).detail.empty());
            return false;
        }
        if (fed == Fed::some) {
            continue;
        }
        const auto count = std::min({piece, coming.size(), received.max_size() - received.size()});
        if (count == 0) {
            return false; // the client would be waited for, or has sent too much
        }
        boost::asio::buffer_copy(received.prepare(count), boost::asio::buffer(coming.data(), count));
        received.commit(count);
        coming.remove_prefix(count);
    }
    return true;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::size_t piece = data[0] == 0 ? size : data[0];
    std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    Settings settings;
    settings.most_header_bytes = 2'048; // near enough for a fuzzer to reach
    settings.most_body_bytes = 1'024;
    boost::beast::flat_buffer received(settings.most_header_bytes + settings.most_body_bytes);
    while (true) {
        RequestParser parser;
        limit(parser, settings);
        if (!read_one(parser, received, bytes, piece)) {
            break;
        }
        require(parser.get().body().size() <= settings.most_body_bytes);
        static_cast<void>(waits_for_continue(parser.get()));
        check_origin(parser.get());
        const auto request = request_of(parser.get());
        if (!request) {
            require(request.error().code == "bad_request");
            break;
        }
        check_request(*request);
        if (!parser.get().keep_alive()) {
            break;
        }
    }
    return 0;
}
