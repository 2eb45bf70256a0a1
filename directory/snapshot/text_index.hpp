// Finds words inside folded names, two characters suffice: bigrams hashed into buckets, each with the places in the
// text where they stand, in order. A word stands where all its bigrams stand one behind the other: their lists are gone
// through side by side, and the text itself is not read. Where one list is much shorter than the others, or bigrams
// share a bucket, the word is compared with the text at the places of the shortest: a collision costs time, never an
// answer. No document is searched.
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
    /// Where a bigram of a word stands.
    struct Places {
        std::span<const std::uint32_t> at; ///< bytes into the text, ascending
        std::uint32_t inside = 0;          ///< bytes from the word's start to that bigram
    };

    /// Where the word may stand.
    struct Candidates {
        Places rarest;              ///< of its bigrams, as far as buckets tell
        std::vector<Places> others; ///< where these stand with the rarest, the word does
        bool tells_all = false;     ///< else the word has to be compared with the text at the rarest's places
    };

    /// Nothing for a single character, of which no bigram tells.
    [[nodiscard]] std::optional<Candidates> candidates(std::string_view folded_word) const;

    /// visit(start), ascending, wherever the word stands in the text; ends where visit answers false.
    /// \pre candidates.tells_all
    template <class Visit>
    static void for_each_start(Candidates candidates, Visit&& visit);

    /// The document that a byte of the text is of.
    [[nodiscard]] std::uint32_t document_at(std::uint32_t place) const noexcept {
        std::uint32_t number = document_of_block_[place >> k_block_bits];
        while (first_[number + 1] <= place) {
            ++number;
        }
        return number;
    }

    static constexpr unsigned k_block_bits = 6; ///< bytes of the text by which documents are found: about one each

    std::string text_;
    std::vector<std::uint32_t> first_{0};          ///< one past the last too
    std::vector<std::uint32_t> document_of_block_; ///< that the first byte of each block is of
    unsigned bucket_bits_ = 0; ///< as many as the text is worth: an overlay of a few documents is to cost little
    std::vector<std::uint64_t> bigram_of_; ///< the only one of each bucket; k_several; 0: none
    std::vector<std::uint32_t> first_posting_;
    std::vector<std::uint32_t> postings_;
};

template <class Visit>
void TextIndex::for_each_start(Candidates candidates, Visit&& visit) {
    for (const std::uint32_t place : candidates.rarest.at) {
        const std::int64_t start = std::int64_t{place} - candidates.rarest.inside;
        bool stands = true;
        for (auto& other : candidates.others) {
            std::size_t passed = 0;
            while (passed < other.at.size() && other.at[passed] < start + other.inside) {
                ++passed;
            }
            other.at = other.at.subspan(passed);
            if (other.at.empty()) {
                return;
            }
            if (other.at.front() != start + other.inside) {
                stands = false;
                break;
            }
        }
        if (stands && !visit(static_cast<std::uint32_t>(start))) {
            return;
        }
    }
}

template <class Visit>
void TextIndex::for_each(std::string_view folded_word, Visit&& visit) const {
    for_each_but(folded_word, [](std::uint32_t) { return false; }, visit);
}

template <class Skip, class Visit>
void TextIndex::for_each_but(std::string_view folded_word, Skip&& skip, Visit&& visit) const {
    if (folded_word.empty() || size() == 0) {
        return;
    }
    const auto may = candidates(folded_word);
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
    std::uint32_t dealt_with = 0; // documents below
    if (may->tells_all) {
        for_each_start(*may, [&](std::uint32_t start) {
            if (start < first_[dealt_with]) {
                return true;
            }
            const std::uint32_t number = document_at(start);
            dealt_with = number + 1;
            return skip(number) || visit(number, start - first_[number]);
        });
        return;
    }
    for (const std::uint32_t place : may->rarest.at) {
        if (place < first_[dealt_with]) {
            continue;
        }
        const std::uint32_t number = document_at(place);
        if (skip(number)) {
            dealt_with = number + 1;
            continue;
        }
        const std::uint32_t start = place - may->rarest.inside;
        if (place < may->rarest.inside || start < first_[number] || start + folded_word.size() > text_.size() ||
            std::memcmp(text_.data() + start, folded_word.data(), folded_word.size()) != 0) {
            continue;
        }
        if (!visit(number, start - first_[number])) {
            return;
        }
        dealt_with = number + 1;
    }
}

} // namespace shirube::directory
