#include "server/rate_limiter.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstdint>
#include <list>
#include <mutex>
#include <stdexcept>
#include <unordered_map>

namespace shirube::server {

namespace {

/// Threads that count different clients rarely meet at one lock.
constexpr std::size_t k_shards = 16;

/// A key is remembered by its hash under a secret of this process: nobody can choose keys that meet in one place, and
/// that two meet by chance (2^-64 a pair) is not worth their bytes.
class KeyHash {
  public:
    KeyHash() {
        if (sodium_init() < 0) {
            throw std::runtime_error("libsodium cannot be started.");
        }
        crypto_shorthash_keygen(secret_.data());
    }

    [[nodiscard]] std::uint64_t of(std::string_view key) const noexcept {
        std::array<unsigned char, crypto_shorthash_BYTES> out{};
        crypto_shorthash(out.data(), reinterpret_cast<const unsigned char*>(key.data()), key.size(), secret_.data());
        std::uint64_t value = 0;
        for (const auto byte : out) {
            value = value << 8U | byte;
        }
        return value;
    }

  private:
    std::array<unsigned char, crypto_shorthash_KEYBYTES> secret_{};
};

struct Level {
    std::uint64_t key = 0;
    double tokens = 0;
    RateLimiter::Clock::time_point at{};
};

/// The hashes are hashes already.
struct AsItIs {
    std::size_t operator()(std::uint64_t value) const noexcept { return value; }
};

/// A part of one bucket's keys. Least recently used last.
struct Shard {
    mutable std::mutex mutex;
    std::list<Level> levels;
    std::unordered_map<std::uint64_t, std::list<Level>::iterator, AsItIs> places;
};

} // namespace

class RateLimiter::Bucket {
  public:
    explicit Bucket(RateLimit limit)
        : limit_(std::move(limit)), most_in_shard_(std::max<std::size_t>(1, limit_.most_keys / k_shards)) {
        assert(limit_.per_second >= 0 && limit_.burst > 0);
    }

    [[nodiscard]] const std::string& name() const noexcept { return limit_.name; }

    RateVerdict take(std::string_view key, double cost, Clock::time_point now) {
        if (limit_.per_second == 0) {
            return {};
        }
        const auto hash = hash_.of(key);
        Shard& shard = shards_[hash >> 60U];
        const std::scoped_lock lock(shard.mutex);
        Level& level = level_of(shard, hash, now);
        // Threads read the clock on their own: a moment before the last one fills nothing.
        const double passed_s = std::max(0.0, std::chrono::duration<double>(now - level.at).count());
        level.tokens = std::min(limit_.burst, level.tokens + passed_s * limit_.per_second);
        level.at = std::max(level.at, now);
        if (level.tokens >= cost) {
            level.tokens -= cost;
            return {};
        }
        constexpr double k_longest_s = 86'400;
        const double missing_s = std::min(k_longest_s, (cost - level.tokens) / limit_.per_second);
        return {false, std::chrono::seconds{std::max(1L, std::lround(std::ceil(missing_s)))}};
    }

    [[nodiscard]] std::size_t keys() const {
        std::size_t count = 0;
        for (const Shard& shard : shards_) {
            const std::scoped_lock lock(shard.mutex);
            count += shard.places.size();
        }
        return count;
    }

  private:
    Level& level_of(Shard& shard, std::uint64_t hash, Clock::time_point now) const {
        if (const auto found = shard.places.find(hash); found != shard.places.end()) {
            shard.levels.splice(shard.levels.begin(), shard.levels, found->second);
            return shard.levels.front();
        }
        if (shard.places.size() >= most_in_shard_) {
            shard.places.erase(shard.levels.back().key);
            shard.levels.pop_back();
        }
        shard.levels.push_front({hash, limit_.burst, now});
        shard.places.emplace(hash, shard.levels.begin());
        return shard.levels.front();
    }

    RateLimit limit_;
    std::size_t most_in_shard_;
    KeyHash hash_;
    std::array<Shard, k_shards> shards_;
};

RateLimiter::RateLimiter(const std::vector<RateLimit>& limits) {
    for (const auto& limit : limits) {
        buckets_.push_back(std::make_unique<Bucket>(limit));
    }
}

RateLimiter::~RateLimiter() = default;

RateLimiter::Bucket& RateLimiter::bucket_of(std::string_view name) const {
    const auto found = std::ranges::find_if(buckets_, [&](const auto& bucket) { return bucket->name() == name; });
    assert(found != buckets_.end());
    return **found;
}

RateVerdict RateLimiter::take(std::string_view bucket, std::string_view key, double cost, Clock::time_point now) {
    return bucket_of(bucket).take(key, cost, now);
}

std::size_t RateLimiter::keys(std::string_view bucket) const { return bucket_of(bucket).keys(); }

} // namespace shirube::server
