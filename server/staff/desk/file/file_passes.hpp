// Who may send a file: sessions that have been shown the form for one a short while ago. A body that is longer than
// others is read for nobody else, and whose it is is known before it is read, without a look into the accounts.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace shirube::server {

/// The one address that takes files.
inline constexpr std::string_view k_file_address = "/staff/desk/file";

/// Safe from any thread; nothing of it waits.
class FilePasses {
  public:
    using Clock = std::chrono::steady_clock;

    /// \param token of the session's cookie
    void give(std::string_view token, Clock::time_point now = Clock::now());
    [[nodiscard]] bool has(std::string_view token, Clock::time_point now = Clock::now()) const;

  private:
    mutable std::mutex mutex_;
    std::map<std::string, Clock::time_point, std::less<>> until_; ///< by the token's hash
};

} // namespace shirube::server
