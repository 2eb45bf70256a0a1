#include "directory/desk/page_lists.hpp"

#include "directory/calendar.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace shirube::directory {

namespace {

constexpr std::array k_beginnings{k_list_of_finds, k_list_of_ties, k_list_of_mends};

} // namespace

bool is_page_list(std::string_view list) {
    return std::ranges::any_of(k_beginnings,
                               [list](std::string_view beginning) { return list.starts_with(beginning); });
}

std::string_view shown_name(std::string_view list) {
    constexpr std::string_view k_opens = "（";
    constexpr std::string_view k_closes = "）";
    for (const auto beginning : k_beginnings) {
        if (!list.starts_with(beginning) || !list.substr(beginning.size()).starts_with(k_opens)) {
            continue;
        }
        if (const auto end = list.find(k_closes); end != std::string_view::npos) {
            return list.substr(0, end + k_closes.size());
        }
    }
    return list;
}

std::vector<std::vector<std::uint32_t>> lists_as_shown(const Reader& reader, std::span<const std::uint32_t> lists) {
    std::vector<std::vector<std::uint32_t>> shown;
    const auto name_of = [&](std::uint32_t list) { return shown_name(reader.lists()[list].name); };
    for (const auto list : lists) {
        const auto same = std::ranges::find_if(shown, [&](const std::vector<std::uint32_t>& of) {
            return reader.lists()[of.front()].kind == reader.lists()[list].kind && name_of(of.front()) == name_of(list);
        });
        if (same == shown.end()) {
            shown.push_back({list});
        } else {
            same->push_back(list);
        }
    }
    for (auto& of : shown) {
        std::ranges::stable_sort(of, std::greater{},
                                 [&](std::uint32_t list) { return last_day_of(reader.lists()[list].as_of); });
    }
    return shown;
}

} // namespace shirube::directory
