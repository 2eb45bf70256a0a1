#include "server/staff/desk/file/file_view.hpp"

#include "importers/cleaning/text.hpp"
#include "importers/templates/unread_columns.hpp"
#include "server/numbers.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/desk_writing.hpp"
#include "server/staff/desk/file/file_choice.hpp"
#include "server/staff/desk/file/file_passes.hpp"
#include "server/staff/desk/file/names_alone.hpp"
#include "server/staff/desk/file/seen_by.hpp"
#include "server/staff/desk/pick_map.hpp"
#include "server/staff/desk/ties/own_ties.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace shirube::server {

namespace {

constexpr std::size_t k_rows_a_page = 20;
constexpr std::size_t k_most_dots = 2'000;

std::string count(std::size_t number) { return grouped(static_cast<std::int64_t>(number)); }

std::string_view name_of(RowFate fate) noexcept {
    switch (fate) {
        case RowFate::rejected:
            return "rejected";
        case RowFate::doubtful:
            return "doubtful";
        case RowFate::passed_over:
            return "passed_over";
        case RowFate::taken:
            break;
    }
    return "taken";
}

std::string_view name_of(ListFound found) noexcept {
    constexpr std::array<std::string_view, 5> k_names{"renewed", "added", "chosen", "separate", "unsure"};
    return k_names.at(static_cast<std::size_t>(found));
}

/// Whether the sentence itself says what stands in the cell, or how it begins, as Japanese ones mostly do.
bool is_quoted(const CellProblem& problem) {
    constexpr std::size_t k_letters = 20;
    constexpr std::string_view k_cut = "…";
    std::string quoted = "「" + importers::shortened(problem.value, k_letters);
    if (quoted.ends_with(k_cut)) {
        quoted.resize(quoted.size() - k_cut.size());
    } else {
        quoted += "」";
    }
    return problem.sentence.find(quoted) != std::string::npos;
}

std::string kind_in_words(const FilePreview& preview, const Texts& texts) {
    constexpr std::array<std::string_view, 5> k_encodings{"UTF-8", "UTF-16LE", "UTF-16BE", "Shift_JIS (CP932)",
                                                          "EUC-JP"};
    switch (preview.kind) {
        case importers::ContentKind::archive:
            return texts.get("file.kind_archive");
        case importers::ContentKind::workbook:
            return texts.get("file.kind_workbook");
        case importers::ContentKind::text:
            return texts.with(
                "file.kind_text",
                {{"encoding", std::string(preview.encoding ? k_encodings.at(static_cast<std::size_t>(*preview.encoding))
                                                           : std::string_view{})}});
        default:
            return texts.get("file.kind_map");
    }
}

/// One part of a list that goes over several pages, each part by a parameter of its own.
std::pair<std::size_t, std::size_t> fill_part(View section, const StaffCall& call, const Links& links,
                                              std::string_view path, std::string_view parameter, std::size_t all) {
    const std::size_t pages = std::max<std::size_t>(1, (all + k_rows_a_page - 1) / k_rows_a_page);
    const auto asked = parse_digits(call.request.parameter(parameter).value_or("")).value_or(1);
    const auto number = static_cast<std::size_t>(std::clamp<std::int64_t>(asked, 1, static_cast<std::int64_t>(pages)));
    View nav = section.include("PAGES", "staff-desk-file-pages.html");
    if (pages > 1) {
        View more = nav.section("MORE_PAGES");
        more.set("LABEL", section.texts().get("file.pages_" + std::string(parameter)));
        more.set("N", static_cast<std::int64_t>(number));
        more.set("OF", static_cast<std::int64_t>(pages));
        const auto to = [&](std::size_t page) {
            return links.to(path, with(without(call.request.query, "lang"), parameter, std::to_string(page))) + "#" +
                   std::string(parameter);
        };
        if (number > 1) {
            more.section("BEFORE").set("HREF", to(number - 1));
        }
        if (number < pages) {
            more.section("NEXT").set("HREF", to(number + 1));
        }
    }
    const std::size_t first = (number - 1) * k_rows_a_page;
    return {first, std::min(k_rows_a_page, all - std::min(all, first))};
}

void fill_tables(View ready, const FilePreview& preview) {
    for (const auto& table : preview.tables) {
        View item = ready.section("TABLE");
        const Texts& texts = item.texts();
        item.set("NAME", table.sheet.empty() ? table.member : table.sheet);
        if (table.profile.empty() && !table.is_further) {
            item.show(table.is_other_kind ? "OTHER_KIND" : "NOT_READ");
            continue;
        }
        View read = item.section("READ");
        read.set("LAYOUT", table.is_further ? texts.get("file.layout_further")
                                            : texts.get_or("file.layout_" + table.profile, table.profile));
        read.set("HEADER_ROW", table.header_row);
        read.set("ROWS", count(table.rows));
        if (table.is_further) {
            continue;
        }
        View columns = read.section("COLUMNS");
        const auto unread = static_cast<std::size_t>(
            std::ranges::count_if(table.understood, [](const std::string& field) { return field.empty(); }));
        columns.set("N", count(table.columns.size()));
        columns.set("UNREAD", count(unread));
        const auto unexpected = importers::unread_columns(table.profile, table.columns, table.understood);
        columns.show_if(!unexpected.empty(), "OPEN");
        for (const auto& column : unexpected) {
            View line = columns.section("UNEXPECTED");
            line.set("NAME", table.columns[column.column]);
            if (!column.nearest.empty()) {
                line.section("NEAREST").set("FIELD_NAME", column.nearest);
            }
        }
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            View column = columns.section("COLUMN");
            column.set("NAME", table.columns[i]);
            const bool is_read = i < table.understood.size() && !table.understood[i].empty();
            if (is_read) {
                column.section("FIELD").set("FIELD_NAME", table.understood[i]);
            } else {
                column.show("UNREAD_COLUMN");
            }
        }
    }
}

