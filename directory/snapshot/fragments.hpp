// GeoJSON features rendered once an edition: everything of a service that does not depend on the question.
#pragma once

#include "directory/snapshot/text_buffer.hpp"
#include "directory/state.hpp"
#include "directory/taxonomy.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

class Part;

class Fragments {
  public:
    Fragments() = default;
    /// Renders on two threads; the result does not depend on how many there are.
    Fragments(const Part& part, const Taxonomy& taxonomy, std::span<const DistrictRow> districts);

    /// `{"type":"Feature",…,"properties":{…`, the same for every audience, with the properties still open: what depends
    /// on the question (status, distance, open) and the closing braces follow.
    [[nodiscard]] std::string_view of(std::uint32_t service) const noexcept {
        const Piece& piece = pieces_[service / piece_size_];
        const std::size_t at = service % piece_size_;
        return piece.text.view().substr(piece.first[at], piece.first[at + 1] - piece.first[at]);
    }

    /// Ask the processor for what of() will read: where a fragment lies; then the fragment.
    void fetch_place(std::uint32_t service) const noexcept {
        __builtin_prefetch(pieces_[service / piece_size_].first.data() + service % piece_size_);
    }
    void fetch(std::uint32_t service) const noexcept {
        constexpr std::size_t cache_line = 64;
        const auto text = of(service);
        for (std::size_t at = 0; at < text.size(); at += cache_line) {
            __builtin_prefetch(text.data() + at);
        }
    }

  private:
    struct Piece {
        TextBuffer text;
        std::vector<std::size_t> first; ///< one past the last too
    };

    std::vector<Piece> pieces_;
    std::size_t piece_size_ = 1; ///< services of a piece
};

/// What staff's answers have behind a fragment: `,"visibility":…`. Not kept: nearly all of it says that there is
/// nothing.
std::string staff_fragment(const SiteRow& site, const ServiceRow& service);

} // namespace shirube::directory
