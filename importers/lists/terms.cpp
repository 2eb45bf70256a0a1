#include "importers/lists/terms.hpp"

#include "directory/designated_city.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/input_file.hpp"
#include "importers/files/table_file.hpp"
#include "importers/lists/municipality_code.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace shirube::importers {

namespace {

using Words = std::span<const std::string_view>;

constexpr std::size_t k_code_digits = 5;

bool holds_any(std::string_view text, Words words) {
    return std::ranges::any_of(words, [text](std::string_view word) { return text.find(word) != std::string::npos; });
}

constexpr std::array<std::string_view, 7> k_code_words{"行政cd",         "行政CD",     "行政コード",  "行政区域コード",
                                                       "市区町村コード", "団体コード", "自治体コード"};
constexpr std::array<std::string_view, 8> k_terms_words{"利用条件", "公開条件", "使用許諾", "許諾",
                                                        "二次利用", "商用",     "再配布",   "利用可否"};
constexpr std::array<std::string_view, 6> k_refusals{"不可", "禁止", "非公開", "非商用", "許諾しない", "×"};
constexpr std::array<std::string_view, 3> k_conditions{"条件", "要申請", "△"};
constexpr std::array<std::string_view, 6> k_openings{"オープンデータ", "CC", "可", "公開", "許諾する", "○"};

/// Refusal before condition before leave: 商用利用・再配布不可 holds 利用 and 可 too.
Terms terms_of(std::string_view cell) {
    const std::string text = replaced(replaced(plain(cell), "〇", "○"), "◯", "○");
    if (holds_any(text, k_refusals)) {
        return Terms::refused;
    }
    if (holds_any(text, k_conditions)) {
        return Terms::conditional;
    }
    return holds_any(text, k_openings) ? Terms::open : Terms::unknown;
}

int strictness(Terms of) { return of == Terms::unknown ? -1 : static_cast<int>(of); }

/// The stricter of two cells on one municipality: what is published may still be closed to reuse.
void take_stricter(TermsAnswer& answer, std::string_view cell) {
    const std::string text = clean_text(cell).text;
    const Terms terms = terms_of(text);
    if (strictness(terms) > strictness(answer.terms) || (answer.words.empty() && !text.empty())) {
        answer = {terms, text};
    }
}

enum class School : std::uint8_t { either, elementary, middle };

struct TermsColumn {
    std::size_t at = 0;
    School school = School::either;
};

struct TermsColumns {
    std::size_t code = 0;
    std::vector<TermsColumn> terms;
};

School school_of(std::string_view label) {
    if (label.find("小学校") != std::string::npos) {
        return School::elementary;
    }
    return label.find("中学校") != std::string::npos ? School::middle : School::either;
}

/// Labels of two rows as one: merged cells leave all but their first empty.
std::vector<std::string> joined(const std::vector<std::string>& top, const std::vector<std::string>& below) {
    std::vector<std::string> labels;
    std::string carried;
    for (std::size_t i = 0; i < std::max(top.size(), below.size()); ++i) {
        const std::string upper = i < top.size() ? plain(clean_text(top[i]).text) : "";
        carried = upper.empty() ? carried : upper;
        const std::string lower = i < below.size() ? plain(clean_text(below[i]).text) : "";
        labels.push_back(lower.empty() ? upper : carried + " " + lower);
    }
    return labels;
}

std::optional<TermsColumns> columns_of(const std::vector<std::string>& labels) {
    std::optional<TermsColumns> columns;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (!columns && holds_any(labels[i], k_code_words)) {
            columns = TermsColumns{.code = i, .terms = {}};
        }
    }
    if (!columns) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const bool speaks = i != columns->code && (holds_any(labels[i], k_terms_words) ||
                                                   (i > columns->code && school_of(labels[i]) != School::either));
        // Notes on a source are words about the data, not terms.
        const bool note = labels[i].find("備考") != std::string::npos || labels[i].find("出典") != std::string::npos;
        if (speaks && !note) {
            columns->terms.push_back({i, school_of(labels[i])});
        }
    }
    return columns->terms.empty() ? std::nullopt : columns;
}

