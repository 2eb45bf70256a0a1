#include "directory/reports.hpp"

#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

namespace shirube::directory {

namespace {

constexpr UChar32 k_line_separator = 0x2028;
constexpr UChar32 k_paragraph_separator = 0x2029;

/// What shows nothing and changes how the rest is read: controls, marks of direction, joiners, tags.
bool is_unseen(UChar32 c) {
    switch (u_charType(c)) {
        case U_CONTROL_CHAR:
        case U_FORMAT_CHAR:
        case U_SURROGATE:
        case U_PRIVATE_USE_CHAR:
        case U_UNASSIGNED:
            return true;
        default:
            return false;
    }
}

} // namespace

std::string_view code_of(ReportKind kind) noexcept {
    switch (kind) {
        case ReportKind::closed_or_moved:
            return "closed_or_moved";
        case ReportKind::hours:
            return "hours";
        case ReportKind::phone:
            return "phone";
        case ReportKind::place:
            return "place";
        case ReportKind::audience:
            return "audience";
        case ReportKind::other:
            break;
    }
    return "other";
}

std::optional<ReportKind> parse_report_kind(std::string_view code) noexcept {
    for (const auto kind : k_report_kinds) {
        if (code == code_of(kind)) {
            return kind;
        }
    }
    return std::nullopt;
}

std::string_view code_of(ReportOutcome outcome) noexcept {
    switch (outcome) {
        case ReportOutcome::corrected:
            return "corrected";
        case ReportOutcome::was_right:
            return "was_right";
        case ReportOutcome::not_found_out:
            return "not_found_out";
        case ReportOutcome::spam:
            break;
    }
    return "spam";
}

std::optional<ReportOutcome> parse_report_outcome(std::string_view code) noexcept {
    for (const auto outcome : k_report_outcomes) {
        if (code == code_of(outcome)) {
            return outcome;
        }
    }
    return std::nullopt;
}

std::string clean_report_text(std::string_view text) {
    const auto raw = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
    icu::UnicodeString clean;
    for (int32_t i = 0; i < raw.length();) {
        const UChar32 c = raw.char32At(i);
        i += U16_LENGTH(c);
        if (c == '\r') {
            if (i >= raw.length() || raw.char32At(i) != '\n') {
                clean.append(UChar32{'\n'});
            }
        } else if (c == '\n' || c == k_line_separator || c == k_paragraph_separator) {
            clean.append(UChar32{'\n'});
        } else if (c == '\t') {
            clean.append(UChar32{' '});
        } else if (!is_unseen(c)) {
            clean.append(c);
        }
    }
    clean.trim();
    std::string utf8;
    clean.toUTF8String(utf8);
    return utf8;
}

std::size_t characters_in(std::string_view text) noexcept {
    std::size_t count = 0;
    for (const char c : text) {
        count += (static_cast<unsigned char>(c) & 0xc0U) == 0x80U ? 0 : 1;
    }
    return count;
}

} // namespace shirube::directory
