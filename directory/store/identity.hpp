// Public ids: opaque, minted once, stable over re-import and undo, and independent of the order of imports. An id is a
// keyed hash (BLAKE2b) of what it stands for under the store's own random secret: without the secret it tells nothing,
// and the same row of the same list always has the same one.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace shirube::directory {

using StoreSecret = std::array<std::uint8_t, 32>;

StoreSecret new_store_secret();

/// 13 characters of base32 (Crockford, lower case): 65 bits, so that 10 million ids collide with a chance below 2^-19.
std::string mint_id(const StoreSecret& secret, std::string_view type, std::initializer_list<std::string_view> parts);

/// 16 bytes that name a content (BLAKE2b). Parts are told apart by their lengths.
std::array<std::uint8_t, 16> digest_of(std::initializer_list<std::string_view> parts);

} // namespace shirube::directory
