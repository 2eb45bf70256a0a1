#include "importers/cleaning/withheld.hpp"

#include "importers/cleaning/text.hpp"

#include <algorithm>
#include <array>

namespace shirube::importers {

namespace {

/// The words of a cell without blanks, brackets and reference marks around them.
std::string bare_words(std::string_view cell) {
    std::u32string points = plain_points(cell);
    std::erase_if(points, [](char32_t c) {
        constexpr std::u32string_view dropped = U" ()[]【】「」『』<>〈〉※*。.、";
        return dropped.find(c) != std::u32string_view::npos;
    });
    return utf8(points);
}

template <std::size_t N>
bool is_one_of(std::string_view words, const std::array<std::string_view, N>& list) {
    return std::ranges::find(list, words) != list.end();
}

} // namespace

bool is_withheld(std::string_view cell) {
    std::string words = bare_words(cell);
    if (words.starts_with("以下")) {
        words.erase(0, std::string_view("以下").size());
    }
    if (words.starts_with("住所")) {
        words.erase(0, std::string_view("住所").size());
    }
    constexpr std::array<std::string_view, 8> k_words{"非公開", "未公開",   "非公表", "公開不可",
                                                      "非掲載", "掲載不可", "秘匿",   "公表していません"};
    return is_one_of(words, k_words);
}

bool is_delivered(std::string_view cell) {
    constexpr std::array<std::string_view, 6> k_words{"個別配送", "宅配", "配達", "訪問のみ", "配送", "個別宅配"};
    return is_one_of(bare_words(cell), k_words);
}

bool says_nothing(std::string_view cell) {
    constexpr std::array<std::string_view, 10> k_words{"-",    "--",   "無し", "なし",     "無",
                                                       "不明", "未定", "N/A",  "該当なし", "特になし"};
    return is_one_of(bare_words(cell), k_words);
}

} // namespace shirube::importers
