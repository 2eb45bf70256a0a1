#include "directory/audience.hpp"
#include "directory/store.hpp"
#include "importers/lists/municipality_code.hpp"
#include "importers/report/rejects_file.hpp"
#include "server/cli/command_log.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/new_store.hpp"
#include "server/cli/output_file.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <fstream>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::server {

namespace {

/// What an importer calls its steps, in words.
std::string_view words_of(std::string_view step, bool english) {
    if (step == "files") {
        return english ? "Files" : "ファイル";
    }
    if (step == "rows") {
        return english ? "Reading rows" : "行を読む";
    }
    return english ? "Into the store" : "台帳へ";
}

/// A bar on a terminal; a log has no use for one.
class ProgressBar {
  public:
    explicit ProgressBar(std::string_view language)
        : is_shown_(isatty(STDERR_FILENO) != 0), english_(language == "en") {}
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;

    void show(std::string_view step, std::size_t done, std::size_t of) {
        if (is_shown_) {
            draw(step, done, of);
            last_step_ = step;
        }
    }

    ~ProgressBar() {
        if (drawn_) {
            fmt::print(stderr, "\r\x1b[K");
        }
    }

  private:
    using Clock = std::chrono::steady_clock;

    void draw(std::string_view step, std::size_t done, std::size_t of) {
        const auto now = Clock::now();
        if (step == last_step_ && done != of && now - last_ < std::chrono::milliseconds{50}) {
            return;
        }
        last_ = now;
        drawn_ = true;
        constexpr std::size_t width = 30;
        const std::size_t filled = of == 0 ? 0 : std::min(width, done * width / of);
        fmt::print(stderr, "\r\x1b[K{} [{}{}] {}{}", words_of(step, english_), std::string(filled, '#'),
                   std::string(width - filled, '.'), done, of == 0 ? "" : fmt::format("/{}", of));
        std::fflush(stderr);
    }

