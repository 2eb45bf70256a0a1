// How often who may do what: token buckets by name and key, in bounded memory.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

/// One kind of thing that is limited: `per_second` in the long run, `burst` at once.
struct RateLimit {
    std::string name;
    double per_second = 0; ///< 0: not limited
    double burst = 1;
    std::size_t most_keys = 65'536; ///< beyond, the key that was used longest ago is forgotten
};

struct RateVerdict {
    bool allowed = true;
    std::chrono::seconds retry_after{0}; ///< where it is not: when so much will be there, at least 1
};

class RateLimiter {
  public:
    using Clock = std::chrono::steady_clock;

    explicit RateLimiter(const std::vector<RateLimit>& limits);
    ~RateLimiter();
    RateLimiter(const RateLimiter&) = delete;
    RateLimiter& operator=(const RateLimiter&) = delete;

    /// Takes `cost` out of the bucket of that key, where so much is in it; what is refused costs nothing. Safe from any
    /// thread, a few hundred nanoseconds.
    /// \param bucket the name of one of the limits: another is a broken promise
    /// \param key any bytes: an address's key(), an account's id
    /// \param cost more than the burst is never allowed
    RateVerdict take(std::string_view bucket, std::string_view key, double cost, Clock::time_point now);

    /// How many keys a bucket remembers.
    [[nodiscard]] std::size_t keys(std::string_view bucket) const;

  private:
    class Bucket;
    [[nodiscard]] Bucket& bucket_of(std::string_view name) const;

    std::vector<std::unique_ptr<Bucket>> buckets_;
};

/// The limit that every request counts against, by the client's address.
inline constexpr std::string_view k_client_limit = "client";

/// The limit that requests of staff count against as well, by their account.
inline constexpr std::string_view k_account_limit = "account";

} // namespace shirube::server
