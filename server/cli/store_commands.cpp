// imports, undo, check
#include "directory/store.hpp"
#include "server/cli/commands.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace shirube::server {

namespace {

bool is_english(const std::string& language) { return language == "en"; }

/// "read 401, accepted 400, …" out of a kept report.
std::string rows_of(const std::string& report) {
    const auto json = nlohmann::json::parse(report, nullptr, false);
    if (json.is_discarded() || !json.contains("rows")) {
        return {};
    }
    std::string out;
    for (const auto& [name, count] : json.at("rows").items()) {
        out += fmt::format("{}{} {}", out.empty() ? "" : ", ", name, count.dump());
    }
    return out;
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
        fmt::print("{:>5}  {}  {:<10}  {}{}\n       {}\n", record.id, record.at, code_of(record.kind),
                   files_of(record.files), undone, rows_of(record.report));
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
    return k_exit_done;
}

int run_check_command(const std::filesystem::path& path, const std::string& language) {
    const auto store = directory::Store::open(path, directory::OpenMode::read);
    const auto findings = store.check();
    std::size_t errors = 0;
    for (const auto& finding : findings) {
        errors += finding.is_error ? 1 : 0;
        fmt::print("{:<7} {:<16} {}\n", finding.is_error ? "error" : "note", finding.code, finding.sentence);
    }
    fmt::print(fmt::runtime(is_english(language) ? "{} errors, {} notes.\n" : "誤り {} 件、確かめたいこと {} 件。\n"),
               errors, findings.size() - errors);
    return errors == 0 ? k_exit_done : k_exit_failed;
}

} // namespace shirube::server
