#include "importers/report/report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cassert>
#include <utility>

namespace shirube::importers {

namespace {

using nlohmann::json;

json rows_of(const RowCounts& rows) {
    return {{"read", rows.read},         {"accepted", rows.accepted},         {"flagged", rows.flagged},
            {"rejected", rows.rejected}, {"out_of_scope", rows.out_of_scope}, {"blank", rows.blank}};
}

std::int64_t& bin_of(RowCounts& rows, Bin bin) {
    switch (bin) {
        case Bin::accepted:
            return rows.accepted;
        case Bin::flagged:
            return rows.flagged;
        case Bin::rejected:
            return rows.rejected;
        case Bin::out_of_scope:
            return rows.out_of_scope;
        case Bin::blank:
            break;
    }
    return rows.blank;
}

json issue_of(const Issue& issue) {
    return {{"file", issue.file}, {"sheet", issue.sheet},     {"row", issue.row},    {"column", issue.column},
            {"code", issue.code}, {"message", issue.message}, {"value", issue.value}};
}

json column_of(const ColumnExplained& column) {
    return {{"file", column.file},
            {"sheet", column.sheet},
            {"column", column.column},
            {"understood", column.understood},
            {"samples", column.samples}};
}

template <class T, class ToJson>
json array_of(const std::vector<T>& items, ToJson to_json) {
    json array = json::array();
    for (const T& item : items) {
        array.push_back(to_json(item));
    }
    return array;
}

/// The words of the report for a person, in one place.
struct Words {
    std::string_view read, accepted, flagged, rejected, out_of_scope, blank;
    std::string_view entities, joined, joined_rows, located, lost_corrections, dry_run, import_number, more, layout,
        not_understood;
};

constexpr Words k_japanese{
    "{} 行を読みました: ",
    "取込 {}",
    "注意つき {}",
    "取り込めない {}",
    "対象外 {}",
    "空行 {}",
    "項目: 追加 {}、変更 {}、変わらない {}、なくなった {}\n",
    "{} 個の多角形をつなぎました\n",
    "{} 行を前の行とまとめました\n",
    "位置: {}\n",
    "効いていない手直しが {} 件あります。`shirube check` で確かめてください。\n",
    "試しの実行です。何も保存していません。\n",
    "取込番号 {}\n",
    "ほかに {}: {} 件\n",
    "様式: {}\n",
    "（読みません）",
};
constexpr Words k_english{
    "{} rows read: ",
    "{} accepted",
    "{} flagged",
    "{} rejected",
    "{} out of scope",
    "{} blank",
    "entities: {} added, {} changed, {} unchanged, {} gone\n",
    "{} polygons joined to others\n",
    "{} rows joined to one before them\n",
    "positions: {}\n",
    "{} corrections by hand do nothing now; see `shirube check`.\n",
    "A dry run: nothing was stored.\n",
    "import {}\n",
    "and {} more: {}\n",
    "layout: {}\n",
    "(not read)",
};

void append_rows(std::string& text, const RowCounts& rows, const Words& words) {
    const auto say = [&text](std::string_view pattern, std::int64_t count) {
        text += fmt::format(fmt::runtime(pattern), count);
    };
    say(words.read, rows.read);
    say(words.accepted, rows.accepted);
    for (const auto& [pattern, count] : {std::pair{words.flagged, rows.flagged},
                                         {words.rejected, rows.rejected},
                                         {words.out_of_scope, rows.out_of_scope},
                                         {words.blank, rows.blank}}) {
        if (count > 0) {
            text += ", ";
            say(pattern, count);
        }
    }
    text += '\n';
}

void append_located(std::string& text, const Report& report, const Words& words) {
    std::string parts;
    for (const auto& [quality, count] : report.located) {
        parts += fmt::format("{} {}, ", quality, count);
    }
    if (!parts.empty() || report.unlocated > 0) {
        parts += fmt::format("none {}", report.unlocated);
        text += fmt::format(fmt::runtime(words.located), parts);
    }
}

void append_issue(std::string& text, const Issue& issue) {
    text += issue.file;
    if (!issue.sheet.empty()) {
        text += fmt::format(" ({})", issue.sheet);
    }
    if (issue.row > 0) {
        text += fmt::format(":{}", issue.row);
    }
    if (!issue.column.empty()) {
        text += fmt::format(" [{}]", issue.column);
    }
    text += fmt::format(" {}", issue.message);
    if (!issue.value.empty()) {
        text += fmt::format(" ({})", issue.value);
    }
    text += '\n';
}

/// Every layout once, in the order in which they were met.
void append_profiles(std::string& text, const Report& report, const Words& words) {
    std::vector<std::string_view> told;
    for (const std::string& profile : report.profiles) {
        if (std::ranges::find(told, profile) == told.end()) {
            told.emplace_back(profile);
        }
    }
    if (!told.empty()) {
        text += fmt::format(fmt::runtime(words.layout), fmt::join(told, ", "));
    }
}

/// "FILE (SHEET)", and below it "  施設名 → 名称: 浜の館 | 丘の館" for each of its columns.
void append_columns(std::string& text, const Report& report, const Words& words) {
    const ColumnExplained* before = nullptr;
    for (const ColumnExplained& column : report.columns) {
        if (before == nullptr || before->file != column.file || before->sheet != column.sheet) {
            text += column.file + (column.sheet.empty() ? "" : fmt::format(" ({})", column.sheet)) + "\n";
        }
        before = &column;
        text += fmt::format("  {} → {}", column.column,
                            column.understood.empty() ? words.not_understood : std::string_view(column.understood));
        text += column.samples.empty() ? "\n" : fmt::format(": {}\n", fmt::join(column.samples, " | "));
    }
}

} // namespace

void RowCounts::count(Bin bin) {
    ++read;
    ++bin_of(*this, bin);
}

void RowCounts::move(Bin from, Bin to) {
    assert(bin_of(*this, from) > 0);
    --bin_of(*this, from);
    ++bin_of(*this, to);
}

bool RowCounts::adds_up() const noexcept { return read == accepted + flagged + rejected + out_of_scope + blank; }

std::string to_json_text(const Report& report, ReportPart part) {
    json document = {
        {"kind", directory::code_of(report.kind)},
        {"files", report.files},
        {"profiles", report.profiles},
        {"rows", rows_of(report.rows)},
        {"by_class", report.by_class},
        {"joined", report.joined},
        {"located", report.located},
        {"unlocated", report.unlocated},
        {"import_id", report.import_id == 0 ? json(nullptr) : json(report.import_id)},
        {"issue_counts", report.issue_counts},
        {"issues", array_of(report.issues, issue_of)},
        {"columns", array_of(report.columns, column_of)},
    };
    if (part == ReportPart::whole) {
        document["entities"] = {{"added", report.entities.added},
                                {"changed", report.entities.changed},
                                {"unchanged", report.entities.unchanged},
                                {"gone", report.entities.gone}};
        document["corrections_without_effect"] = report.lost_corrections;
    }
    // File names need not be UTF-8.
    return document.dump(2, ' ', false, json::error_handler_t::replace);
}

std::string to_text(const Report& report, std::string_view language, std::size_t most_issues) {
    const Words& words = language == "en" ? k_english : k_japanese;
    std::string text;
    append_columns(text, report, words);
    append_profiles(text, report, words);
    append_rows(text, report.rows, words);
    if (report.joined > 0) {
        const bool are_rows = report.kind == directory::ImportKind::landmarks;
        text += fmt::format(fmt::runtime(are_rows ? words.joined_rows : words.joined), report.joined);
    }
    append_located(text, report, words);
    const directory::EntityChanges& entities = report.entities;
    text +=
        fmt::format(fmt::runtime(words.entities), entities.added, entities.changed, entities.unchanged, entities.gone);
    std::map<std::string, std::int64_t> untold = report.issue_counts;
    const std::size_t told = std::min(most_issues, report.issues.size());
    for (std::size_t i = 0; i < told; ++i) {
        append_issue(text, report.issues[i]);
        --untold[report.issues[i].code];
    }
    for (const auto& [code, count] : untold) {
        if (count > 0) {
            const bool english = &words == &k_english;
            text += fmt::format(fmt::runtime(words.more), english ? fmt::format("{}", count) : code,
                                english ? code : fmt::format("{}", count));
        }
    }
    if (report.lost_corrections > 0) {
        text += fmt::format(fmt::runtime(words.lost_corrections), report.lost_corrections);
    }
    if (report.import_id == 0) {
        text += words.dry_run;
    } else {
        text += fmt::format(fmt::runtime(words.import_number), report.import_id);
    }
    return text;
}

} // namespace shirube::importers
