// What was asked and how it was answered, a line a request, for whoever looks after the server. Of a family's question
// nothing: the route's pattern stands for its address, and queries, bodies, cookies and agents are never seen here.
#pragma once

#include "server/http.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace shirube::server {

struct AccessEntry {
    std::chrono::system_clock::time_point time;
    std::optional<Method> method; ///< nothing where no request could be read
    std::string pattern;          ///< of the route, as /services/*; empty: -
    unsigned status = 0;
    std::size_t bytes = 0; ///< of the body as it was sent
    std::chrono::microseconds took{0};
    std::string client; ///< empty: not named
};

/// `2026-11-21T01:00:00.123Z GET /services/* 200 5120 431` and, where it is told, the client's address.
std::string line_of(const AccessEntry& entry);

class AccessLog {
  public:
    /// \param file a path, or - for standard output
    /// \param most_waiting entries that wait to be written; what comes beyond is counted, and the count is written
    /// \throws std::system_error where it cannot be opened
    explicit AccessLog(std::string file, std::size_t most_waiting = 8'192);
    ~AccessLog(); ///< writes what waits
    AccessLog(const AccessLog&) = delete;
    AccessLog& operator=(const AccessLog&) = delete;

    /// Never waits for the disk.
    void add(AccessEntry entry);

    /// Opens the file anew, which may have been moved away; where that fails, the old one is written on.
    void reopen();

  private:
    void write_on(const std::stop_token& stop);
    void write(const std::vector<AccessEntry>& entries, std::uint64_t lost);
    void open_again();

    std::string file_;
    std::size_t most_waiting_;
    int descriptor_ = -1;
    bool failing_ = false; ///< the last write was told to have failed

    std::mutex mutex_;
    std::condition_variable_any awake_;
    std::vector<AccessEntry> waiting_;
    std::uint64_t lost_ = 0;
    bool reopen_ = false;
    std::jthread writer_;
};

} // namespace shirube::server
