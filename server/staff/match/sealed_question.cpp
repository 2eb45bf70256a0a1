#include "server/staff/match/sealed_question.hpp"

#include "directory/accounts/tokens.hpp"

#include <sodium.h>

#include <array>
#include <cstddef>
#include <vector>

namespace shirube::server {

namespace {

using Bytes = std::vector<unsigned char>;
constexpr std::size_t k_nonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t k_mark = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr int k_alphabet = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
static_assert(std::tuple_size_v<directory::FileSecret> == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const directory::FileSecret& key() {
    static const directory::FileSecret secret = directory::new_file_secret();
    return secret;
}

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string as_text(const Query& fields) {
    std::string text;
    for (const auto& [name, value] : fields) {
        text += (text.empty() ? "" : "&") + percent_encode(name) + "=" + percent_encode(value);
    }
    return text;
}

} // namespace

std::string sealed(const Query& fields, std::string_view session) {
    const std::string text = as_text(fields);
    const auto& secret = key();
    Bytes box(k_nonce + text.size() + k_mark);
    randombytes_buf(box.data(), k_nonce);
    crypto_aead_xchacha20poly1305_ietf_encrypt(box.data() + k_nonce, nullptr, bytes_of(text), text.size(),
                                               bytes_of(session), session.size(), nullptr, box.data(), secret.data());
    std::string word(sodium_base64_encoded_len(box.size(), k_alphabet), '\0');
    sodium_bin2base64(word.data(), word.size(), box.data(), box.size(), k_alphabet);
    word.pop_back(); // the NUL
    return word;
}

std::optional<Query> opened(std::string_view word, std::string_view session) {
    const auto& secret = key();
    Bytes box(word.size());
    std::size_t size = 0;
    if (sodium_base642bin(box.data(), box.size(), word.data(), word.size(), nullptr, &size, nullptr, k_alphabet) != 0 ||
        size < k_nonce + k_mark) {
        return std::nullopt;
    }
    std::string text(size - k_nonce - k_mark, '\0');
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(text.data()), nullptr, nullptr,
                                                   box.data() + k_nonce, size - k_nonce, bytes_of(session),
                                                   session.size(), box.data(), secret.data()) != 0) {
        return std::nullopt;
    }
    auto fields = parse_query(text);
    return fields ? std::optional(*std::move(fields)) : std::nullopt;
}

} // namespace shirube::server
