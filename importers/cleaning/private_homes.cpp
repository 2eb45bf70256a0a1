#include "importers/cleaning/private_homes.hpp"

#include "directory/fold.hpp"
#include "importers/cleaning/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace shirube::importers {

namespace {

template <std::size_t N>
bool contains_any(std::string_view text, const std::array<std::string_view, N>& words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// 山田家, 佐藤宅, 花子さん, 夫妻: a household by its name. "しるべの家" is a house that somebody gave a name to.
bool names_household(std::string_view folded) {
    constexpr std::array<std::string_view, 8> k_ends{"家", "宅", "邸", "様", "さん", "氏", "夫妻", "夫婦"};
    constexpr std::array<std::string_view, 3> k_houses{"の家", "支援家", "之家"};
    const auto ends = [folded](std::string_view end) { return folded.ends_with(end); };
    return std::ranges::any_of(k_ends, ends) && !std::ranges::any_of(k_houses, ends);
}

} // namespace

bool names_private_home(std::string_view text) {
    // 養育家庭 is what Tokyo calls a foster family.
    constexpr std::array<std::string_view, 3> k_homes{"里親", "協力家庭", "養育家庭"};
    const std::string words = directory::fold(text);
    if (!contains_any(words, k_homes)) {
        return false;
    }
    constexpr std::array<std::string_view, 15> k_supporters{
        "支援", "せんたー",   "機関",           "会",   "相談",   "研修",   "普及",  "事業",
        "法人", "りくるーと", "ふぉすたりんぐ", "募集", "さろん", "かふぇ", "ひろば"};
    return names_household(words) || !contains_any(words, k_supporters);
}

bool names_private_person(std::string_view operator_kind) {
    const std::string kind = plain(operator_kind);
    return kind.starts_with("個人") && !kind.starts_with("個人情報");
}

} // namespace shirube::importers
