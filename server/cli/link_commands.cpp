// links, history
#include "directory/calendar.hpp"
#include "directory/store.hpp"
#include "importers/templates/decision_sheet.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/history_words.hpp"
#include "server/cli/spoken.hpp"
#include "server/cli/template_output.hpp"
#include "server/pages/texts.hpp"
#include "server/pages/words.hpp"

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

/// A correction's reading as the store keeps it, where the row is one; null of any other.
ordered_json correction_of(const directory::HistoryEntry& entry) {
    return entry.kind == directory::ImportKind::corrections && entry.listed ? ordered_json::parse(entry.reading)
                                                                            : ordered_json(nullptr);
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
            {"kind", directory::code_of(entry.kind)},
            {"changes", std::move(changes)},
            {"correction", correction_of(entry)}};
}

std::string date_of_list(const directory::HistoryEntry& entry, const Texts& texts) {
    return entry.as_of.empty() ? texts.get("source.no_date")
                               : texts.with("source.as_of", {{"date", as_of_in_words(entry.as_of, texts)}});
}

std::string file_in_words(const directory::HistoryEntry& entry, const std::string& language) {
    constexpr Spoken k_row{"{}{}{} の {} 行目", "{}{}{}, row {}"};
    return fmt::format(fmt::runtime(k_row.in(language)), entry.file, entry.sheet.empty() ? "" : " ", entry.sheet,
                       entry.row);
}

/// What a row about that id decided or put right, by whom and why.
void print_correction(const directory::Store& store, const directory::CorrectionReading& correction,
                      const std::string& id, const std::string& language) {
    const bool english = language == "en";
    const auto by = !correction.by ? std::string_view{}
                    : english      ? directory::code_of(*correction.by)
                                   : directory::label_of(*correction.by);
    constexpr Spoken k_who{"手直し（{}、{}）: {}", "correction by hand ({}, {}): {}"};
    fmt::print("       {}\n", fmt::format(fmt::runtime(k_who.in(language)),
                                          correction.on ? date_in_words(*correction.on, Texts::in(language)) : "-", by,
                                          correction.reason));
    if (correction.is_decision()) {
        const auto& other = correction.target == id ? correction.other : correction.target;
        const auto stated = store.stated_as(other);
        constexpr Spoken k_same{"{}{} と同じ場所", "the same place as {}{}"};
        constexpr Spoken k_apart{"{}{} とは別の場所", "apart from {}{}"};
        fmt::print("       {}\n", fmt::format(fmt::runtime((correction.same ? k_same : k_apart).in(language)), other,
                                              stated.empty() ? "" : fmt::format(" ({})", stated)));
        return;
    }
    for (const auto& value : values_in_words(correction, language)) {
        fmt::print("       {}: {}\n", value.name, value.after);
    }
}

void print_row(const directory::Store& store, const directory::HistoryEntry& entry, const std::string& id,
               const std::string& language) {
    const auto say = [&](const Spoken& words) { fmt::print("       {}\n", words.in(language)); };
    if (!entry.listed) {
        say({"載らなくなりました", "no longer listed"});
        return;
    }
    fmt::print("       {}\n", file_in_words(entry, language));
    const bool is_first = entry.reading_before.empty();
    if (!is_first && entry.changes.empty()) {
        say({"変わりません", "unchanged"});
    } else if (entry.kind == directory::ImportKind::corrections) {
        print_correction(store, directory::read_as<directory::CorrectionReading>(entry.reading), id, language);
    } else if (is_first) {
        say({"はじめて載りました", "listed for the first time"});
    }
    if (entry.kind != directory::ImportKind::corrections) {
        for (const auto& change : changes_in_words(entry, language)) {
            fmt::print("       {}: {} → {}\n", change.name, change.before, change.after);
        }
    }
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
        fmt::print("{:>5}  {}  {}  {}{}{}\n", entry.import_id, entry.at, entry.list,
                   date_of_list(entry, Texts::in(language)), state.empty() ? "" : "  ", state);
        print_row(store, entry, id, language);
    }
    return k_exit_done;
}

} // namespace shirube::server
