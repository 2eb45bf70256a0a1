// GeoJSON features rendered once an edition: everything of a service that does not depend on the question.
#pragma once

#include "directory/snapshot/memberships.hpp"
#include "directory/snapshot/text_buffer.hpp"
#include "directory/state.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace shirube::directory {

class Fragments {
  public:
    Fragments() = default;
    /// Renders on two threads; the result does not depend on how many there are.
    Fragments(const State& state, const Taxonomy& taxonomy, const Lists<Membership>& by_site);

    /// `{"type":"Feature",…,"properties":{…` with the properties still open: what depends on the question (status,
    /// distance, open) and the closing braces follow.
    [[nodiscard]] std::string_view of(std::uint32_t service) const noexcept {
        const Part& part = parts_[service / part_size_];
        const std::size_t at = service % part_size_;
        return part.text.view().substr(part.first[at], part.first[at + 1] - part.first[at]);
    }

    /// Ask the processor for what of() will read: where a fragment lies; then the fragment.
    void fetch_place(std::uint32_t service) const noexcept {
        __builtin_prefetch(parts_[service / part_size_].first.data() + service % part_size_);
    }
    void fetch(std::uint32_t service) const noexcept {
        constexpr std::size_t cache_line = 64;
        const auto text = of(service);
        for (std::size_t at = 0; at < text.size(); at += cache_line) {
            __builtin_prefetch(text.data() + at);
        }
    }

  private:
    struct Part {
        TextBuffer text;
        std::vector<std::size_t> first; ///< one past the last too
    };

    std::vector<Part> parts_;
    std::size_t part_size_ = 1; ///< services of a part
};

} // namespace shirube::directory
