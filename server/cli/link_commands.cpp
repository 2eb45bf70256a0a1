// links, history
#include "directory/calendar.hpp"
#include "directory/store.hpp"
#include "importers/templates/decision_sheet.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/template_output.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace shirube::server {

namespace {

using nlohmann::ordered_json;

ordered_json document_of(const directory::DoubtfulPlaces::Side& side) {
    return {{"id", side.id},
            {"name", side.name},
            {"address", side.address},
            {"municipality", side.municipality},
            {"lists", side.lists}};
}

std::string line_of(const directory::DoubtfulPlaces::Side& side) {
    return fmt::format("{}  {}  {} {}  [{}]", side.id, side.name, side.municipality, side.address,
                       fmt::join(side.lists, ", "));
}

void print(const ordered_json& document) {
    fmt::print("{}\n", document.dump(2, ' ', false, ordered_json::error_handler_t::replace));
}

ordered_json document_of(const directory::HistoryEntry& entry) {
    ordered_json changes = ordered_json::array();
    for (const auto& change : entry.changes) {
        changes.push_back({{"field", change.field},
                           {"before", ordered_json::parse(change.before.empty() ? "null" : change.before)},
                           {"after", ordered_json::parse(change.after.empty() ? "null" : change.after)}});
    }
    return {{"import", entry.import_id},
            {"at", entry.at},
            {"undone_at", entry.undone_at.empty() ? ordered_json(nullptr) : ordered_json(entry.undone_at)},
            {"list", entry.list},
            {"as_of", entry.as_of},
            {"file", entry.file},
            {"sheet", entry.sheet},
            {"row", entry.row},
            {"listed", entry.listed},
            {"in_force", entry.in_force},
            {"changes", std::move(changes)}};
}

} // namespace

int run_links_command(const LinksCommand& command) {
    const auto store = directory::Store::open(command.store, directory::OpenMode::read);
    if (command.form == TextForm::csv || !command.output.empty()) {
        return write_template_file(command.output, command.language, [&](importers::TemplateForm form) {
            return importers::decision_file(store, directory::now_in_tokyo().day, form);
        });
    }
    const auto pairs = store.doubtful_places();
    const bool english = command.language == "en";
    if (command.form == TextForm::json) {
        ordered_json list = ordered_json::array();
        for (const auto& pair : pairs) {
            list.push_back({{"a", document_of(pair.a)},
                            {"b", document_of(pair.b)},
                            {"total", pair.total},
                            {"objection", pair.objection},
                            {"reason", english ? pair.reason_en : pair.reason_ja}});
        }
        print({{"doubtful", pairs.size()}, {"pairs", std::move(list)}});
        return k_exit_done;
    }
    for (const auto& pair : pairs) {
        fmt::print("{}\n{}\n    {}\n\n", line_of(pair.a), line_of(pair.b), english ? pair.reason_en : pair.reason_ja);
    }
    fmt::print(fmt::runtime(english ? "{} pairs may be one place; none of them is linked.\n"
                                    : "同じ場所かもしれない組が {} 件あります。どれも結び付けていません。\n"),
               pairs.size());
    if (!pairs.empty()) {
        const auto name = command.store.string();
        fmt::print(
            fmt::runtime(english ? "To decide them: shirube links --store {} -o pairs.xlsx, write 同じ (one place) or "
                                   "別 (two) under 判定, then shirube import corrections pairs.xlsx --store {}\n"
                                 : "決めるには: shirube links --store {} -o pairs.xlsx で書き出し、判定の列に「同じ」か"
                                   "「別」と書いて、shirube import corrections pairs.xlsx --store {}\n"),
            name, name);
    }
    return k_exit_done;
}

int run_history_command(const std::filesystem::path& path, const std::string& id, TextForm form,
                        const std::string& language) {
    const auto store = directory::Store::open(path, directory::OpenMode::read);
    const auto entries = store.history_of(id);
    const bool english = language == "en";
    if (form == TextForm::json) {
        ordered_json list = ordered_json::array();
        for (const auto& entry : entries) {
            list.push_back(document_of(entry));
        }
        print({{"id", id}, {"history", std::move(list)}});
        return entries.empty() ? k_exit_failed : k_exit_done;
    }
    if (entries.empty()) {
        fmt::print(fmt::runtime(english ? "No import spoke of {}.\n" : "{} について述べた取り込みはありません。\n"),
                   id);
        return k_exit_failed;
    }
    for (const auto& entry : entries) {
        const std::string_view state = !entry.undone_at.empty() ? (english ? "undone" : "取消")
                                       : entry.in_force         ? (english ? "in force" : "有効")
                                                                : "";
        fmt::print("{:>5}  {}  {}  {}  {}\n", entry.import_id, entry.at, entry.list, entry.as_of, state);
        if (!entry.listed) {
            fmt::print("       {}\n", english ? "no longer listed" : "載っていません");
            continue;
        }
        fmt::print("       {} {}:{}\n", entry.file, entry.sheet, entry.row);
        for (const auto& change : entry.changes) {
            fmt::print("       {}: {} -> {}\n", change.field, change.before.empty() ? "-" : change.before,
                       change.after.empty() ? "-" : change.after);
        }
    }
    return k_exit_done;
}

} // namespace shirube::server
