// What an operator may set, each with its default. Limits answer with an error of their own, see server/problem.cpp.
#pragma once

#include "directory/coverage.hpp"
#include "server/address.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace shirube::server {

struct Settings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;                        ///< 0: any free port, told on standard output
    std::string public_url;                           ///< where people find the server; empty: as each client names it
    unsigned threads = 0;                             ///< 0: one a core
    std::size_t most_connections = 4'096;             ///< beyond: 503 too_busy
    std::size_t most_target_bytes = 8 * 1024;         ///< address with query; beyond: 414 uri_too_long
    std::size_t most_header_bytes = 16 * 1024;        ///< beyond: 431 header_too_large
    std::size_t most_body_bytes = 64 * 1024;          ///< beyond: 413 body_too_large
    std::size_t most_upload_bytes = 20 * 1024 * 1024; ///< of a steward's file; beyond: 413 file_too_large
    std::chrono::milliseconds upload_time{300'000};   ///< it must have arrived by then; 408 request_timeout
    std::chrono::milliseconds request_time{10'000};   ///< a request must have arrived by then; 408 request_timeout
    std::chrono::milliseconds write_time{20'000};     ///< an answer must have been taken by then; the connection ends
    std::chrono::milliseconds idle_time{60'000};      ///< between requests; the connection ends
    std::chrono::milliseconds stop_time{5'000};       ///< how long a stop waits for requests under way
    std::int64_t least_children_told = directory::k_least_children_told; ///< to the public; 1: every count is told
    std::chrono::milliseconds edition_interval{1'000}; ///< how often the store is looked at for a new edition

    /// TLS where both are given, else plain HTTP. PEM; the certificate with those that lead to its authority.
    std::filesystem::path tls_certificate;
    std::filesystem::path tls_key;
    std::chrono::milliseconds tls_interval{60'000}; ///< how often they are looked at for new ones

    std::vector<AddressRange> trusted_proxies; ///< who is believed about the client

    /// Of one client; beyond: 429 too_many_requests. A map that is flown across asks for some hundred tiles in a few
    /// seconds, and a town hall with all its browsers may stand behind one address.
    double rate_per_client = 100; ///< requests a second in the long run; 0: not limited
    double burst_per_client = 1'000;
    double rate_per_account = 20; ///< of one account of staff, in the same way; 0: not limited
    double burst_per_account = 200;
    bool reports = true;               ///< whether the public may say what is wrong with a service
    double reports_per_client = 5;     ///< an hour, and at once; 0: not limited
    std::size_t most_clients = 65'536; ///< remembered; beyond, the one that was seen longest ago is forgotten

    std::chrono::seconds session_idle{30 * 60};      ///< staff who do nothing for so long sign in again
    std::chrono::seconds session_most{12 * 60 * 60}; ///< and in any case after so long
    int failures_before_wait = 5;                    ///< wrong passwords of one account
    int client_failures_before_wait = 20;            ///< of one address: a town hall may stand behind it

    std::string access_log;          ///< a file, - for standard output; empty: none is written
    bool access_log_clients = false; ///< whether it names addresses

    unsigned slow_threads = 2;                   ///< for what takes long
    std::size_t slow_queue = 64;                 ///< requests that wait for one of them; beyond: 503 too_busy
    std::chrono::milliseconds slow_time{30'000}; ///< waiting and computing; beyond: 503 took_too_long
};

} // namespace shirube::server
