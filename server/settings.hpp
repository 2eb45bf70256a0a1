// What an operator may set, each with its default. Limits answer with an error of their own, see server/problem.cpp.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>

namespace shirube::server {

struct Settings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;                         ///< 0: any free port, told on standard output
    unsigned threads = 0;                              ///< 0: one a core
    std::size_t most_connections = 4'096;              ///< beyond: 503 too_busy
    std::size_t most_target_bytes = 8 * 1024;          ///< address with query; beyond: 414 uri_too_long
    std::size_t most_header_bytes = 16 * 1024;         ///< beyond: 431 header_too_large
    std::size_t most_body_bytes = 64 * 1024;           ///< beyond: 413 body_too_large
    std::chrono::milliseconds request_time{10'000};    ///< a request must have arrived by then; 408 request_timeout
    std::chrono::milliseconds write_time{20'000};      ///< an answer must have been taken by then; the connection ends
    std::chrono::milliseconds idle_time{60'000};       ///< between requests; the connection ends
    std::chrono::milliseconds stop_time{5'000};        ///< how long a stop waits for requests under way
    std::chrono::milliseconds edition_interval{1'000}; ///< how often the store is looked at for a new edition
};

} // namespace shirube::server
