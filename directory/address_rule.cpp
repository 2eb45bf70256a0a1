#include "directory/address_rule.hpp"

#include "directory/fold.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace shirube::directory {

namespace {

constexpr std::string_view k_chome = "丁目";
constexpr std::string_view k_large_section = "大字";

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// A run of up to six digits off the front; nothing where there is none.
std::optional<int> take_number(std::string_view& text) {
    constexpr std::size_t most_digits = 6;
    std::size_t digits = 0;
    int value = 0;
    while (digits < text.size() && digits < most_digits && is_digit(text[digits])) {
        value = value * 10 + (text[digits++] - '0');
    }
    if (digits == 0 || (digits < text.size() && is_digit(text[digits]))) {
        return std::nullopt;
    }
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) {
        return false;
    }
    text.remove_prefix(word.size());
    return true;
}

bool holds(const NumberRange& range, int number) noexcept {
    if (number < range.from || (range.to && number > *range.to)) {
        return false;
    }
    return range.parity == Parity::any || (number % 2 == 0) == (range.parity == Parity::even);
}

} // namespace

TownKey town_key(std::string_view town) {
    const std::string folded = fold_address(town);
    std::string_view name = folded;
    take(name, k_large_section);
    TownKey key;
    std::string_view before = name;
    if (before.ends_with(k_chome)) {
        before.remove_suffix(k_chome.size());
    }
    std::size_t digits = 0;
    while (digits < before.size() && is_digit(before[before.size() - digits - 1])) {
        ++digits;
    }
    std::string_view number = before.substr(before.size() - digits);
    if (digits > 0 && digits < before.size()) {
        if (const auto chome = take_number(number); chome && *chome > 0) {
            key.chome = chome;
            name = before.substr(0, before.size() - digits);
        }
    }
    key.name = name;
    return key;
}

std::optional<AddressTail> address_tail(std::string_view rest) {
    AddressTail tail;
    if (rest.empty()) {
        return tail;
    }
    if (!is_digit(rest.front()) && rest.front() != '-') {
        constexpr std::array<std::string_view, 10> k_words{"字",   "番地", "無番地", "地内", "地先",
                                                           "周辺", "付近", "近辺",   "他",   "以下"};
        if (std::ranges::none_of(k_words, [&](std::string_view word) { return rest.starts_with(word); })) {
            return std::nullopt;
        }
        tail.between_is_unknown = true;
        return tail;
    }
    while (!rest.empty()) {
        take(rest, "-");
        const auto number = take_number(rest);
        if (!number) {
            break;
        }
        tail.numbers.push_back(*number);
        if (take(rest, k_chome)) {
            tail.chome_written = tail.chome_written || tail.numbers.size() == 1;
        } else if (!rest.starts_with('-')) {
            take(rest, "番地") || take(rest, "番");
        }
    }
    return tail;
}

RuleFit fit_of(const AddressRule& rule, const AddressTail& tail, bool town_has_chome) {
    auto number = tail.numbers.begin();
    const bool has_chome = tail.chome_written || (town_has_chome && number != tail.numbers.end());
    std::optional<int> chome;
    if (has_chome && number != tail.numbers.end()) {
        chome = *number++;
    }
    if (rule.chome) {
        if (!chome) {
            return RuleFit::possibly;
        }
        if (*chome != *rule.chome) {
            return RuleFit::outside;
        }
    }
    if (!rule.understood) {
        return RuleFit::possibly;
    }
    if (rule.numbers.empty()) {
        return RuleFit::surely;
    }
    // Numbers of a whole town that has 丁目 count within each of them: which is meant, the rule does not say.
    if (number == tail.numbers.end() || (!rule.chome && chome)) {
        return RuleFit::possibly;
    }
    const bool named =
        std::ranges::any_of(rule.numbers, [&](const NumberRange& range) { return holds(range, *number); });
    return named != rule.all_but ? RuleFit::surely : RuleFit::outside;
}

std::string school_name_key(std::string_view name) {
    std::string key = fold(name);
    constexpr std::string_view founded = "立";
    // 千代田区立麹町, but not 立川第一 or 国立第三: a founder's unit stands before the 立.
    for (const std::string_view unit : {"市", "区", "町", "村", "県", "都", "府", "道", "組合"}) {
        const std::string mark = std::string(unit) + std::string(founded);
        if (const auto at = key.find(mark); at != std::string::npos && at + mark.size() < key.size()) {
            key.erase(0, at + mark.size());
            break;
        }
    }
    // A district is often called by its school's name and 区 or 校区: 浜中学校区, 浜中校区.
    for (const auto& [written, meant] :
         {std::pair<std::string_view, std::string_view>{"学校区", "学校"}, {"小校区", "小"}, {"中校区", "中"}}) {
        if (key.ends_with(written) && key.size() > written.size()) {
            key.replace(key.size() - written.size(), written.size(), meant);
            break;
        }
    }
    for (const std::string_view stage : {"小", "中"}) {
        if (key.ends_with(stage) && key.size() > stage.size()) {
            key += "学校";
            break;
        }
    }
    return key;
}

void to_json(nlohmann::json& out, const AddressRule& rule) {
    out = {{"municipality", rule.municipality}, {"town", rule.town}, {"text", rule.text}};
    if (rule.chome) {
        out["chome"] = *rule.chome;
    }
    for (const NumberRange& range : rule.numbers) {
        out["numbers"].push_back({range.from, range.to ? nlohmann::json(*range.to) : nlohmann::json(nullptr),
                                  static_cast<int>(range.parity)});
    }
    if (rule.all_but) {
        out["all_but"] = true;
    }
    if (!rule.understood) {
        out["understood"] = false;
    }
}

void from_json(const nlohmann::json& in, AddressRule& rule) {
    rule = {};
    rule.municipality = in.at("municipality").get<std::string>();
    rule.town = in.at("town").get<std::string>();
    rule.text = in.at("text").get<std::string>();
    if (in.contains("chome")) {
        rule.chome = in.at("chome").get<int>();
    }
    for (const auto& range : in.value("numbers", nlohmann::json::array())) {
        NumberRange read{range.at(0).get<int>(), std::nullopt, static_cast<Parity>(range.at(2).get<int>())};
        if (!range.at(1).is_null()) {
            read.to = range.at(1).get<int>();
        }
        rule.numbers.push_back(read);
    }
    rule.all_but = in.value("all_but", false);
    rule.understood = in.value("understood", true);
}

} // namespace shirube::directory
