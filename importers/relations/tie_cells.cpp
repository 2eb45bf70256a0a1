#include "importers/relations/tie_cells.hpp"

#include "importers/cleaning/dates.hpp"
#include "importers/cleaning/municipality_cell.hpp"
#include "importers/cleaning/private_homes.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/layouts/template_choices.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace shirube::importers {

namespace {

using directory::Visibility;

constexpr std::string_view k_from = "開始日";
constexpr std::string_view k_to = "終了日";
constexpr std::string_view k_visibility = "公開範囲";

/// Whether a span says its ends itself: a day, or a fiscal year.
bool is_plain(const DateSpan& span) {
    const std::chrono::year_month_day first(span.first);
    const std::chrono::year_month_day last(span.last);
    using std::chrono::April;
    using std::chrono::March;
    return span.is_day() || (first.month() == April && unsigned{first.day()} == 1 && last.month() == March &&
                             unsigned{last.day()} == 31);
}

/// An end of the time; a rough one is none. A cell that names no day is read by the span's end, and that is said: what
/// is shown afterwards is a day.
std::optional<directory::Day> read_end(RowCells& cells, std::string_view column, directory::Day DateSpan::* end) {
    const auto span = cells.take(parse_date_span(cells.raw(column)), column);
    if (!span) {
        return std::nullopt;
    }
    if (span->is_rough) {
        cells.note({"date_rough"}, column);
        return std::nullopt;
    }
    const directory::Day day = (*span).*end;
    if (!is_plain(*span)) {
        constexpr std::size_t k_told = 30;
        cells.note({"tie_date_span", shortened(cells.text(column), k_told), directory::to_string(day)}, column);
    }
    return day;
}

} // namespace

bool names_person(std::string_view name) {
    constexpr std::array<std::string_view, 5> k_titles{"さん", "様", "氏", "先生", "君"};
    const std::string text = plain(name);
    return names_private_person(name) || names_private_home(name) ||
           std::ranges::any_of(k_titles, [&](std::string_view title) { return text.ends_with(title); });
}

bool is_too_long(std::string_view name) {
    const auto letters =
        std::ranges::count_if(name, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; });
    return static_cast<std::size_t>(letters) > k_most_letters_of_a_name;
}

std::string read_tie_municipality(RowCells& cells, std::string_view column, const RelationsDesk& desk,
                                  const std::string& usual) {
    const std::string written = cells.text(column);
    if (written.empty()) {
        return usual;
    }
    if (const auto read = read_municipality(written); read && *read) {
        if ((*read)->doubt) {
            cells.note(*(*read)->doubt, column);
        }
        return (*read)->code;
    }
    if (const auto found = desk.locator.locate_municipality(written, {}); found && !found->municipality.empty()) {
        return found->municipality;
    }
    cells.note({"tie_municipality_unknown", shortened(written, k_most_letters_of_a_name)}, column);
    return {};
}

std::string read_tie_layer(RowCells& cells, std::string_view column) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> k_words{
        {{"中学校区", "chugakkoku"},
         {"小学校区", "shogakkoku"},
         {"相談機関の区域", "sodan_kuiki"},
         {"日常生活圏域", "nichijo_seikatsu"},
         {"行政区", "ku"},
         {"区", "ku"},
         {"地区", "chiku"},
         {"圏域", "ken_iki"},
         {"市町村域", "shikuchoson"}}};
    std::string word = plain(cells.text(column));
    if (word.empty()) {
        return {};
    }
    const auto* const found = std::ranges::find(k_words, word, &std::pair<std::string_view, std::string_view>::first);
    if (found != k_words.end()) {
        return std::string(found->second);
    }
    constexpr std::size_t k_longest_code = 64;
    const bool is_code = word.size() <= k_longest_code && std::ranges::all_of(word, [](char c) {
                             return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
                         });
    if (!is_code) {
        cells.note({"need_layer_unknown", shortened(word, k_most_letters_of_a_name)}, column);
        return {};
    }
    return word;
}

TieDates read_tie_dates(RowCells& cells) {
    TieDates dates{read_end(cells, k_from, &DateSpan::first), read_end(cells, k_to, &DateSpan::last)};
    if (dates.from && dates.to && *dates.to < *dates.from) {
        cells.note({"date_order"}, k_to);
        dates = {};
    }
    return dates;
}

std::optional<Visibility> read_tie_visibility(RowCells& cells, bool names_protected) {
    const std::string written = cells.text(k_visibility);
    std::optional<Visibility> said;
    if (!written.empty()) {
        said = directory::parse_code<Visibility>(plain(written));
        if (!said) {
            constexpr std::size_t k_told = 30;
            cells.note({"visibility_unknown", shortened(written, k_told), in_words(visibility_labels())}, k_visibility);
            said = Visibility::coordinator;
        }
    }
    if (names_protected && said.value_or(Visibility::everyone) == Visibility::everyone) {
        cells.note_row({"tie_protected"});
        said = Visibility::coordinator; // as the place itself, unless its list says more
    }
    return said;
}

} // namespace shirube::importers