    bool is_shown_;
    bool english_;
    std::string last_step_;
    Clock::time_point last_{};
    bool drawn_ = false;
};

/// Tried before anything is imported: who asked for a report is not left with an import and none.
bool can_write_report(const std::filesystem::path& path) {
    if (path.empty() || std::ofstream(path, std::ios::binary | std::ios::app)) {
        return true;
    }
    fmt::print(stderr, "{}: the report cannot be written; nothing was imported. Check the folder.\n", path.string());
    return false;
}

void write_report(const std::filesystem::path& path, const importers::Report& report) {
    if (path.empty()) {
        return;
    }
    std::ofstream out(path, std::ios::binary);
    out << importers::to_json_text(report) << '\n';
    out.close();
    if (!out) {
        fmt::print(stderr, "{}: the import is done, but its report could not be written. Check the free space.\n",
                   path.string());
    }
}

/// A word as a shell takes it, quotes around it where it needs some.
std::string shell_word(const std::string& word) {
    const bool plain = !word.empty() && std::ranges::all_of(word, [](char c) {
        return static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0 ||
               std::string_view("-_./@,:+").find(c) != std::string_view::npos;
    });
    if (plain) {
        return word;
    }
    std::string quoted = "'";
    for (const char c : word) {
        quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return quoted + "'";
}

/// What to type once the rows are mended.
std::string import_again(const ImportCommand& command, const std::filesystem::path& file) {
    const auto& options = command.options;
    std::string line = fmt::format("shirube import {} {} --store {}", code_of(options.kind), shell_word(file.string()),
                                   shell_word(command.store.string()));
    const std::string terms = options.terms.string();
    for (const auto& [name, value] : {std::pair{"--profile", &options.profile},
                                      {"--municipality", &options.municipality},
                                      {"--layer", &options.layer},
                                      {"--terms", &terms},
                                      {"--publisher", &options.publisher},
                                      {"--source", &options.source},
                                      {"--licence", &options.licence},
                                      {"--as-of", &options.as_of}}) {
        if (!value->empty()) {
            line += fmt::format(" {} {}", name, shell_word(*value));
        }
    }
    return line;
}

void write_rejects(const ImportCommand& command, const importers::Report& report) {
    if (command.rejects.empty()) {
        return;
    }
    const bool japanese = command.options.language == "ja";
    const auto files = importers::write_rejects(command.rejects, report.rejects);
    if (!files) {
        fmt::print(stderr, "{}\n", importers::in_words(files.error(), command.options.language).message);
        return;
    }
    if (files->empty() && report.rows.rejected > 0) {
        fmt::print("{}", japanese ? "取り込めない地物は表に書き出せません。もとのファイルを直してください。\n"
                                  : "Rejected features cannot be written as a table: mend them in their own file.\n");
        return;
    }
    if (files->empty()) {
        fmt::print("{}", japanese ? "取り込めない行はないので、書き出していません。\n"
                                  : "No row was rejected: no file of rejected rows was written.\n");
        return;
    }
    fmt::print("{}",
               japanese ? "取り込めない行を理由と一緒に書き出しました（連絡先も入っています。人に渡さないでください）。"
                          "直してから次のとおり取り込むと、もとの台帳に足されます:\n"
                        : "Rejected rows were written with their reasons (contacts too: keep the file to yourself). "
                          "Mend them and import them; they are added to their list:\n");
    for (const auto& file : *files) {
        fmt::print("  {}\n", import_again(command, file));
    }
}

/// Whose administrators may read of the import: those of the municipality that was named, if any.
std::string municipality_named(const importers::ImportOptions& options) {
    const auto code = importers::parse_municipality_code(options.owner.empty() ? options.municipality : options.owner);
    return code ? directory::owner_of(*code) : std::string();
}

void log_import(const ImportCommand& command, const importers::Report& report) {
    std::string names;
    for (const auto& name : report.lists) {
        names += names.empty() ? name : ", " + name;
    }
    const auto outcome = report.rows.rejected > 0 ? Outcome::some_rejected : Outcome::done;
    log_command(command.store, directory::AuditAction::import,
                command_in_log(report.import_id, code_of(report.kind), outcome, names),
                municipality_named(command.options), command.options.language);
}

/// What the command writes must be none of what it reads, nor twice the same.
std::optional<std::string> outputs_refusal(const ImportCommand& command) {
    const auto& options = command.options;
    std::vector<std::filesystem::path> in_use = options.files;
    in_use.push_back(command.store);
    in_use.push_back(options.terms);
    in_use.emplace_back(options.profile); // a mapping's file, or no file at all
    for (const auto& [option, output] : {std::pair{"--report", &command.report}, {"--rejects", &command.rejects}}) {
        if (output->empty()) {
            continue;
        }
        if (auto refusal = output_refusal(option, *output, in_use, options.language)) {
            return refusal;
        }
        in_use.push_back(*output);
    }
    return std::nullopt;
}

} // namespace

int run_import_command(const ImportCommand& command) {
    if (const auto refusal = outputs_refusal(command)) {
        fmt::print(stderr, "{}\n", *refusal);
        return k_exit_wrong_use;
    }
    if (!can_write_report(command.report)) {
        return k_exit_failed;
    }
    if (!command.rejects.empty()) {
        if (const auto usable = importers::check_rejects(command.rejects, command.options); !usable) {
            const auto failure = importers::in_words(usable.error(), command.options.language);
            fmt::print(stderr, "{}\n", failure.message);
            return failure.wrong_use ? k_exit_wrong_use : k_exit_failed;
        }
    }
    NewStore made(command.store);
    std::expected<importers::Report, importers::ImportFailure> report;
    {
        ProgressBar bar(command.options.language);
        report = importers::run_import(
            made.store(), command.options,
            [&](std::string_view step, std::size_t done, std::size_t of) { bar.show(step, done, of); });
    }
    if (report && !command.options.dry_run) {
        made.keep();
    }
    if (!report) {
        fmt::print(stderr, "{}\n", report.error().message);
        return report.error().wrong_use ? k_exit_wrong_use : k_exit_failed;
    }
    fmt::print("{}", importers::to_text(*report, command.options.language));
    if (!command.options.dry_run) {
        log_import(command, *report);
    }
    write_report(command.report, *report);
    write_rejects(command, *report);
    return report->rows.rejected > 0 ? k_exit_some_rejected : k_exit_done;
}

} // namespace shirube::server
