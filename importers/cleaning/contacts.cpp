#include "importers/cleaning/contacts.hpp"

#include "importers/cleaning/text.hpp"
#include "importers/cleaning/withheld.hpp"

#include <algorithm>
#include <cctype>

namespace shirube::importers {

namespace {

bool is_ascii_alnum(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }

bool is_mail_letter(char c) { return is_ascii_alnum(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-'; }

bool is_phone_letter(char c) { return (c >= '0' && c <= '9') || c == '-' || c == '(' || c == ')' || c == ' '; }

std::string digits_of(std::string_view text) {
    std::string digits;
    std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
    return digits;
}

bool is_mobile(std::string_view digits) {
    return digits.starts_with("070") || digits.starts_with("080") || digits.starts_with("090") ||
           digits.starts_with("060");
}

std::string without_mail_addresses(const std::string& text) {
    std::string out;
    std::size_t copied = 0;
    for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@', at)) {
        std::size_t begin = at;
        while (begin > copied && is_mail_letter(text[begin - 1])) {
            --begin;
        }
        std::size_t end = at + 1;
        while (end < text.size() && is_mail_letter(text[end])) {
            ++end;
        }
        if (begin == at || end == at + 1) {
            ++at; // "食堂＠上目黒"
            continue;
        }
        out.append(text, copied, begin - copied);
        copied = at = end;
    }
    return out.append(text, copied);
}

std::string without_phone_numbers(const std::string& text) {
    std::string out;
    std::size_t copied = 0;
    for (std::size_t begin = 0; begin < text.size(); ++begin) {
        const bool starts =
            (text[begin] == '0' || text[begin] == '(') && (begin == 0 || !is_ascii_alnum(text[begin - 1]));
        if (!starts) {
            continue;
        }
        std::size_t end = begin;
        while (end < text.size() && is_phone_letter(text[end])) {
            ++end;
        }
        const std::string digits = digits_of(std::string_view(text).substr(begin, end - begin));
        if (digits.starts_with('0') && digits.size() >= 10) {
            out.append(text, copied, begin - copied);
            copied = end;
        }
        // What was looked through holds no other number that begins in it, but for one behind a bracket.
        begin = digits.starts_with('0') && digits.size() >= 10 ? end - 1 : begin;
    }
    return out.append(text, copied);
}

} // namespace

namespace {

/// The number alone, of a plain cell: without TEL before it, 内線 and 代表 behind it.
std::string_view number_alone(std::string_view text) {
    for (const std::string_view word : {"TEL", "Tel", "tel", "電話番号", "電話", "代表", ":", " "}) {
        while (text.starts_with(word)) {
            text.remove_prefix(word.size());
        }
    }
    std::size_t end = text.size();
    for (const std::string_view word : {"内線", "ext", "代表", "(代)", "直通"}) {
        end = std::min(end, text.find(word));
    }
    const std::string_view extension = text.substr(end);
    text = text.substr(0, end);
    // Behind the word only an extension's digits may stand, else it is another number.
    if (digits_of(extension).size() > 6) {
        return {};
    }
    while (text.ends_with(' ') || text.ends_with('(')) {
        text.remove_suffix(1);
    }
    return text;
}

/// 000 is nobody's: what examples are written with.
bool has_length_of_a_number(std::string_view digits) {
    const bool eleven = digits.starts_with("050") || digits.starts_with("0800") || is_mobile(digits) ||
                        digits.starts_with("020") || digits.starts_with("000");
    return digits.starts_with('0') && digits.size() == (eleven ? 11U : 10U);
}

} // namespace

Cell<std::string> parse_published_phone(std::string_view cell) {
    const std::string shown = clean_text(cell).text;
    const std::string text = plain(shown);
    if (text.empty() || says_nothing(text) || is_withheld(text)) {
        return std::nullopt;
    }
    std::string number(number_alone(text));
    if (number.starts_with("+81")) {
        number.erase(0, std::string_view("+81").size());
        number.insert(0, number.find('0') == number.find_first_of("0123456789") ? "" : "0");
    }
    const std::string digits = digits_of(number);
    const bool letters = std::ranges::all_of(number, [](char c) { return is_phone_letter(c) || c == '.'; });
    if (!letters || !has_length_of_a_number(digits)) {
        return std::unexpected(CellProblem{"phone_unreadable"});
    }
    if (is_mobile(digits)) {
        return std::unexpected(CellProblem{"phone_private"});
    }
    return shown;
}

Cell<std::string> parse_url(std::string_view cell) {
    // No address holds a line break: where a cell does, it was wrapped; but a second address begins a line of its own.
    const std::string lines = replaced(std::string(cell), "\r", "\n");
    const auto second = lines.find("\nhttp");
    if (second != std::string::npos && !clean_text(lines.substr(0, second)).text.empty()) {
        return std::unexpected(CellProblem{"url_unreadable"});
    }
    std::string text = plain(clean_text(replaced(lines, "\n", "")).text);
    if (text.empty() || says_nothing(text)) {
        return std::nullopt;
    }
    if (text.starts_with("www.")) {
        text.insert(0, "https://");
    }
    const bool web = text.starts_with("http://") || text.starts_with("https://");
    // A blank, a quote or a bracket ends an address; more than one in a cell is for a person to sort out.
    if (!web || text.find_first_of(" \"<>\\^`{|}") != std::string::npos || text.size() > 2000) {
        return std::unexpected(CellProblem{"url_unreadable"});
    }
    return text;
}

std::string without_contacts(std::string_view text) {
    const std::string before = plain(text);
    const std::string after = without_phone_numbers(without_mail_addresses(before));
    return after == before ? std::string(text) : clean_text(after).text;
}

} // namespace shirube::importers
