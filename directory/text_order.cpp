#include "directory/text_order.hpp"

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>

namespace shirube::directory {

namespace {

/// The first bytes of a text as numbers that compare as the bytes do; a text that is shorter is filled up with zeros.
struct Head {
    std::array<std::uint64_t, 3> words{};
    std::uint32_t place = 0;
};

constexpr std::size_t k_head_bytes = sizeof(Head::words);

Head head_of(std::string_view text, std::uint32_t place) noexcept {
    Head head{.words = {}, .place = place};
    const std::size_t bytes = std::min(text.size(), k_head_bytes);
    for (std::size_t i = 0; i < bytes; ++i) {
        head.words[i / 8] |= std::uint64_t{static_cast<unsigned char>(text[i])} << (56 - 8 * (i % 8));
    }
    return head;
}

} // namespace

std::vector<std::uint32_t> text_order(std::span<const std::string_view> texts) {
    std::vector<Head> heads;
    heads.reserve(texts.size());
    for (std::uint32_t place = 0; place < texts.size(); ++place) {
        heads.push_back(head_of(texts[place], place));
    }
    std::ranges::sort(heads, [texts](const Head& left, const Head& right) {
        if (left.words != right.words) {
            return left.words < right.words;
        }
        // Equal heads: the rest decides, and where a text ends within the head its length does (a byte may be zero).
        const auto rest = texts[left.place] <=> texts[right.place];
        return rest != 0 ? rest < 0 : left.place < right.place;
    });
    std::vector<std::uint32_t> order;
    order.reserve(heads.size());
    for (const Head& head : heads) {
        order.push_back(head.place);
    }
    return order;
}

} // namespace shirube::directory
