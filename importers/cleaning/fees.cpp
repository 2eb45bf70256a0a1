#include "importers/cleaning/fees.hpp"

#include "importers/cleaning/text.hpp"

#include <algorithm>
#include <array>

namespace shirube::importers {

namespace {

using directory::Fee;

bool is_number(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// The cell for machines: "３００ 円" → "300円".
std::string bare(std::string_view cell) { return replaced(replaced(plain(clean_text(cell).text), " ", ""), ",", ""); }

/// What a remark says about children, where it says it in one of the usual ways.
Fee remark_on_children(std::string_view remark) {
    const std::string text = bare(remark);
    if (text.starts_with("無料")) {
        return Fee::free;
    }
    constexpr std::array<std::string_view, 4> k_children{"こども", "子ども", "子供", "児童"};
    for (const std::string_view child : k_children) {
        const std::size_t at = text.find(child);
        if (at == std::string::npos) {
            continue;
        }
        std::string_view rest = std::string_view(text).substr(at + child.size());
        for (const std::string_view between : {"・おとな", "も", "は", ":", "が"}) {
            if (rest.starts_with(between)) {
                rest.remove_prefix(between.size());
            }
        }
        if (rest.starts_with("無料") || rest.starts_with("0円")) {
            return Fee::free;
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
            return Fee::free;
        }
    }
    return Fee::unknown;
}

} // namespace

Fee parse_fee(std::string_view cell) {
    const std::string text = bare(cell);
    if (text.empty()) {
        return Fee::unknown;
    }
    if (text.starts_with("無料") || text == "0" || text == "0円" || text == "なし" || text == "無し" || text == "無") {
        return Fee::free;
    }
    // "300円", "1時間400円", but not "所得により0～5350円".
    std::string_view price = text;
    for (const std::string_view unit : {"1時間", "30分", "1回", "1日", "1食", "1人", "月額", "年額", "一回", "半日"}) {
        if (price.starts_with(unit)) {
            price.remove_prefix(unit.size());
            break;
        }
    }
    price = price.substr(0, std::min(price.find("円"), price.size()));
    const bool sum = is_number(price) && price.find_first_not_of('0') != std::string_view::npos;
    const bool costs = sum || text.starts_with("有料") || text.starts_with("実費");
    return costs ? Fee::paid : Fee::unknown;
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