/// Lists in the file that an import of it leaves where they are: one has rows of one kind.
void fill_left_aside(View ready, const FilePreview& preview) {
    const bool is_of_ties = preview.of_rows == directory::ImportKind::relations;
    for (const auto& table : preview.tables) {
        if (table.is_other_kind) {
            ready.section(is_of_ties ? "PLACES_ASIDE" : "TIES_ASIDE")
                .set("NAME", table.sheet.empty() ? table.member : table.sheet);
        }
    }
}

bool is_bad(const PreviewRow& row, std::size_t column) {
    return std::ranges::any_of(row.problems, [&](const CellProblem& problem) { return problem.column == column; });
}

/// Columns of a table that say something in one of the rows; the one they are called by is the first.
std::vector<std::size_t> columns_in_use(std::span<const PreviewRow> rows, std::size_t table, const PreviewTable& of) {
    std::vector<std::size_t> used;
    for (std::size_t i = 0; i < of.columns.size(); ++i) {
        const bool is_used = std::ranges::any_of(rows, [&](const PreviewRow& row) {
            return row.table == table && (!row.cells[i].empty() || is_bad(row, i));
        });
        if (is_used) {
            used.push_back(i);
        }
    }
    std::ranges::stable_partition(used, [&](std::size_t column) { return column == of.name; });
    return used;
}

void fill_row(View line, const PreviewRow& row, const PreviewTable& table, std::span<const std::size_t> columns,
              std::string_view sentence_language, std::span<const NameAlone> alone, const directory::NearNames& near) {
    const Texts& texts = line.texts();
    line.set("ROW", row.row);
    line.set("FATE", name_of(row.fate));
    line.words("FATE_WORDS", texts.get("file.fate_" + std::string(name_of(row.fate))));
    if (row.seen_by && row.seen_by->by != directory::Visibility::everyone) {
        line.section("SEEN_BY").words("AUDIENCE", readers_in_words(*row.seen_by, texts));
    }
    for (const auto& problem : row.problems) {
        fill_problem(line.section("PROBLEM_LINE"), problem, table, sentence_language);
    }
    for (const auto& name : alone) {
        View told = line.section(name.is_district ? "NO_DISTRICT" : "NAME_ALONE");
        told.set("PARTY", name.name);
        told.set_if_any("NEAR", near.nearest(name.name).value_or(""));
    }
    for (const auto i : columns) {
        View cell = line.section(i == table.name ? "NAME_CELL" : "CELL");
        cell.set("TEXT", row.cells[i]);
        if (is_bad(row, i)) {
            cell.show("BAD");
            cell.show("BAD_MARK");
        }
    }
}

/// In how many rows somebody stands as a name alone, and who they are in all.
void tell_of_names_alone(View ready, std::span<const std::vector<NameAlone>> alone) {
    const auto rows = std::ranges::count_if(alone, [](const auto& names) { return !names.empty(); });
    if (rows == 0) {
        return;
    }
    std::set<std::string_view> districts;
    for (const auto& names : alone) {
        for (const auto& name : names) {
            if (name.is_district) {
                districts.insert(name.name);
            }
        }
    }
    View told = ready.section("NAMES_ALONE");
    told.set("N", grouped(rows));
    if (!districts.empty()) {
        told.section("DISTRICTS_UNKNOWN").set("N", count(districts.size()));
    }
}

