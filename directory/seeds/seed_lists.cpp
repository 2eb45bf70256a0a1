#include "directory/seeds/seed_lists.hpp"

#include <algorithm>
#include <array>

namespace shirube::directory {

namespace {

/// How many bytes of a mark that parts stand at the beginning; 0: none.
std::size_t parting_mark(std::string_view text) {
    constexpr std::array<std::string_view, 5> k_marks{";", "；", "、", "\n", "\r"};
    const auto found = std::ranges::find_if(k_marks, [&](std::string_view mark) { return text.starts_with(mark); });
    return found == k_marks.end() ? 0 : found->size();
}

std::string_view without_blanks_around(std::string_view text) {
    constexpr std::string_view k_wide = "　";
    for (bool changed = true; changed;) {
        changed = false;
        if (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
            text.remove_prefix(1);
            changed = true;
        } else if (text.starts_with(k_wide)) {
            text.remove_prefix(k_wide.size());
            changed = true;
        } else if (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
            text.remove_suffix(1);
            changed = true;
        } else if (text.ends_with(k_wide)) {
            text.remove_suffix(k_wide.size());
            changed = true;
        }
    }
    return text;
}

} // namespace

std::vector<std::string> seed_list_of(std::string_view text) {
    std::vector<std::string> list;
    std::size_t begin = 0;
    for (std::size_t at = 0; at <= text.size(); ++at) {
        const std::size_t mark = at < text.size() ? parting_mark(text.substr(at)) : 1;
        if (mark == 0) {
            continue;
        }
        const auto part = without_blanks_around(text.substr(begin, at - begin));
        if (!part.empty()) {
            list.emplace_back(part);
        }
        begin = at + mark;
        at = begin - 1;
    }
    return list;
}

std::string seed_text_of(std::span<const std::string> list) {
    std::string text;
    for (const auto& one : list) {
        text += text.empty() ? "" : ";";
        text += one;
    }
    return text;
}

} // namespace shirube::directory
