#include "importers/cleaning/fees.hpp"

#include "importers/cleaning/text.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>
#include <vector>

namespace shirube::importers {

namespace {

using directory::Fee;

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The cell for machines: "３００ 円" → "300円".
std::string bare(std::string_view cell) { return replaced(replaced(plain(clean_text(cell).text), " ", ""), ",", ""); }

/// What makes 無料 some children's alone: "こども無料、中学生以上寄付", "小学生以下の子ども無料".
bool is_of_some_children(std::string_view text) {
    constexpr std::array<std::string_view, 18> k_words{
        "中学生以上", "高校生以上", "中学生は", "高校生は", "小学生以下", "小学生まで",
        "中学生以下", "中学生まで", "未就学",   "世帯",     "のみ",       "に限",
        "限定",       "初回",       "一部",     "第2子",    "第二子",     "課税"};
    return std::ranges::any_of(k_words,
                               [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// What a remark says about children, where it says it in one of the usual ways.
Fee remark_on_children(std::string_view remark) {
    const std::string text = bare(remark);
    const Fee free = is_of_some_children(text) ? Fee::unknown : Fee::free;
    if (text.starts_with("無料")) {
        return free;
    }
    constexpr std::array<std::string_view, 4> k_children{"こども", "子ども", "子供", "児童"};
    for (const std::string_view child : k_children) {
        const std::size_t at = text.find(child);
        if (at == std::string::npos) {
            continue;
        }
        std::string_view rest = std::string_view(text).substr(at + child.size());
        for (const std::string_view between : {"・おとな", "・保護者", "も", "は", ":", "が"}) {
            if (rest.starts_with(between)) {
                rest.remove_prefix(between.size());
            }
        }
        if (rest.starts_with("無料") || rest.starts_with("0円")) {
            return free;
        }
        const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
        if (digits > 0 && rest.substr(digits).starts_with("円")) {
            return Fee::paid;
        }
    }
    for (const std::string_view age : {"18歳まで", "18歳以下", "18歳未満", "17歳以下"}) {
        const std::size_t at = text.find(age);
        if (at == std::string::npos) {
            continue;
        }
        std::string_view rest = std::string_view(text).substr(at + age.size());
        for (const std::string_view between : {"の方", "は", ":"}) {
            if (rest.starts_with(between)) {
                rest.remove_prefix(between.size());
            }
        }
        if (rest.starts_with("無料")) {
            return free;
        }
    }
    return Fee::unknown;
}

} // namespace

namespace {

/// A sum of money in a text.
struct Price {
    bool costs = false;     ///< more than nothing
    bool of_adults = false; ///< 大人, 保護者 stand before it
};

bool contains_any(std::string_view text, std::initializer_list<std::string_view> words) {
    return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// The sums that a text names: numbers before 円, and those that share one (100~300円).
std::vector<Price> prices_in(std::string_view text) {
    std::vector<Price> prices;
    std::size_t begin = 0; // of the words since the last sum
    for (std::size_t yen = text.find("円"); yen != std::string_view::npos; yen = text.find("円", begin)) {
        std::size_t at = yen;
        while (at > begin && std::string_view("0123456789~-").find(text[at - 1]) != std::string_view::npos) {
            --at;
        }
        const std::string_view before = text.substr(begin, at - begin);
        const bool of_adults = contains_any(before, {"大人", "おとな", "成人", "一般", "保護者", "付添", "付き添"}) &&
                               !contains_any(before, {"子", "こども", "児", "小学", "中学", "高校", "・"});
        for (std::string_view sums = text.substr(at, yen - at); !sums.empty();) {
            const std::size_t digits = std::min(sums.find_first_not_of("0123456789"), sums.size());
            if (digits > 0) {
                prices.push_back({.costs = sums.substr(0, digits).find_first_not_of('0') != std::string_view::npos,
                                  .of_adults = of_adults});
            }
            sums.remove_prefix(std::min(sums.size(), digits + 1));
        }
        begin = yen + std::string_view("円").size();
    }
    return prices;
}

/// "無料", "無料（要予約）", "無料（工作は実費）", but not "無料～500円" nor "無料（非課税世帯）".
bool is_free_for_all(std::string_view text) {
    constexpr std::string_view k_free = "無料";
    if (!text.starts_with(k_free)) {
        return text == "0" || text == "0円" || text == "なし" || text == "無し" || text == "無";
    }
    const std::string_view rest = text.substr(k_free.size());
    const bool costs = std::ranges::any_of(prices_in(rest), &Price::costs);
    return !costs && !contains_any(rest, {"有料", "~", "のみ", "世帯", "限", "未満", "以下", "以上", "まで", "ただし",
                                          "但し", "初回", "または", "又は", "一部", "場合"});
}

} // namespace

Fee parse_fee(std::string_view cell) {
    const std::string text = bare(cell);
    if (text.empty()) {
        return Fee::unknown;
    }
    if (is_free_for_all(text)) {
        return Fee::free;
    }
    if (is_number(text) || text.starts_with("有料") || text.starts_with("実費")) {
        return text.find_first_not_of('0') == std::string::npos ? Fee::unknown : Fee::paid;
    }
    // Paid is what costs everybody something: not where some pay nothing, nor where only grown-ups' sums are told.
    const auto prices = prices_in(text);
    const bool some_free = contains_any(text, {"無料", "免除", "カンパ", "寄付", "任意", "相談"}) ||
                           std::ranges::any_of(prices, [](const Price& price) { return !price.costs; });
    const bool told = std::ranges::any_of(prices, [](const Price& price) { return !price.of_adults; });
    return told && !some_free ? Fee::paid : Fee::unknown;
}

Fee fee_for_children(std::span<const VisitorFee> fees, std::string_view remark) {
    bool all_free = true;
    bool any_said = false;
    for (const VisitorFee& fee : fees) {
        if (!fee.child) {
            continue;
        }
        const Fee read = parse_fee(fee.cell);
        if (read == Fee::paid) {
            return Fee::paid;
        }
        any_said = any_said || !bare(fee.cell).empty();
        all_free = all_free && read == Fee::free;
    }
    if (!any_said) {
        return remark_on_children(remark);
    }
    return all_free ? Fee::free : Fee::unknown;
}

std::string fee_in_words(std::span<const VisitorFee> fees, std::string_view remark) {
    std::string words;
    std::string last;
    for (const VisitorFee& fee : fees) {
        std::string price = bare(fee.cell);
        if (price.empty()) {
            last.clear();
            continue;
        }
        if (is_number(price)) {
            price += "円";
        }
        if (price == last) {
            words.insert(words.size() - last.size() - 1, "・" + std::string(fee.who));
            continue;
        }
        words += (words.empty() ? "" : "、") + std::string(fee.who) + " " + price;
        last = price;
    }
    const std::string said = clean_text(remark).text;
    if (!said.empty()) {
        words += words.empty() ? said : "（" + said + "）";
    }
    return words;
}

} // namespace shirube::importers