void fill_rows(View ready, const StaffCall& call, const Links& links, std::string_view path, const DroppedFile& file) {
    const auto& preview = *file.preview;
    View rows = ready.section("ROWS");
    rows.set("N", count(preview.shown.size()));
    const auto [first, number] = fill_part(rows, call, links, path, "rows", preview.shown.size());
    const auto shown = std::span(preview.shown).subspan(first, number);
    const auto alone = names_alone(call.context.reader(), preview);
    tell_of_names_alone(ready, alone);
    const bool has_alone = std::ranges::any_of(alone, [](const auto& names) { return !names.empty(); });
    const auto near = has_alone ? near_names(call.context.reader(), desk_owner(call)) : directory::NearNames({});
    // Rows of one table stand under one header: in the order in which tables are met.
    std::vector<std::size_t> order;
    for (const auto& row : shown) {
        if (std::ranges::find(order, row.table) == order.end()) {
            order.push_back(row.table);
        }
    }
    for (const auto number_of_table : order) {
        const auto& table = preview.tables[number_of_table];
        View grid = rows.section("GRID");
        grid.set("CAPTION", table.sheet.empty() ? table.member : table.sheet);
        const auto columns = columns_in_use(shown, number_of_table, table);
        for (const auto i : columns) {
            grid.section(i == table.name ? "NAME_HEAD" : "HEAD").set("COLUMN_NAME", table.columns[i]);
        }
        for (const auto& row : shown) {
            if (row.table == number_of_table) {
                fill_row(grid.section("LINE"), row, table, columns, file.language,
                         alone[static_cast<std::size_t>(&row - preview.shown.data())], near);
            }
        }
    }
}

void fill_changed_row(View item, const ChangedRow& row, std::string_view kind) {
    item.set("KIND", kind);
    item.words("KIND_WORDS", item.texts().get("file.change_" + std::string(kind)));
    item.set("NAME", row.name);
    item.set_if_any("ABOUT", row.about);
    if (row.row > 0) {
        item.section("IN_FILE").set("ROW", row.row);
    }
    for (const auto& cell : row.cells) {
        View line = item.section("CHANGED_CELL");
        line.set("COLUMN_NAME", cell.column);
        if (cell.before.empty()) {
            line.show("WAS_EMPTY");
        } else {
            line.section("WAS").set("BEFORE", cell.before);
        }
        if (cell.after.empty()) {
            line.show("IS_EMPTY");
        } else {
            line.section("IS").set("AFTER", cell.after);
        }
    }
}

void fill_changes(View ready, const StaffCall& call, const Links& links, std::string_view path,
                  const FilePreview& preview) {
    const auto& changes = preview.changes;
    View section = ready.section("CHANGES");
    const std::size_t all = changes.gone.size() + changes.changed.size() + changes.added.size();
    section.show_if(all == 0, "NO_CHANGES");
    const auto [first, number] = fill_part(section, call, links, path, "changes", all);
    for (std::size_t i = first; i < first + number; ++i) {
        View item = section.section("CHANGE");
        if (i < changes.gone.size()) {
            fill_changed_row(item, changes.gone[i], "gone");
        } else if (i < changes.gone.size() + changes.changed.size()) {
            fill_changed_row(item, changes.changed[i - changes.gone.size()], "changed");
        } else {
            fill_changed_row(item, changes.added[i - changes.gone.size() - changes.changed.size()], "added");
        }
    }
}

void fill_map(View ready, const StaffCall& call, const FilePreview& preview) {
    if (preview.of_rows != directory::ImportKind::resources) {
        return; // ties have ends, which are found when they are read
    }
    const PickMap map(call.context.reader(), desk_owner(call));
    View section = ready.section("PLACES");
    section.set("LOCATED", count(preview.points.size()));
    if (preview.unlocated > 0) {
        section.section("UNLOCATED").set("N", count(preview.unlocated));
    }
    if (!map.is_drawn()) {
        return;
    }
    View drawing = section.section("MAP");
    drawing.set("PX", k_pick_px);
    const auto& whole = map.whole();
    map.draw(drawing, whole, std::nullopt);
    std::size_t drawn = 0;
    std::size_t outside = 0;
    for (const auto& point : preview.points) {
        if (!whole.contains(point.at)) {
            ++outside;
            continue;
        }
        if (drawn++ >= k_most_dots) {
            continue;
        }
        View dot = drawing.section("FILE_DOT");
        dot.set("X", fmt::format("{:.1f}", (point.at.lon - whole.west) / (whole.east - whole.west) * k_pick_px));
        dot.set("Y", fmt::format("{:.1f}", (whole.north - point.at.lat) / (whole.north - whole.south) * k_pick_px));
        dot.set("KIND", point.is_new ? "new" : "known");
    }
    if (outside > 0) {
        drawing.section("OUTSIDE").set("N", count(outside));
    }
    if (drawn > k_most_dots) {
        drawing.section("NOT_DRAWN").set("N", count(drawn - k_most_dots));
    }
}

