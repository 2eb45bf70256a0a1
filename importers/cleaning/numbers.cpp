#include "importers/cleaning/numbers.hpp"

#include "importers/cleaning/text.hpp"
#include "importers/cleaning/withheld.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>

namespace shirube::importers {

namespace {

constexpr int k_most = 1'000'000;

void drop_front(std::string_view& text, std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) {
        if (text.starts_with(word)) {
            text.remove_prefix(word.size());
            return;
        }
    }
}

void drop_back(std::string_view& text, std::initializer_list<std::string_view> words) {
    for (const std::string_view word : words) {
        if (text.ends_with(word)) {
            text.remove_suffix(word.size());
        }
    }
}

} // namespace

Cell<int> parse_count(std::string_view cell) {
    std::string digits = replaced(replaced(plain(clean_text(cell).text), " ", ""), ",", "");
    if (digits.empty() || says_nothing(digits)) {
        return std::nullopt;
    }
    std::string_view text = digits;
    drop_front(text, {"約", "概ね", "おおむね", "およそ", "最大", "定員"});
    drop_back(text, {"まで", "程度", "くらい", "ぐらい", "前後", "以内"});
    drop_back(text, {"食", "組", "世帯", "席", "名様", "名", "人"});
    int value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size() || value <= 0 || value > k_most) {
        return std::unexpected(CellProblem{"number_unreadable"});
    }
    return value;
}

} // namespace shirube::importers
