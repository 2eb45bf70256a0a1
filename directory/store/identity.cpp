#include "directory/store/identity.hpp"

#include <sodium.h>

#include <stdexcept>

namespace shirube::directory {

namespace {

constexpr std::string_view k_base32 = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::size_t k_id_length = 13;

void begin() {
    static const bool ready = sodium_init() >= 0;
    if (!ready) {
        throw std::runtime_error("libsodium cannot be initialised on this machine.");
    }
}

void add_part(crypto_generichash_state& state, std::string_view part) {
    const std::uint64_t size = part.size();
    std::array<std::uint8_t, 8> length{};
    for (std::size_t i = 0; i < length.size(); ++i) {
        length[i] = static_cast<std::uint8_t>(size >> (8 * i));
    }
    crypto_generichash_update(&state, length.data(), length.size());
    crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(part.data()), part.size());
}

} // namespace

StoreSecret new_store_secret() {
    begin();
    StoreSecret secret{};
    randombytes_buf(secret.data(), secret.size());
    return secret;
}

std::string mint_id(const StoreSecret& secret, std::string_view type, std::initializer_list<std::string_view> parts) {
    begin();
    crypto_generichash_state state;
    std::array<std::uint8_t, 16> hash{};
    crypto_generichash_init(&state, secret.data(), secret.size(), hash.size());
    add_part(state, type);
    for (const auto part : parts) {
        add_part(state, part);
    }
    crypto_generichash_final(&state, hash.data(), hash.size());

    std::string id;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const auto byte : hash) {
        if (id.size() == k_id_length) {
            break; // what is left of the hash would only pile up
        }
        bits = bits << 8U | byte;
        held += 8;
        while (held >= 5 && id.size() < k_id_length) {
            held -= 5;
            id += k_base32[bits >> held & 31U];
        }
        bits &= (1U << held) - 1;
    }
    return id;
}

std::array<std::uint8_t, 16> digest_of(std::initializer_list<std::string_view> parts) {
    begin();
    crypto_generichash_state state;
    std::array<std::uint8_t, 16> hash{};
    crypto_generichash_init(&state, nullptr, 0, hash.size());
    for (const auto part : parts) {
        add_part(state, part);
    }
    crypto_generichash_final(&state, hash.data(), hash.size());
    return hash;
}

} // namespace shirube::directory
