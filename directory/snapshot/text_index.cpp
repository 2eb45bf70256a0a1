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

constexpr std::uint64_t k_several = ~std::uint64_t{0}; // no bigram: UTF-8 has no byte 0xff

std::uint32_t bucket_of(std::uint64_t bigram, unsigned bits) noexcept {
    return static_cast<std::uint32_t>((bigram * 0x9e3779b97f4a7c15ULL) >> (64 - bits));
}

/// visit(bigram, at) for each pair of neighbouring characters, by the byte where it begins; pairs over a separator are
/// none.
template <class Visit>
void for_each_bigram(std::string_view text, Visit&& visit) {
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
            visit(std::uint64_t{previous} << 32U | character, static_cast<std::uint32_t>(previous_at));
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
    bigram_of_.assign(buckets, 0);
    for_each_bigram(text_, [&](std::uint64_t bigram, std::uint32_t) {
        const auto bucket = bucket_of(bigram, bucket_bits_);
        ++first_posting_[bucket + 1];
        auto& only = bigram_of_[bucket];
        only = only == 0 || only == bigram ? bigram : k_several;
    });
    for (std::uint32_t bucket = 0; bucket < buckets; ++bucket) {
        first_posting_[bucket + 1] += first_posting_[bucket];
    }
    postings_.resize(first_posting_.back());
    std::vector<std::uint32_t> next(first_posting_.begin(), first_posting_.end() - 1);
    for_each_bigram(text_, [&](std::uint64_t bigram, std::uint32_t at) {
        postings_[next[bucket_of(bigram, bucket_bits_)]++] = at;
    });
    document_of_block_.reserve((text_.size() >> k_block_bits) + 1);
    std::uint32_t number = 0;
    for (std::size_t block = 0; block < text_.size(); block += std::size_t{1} << k_block_bits) {
        while (first_[number + 1] <= block) {
            ++number;
        }
        document_of_block_.push_back(number);
    }
}

std::optional<TextIndex::Candidates> TextIndex::candidates(std::string_view word) const {
    // Reading a list in order is many times faster than comparing text wherever a place says.
    constexpr std::size_t k_times_longer = 8;
    std::vector<Places> all;
    bool is_told_apart = word.find(k_separator) == std::string_view::npos;
    for_each_bigram(word, [&](std::uint64_t bigram, std::uint32_t inside) {
        const auto bucket = bucket_of(bigram, bucket_bits_);
        const auto first = first_posting_[bucket];
        all.push_back({std::span(postings_).subspan(first, first_posting_[bucket + 1] - first), inside});
        is_told_apart = is_told_apart && bigram_of_[bucket] == bigram;
    });
    if (all.empty()) {
        return std::nullopt;
    }
    const auto length = [](const Places& places) { return places.at.size(); };
    std::ranges::sort(all, {}, length);
    Candidates out{.rarest = all.front(), .others = {all.begin() + 1, all.end()}};
    out.tells_all =
        is_told_apart && (out.others.empty() || length(out.others.back()) <= k_times_longer * length(out.rarest));
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
