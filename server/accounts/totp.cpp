#include "server/accounts/totp.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <stdexcept>

namespace shirube::server {

namespace {

constexpr std::string_view k_alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; // RFC 4648

/// Everything but RFC 3986's unreserved characters as %XX.
std::string percent_encoded(std::string_view text) {
    std::string encoded;
    for (const char c : text) {
        const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                                c == '-' || c == '.' || c == '_' || c == '~';
        if (unreserved) {
            encoded += c;
        } else {
            encoded += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        }
    }
    return encoded;
}

} // namespace

std::string totp_code(std::span<const std::uint8_t> secret, std::int64_t step) {
    std::array<unsigned char, 8> counter{};
    for (std::size_t i = 0; i < counter.size(); ++i) {
        counter[i] = static_cast<unsigned char>(static_cast<std::uint64_t>(step) >> (8 * (counter.size() - 1 - i)));
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned length = 0;
    if (HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(), mac.data(),
             &length) == nullptr ||
        length != 20) {
        throw std::runtime_error("OpenSSL cannot compute HMAC-SHA-1 on this machine.");
    }
    // RFC 4226, 5.3: four bytes from where the last half byte says, without the sign.
    const std::size_t offset = mac[length - 1] & 0x0fU;
    const std::uint32_t number = (static_cast<std::uint32_t>(mac[offset] & 0x7fU) << 24U) |
                                 (static_cast<std::uint32_t>(mac[offset + 1]) << 16U) |
                                 (static_cast<std::uint32_t>(mac[offset + 2]) << 8U) |
                                 static_cast<std::uint32_t>(mac[offset + 3]);
    return fmt::format("{:06}", number % 1'000'000U);
}

std::string base32(std::span<const std::uint8_t> bytes) {
    std::string text;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const auto byte : bytes) {
        bits = bits << 8U | byte;
        held += 8;
        while (held >= 5) {
            held -= 5;
            text += k_alphabet[bits >> held & 31U];
        }
        bits &= (1U << held) - 1;
    }
    if (held > 0) {
        text += k_alphabet[bits << (5 - held) & 31U];
    }
    return text;
}

std::vector<std::uint8_t> from_base32(std::string_view text) {
    std::vector<std::uint8_t> bytes;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        if (c == ' ') {
            continue;
        }
        const auto five = k_alphabet.find(c);
        if (five == std::string_view::npos) {
            return {};
        }
        bits = (bits << 5U | static_cast<std::uint32_t>(five)) & 0xfffU;
        held += 5;
        if (held >= 8) {
            held -= 8;
            bytes.push_back(static_cast<std::uint8_t>(bits >> held & 0xffU));
        }
    }
    return bytes;
}

std::string otpauth_uri(std::string_view issuer, std::string_view account, std::span<const std::uint8_t> secret) {
    const auto name = percent_encoded(issuer);
    return fmt::format("otpauth://totp/{}:{}?secret={}&issuer={}&algorithm=SHA1&digits=6&period=30", name,
                       percent_encoded(account), base32(secret), name);
}

} // namespace shirube::server