/// The header may stand below a title, and may be two rows.
std::optional<TermsColumns> find_columns(const Table& table) {
    constexpr std::size_t farthest = 10;
    std::vector<const std::vector<std::string>*> rows{&table.header};
    for (std::size_t i = 0; i < std::min(farthest, table.records.size()); ++i) {
        rows.push_back(&table.records[i].cells);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const bool has_below = i + 1 < rows.size();
        // A row below that begins with a code is data, and belongs to no header.
        const bool below_is_data = has_below && std::ranges::any_of(*rows[i + 1], [](const std::string& cell) {
                                       return parse_municipality_code(cell).has_value();
                                   });
        const auto one = columns_of(joined(*rows[i], {}));
        if (one && (below_is_data || !has_below)) {
            return one;
        }
        if (has_below && !below_is_data) {
            if (auto two = columns_of(joined(*rows[i], *rows[i + 1]))) {
                return two;
            }
        }
        if (one) {
            return one;
        }
    }
    return std::nullopt;
}

} // namespace

std::string_view issue_of(Terms terms) noexcept {
    switch (terms) {
        case Terms::open:
            return {};
        case Terms::conditional:
            return "terms_conditional";
        case Terms::refused:
            return "terms_refused";
        case Terms::unknown:
            break;
    }
    return "terms_unknown";
}

TermsAnswer stricter(TermsAnswer one, TermsAnswer other) {
    return strictness(other.terms) > strictness(one.terms) ? other : one;
}

std::expected<TermsSheet, FileProblem> TermsSheet::read(const std::filesystem::path& path, const Limits& limits) {
    const auto bytes = read_file(path, limits);
    if (!bytes) {
        return std::unexpected(bytes.error());
    }
    const auto tables = read_tables(path, *bytes, limits);
    if (!tables) {
        return std::unexpected(tables.error());
    }
    auto sheet = of(*tables);
    if (!sheet) {
        return std::unexpected(in_file(std::move(sheet.error()), path));
    }
    return sheet;
}

std::expected<TermsSheet, FileProblem> TermsSheet::of(std::span<const Table> tables) {
    for (const Table& table : tables) {
        const auto columns = find_columns(table);
        if (!columns) {
            continue;
        }
        TermsSheet sheet;
        for (const Record& record : table.records) {
            const auto code = columns->code < record.cells.size()
                                  ? parse_municipality_code(trimmed(record.cells[columns->code]))
                                  : std::nullopt;
            if (!code) {
                continue; // titles, notes, blank rows
            }
            Row& row = sheet.rows_[*code];
            for (const TermsColumn& column : columns->terms) {
                if (column.at < record.cells.size()) {
                    TermsAnswer& answer = column.school == School::elementary ? row.elementary
                                          : column.school == School::middle   ? row.middle
                                                                              : row.both;
                    take_stricter(answer, record.cells[column.at]);
                }
            }
        }
        return sheet;
    }
    return std::unexpected(FileProblem{.code = "header_unknown_terms"});
}

TermsAnswer TermsSheet::of(std::string_view municipality, std::string_view layer) const {
    auto found = rows_.find(std::string(municipality));
    if (found == rows_.end()) {
        found = rows_.find(std::string(directory::designated_city_of(municipality)));
    }
    if (found == rows_.end() && municipality.size() == k_code_digits) {
        found = rows_.find(std::string(municipality.substr(0, 2)) + "000");
    }
    if (found == rows_.end()) {
        return {};
    }
    const Row& row = found->second;
    const TermsAnswer& own = layer == "shogakkoku" ? row.elementary : layer == "chugakkoku" ? row.middle : row.both;
    return own.terms == Terms::unknown && own.words.empty() ? row.both : own;
}

} // namespace shirube::importers
