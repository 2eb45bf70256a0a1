#include "server/cli/seeds_command.hpp"

#include "directory/audience.hpp"
#include "directory/seeds/seed_book.hpp"
#include "importers/lists/municipality_code.hpp"
#include "server/cli/command_log.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/output_file.hpp"
#include "server/cli/seeds_import.hpp"
#include "server/cli/spoken.hpp"
#include "server/cli/text_table.hpp"
#include "server/editions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <memory>
#include <system_error>

namespace shirube::server {

namespace {

using directory::SeenSeeds;
using What = SeedsCommand::What;

int wrong(const SeedsCommand& command, const Spoken& words) {
    fmt::print(stderr, "{}\n", words.in(command.language));
    return k_exit_wrong_use;
}

/// Everything of one municipality's, or of all: whoever can read the file reads the same.
SeenSeeds kept_in(const std::filesystem::path& store, const std::string& owner) {
    const auto file = directory::seeds_beside(store);
    std::error_code ignored;
    SeenSeeds seen;
    if (!std::filesystem::exists(file, ignored)) {
        return seen;
    }
    auto all = directory::SeedBook::open(file).all();
    const auto is_wanted = [&](const std::string& of) { return owner.empty() || of == owner; };
    for (auto& seed : all.seeds) {
        if (is_wanted(seed.owner)) {
            (seed.kind == directory::SeedKind::offer ? seen.offers : seen.wants).push_back(std::move(seed));
        }
    }
    for (auto& asking : all.askings) {
        if (is_wanted(asking.owner)) {
            seen.askings.push_back(std::move(asking));
        }
    }
    return seen;
}

/// The first columns of the table: what tells one from another.
int list(const SeedsCommand& command, SeedTable table, const std::string& owner) {
    const auto lines = seed_table_lines(table, kept_in(command.store, owner));
    if (lines.size() == 1) {
        fmt::print("{}\n", Spoken{"まだありません。", "There are none yet."}.in(command.language));
        return k_exit_done;
    }
    constexpr std::size_t k_columns = 9;
    std::vector<TextTable::Column> columns;
    const auto shown = std::min(k_columns, lines.front().size());
    columns.reserve(shown);
    for (std::size_t i = 0; i < shown; ++i) {
        columns.push_back({lines.front()[i]});
    }
    TextTable text(std::move(columns));
    for (std::size_t i = 1; i < lines.size(); ++i) {
        text.add({lines[i].begin(), lines[i].begin() + static_cast<std::ptrdiff_t>(shown)});
    }
    fmt::print("{}{}\n", text.text(),
               Spoken{"職員だけのものです。外へ出さないでください。", "For staff alone: keep this table inside."}.in(
                   command.language));
    return k_exit_done;
}

int export_table(const SeedsCommand& command, SeedTable table, const std::string& owner) {
    const std::string text = seed_table_csv(table, kept_in(command.store, owner));
    if (command.file.empty()) {
        fmt::print("{}", text);
        return k_exit_done;
    }
    const std::array<std::filesystem::path, 2> in_use{command.store, directory::seeds_beside(command.store)};
    if (const auto refusal = output_refusal("--output", command.file, in_use, command.language)) {
        fmt::print(stderr, "{}\n", *refusal);
        return k_exit_wrong_use;
    }
    std::ofstream out(command.file, std::ios::binary);
    out << text;
    if (!out.flush()) {
        fmt::print(stderr, fmt::runtime(Spoken{"{} に書けません。", "{} cannot be written."}.in(command.language)),
                   command.file.string());
        fmt::print(stderr, "\n");
        return k_exit_failed;
    }
    return k_exit_done;
}

} // namespace

int run_seeds_command(const SeedsCommand& command) {
    const auto table = parse_seed_table(command.table).value_or(SeedTable::offers);
    const auto code = command.municipality.empty() ? std::optional(std::string{})
                                                   : importers::parse_municipality_code(command.municipality);
    if (!code || (code->empty() && command.what == What::import)) {
        return wrong(command,
                     {"--municipality は市区町村の5桁のコードです。", "--municipality is a code of five digits."});
    }
    const std::string owner = code->empty() ? std::string{} : directory::owner_of(*code);
    const auto public_edition = load_edition(command.store); // says what is wrong with the store, if anything is
    switch (command.what) {
        case What::list:
            return list(command, table, owner);
        case What::export_:
            return export_table(command, table, owner);
        case What::import: {
            const auto today = command.on.empty() ? directory::now_in_tokyo().day
                                                  : directory::parse_day(command.on).value_or(directory::Day{});
            if (today == directory::Day{}) {
                return wrong(command, {"日付は 2026-04-01 の形で書いてください。", "Write dates as 2026-04-01."});
            }
            const auto edition =
                load_edition(command.store, {owner, directory::Visibility::coordinator, today}, *public_edition);
            const int status = import_seeds({.store = command.store,
                                             .file = command.file,
                                             .table = table,
                                             .owner = owner,
                                             .today = today,
                                             .language = command.language},
                                            edition->reader);
            if (status == k_exit_done || status == k_exit_some_rejected) {
                log_command(command.store, directory::AuditAction::import, "seeds " + std::string(code_of(table)),
                            owner, command.language);
            }
            return status;
        }
    }
    return k_exit_wrong_use;
}

void add_seeds_commands(CLI::App& app, const std::string& language, std::function<int()>& run) {
    const auto say = [&](const Spoken& words) { return std::string(words.in(language)); };
    auto* seeds = app.add_subcommand(
        "seeds", say({"シーズとニーズ、聞いた記録", "Offers to take on a programme, needs of one, and who was asked"}));
    seeds->group(say({"コマンド", "Commands"}));
    seeds->require_subcommand(1);
    seeds->fallthrough();
    const auto asked = std::make_shared<SeedsCommand>();
    const auto add = [&](const char* name, What what, const Spoken& words) {
        auto* command = seeds->add_subcommand(name, say(words));
        command->group(say({"コマンド", "Commands"}));
        command->fallthrough();
        const std::string nameless = say({"ファイル名を書いてください。", "Name a file."});
        command
            ->add_option(
                "table", asked->table,
                say({"どれか：offers シーズ、wants ニーズ、askings 聞いた記録", "Which: offers, wants or askings"}))
            ->required()
            ->check(CLI::IsMember({"offers", "wants", "askings"}));
        command->add_option("--store", asked->store, say({"保存先のファイル", "The store, a file"}))
            ->required()
            ->check([nameless](const std::string& file) { return file.empty() ? nameless : std::string(); });
        command->callback([asked, what, &language, &run] {
            run = [asked, what, &language] {
                asked->what = what;
                asked->language = language;
                return run_seeds_command(*asked);
            };
        });
        return command;
    };
    const std::string whose = say({"市区町村のコード", "Code of the municipality"});
    add("list", What::list, {"一覧を示す", "List them"})->add_option("--municipality", asked->municipality, whose);
    auto* export_command = add("export", What::export_, {"CSV に書く", "Write them as CSV"});
    export_command->add_option("--municipality", asked->municipality, whose);
    export_command->add_option("-o,--output", asked->file, say({"書くファイル", "Write to a file"}));
    auto* import_command = add("import", What::import, {"表から取り込む", "Take them in from a table"});
    import_command->add_option("file", asked->file, say({"CSV、XLSX、ODS のファイル", "A file: CSV, XLSX or ODS"}))
        ->required();
    import_command->add_option("--municipality", asked->municipality, whose)->required();
    import_command->add_option("--on", asked->on,
                               say({"今日とみなす日。これより後の時点は受け取らない",
                                    "The day that counts as today: nothing is as of later"}));
}

} // namespace shirube::server
