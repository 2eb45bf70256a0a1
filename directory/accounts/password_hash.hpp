// Argon2id by libsodium, and how many of these costly computations may run at a time.
#pragma once

#include "directory/accounts.hpp"

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace shirube::directory {

/// \param password as plain_password() writes it
/// \returns the hash with its salt and cost \throws std::runtime_error where there is not the memory for it
std::string hash_password(const std::string& password, const PasswordCost& cost);
/// \throws std::runtime_error where there is not the memory to find out
bool is_password_of(const std::string& hash, const std::string& password);
/// Whether the hash was made at another cost.
bool needs_rehash(const std::string& hash, const PasswordCost& cost);

/// What no password fits and takes as long to find out: dice in place of salt and hash, for names that do not exist.
std::string hash_of_nobody(const PasswordCost& cost);

/// Where too many wait for their turn: soon somebody's is over.
inline constexpr std::int64_t k_crowd_wait_s = 2;

/// Lets few hash at a time: each takes the memory of its cost, and thirty people at half past eight would take eight
/// gigabytes.
class HashingTurns {
  public:
    HashingTurns(std::size_t most_at_once, std::size_t most_waiting) : free_(most_at_once), places_(most_waiting) {}

    class Turn {
      public:
        explicit Turn(HashingTurns& turns) : turns_(&turns) {}
        Turn(Turn&& other) noexcept : turns_(std::exchange(other.turns_, nullptr)) {}
        Turn& operator=(Turn&&) = delete;
        ~Turn();

      private:
        HashingTurns* turns_;
    };

    /// Waits for a turn; nothing where too many wait already.
    std::optional<Turn> take();

  private:
    std::mutex mutex_;
    std::condition_variable freed_;
    std::size_t free_;
    std::size_t places_; ///< to wait at
};

} // namespace shirube::directory
