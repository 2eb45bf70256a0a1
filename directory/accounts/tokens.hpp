// Random tokens and the hashes that the file keeps in their place.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace shirube::directory {

using Hash = std::array<std::uint8_t, 32>; ///< BLAKE2b
using FileSecret = std::array<std::uint8_t, 32>;

/// libsodium made ready, once. \throws std::runtime_error
void begin_sodium();

FileSecret new_file_secret();

/// 32 random bytes as 43 characters of base64url.
std::string new_token();
/// Whether it has a token's length; nothing else is looked up.
bool may_be_token(std::string_view text) noexcept;
/// Without a key: nobody guesses 32 random bytes.
Hash hash_of_token(std::string_view token);
/// The session's token against forged requests. It follows from the session's own, so that the file need not keep it
/// and a new session has a new one; without the session's token it is as good as random.
std::string csrf_of(std::string_view token);

/// What could be guessed (names, addresses, recovery codes) is hashed under the file's secret. `kind` keeps apart what
/// is hashed for different ends.
Hash keyed_hash(const FileSecret& secret, std::string_view kind, std::string_view text);

/// Twenty random bytes.
std::array<std::uint8_t, 20> new_totp_secret();
/// 80 random bits in four groups of four, digits and lower-case letters without i, l, o, u.
std::string new_recovery_code();
/// As it was typed: spaces and dashes do not count, nor case, o is read as 0, i and l as 1.
Hash hash_of_recovery_code(const FileSecret& secret, std::int64_t account, std::string_view typed);

} // namespace shirube::directory