void fill_summary(View ready, const FilePreview& preview) {
    const Texts& texts = ready.texts();
    ready.words("KIND", kind_in_words(preview, texts));
    // The name that a try of the import took is nobody's answer while it is asked.
    if (preview.found != ListFound::unsure) {
        for (const auto& list : preview.lists) {
            ready.section("LIST").set("LIST_NAME", list);
        }
    }
    ready.words("FOUND", texts.get("file.found_" + std::string(name_of(preview.found))));
    const auto& rows = preview.rows;
    const auto& changes = preview.changes;
    for (const auto& [name, number] :
         std::initializer_list<std::pair<std::string_view, std::int64_t>>{{"accepted", rows.accepted},
                                                                          {"flagged", rows.flagged},
                                                                          {"rejected", rows.rejected},
                                                                          {"out_of_scope", rows.out_of_scope},
                                                                          {"blank", rows.blank}}) {
        View figure = ready.section("ROW_FIGURE");
        figure.set("NAME", name);
        figure.words("LABEL", texts.get("file.rows_" + std::string(name)));
        figure.set("N", grouped(number));
    }
    for (const auto& [name, number] :
         std::initializer_list<std::pair<std::string_view, std::size_t>>{{"added", changes.added.size()},
                                                                         {"changed", changes.changed.size()},
                                                                         {"gone", changes.gone.size()},
                                                                         {"same", changes.same}}) {
        View figure = ready.section("CHANGE_FIGURE");
        figure.set("NAME", name);
        figure.words("LABEL", texts.get("file.change_" + std::string(name)));
        figure.set("N", count(number));
    }
    if (preview.changes.loses_much()) {
        View loss = ready.section("LOSES_MUCH");
        loss.words("SENTENCE", texts.with("file.loses_much",
                                          {{"gone", count(changes.gone.size())}, {"before", count(changes.before)}}));
    }
    const bool is_of_ties = preview.of_rows == directory::ImportKind::relations;
    if (preview.elsewhere > 0) {
        ready.section(is_of_ties ? "ELSEWHERE_TIES" : "ELSEWHERE").set("N", count(preview.elsewhere));
    }
    ready.show_if(!preview.changes.gone.empty(), is_of_ties                                  ? "GONE_TIES"
                                                 : preview.choice.extent == Extent::complete ? "GONE_ENDS"
                                                                                             : "GONE_STALE");
}

} // namespace

void fill_problem(View line, const CellProblem& problem, const PreviewTable& table, std::string_view language) {
    line.set("SENTENCE", problem.sentence);
    line.set("SENTENCE_LANG", language);
    if (!problem.column) {
        return;
    }
    View at = line.section("AT");
    at.set("COLUMN_NAME", table.columns[*problem.column]);
    if (!problem.is_of_people && !is_quoted(problem)) {
        at.set_if_any("CELL_VALUE", problem.value);
    }
}

void fill_preview(View ready, const StaffCall& call, const Links& links, const DroppedFile& file) {
    const auto& preview = *file.preview;
    const std::string path = std::string(k_file_address) + "/" + file.id;
    ready.show_if(file.changed_meanwhile, "CHANGED_MEANWHILE");
    fill_summary(ready, preview);
    fill_seen_by(ready, preview);
    fill_tables(ready, preview);
    fill_left_aside(ready, preview);
    for (const auto& sentence : preview.of_file) {
        View line = ready.section("OF_FILE");
        line.set("SENTENCE", sentence);
        line.set("SENTENCE_LANG", file.language);
    }
    fill_rows(ready, call, links, path, file);
    fill_changes(ready, call, links, path, preview);
    fill_map(ready, call, preview);
    const bool is_unsure = preview.found == ListFound::unsure;
    View again = ready.section("AGAIN");
    again.set("ACTION", links.to(path));
    again.set("CSRF", call.who.csrf);
    again.show_if(is_unsure, "OPEN");
    fill_file_choice(again.include("CHOICE", "staff-desk-file-choice.html"), preview);
    View decide = ready.section("DECIDE");
    decide.set("ACTION", links.to(path));
    decide.set("CSRF", call.who.csrf);
    decide.show_if(is_unsure, "UNSURE");
    const bool takes_nothing = preview.rows.accepted + preview.rows.flagged == 0;
    decide.show_if(takes_nothing && !is_unsure, "NOTHING_TAKEN");
    if (!is_unsure && !takes_nothing) {
        View may = decide.section("MAY_ACCEPT");
        may.set("FINGERPRINT", preview.fingerprint);
        may.show_if(preview.changes.loses_much(), "SURE");
    }
}

} // namespace shirube::server
