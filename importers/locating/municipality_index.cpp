#include "importers/locating/municipality_index.hpp"

#include <algorithm>

namespace shirube::importers {

namespace {

constexpr std::string_view k_machi = "町";

bool begins_letter(std::string_view text, std::size_t at) {
    return at >= text.size() || (static_cast<unsigned char>(text[at]) & 0xc0U) != 0x80U;
}

} // namespace

std::size_t previous_letter(std::string_view text, std::size_t length) {
    do {
        --length;
    } while (length > 0 && !begins_letter(text, length));
    return length;
}

MunicipalityIndex::MunicipalityIndex(const std::vector<Municipality>& municipalities)
    : municipalities_(municipalities) {
    for (std::uint32_t i = 0; i < municipalities.size(); ++i) {
        const Municipality& municipality = municipalities[i];
        add(by_code_, municipality.code, i);
        for (const std::string& key : municipality.keys) {
            add(by_key_, key, i);
            longest_key_ = std::max(longest_key_, key.size());
        }
        add(by_key_, municipality.city_key, i);
        longest_key_ = std::max(longest_key_, municipality.city_key.size());
        for (const std::string* before : {&municipality.ward_key, &municipality.stem_key}) {
            if (!before->empty()) {
                before_towns_.insert(*before);
                longest_before_ = std::max(longest_before_, before->size());
            }
        }
        for (const auto* names : {&municipality.towns, &municipality.towns_without_ga}) {
            for (const auto& [name, entries] : *names) {
                add(by_town_, name, i);
                if (name.ends_with(k_machi)) { // left out in addresses
                    add(by_town_, std::string_view(name).substr(0, name.size() - k_machi.size()), i);
                }
                longest_town_ = std::max(longest_town_, name.size());
            }
        }
    }
}

void MunicipalityIndex::add(ByText& to, std::string_view text, std::uint32_t number) {
    if (text.empty()) {
        return;
    }
    Numbers& numbers = to[std::string(text)];
    if (numbers.empty() || numbers.back() != number) {
        numbers.push_back(number);
    }
}

MunicipalityList MunicipalityIndex::of_prefecture(const Numbers& numbers, std::string_view prefecture) const {
    MunicipalityList found;
    for (const std::uint32_t number : numbers) {
        if (prefecture.empty() || municipalities_[number].prefecture == prefecture) {
            found.push_back(&municipalities_[number]);
        }
    }
    return found;
}

MunicipalityList MunicipalityIndex::named(std::string_view code, std::string_view key,
                                          std::string_view prefecture) const {
    Numbers numbers;
    for (const auto& [by, text] : {std::pair(&by_code_, code), std::pair(&by_key_, key)}) {
        if (const auto found = by->find(text); found != by->end()) {
            numbers.insert(numbers.end(), found->second.begin(), found->second.end());
        }
    }
    std::ranges::sort(numbers);
    const auto repeated = std::ranges::unique(numbers);
    numbers.erase(repeated.begin(), repeated.end());
    return of_prefecture(numbers, prefecture);
}

MunicipalityIndex::AtFront MunicipalityIndex::at_front_of(std::string_view key, std::string_view prefecture) const {
    for (std::size_t length = std::min(longest_key_, key.size()); length > 0; length = previous_letter(key, length)) {
        if (!begins_letter(key, length)) {
            continue;
        }
        if (const auto found = by_key_.find(key.substr(0, length)); found != by_key_.end()) {
            if (auto municipalities = of_prefecture(found->second, prefecture); !municipalities.empty()) {
                return {.municipalities = std::move(municipalities), .bytes = length};
            }
        }
    }
    return {};
}

void MunicipalityIndex::add_towns_at_front(std::string_view text, Numbers& numbers) const {
    for (std::size_t length = std::min(longest_town_, text.size()); length > 0;
         length = previous_letter(text, length)) {
        if (!begins_letter(text, length)) {
            continue;
        }
        if (const auto found = by_town_.find(text.substr(0, length)); found != by_town_.end()) {
            numbers.insert(numbers.end(), found->second.begin(), found->second.end());
        }
    }
}

MunicipalityList MunicipalityIndex::that_may_hold(std::string_view key, std::string_view prefecture) const {
    // The key, and what stands behind a ward, a municipality without its 市, or one after the other.
    std::vector<std::string_view> texts{key};
    std::size_t begin = 0;
    for (int round = 0; round < 2; ++round) {
        const std::size_t end = texts.size();
        for (std::size_t i = begin; i < end; ++i) {
            const std::string_view text = texts[i];
            for (std::size_t length = std::min(longest_before_, text.size()); length > 0;
                 length = previous_letter(text, length)) {
                if (begins_letter(text, length) && before_towns_.contains(text.substr(0, length))) {
                    texts.push_back(text.substr(length));
                }
            }
        }
        begin = end;
    }
    Numbers numbers;
    for (std::string_view text : texts) {
        for (const std::string_view prefix : {"大字", "字"}) {
            if (text.starts_with(prefix)) {
                text.remove_prefix(prefix.size());
                break;
            }
        }
        add_towns_at_front(text, numbers);
        add_towns_at_front(without_ga(text), numbers);
    }
    std::ranges::sort(numbers);
    const auto repeated = std::ranges::unique(numbers);
    numbers.erase(repeated.begin(), repeated.end());
    return of_prefecture(numbers, prefecture);
}

} // namespace shirube::importers
