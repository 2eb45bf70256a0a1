// Finds words inside folded names, two characters suffice: bigrams hashed into buckets, each with the places in the
// text where they stand, in order. A word is compared with the text at the places of its rarest bigram, so a collision
// costs time, never an answer, and no document is searched.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// Where a document first holds a word, in bytes; npos where it does not. Folded text is Japanese for the most part,
/// whose characters all begin with one of two bytes: looked for is the last byte of the word, by which they differ.
/// \pre the word is not empty
inline std::size_t find_word(std::string_view document, std::string_view word) noexcept {
    const std::size_t before = word.size() - 1;
    const char* const text = document.data();
    for (std::size_t at = before; at < document.size();) {
        const void* const found = std::memchr(text + at, word.back(), document.size() - at);
        if (found == nullptr) {
            break;
        }
        const auto last = static_cast<std::size_t>(static_cast<const char*>(found) - text);
        if (std::memcmp(text + last - before, word.data(), before) == 0) {
            return last - before;
        }
        at = last + 1;
    }
    return std::string_view::npos;
}

class TextIndex {
  public:
    TextIndex() = default;

    /// Adds the next document; its parts must be folded already and are kept apart.
    void add(std::initializer_list<std::string_view> parts);

    /// Call once after the last document.
    void build();

    /// Documents that contain the folded word, ascending. One character scans everything; more use the buckets.
    [[nodiscard]] std::vector<std::uint32_t> find(std::string_view folded_word) const;

    /// visit(number, at) for documents that contain the folded word, ascending, with the byte it first stands at; ends
    /// where visit answers false.
    template <class Visit>
    void for_each(std::string_view folded_word, Visit&& visit) const;

    /// The same of those alone of which skip(number) is false: they are not looked into.
    template <class Skip, class Visit>
    void for_each_but(std::string_view folded_word, Skip&& skip, Visit&& visit) const;

    /// What keeps the parts of a document apart.
    static constexpr char k_separator = '\x1f';

    [[nodiscard]] std::string_view document(std::uint32_t number) const noexcept {
        return std::string_view{text_}.substr(first_[number], first_[number + 1] - first_[number]);
    }
    [[nodiscard]] std::size_t size() const noexcept { return first_.size() - 1; }

  private:
    /// Where the word's rarest bigram stands.
    struct Places {
        std::span<const std::uint32_t> at; ///< bytes into the text, ascending
        std::uint32_t inside = 0;          ///< bytes from the word's start to that bigram
    };

    /// Nothing for a single character, of which no bigram tells.
    [[nodiscard]] std::optional<Places> places(std::string_view folded_word) const;

    /// The document of a place in the text that lies in `from` or a later one.
    [[nodiscard]] std::uint32_t document_at(std::uint32_t place, std::uint32_t from) const noexcept {
        std::uint32_t step = 1;
        while (from + step < size() && first_[from + step] <= place) {
            from += step;
            step *= 2;
        }
        const auto last = first_.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(from + step, size()));
        const auto next = std::upper_bound(first_.begin() + from, last, place);
        return static_cast<std::uint32_t>(next - first_.begin()) - 1;
    }

    std::string text_;
    std::vector<std::uint32_t> first_{0}; ///< one past the last too
    unsigned bucket_bits_ = 0; ///< as many as the text is worth: an overlay of a few documents is to cost little
    std::vector<std::uint32_t> first_posting_;
    std::vector<std::uint32_t> postings_;
};

template <class Visit>
void TextIndex::for_each(std::string_view folded_word, Visit&& visit) const {
    for_each_but(folded_word, [](std::uint32_t) { return false; }, visit);
}

template <class Skip, class Visit>
void TextIndex::for_each_but(std::string_view folded_word, Skip&& skip, Visit&& visit) const {
    if (folded_word.empty() || size() == 0) {
        return;
    }
    const auto may = places(folded_word);
    if (!may) {
        for (std::uint32_t number = 0; number < size(); ++number) {
            if (skip(number)) {
                continue;
            }
            const std::size_t at = find_word(document(number), folded_word);
            if (at != std::string_view::npos && !visit(number, at)) {
                return;
            }
        }
        return;
    }
    std::uint32_t number = 0;
    std::uint32_t seen_before = 0; // documents below are dealt with
    // Each comparison reads the text somewhere else: it is fetched while those before it are made.
    constexpr std::size_t k_ahead = 16;
    for (std::size_t i = 0; i < may->at.size(); ++i) {
        const std::uint32_t place = may->at[i];
        if (i + k_ahead < may->at.size()) {
            __builtin_prefetch(text_.data() + may->at[i + k_ahead]);
        }
        if (place < first_[seen_before]) {
            continue;
        }
        number = document_at(place, number);
        if (skip(number)) {
            seen_before = number + 1;
            continue;
        }
        const std::uint32_t start = place - may->inside;
        if (place < may->inside || start < first_[number] || start + folded_word.size() > text_.size() ||
            std::memcmp(text_.data() + start, folded_word.data(), folded_word.size()) != 0) {
            continue;
        }
        if (!visit(number, start - first_[number])) {
            return;
        }
        seen_before = number + 1;
    }
}

} // namespace shirube::directory
