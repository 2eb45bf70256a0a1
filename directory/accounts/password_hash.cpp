#include "directory/accounts/password_hash.hpp"

#include "directory/accounts/tokens.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <cerrno>
#include <stdexcept>

namespace shirube::directory {

namespace {

template <std::size_t n>
std::string random_base64() {
    std::array<unsigned char, n> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, sodium_base64_ENCODED_LEN(n, sodium_base64_VARIANT_ORIGINAL_NO_PADDING)> text{};
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
    return text.data();
}

} // namespace

PasswordCost PasswordCost::interactive() noexcept {
    return {crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE};
}

PasswordCost PasswordCost::moderate() noexcept {
    return {crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE};
}

PasswordCost PasswordCost::least() noexcept { return {crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN}; }

PasswordCost cost_of(PasswordEffort effort) noexcept {
    return effort == PasswordEffort::moderate ? PasswordCost::moderate() : PasswordCost::interactive();
}

std::string hash_password(const std::string& password, const PasswordCost& cost) {
    begin_sodium();
    std::array<char, crypto_pwhash_STRBYTES> text{};
    if (crypto_pwhash_str_alg(text.data(), password.data(), password.size(), cost.operations, cost.memory_bytes,
                              crypto_pwhash_ALG_ARGON2ID13) != 0) {
        throw std::runtime_error(fmt::format("A password could not be hashed: {} MiB of memory are needed.",
                                             cost.memory_bytes / (1024 * 1024)));
    }
    return text.data();
}

bool is_password_of(const std::string& hash, const std::string& password) {
    begin_sodium();
    errno = 0;
    const bool fits = crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
    if (!fits && errno == ENOMEM) {
        throw std::runtime_error("A password could not be looked at: there is not the memory for it.");
    }
    return fits;
}

bool needs_rehash(const std::string& hash, const PasswordCost& cost) {
    begin_sodium();
    return crypto_pwhash_str_needs_rehash(hash.c_str(), cost.operations, cost.memory_bytes) != 0;
}

std::string hash_of_nobody(const PasswordCost& cost) {
    begin_sodium();
    return fmt::format("$argon2id$v=19$m={},t={},p=1${}${}", cost.memory_bytes / 1024, cost.operations,
                       random_base64<16>(), random_base64<32>());
}

std::optional<HashingTurns::Turn> HashingTurns::take() {
    std::unique_lock lock(mutex_);
    if (free_ == 0) {
        if (places_ == 0) {
            return std::nullopt;
        }
        --places_;
        freed_.wait(lock, [this] { return free_ > 0; });
        ++places_;
    }
    --free_;
    return std::optional<Turn>(std::in_place, *this);
}

HashingTurns::Turn::~Turn() {
    if (turns_ == nullptr) {
        return;
    }
    {
        const std::scoped_lock lock(turns_->mutex_);
        ++turns_->free_;
    }
    turns_->freed_.notify_one();
}

} // namespace shirube::directory
