#include "server/cli/user_command.hpp"

#include "directory/accounts/password_rules.hpp"
#include "server/cli/command_log.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/password_prompt.hpp"
#include "server/cli/spoken.hpp"
#include "server/cli/text_table.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <expected>
#include <string_view>

namespace shirube::server {

namespace {

using directory::Account;
using directory::AccountProblem;
using directory::Accounts;
using directory::PasswordOrigin;
using directory::Role;

std::int64_t unix_now() {
    return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()).time_since_epoch().count();
}

/// In Tokyo, to the minute, whatever the machine's zone.
std::string time_in_words(std::int64_t unix_s) {
    constexpr std::int64_t k_tokyo_s = 9 * 60 * 60;
    return fmt::format("{:%Y-%m-%d %H:%M}", fmt::gmtime(static_cast<std::time_t>(unix_s + k_tokyo_s)));
}

class Run {
  public:
    explicit Run(const UserCommand& command) : command_(command) {}

    int run() {
        if (command_.what == UserCommand::What::add) {
            return add();
        }
        auto accounts = Accounts::open(directory::accounts_beside(command_.store), settings());
        if (command_.what == UserCommand::What::list) {
            return list(accounts);
        }
        const auto account = accounts.find_named(command_.name);
        if (!account) {
            return fail({"「{}」というアカウントはありません。`shirube user list` で確かめてください。",
                         "There is no account {}. See `shirube user list`."},
                        command_.name);
        }
        switch (command_.what) {
            case UserCommand::What::passwd:
                return set_password(accounts, *account);
            case UserCommand::What::role:
                return change_role(accounts, *account);
            case UserCommand::What::disable:
                return done(accounts.disable(account->id, console_actor(), unix_now()),
                            {"{} を停止しました。ログイン中であれば、すぐに終わります。",
                             "{} is disabled; whoever was signed in with it no longer is."});
            case UserCommand::What::enable:
                return done(accounts.enable(account->id, console_actor(), unix_now()),
                            {"{} は、またログインできます。", "{} may sign in again."});
            case UserCommand::What::totp_off:
                if (!account->has_totp) {
                    return say({"{} は二段階認証を使っていません。", "{} has no second factor."}, account->name);
                }
                return done(accounts.remove_totp(account->id, console_actor(), unix_now()),
                            {"{} の二段階認証を止めました。パスワードだけでログインします。",
                             "The second factor of {} is off: its password alone signs it in."});
            case UserCommand::What::add:
            case UserCommand::What::list:
                break;
        }
        return k_exit_wrong_use;
    }

  private:
    [[nodiscard]] directory::AccountSettings settings() const {
        directory::AccountSettings settings;
        settings.cost = command_.cost;
        return settings;
    }

    template <class... Parts>
    int say(const Spoken& words, const Parts&... parts) const {
        fmt::print("{}\n", fmt::format(fmt::runtime(words.in(command_.language)), parts...));
        return k_exit_done;
    }
    template <class... Parts>
    int fail(const Spoken& words, const Parts&... parts) const {
        fmt::print(stderr, "{}\n", fmt::format(fmt::runtime(words.in(command_.language)), parts...));
        return k_exit_failed;
    }
    int fail(const AccountProblem& problem) const {
        fmt::print(stderr, "{}\n", command_.language == "en" ? problem.sentence_en : problem.sentence_ja);
        return k_exit_failed;
    }
    int done(const std::expected<Account, AccountProblem>& result, const Spoken& words) const {
        return result ? say(words, result->name) : fail(result.error());
    }

    [[nodiscard]] std::string role_in_words(const Account& account) const {
        const auto label = command_.language == "en" ? label_en(account.role) : label_ja(account.role);
        const std::string where = account.municipality.empty()
                                      ? Spoken{"台帳全体", "the whole store"}.in(command_.language)
                                      : account.municipality;
        return fmt::format(fmt::runtime(Spoken{"{}、{}", "{}, {}"}.in(command_.language)), label, where);
    }

    /// Nothing where the command names no role there is; that has been said then.
    [[nodiscard]] std::optional<Role> role_asked_for() const {
        const auto role = directory::parse_role(command_.role);
        if (!role) {
            std::string codes;
            for (const auto known : directory::all_roles()) {
                codes += fmt::format("{}{}", codes.empty() ? "" : ", ", code_of(known));
            }
            fail(
                {"「{}」という役割はありません。次のどれかにしてください：{}", "There is no role {}. It is one of: {}"},
                command_.role, codes);
        }
        return role;
    }

    /// Nothing where there is no such cost, that has been said then; an empty one where none was asked for.
    [[nodiscard]] std::optional<std::optional<directory::PasswordEffort>> effort_asked_for() const {
        if (command_.password_cost.empty()) {
            return std::optional<directory::PasswordEffort>();
        }
        const auto effort = directory::parse_password_effort(command_.password_cost);
        if (!effort) {
            fail({"--password-cost は interactive か moderate です（「{}」）。",
                  "--password-cost is interactive or moderate, not {}."},
                 command_.password_cost);
            return std::nullopt;
        }
        return std::optional(effort);
    }

