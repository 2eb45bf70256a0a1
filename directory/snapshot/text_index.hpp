// Finds words inside folded names, two characters suffice: bigrams hashed into buckets, each with its documents in
// order; what the buckets have in common is verified against the folded text itself, so a collision costs time, never
// an answer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

class TextIndex {
  public:
    TextIndex() = default;

    /// Adds the next document; its parts must be folded already and are kept apart.
    void add(std::initializer_list<std::string_view> parts);

    /// Call once after the last document.
    void build();

    /// Documents that contain the folded word, ascending. One character scans everything; more use the buckets.
    [[nodiscard]] std::vector<std::uint32_t> find(std::string_view folded_word) const;

    [[nodiscard]] std::string_view document(std::uint32_t number) const noexcept {
        return std::string_view{text_}.substr(first_[number], first_[number + 1] - first_[number]);
    }
    [[nodiscard]] std::size_t size() const noexcept { return first_.size() - 1; }

  private:
    std::string text_;
    std::vector<std::uint32_t> first_{0}; ///< one past the last too
    unsigned bucket_bits_ = 0; ///< as many as the text is worth: an overlay of a few documents is to cost little
    std::vector<std::uint32_t> first_posting_;
    std::vector<std::uint32_t> postings_;
};

} // namespace shirube::directory
