// Finds words inside folded names, two characters suffice: bigrams hashed into buckets, each with its documents in
// order; what the buckets have in common is verified against the folded text itself, so a collision costs time, never
// an answer.
#pragma once

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
    /// Documents that may contain the word, ascending; nothing where that is said of all of them.
    [[nodiscard]] std::optional<std::span<const std::uint32_t>> candidates(std::string_view folded_word) const;

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
    if (folded_word.empty()) {
        return;
    }
    const auto may = candidates(folded_word);
    const std::size_t count = may ? may->size() : size();
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t number = may ? (*may)[i] : static_cast<std::uint32_t>(i);
        if (skip(number)) {
            continue;
        }
        const std::size_t at = find_word(document(number), folded_word);
        if (at != std::string_view::npos && !visit(number, at)) {
            return;
        }
    }
}

} // namespace shirube::directory