    /// Dice, or what was typed. Nothing where there is none; that has been said then.
    [[nodiscard]] std::optional<std::string> new_password() const {
        if (command_.generate) {
            return directory::random_password();
        }
        auto typed = ask_password(command_.language);
        if (!typed) {
            fail({"{}", "{}"}, typed.error());
            return std::nullopt;
        }
        return *std::move(typed);
    }
    [[nodiscard]] PasswordOrigin origin() const noexcept {
        return command_.generate ? PasswordOrigin::given : PasswordOrigin::chosen;
    }
    void tell_generated(const std::string& password) const {
        if (command_.generate) {
            say({"はじめのパスワード（二度と表示しません。最初のログインで変えてもらいます）：\n{}",
                 "First password (shown this once; it is to be changed at the first log-in):\n{}"},
                password);
        }
    }

    int add() const {
        const auto role = role_asked_for();
        if (!role) {
            return k_exit_wrong_use;
        }
        const auto effort = effort_asked_for();
        if (!effort) {
            return k_exit_wrong_use;
        }
        std::error_code error;
        if (!std::filesystem::is_regular_file(command_.store, error)) { // or a mistyped --store would get accounts
            return fail({"{}：この台帳はありません。先に `shirube import` で作るか、--store を確かめてください。",
                         "{}: there is no such store. Make it with `shirube import` first, or see to --store."},
                        command_.store.string());
        }
        if (const auto name = directory::check_login_name(command_.name); !name) { // before a password is asked for
            return fail(name.error());
        }
        const auto password = new_password();
        if (!password) {
            return k_exit_failed;
        }
        auto opening = settings();
        opening.effort_of_new_file = effort->value_or(directory::PasswordEffort::moderate);
        auto accounts = Accounts::open_or_create(directory::accounts_beside(command_.store), std::move(opening));
        if (*effort && **effort != accounts.password_effort()) {
            return fail({"この台帳のアカウントの --password-cost は {} です。はじめの利用者を加えたときに決まり、"
                         "あとから変えられません。指定せずに加えてください。",
                         "The accounts of this store have --password-cost {}: it was settled with the first of them "
                         "and stays. Leave the option out."},
                        code_of(accounts.password_effort()));
        }
        const auto added = accounts.add({.name = command_.name,
                                         .role = *role,
                                         .municipality = command_.municipality.value_or(""),
                                         .password = *password,
                                         .origin = origin()},
                                        console_actor(), unix_now());
        if (!added) {
            return fail(added.error());
        }
        say({"{} を加えました（{}）。", "Added {} ({})."}, added->name, role_in_words(*added));
        tell_generated(*password);
        return k_exit_done;
    }

    int set_password(Accounts& accounts, const Account& account) const {
        const auto password = new_password();
        if (!password) {
            return k_exit_failed;
        }
        const auto set = accounts.set_password(account.id, *password, origin(), console_actor(), unix_now());
        if (!set) {
            return fail(set.error());
        }
        say({"{} のパスワードを変えました。ログイン中であれば、すぐに終わります。",
             "The password of {} is changed; whoever was signed in with it no longer is."},
            set->name);
        tell_generated(*password);
        return k_exit_done;
    }

    int change_role(Accounts& accounts, const Account& account) const {
        const auto role = role_asked_for();
        if (!role) {
            return k_exit_wrong_use;
        }
        const auto changed = accounts.change_role(
            account.id, *role, command_.municipality.value_or(account.municipality), console_actor(), unix_now());
        if (!changed) {
            return fail(changed.error());
        }
        return say({"{} の役割：{}", "{} is now: {}"}, changed->name, role_in_words(*changed));
    }

    int list(const Accounts& accounts) const {
        const auto words = [this](const Spoken& spoken) { return std::string(spoken.in(command_.language)); };
        TextTable table({{words({"名前", "Name"})},
                         {words({"役割", "Role"})},
                         {words({"市区町村", "Municipality"})},
                         {words({"状態", "State"})},
                         {words({"二段階認証", "Second factor"})},
                         {words({"最後のログイン", "Last log-in"})}});
        for (const auto& account : accounts.all()) {
            const Spoken state = account.disabled               ? Spoken{"停止", "disabled"}
                                 : account.must_change_password ? Spoken{"仮パスワード", "first password"}
                                                                : Spoken{"有効", "active"};
            table.add({account.name, std::string(code_of(account.role)), account.municipality, words(state),
                       words(account.has_totp ? Spoken{"あり", "on"} : Spoken{"なし", "off"}),
                       account.last_log_in_at ? time_in_words(*account.last_log_in_at) : words({"まだない", "never"})});
        }
        fmt::print("{}", table.text());
        return k_exit_done;
    }

    const UserCommand& command_;
};

} // namespace

int run_user_command(const UserCommand& command) {
    try {
        return Run(command).run();
    } catch (const directory::AccountsError& error) {
        fmt::print(stderr, "{}\n", error.what());
        return k_exit_failed;
    }
}

} // namespace shirube::server
