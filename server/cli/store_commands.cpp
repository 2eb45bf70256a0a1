// imports, undo, check
#include "directory/store.hpp"
#include "server/cli/command_log.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/spoken.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace shirube::server {

namespace {

bool is_english(const std::string& language) { return language == "en"; }

/// "read 401 = accepted 400 + flagged 1 + …" out of a kept report: every row that was read is in one bin.
std::string rows_of(const std::string& report, const std::string& language) {
    const auto json = nlohmann::json::parse(report, nullptr, false);
    if (json.is_discarded() || !json.contains("rows")) {
        return {};
    }
    constexpr std::pair<const char*, Spoken> k_bins[] = {
        {"read", {"読んだ行", "read"}},
        {"accepted", {"取込", "accepted"}},
        {"flagged", {"注意つき", "flagged"}},
        {"rejected", {"取り込めない", "rejected"}},
        {"out_of_scope", {"対象外", "out of scope"}},
        {"blank", {"空行", "blank"}},
    };
    std::string out;
    for (const auto& [code, words] : k_bins) {
        const auto* before = out.empty() ? "" : out.find('=') == std::string::npos ? " = " : " + ";
        out += fmt::format("{}{} {}", before, words.in(language), json.at("rows").value(code, std::int64_t{0}));
    }
    return out;
}

/// "resources 事業": the code, and where it is no plain word of the language, the word.
std::string kind_in_words(directory::ImportKind kind, const std::string& language) {
    using directory::ImportKind;
    const auto words = [&]() -> Spoken {
        switch (kind) {
            case ImportKind::districts:
                return {"区域", "districts"};
            case ImportKind::resources:
                return {"事業", "places and services"};
            case ImportKind::population:
                return {"人口", "population"};
            case ImportKind::gazetteer:
                return {"町名", "names of towns"};
            case ImportKind::needs:
                return {"需要の数", "figures of need"};
            case ImportKind::holidays:
                return {"祝日", "public holidays"};
            case ImportKind::landmarks:
                return {"目印", "stations, schools and postal codes"};
            case ImportKind::relations:
                return {"つながり", "ties and meetings"};
            case ImportKind::helpers:
                return {"訪問支援員の数", "counts of visiting helpers"};
            case ImportKind::corrections:
                break;
        }
        return {"手直し", "corrections by hand"};
    }();
    const std::string_view code = directory::code_of(kind);
    return code == words.in(language) ? std::string(code) : fmt::format("{} ({})", code, words.in(language));
}

std::string files_of(const std::string& files) {
    const auto json = nlohmann::json::parse(files, nullptr, false);
    if (!json.is_array()) {
        return files;
    }
    constexpr std::size_t k_shown = 3;
    std::string out;
    for (std::size_t i = 0; i < std::min(json.size(), k_shown); ++i) {
        const auto& file = json[i];
        if (!out.empty()) {
            out += ", ";
        }
        out += file.is_string()   ? file.get<std::string>()
               : file.is_object() ? file.value("name", file.dump())
                                  : file.dump();
    }
    if (json.size() > k_shown) {
        out += fmt::format(" … ({})", json.size());
    }
    return out;
}

/// The kind of an import, which must be there.
std::string_view kind_of(const directory::Store& store, std::int64_t import_id) {
    const auto records = store.history();
    const auto found = std::ranges::find(records, import_id, &directory::ImportRecord::id);
    return found == records.end() ? std::string_view() : directory::code_of(found->kind);
}

/// Opened for writing, so that a store of an older form is brought to today's; who may not write it may read it.
directory::Store open_and_renew(const std::filesystem::path& path) {
    try {
        return directory::Store::open(path, directory::OpenMode::write);
    } catch (const directory::StoreError& error) {
        if (error.code() != "store_read_only") {
            throw;
        }
    }
    return directory::Store::open(path, directory::OpenMode::read);
}

} // namespace

int run_imports_command(const std::filesystem::path& path, const std::string& language) {
    const auto store = open_and_renew(path);
    const auto records = store.history();
    if (records.empty()) {
        fmt::print("{}\n", is_english(language) ? "Nothing has been imported yet." : "まだ何も取り込まれていません。");
    }
    for (const auto& record : records) {
        const std::string undone =
            record.undone_at.empty()
                ? ""
                : fmt::format("  {} {}", is_english(language) ? "undone" : "取消", record.undone_at);
        fmt::print("{:>5}  {}  {:<21}  {}{}\n       {}\n", record.id, record.at, kind_in_words(record.kind, language),
                   files_of(record.files), undone, rows_of(record.report, language));
    }
    return k_exit_done;
}

int run_undo_command(const std::filesystem::path& path, std::int64_t import_id, const std::string& language) {
    auto store = directory::Store::open(path, directory::OpenMode::write);
    const auto changes = store.undo(import_id);
    if (is_english(language)) {
        fmt::print("Import {} is undone: {} gone, {} changed, {} back, {} unchanged.\n", import_id, changes.gone,
                   changes.changed, changes.added, changes.unchanged);
    } else {
        fmt::print(
            "取り込み {} を取り消しました：なくなったもの {}、変わったもの {}、戻ったもの {}、変わらないもの {}。\n",
            import_id, changes.gone, changes.changed, changes.added, changes.unchanged);
    }
    if (const auto lost = store.lost_corrections().size(); lost > 0) {
        fmt::print(fmt::runtime(is_english(language)
                                    ? "{} corrections by hand do nothing now; see `shirube check`.\n"
                                    : "効いていない手直しが {} 件あります。`shirube check` で確かめてください。\n"),
                   lost);
    }
    log_command(path, directory::AuditAction::undo, command_in_log(import_id, kind_of(store, import_id), Outcome::done),
                {}, language);
    return k_exit_done;
}

int run_check_command(const std::filesystem::path& path, const std::string& language) {
    const auto store = directory::Store::open(path, directory::OpenMode::read);
    const auto findings = store.check();
    std::size_t errors = 0;
    for (const auto& finding : findings) {
        errors += finding.is_error ? 1 : 0;
        const auto* word = is_english(language) ? finding.is_error ? "error" : "note"
                           : finding.is_error   ? "誤り"
                                                : "確認";
        fmt::print("{:<5} {:<25} {}\n", word, finding.code,
                   is_english(language) ? finding.sentence_en : finding.sentence_ja);
    }
    fmt::print(fmt::runtime(is_english(language) ? "{} errors, {} notes.\n" : "誤り {} 件、確かめたいこと {} 件。\n"),
               errors, findings.size() - errors);
    return errors == 0 ? k_exit_done : k_exit_failed;
}

} // namespace shirube::server
