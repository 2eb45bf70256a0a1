#include "server/cli/agreements_command.hpp"

#include "directory/audience.hpp"
#include "directory/store.hpp"
#include "importers/lists/municipality_code.hpp"
#include "server/cli/command_log.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/spoken.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace shirube::server {

namespace {

using directory::Agreement;
using directory::Day;
using directory::Visibility;
using What = AgreementsCommand::What;

int wrong(const AgreementsCommand& command, const Spoken& words) {
    fmt::print(stderr, "{}\n", words.in(command.language));
    return k_exit_wrong_use;
}

Day today() { return directory::now_in_tokyo().day; }

int list(const directory::Store& store, const AgreementsCommand& command) {
    const auto agreements = store.agreements();
    const bool english = command.language == "en";
    if (agreements.empty()) {
        fmt::print("{}\n", english ? "No municipality shares anything with another."
                                   : "職員向けのものを分け合う取り決めはありません。");
    }
    for (const auto& one : agreements) {
        const bool holds = one.since <= today() && (!one.until || today() <= *one.until);
        fmt::print("{:>4}  {} → {}  {}  {} – {}  {}  {}\n", one.id, one.from, one.to,
                   english ? directory::code_of(one.up_to) : directory::label_of(one.up_to),
                   directory::to_string(one.since), one.until ? directory::to_string(*one.until) : std::string{},
                   english ? (holds ? "in force" : "not in force") : (holds ? "有効" : "有効でない"), one.said);
    }
    return k_exit_done;
}

/// For the administrators of the whole store, and those of the municipality that shares.
void log_change(const directory::Store& store, const AgreementsCommand& command, std::int64_t id,
                std::string_view change) {
    const auto agreements = store.agreements();
    const auto found = std::ranges::find(agreements, id, &Agreement::id);
    if (found == agreements.end()) {
        return;
    }
    log_command(command.store, directory::AuditAction::agreement_changed,
                fmt::format("#{} {}: {} -> {} {} {} – {}", id, change, found->from, found->to,
                            directory::code_of(found->up_to), directory::to_string(found->since),
                            found->until ? directory::to_string(*found->until) : std::string{}),
                directory::owner_of(found->from), command.language);
}

int add(directory::Store& store, const AgreementsCommand& command) {
    const auto from = importers::parse_municipality_code(command.from);
    const auto to = importers::parse_municipality_code(command.to);
    const auto up_to = directory::parse_code<Visibility>(command.class_code);
    const auto since = command.since.empty() ? std::optional(today()) : directory::parse_day(command.since);
    const auto until = command.until.empty() ? std::optional<Day>() : directory::parse_day(command.until);
    if (!from || !to) {
        return wrong(command, {"--from と --to は市区町村の5桁のコードです。",
                               "--from and --to are municipalities' codes of five digits."});
    }
    if (!since || (!command.until.empty() && !until)) {
        return wrong(command, {"日付は 2026-04-01 の形で書いてください。", "Write dates as 2026-04-01."});
    }
    const auto id = store.add_agreement({.id = 0,
                                         .from = *from,
                                         .to = *to,
                                         .up_to = up_to.value_or(Visibility::everyone),
                                         .since = *since,
                                         .until = until,
                                         .said = command.said});
    fmt::print(
        fmt::runtime(command.language == "en" ? "Agreement {} is recorded.\n" : "取り決め {} を記録しました。\n"), id);
    log_change(store, command, id, "added");
    return k_exit_done;
}

int end(directory::Store& store, const AgreementsCommand& command) {
    const auto last = command.until.empty() ? std::optional(today()) : directory::parse_day(command.until);
    if (!last) {
        return wrong(command, {"日付は 2026-04-01 の形で書いてください。", "Write dates as 2026-04-01."});
    }
    store.end_agreement(command.id, *last);
    fmt::print(
        fmt::runtime(command.language == "en" ? "Agreement {} ends on {}.\n" : "取り決め {} は {} で終わります。\n"),
        command.id, directory::to_string(*last));
    log_change(store, command, command.id, "ended");
    return k_exit_done;
}

class Options {
  public:
    Options(CLI::App& agreements, const std::string& language, std::function<int()>& run)
        : agreements_(agreements), language_(language), run_(run) {}

    void add_all() {
        command("list", What::list, {"取り決めの一覧を示す", "List the agreements"});
        auto& add = command("add", What::add,
                            {"ある市区町村の職員向けのものを、別の市区町村の職員に見せる",
                             "Let staff of one municipality see what another keeps for its staff"});
        add.add_option("--from", asked_->from,
                       say({"見せる側の市区町村コード", "Code of the municipality that shares"}))
            ->required();
        add.add_option("--to", asked_->to, say({"見る側の市区町村コード", "Code of the municipality that may see"}))
            ->required();
        add.add_option("--class", asked_->class_code,
                       say({"どこまで（staff 職員、coordinator 調整機関）", "Up to which class: staff or coordinator"}))
            ->capture_default_str()
            ->check(CLI::IsMember({"staff", "coordinator"}));
        add.add_option("--since", asked_->since, say({"始まりの日。なければ今日", "First day; without it, today"}));
        add.add_option("--until", asked_->until, say({"終わりの日", "Last day"}));
        add.add_option("--document", asked_->said, say({"取り決めた文書の名前", "The document that says so"}))
            ->required();
        auto& end = command("end", What::end, {"取り決めを終わらせる", "End an agreement"});
        end.add_option("id", asked_->id, say({"list が示す番号", "Its number, as list shows it"}))->required();
        end.add_option("--until", asked_->until, say({"終わりの日。なければ今日", "Last day; without it, today"}));
    }

  private:
    [[nodiscard]] const char* say(const Spoken& words) const { return words.in(language_); }

    CLI::App& command(const char* name, What what, const Spoken& words) {
        auto* added = agreements_.add_subcommand(name, say(words));
        added->group(say({"コマンド", "Commands"}));
        added->fallthrough();
        const std::string nameless = say({"ファイル名を書いてください。", "Name a file."});
        added->add_option("--store", asked_->store, say({"保存先のファイル", "The store, a file"}))
            ->required()
            ->check([nameless](const std::string& file) { return file.empty() ? nameless : std::string(); });
        added->callback([asked = asked_, what, &language = language_, &run = run_] {
            asked->what = what;
            asked->language = language;
            run = [asked] { return run_agreements_command(*asked); };
        });
        return *added;
    }

    CLI::App& agreements_;
    const std::string& language_;
    std::function<int()>& run_;
    std::shared_ptr<AgreementsCommand> asked_ = std::make_shared<AgreementsCommand>();
};

} // namespace

int run_agreements_command(const AgreementsCommand& command) {
    auto store = directory::Store::open(command.store, directory::OpenMode::write);
    switch (command.what) {
        case What::list:
            return list(store, command);
        case What::add:
            return add(store, command);
        case What::end:
            return end(store, command);
    }
    return k_exit_wrong_use;
}

void add_agreements_commands(CLI::App& app, const std::string& language, std::function<int()>& run) {
    auto* agreements =
        app.add_subcommand("agreements", Spoken{"市区町村の間の取り決め（職員向けのものを見せ合う）",
                                                "Agreements between municipalities on what staff may see"}
                                             .in(language));
    agreements->group(Spoken{"コマンド", "Commands"}.in(language));
    agreements->require_subcommand(1);
    agreements->fallthrough();
    Options(*agreements, language, run).add_all();
}

} // namespace shirube::server
