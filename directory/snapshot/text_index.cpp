#include "directory/snapshot/text_index.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace shirube::directory {

namespace {

constexpr unsigned k_least_bucket_bits = 8;
constexpr unsigned k_most_bucket_bits = 18;

/// Length in bytes of the UTF-8 character that starts with `lead`. Folded text is valid UTF-8.
std::size_t length_of(char lead) noexcept {
    const auto byte = static_cast<unsigned char>(lead);
    return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

std::uint32_t bucket_of(std::uint32_t first, std::uint32_t second, unsigned bits) noexcept {
    const std::uint64_t both = (std::uint64_t{first} << 32U | second) * 0x9e3779b97f4a7c15ULL;
    return static_cast<std::uint32_t>(both >> (64 - bits));
}

/// visit(bucket, at) for each pair of neighbouring characters, by the byte where it begins; pairs over a separator are
/// none.
template <class Visit>
void for_each_bigram(std::string_view text, unsigned bits, Visit&& visit) {
    std::uint32_t previous = 0;
    std::size_t previous_at = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto length = std::min(length_of(text[at]), text.size() - at);
        std::uint32_t character = 0;
        for (std::size_t i = 0; i < length; ++i) {
            character = character << 8U | static_cast<unsigned char>(text[at + i]);
        }
        const std::size_t here = std::exchange(at, at + length);
        if (character == static_cast<std::uint32_t>(TextIndex::k_separator)) {
            previous = 0;
            continue;
        }
        if (previous != 0) {
            visit(bucket_of(previous, character, bits), static_cast<std::uint32_t>(previous_at));
        }
        previous = character;
        previous_at = here;
    }
}

} // namespace

void TextIndex::add(std::initializer_list<std::string_view> parts) {
    for (const auto part : parts) {
        if (part.empty()) {
            continue;
        }
        text_ += part;
        text_ += k_separator;
    }
    first_.push_back(static_cast<std::uint32_t>(text_.size()));
}

void TextIndex::build() {
    // Counted first, then laid out: two passes over the text, no sorting, no list that grows.
    bucket_bits_ =
        std::clamp(static_cast<unsigned>(std::bit_width(text_.size())), k_least_bucket_bits, k_most_bucket_bits);
    const std::uint32_t buckets = 1U << bucket_bits_;
    first_posting_.assign(buckets + 1, 0);
    for_each_bigram(text_, bucket_bits_, [&](std::uint32_t bucket, std::uint32_t) { ++first_posting_[bucket + 1]; });
    for (std::uint32_t bucket = 0; bucket < buckets; ++bucket) {
        first_posting_[bucket + 1] += first_posting_[bucket];
    }
    postings_.resize(first_posting_.back());
    std::vector<std::uint32_t> next(first_posting_.begin(), first_posting_.end() - 1);
    for_each_bigram(text_, bucket_bits_,
                    [&](std::uint32_t bucket, std::uint32_t at) { postings_[next[bucket]++] = at; });
}

std::optional<TextIndex::Places> TextIndex::places(std::string_view word) const {
    // The rarest bigram alone gives the places: looking there costs less than intersecting longer lists.
    std::optional<Places> out;
    for_each_bigram(word, bucket_bits_, [&](std::uint32_t bucket, std::uint32_t inside) {
        const auto count = first_posting_[bucket + 1] - first_posting_[bucket];
        if (!out || count < out->at.size()) {
            out = Places{std::span(postings_).subspan(first_posting_[bucket], count), inside};
        }
    });
    return out;
}

std::vector<std::uint32_t> TextIndex::find(std::string_view word) const {
    std::vector<std::uint32_t> found;
    for_each(word, [&](std::uint32_t number, std::size_t) {
        found.push_back(number);
        return true;
    });
    return found;
}

} // namespace shirube::directory
