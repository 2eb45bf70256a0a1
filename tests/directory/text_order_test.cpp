#include "directory/text_order.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>
#include <random>
#include <string>

using namespace shirube::directory;

namespace {

std::vector<std::uint32_t> naive_order(const std::vector<std::string_view>& texts) {
    std::vector<std::uint32_t> order(texts.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order, [&](std::uint32_t a, std::uint32_t b) { return texts[a] < texts[b]; });
    return order;
}

} // namespace

TEST_CASE("Texts are put in the order of their bytes, equal ones in the order they came") {
    const std::vector<std::string_view> texts{"標東児童館", "標", "", "標東児童館", "ab", std::string_view("ab\0", 3),
                                              "a"};
    CHECK(text_order(texts) == naive_order(texts));
    CHECK(text_order({}).empty());
}

TEST_CASE("Texts that differ only late, or in length, or in zeros, are ordered as comparing them orders") {
    std::mt19937 random(20261125);
    const auto below = [&random](std::uint32_t most) { return static_cast<std::uint32_t>(random() % most); };
    for (int round = 0; round < 200; ++round) {
        std::vector<std::string> owned;
        const std::string common(below(40), 'x');
        for (std::uint32_t i = below(60); i > 0; --i) {
            std::string text = below(3) == 0 ? std::string{} : common;
            for (std::uint32_t more = below(5); more > 0; --more) {
                text += static_cast<char>(std::array{0, 1, 0x7f, 0x80, 0xff}[below(5)]);
            }
            owned.push_back(std::move(text));
        }
        const std::vector<std::string_view> texts(owned.begin(), owned.end());
        REQUIRE(text_order(texts) == naive_order(texts));
    }
}
