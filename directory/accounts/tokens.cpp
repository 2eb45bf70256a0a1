#include "directory/accounts/tokens.hpp"

#include "directory/accounts.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <stdexcept>

namespace shirube::directory {

namespace {

constexpr std::string_view k_base32 = "0123456789abcdefghjkmnpqrstvwxyz"; // without i, l, o, u: read over the telephone
constexpr std::size_t k_token_bytes = 32;
constexpr std::size_t k_token_length = 43;

std::string base64url(std::span<const std::uint8_t> bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text.pop_back(); // the NUL
    return text;
}

Hash blake2b(std::string_view text, std::span<const std::uint8_t> key) {
    begin_sodium();
    Hash hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                       key.empty() ? nullptr : key.data(), key.size());
    return hash;
}

/// Random characters of the base32 alphabet in groups of `group`.
std::string random_groups(int groups, int group) {
    begin_sodium();
    std::string text;
    for (int i = 0; i < groups * group; ++i) {
        if (i > 0 && i % group == 0) {
            text += '-';
        }
        text += k_base32[randombytes_uniform(static_cast<std::uint32_t>(k_base32.size()))];
    }
    return text;
}

} // namespace

void begin_sodium() {
    static const bool ready = sodium_init() >= 0;
    if (!ready) {
        throw std::runtime_error("libsodium cannot be initialised on this machine.");
    }
}

FileSecret new_file_secret() {
    begin_sodium();
    FileSecret secret{};
    randombytes_buf(secret.data(), secret.size());
    return secret;
}

std::string new_token() {
    begin_sodium();
    std::array<std::uint8_t, k_token_bytes> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return base64url(bytes);
}

bool may_be_token(std::string_view text) noexcept { return text.size() == k_token_length; }

Hash hash_of_token(std::string_view token) { return blake2b(token, {}); }

std::string csrf_of(std::string_view token) {
    const std::span<const std::uint8_t> key(reinterpret_cast<const std::uint8_t*>(token.data()), token.size());
    return base64url(blake2b("csrf", key));
}

Hash keyed_hash(const FileSecret& secret, std::string_view kind, std::string_view text) {
    std::string whole(kind);
    whole += '\0';
    whole += text;
    return blake2b(whole, secret);
}

std::array<std::uint8_t, 20> new_totp_secret() {
    begin_sodium();
    std::array<std::uint8_t, 20> secret{};
    randombytes_buf(secret.data(), secret.size());
    return secret;
}

std::string new_recovery_code() { return random_groups(4, 4); }

Hash hash_of_recovery_code(const FileSecret& secret, std::int64_t account, std::string_view typed) {
    std::string plain = fmt::format("{} ", account);
    for (const char raw : typed) {
        const char c = raw >= 'A' && raw <= 'Z' ? static_cast<char>(raw - 'A' + 'a') : raw;
        if (c == ' ' || c == '-') {
            continue;
        }
        plain += c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c;
    }
    return keyed_hash(secret, "recovery", plain);
}

std::string random_password() { return random_groups(5, 4); }

} // namespace shirube::directory
