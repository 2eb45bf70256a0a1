// Codes of authenticators: RFC 6238 over RFC 4226 with SHA-1, six digits and 30 seconds, which is what every
// authenticator can do (several silently ignore anything else that a URI asks for).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

/// \param step Unix seconds / 30
/// \returns six digits
std::string totp_code(std::span<const std::uint8_t> secret, std::int64_t step);

/// RFC 4648, upper case, without padding: as authenticators take it.
std::string base32(std::span<const std::uint8_t> bytes);

/// Reads what base32() wrote, blanks between its letters left out; empty where it is anything else.
std::vector<std::uint8_t> from_base32(std::string_view text);

/// What an authenticator reads from a QR code: otpauth://totp/ISSUER:ACCOUNT?secret=…&issuer=…
/// \param issuer the service as the authenticator shows it; not empty, any UTF-8
std::string otpauth_uri(std::string_view issuer, std::string_view account, std::span<const std::uint8_t> secret);

} // namespace shirube::server
