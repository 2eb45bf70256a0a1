// shirube user, run as the command line runs it, with standard input, output and errors in our hands.
#include "directory/store.hpp"
#include "server/accounts/totp.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/user_command.hpp"
#include "tests/server/support/process.hpp"

#include <catch2/catch.hpp>
#include <fcntl.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <ctime>
#include <thread>
#include <utility>
#include <variant>

namespace shirube::tests {

namespace {

using directory::Accounts;
using directory::LoggedIn;
using server::UserCommand;
using What = UserCommand::What;

constexpr const char* k_password = "umi no mieru kyuuryou";

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// Puts a file in place of a descriptor until the object goes.
class Redirected {
  public:
    Redirected(int descriptor, int by) : descriptor_(descriptor), before_(::dup(descriptor)) {
        ::dup2(by, descriptor);
        ::close(by);
    }
    Redirected(const Redirected&) = delete;
    Redirected& operator=(const Redirected&) = delete;
    ~Redirected() {
        ::dup2(before_, descriptor_);
        ::close(before_);
    }

  private:
    int descriptor_;
    int before_;
};

struct Ran {
    int status = 0;
    std::string output;
    std::string errors;
};

/// \param input a descriptor, which is closed
Ran run_with(const UserCommand& command, int input) {
    const ScratchFolder folder;
    const auto file = [&](const char* name) { return ::open((folder / name).c_str(), O_CREAT | O_WRONLY, 0600); };
    std::fflush(stdout);
    std::fflush(stderr);
    Ran ran;
    {
        const Redirected in(STDIN_FILENO, input);
        const Redirected out(STDOUT_FILENO, file("output"));
        const Redirected err(STDERR_FILENO, file("errors"));
        ran.status = server::run_user_command(command);
        std::fflush(stdout);
        std::fflush(stderr);
    }
    ran.output = bytes_of(folder / "output");
    ran.errors = bytes_of(folder / "errors");
    return ran;
}

struct Town {
    Town() { directory::Store::open(store, directory::OpenMode::write_or_create); }

    [[nodiscard]] UserCommand command(What what, const std::string& name = "mori", const std::string& role = "planner",
                                      const char* language = "en") const {
        UserCommand command;
        command.what = what;
        command.store = store;
        command.name = name;
        command.role = role;
        command.municipality = "13101";
        command.language = language;
        command.cost = directory::PasswordCost::least();
        return command;
    }
    Ran run(const UserCommand& command, std::string_view input = {}) const {
        const auto file = folder.write("input", input);
        return run_with(command, ::open(file.c_str(), O_RDONLY));
    }
    void add() const {
        const auto ran = run(command(What::add), std::string(k_password) + "\nwhat follows is not read\n");
        CAPTURE(ran.errors);
        REQUIRE(ran.status == server::k_exit_done);
    }
    [[nodiscard]] Accounts accounts() const {
        directory::AccountSettings settings;
        settings.cost = directory::PasswordCost::least();
        settings.totp_code = server::totp_code;
        return Accounts::open(directory::accounts_beside(store), settings);
    }
    [[nodiscard]] bool signs_in(const std::string& name, const std::string& password) const {
        return std::holds_alternative<LoggedIn>(accounts().log_in(name, password, "desk", std::time(nullptr)));
    }

    ScratchFolder folder;
    fs::path store = folder / "town.shirube";
};

/// The line of the output that is nothing but a password.
std::string last_line(const std::string& output) {
    const auto end = output.find_last_not_of('\n');
    const auto begin = output.find_last_of('\n', end);
    return output.substr(begin + 1, end - begin);
}

} // namespace

TEST_CASE("an account is added with a password from standard input, and listed", "[cli]") {
    const Town town;
    const auto ran = town.run(town.command(What::add, "Mori"), std::string(k_password) + "\r\nno more\n");
    CHECK(ran.status == server::k_exit_done);
    CHECK(ran.output == "Added mori (Planner, 13101).\n");
    CHECK(ran.errors.empty());
    CHECK(town.signs_in("mori", k_password));
    CHECK_FALSE(town.accounts().find_named("mori")->must_change_password);

    const auto listed = town.run(town.command(What::list));
    CHECK(listed.status == server::k_exit_done);
    for (const auto* part : {"mori", "planner", "13101", "active", "off"}) {
        CHECK(has(listed.output, part));
    }
    const auto japanese = town.run(town.command(What::list, "", "", "ja"));
    CHECK(has(japanese.output, "市区町村"));
    CHECK(has(japanese.output, "有効"));
}

TEST_CASE("what passwords cost is said with the first account and by no other", "[cli]") {
    const Town town;
    const std::string line = std::string(k_password) + "\n";
    auto command = town.command(What::add);
    command.password_cost = "least";
    CHECK(town.run(command, line).status == server::k_exit_wrong_use);
    CHECK_FALSE(fs::exists(directory::accounts_beside(town.store)));
    command.password_cost = "interactive";
    REQUIRE(town.run(command, line).status == server::k_exit_done);
    CHECK(town.accounts().password_effort() == directory::PasswordEffort::interactive);
    command.name = "aoki";
    REQUIRE(town.run(command, line).status == server::k_exit_done);
    REQUIRE(town.run(town.command(What::add, "sato"), line).status == server::k_exit_done);
    command.name = "kato";
    command.password_cost = "moderate";
    const auto refused = town.run(command, line);
    CHECK(refused.status == server::k_exit_failed);
    CHECK(has(refused.errors, "--password-cost interactive"));
    CHECK_FALSE(town.accounts().find_named("kato"));
}

TEST_CASE("a password made by the program is shown once, signs in, and is to be changed", "[cli]") {
    const Town town;
    auto command = town.command(What::add);
    command.generate = true;
    const auto ran = town.run(command);
    REQUIRE(ran.status == server::k_exit_done);
    CHECK(town.signs_in("mori", last_line(ran.output)));
    CHECK(town.accounts().find_named("mori")->must_change_password);
    CHECK(has(town.run(town.command(What::list)).output, "first password"));

    command.what = What::passwd;
    const auto again = town.run(command);
    REQUIRE(again.status == server::k_exit_done);
    CHECK(last_line(again.output) != last_line(ran.output));
    CHECK(town.signs_in("mori", last_line(again.output)));
    CHECK_FALSE(town.signs_in("mori", last_line(ran.output)));
}

TEST_CASE("an account that cannot be added is refused with a sentence, and none is there", "[cli]") {
    const Town town;
    const auto fails = [&](const UserCommand& command, std::string_view input, int status, std::string_view part) {
        const auto ran = town.run(command, input);
        CAPTURE(ran.output, ran.errors);
        CHECK(ran.status == status);
        CHECK(has(ran.errors, part));
        CHECK(ran.output.empty());
    };
    const std::string line = std::string(k_password) + "\n";
    fails(town.command(What::add, "m"), line, 1, "3 to 64");
    fails(town.command(What::add, "m", "planner", "ja"), line, 1, "3 文字以上");
    fails(town.command(What::add, "unknown"), line, 1, "kept for the program");
    fails(town.command(What::add, "mori", "owner"), line, 2, "viewer, caseworker, planner, steward, administrator");
    fails(town.command(What::add), "short\n", 1, "at least 12");
    fails(town.command(What::add), "password1234\n", 1, "easily guessed");
    fails(town.command(What::add), "", 1, "first line of standard input");
    fails(town.command(What::add), "\n", 1, "first line of standard input");
    fails(town.command(What::add), std::string(100'000, 'x'), 1, "first line of standard input");
    auto homeless = town.command(What::add);
    homeless.municipality.reset();
    fails(homeless, line, 1, "A municipality is needed");
    CHECK(town.accounts().all().empty());
    town.add();
    fails(town.command(What::add, "MORI"), line, 1, "is taken");

    auto elsewhere = town.command(What::add);
    elsewhere.store = town.folder / "mistyped.shirube";
    fails(elsewhere, line, 1, "there is no such store");
    CHECK_FALSE(fs::exists(directory::accounts_beside(elsewhere.store)));
    elsewhere.what = What::list;
    fails(elsewhere, "", 1, "there are no accounts yet");
}

TEST_CASE("what is asked of an account that is not there fails with its name", "[cli]") {
    const Town town;
    town.add();
    for (const auto what : {What::passwd, What::role, What::disable, What::enable, What::totp_off}) {
        const auto ran = town.run(town.command(what, "nobody"), "nami to kaze no yoru\n");
        CHECK(ran.status == server::k_exit_failed);
        CHECK(has(ran.errors, "There is no account nobody"));
    }
}

TEST_CASE("a password is changed, and a bad one leaves the old", "[cli]") {
    const Town town;
    town.add();
    CHECK(town.run(town.command(What::passwd), "mori-mori-mori-mori\n").status == server::k_exit_failed);
    CHECK(town.signs_in("mori", k_password));
    CHECK(town.run(town.command(What::passwd), "nami to kaze no yoru\n").status == server::k_exit_done);
    CHECK(town.signs_in("mori", "nami to kaze no yoru"));
    CHECK_FALSE(town.signs_in("mori", k_password));
}

TEST_CASE("a role is changed, with the municipality or without", "[cli]") {
    const Town town;
    town.add();
    auto command = town.command(What::role, "mori", "steward");
    command.municipality.reset();
    CHECK(town.run(command).output == "mori is now: Resource coordinator (keeps the lists), 13101\n");
    command.municipality = "";
    CHECK(town.run(command).status == server::k_exit_failed);
    command.role = "administrator";
    command.language = "ja";
    CHECK(town.run(command).output == "mori の役割：管理者、台帳全体\n");
    CHECK(town.accounts().find_named("mori")->municipality.empty());
}

TEST_CASE("an account is disabled and enabled", "[cli]") {
    const Town town;
    town.add();
    CHECK(has(town.run(town.command(What::disable)).output, "mori is disabled"));
    CHECK_FALSE(town.signs_in("mori", k_password));
    CHECK(has(town.run(town.command(What::list)).output, "disabled"));
    CHECK(has(town.run(town.command(What::enable)).output, "mori may sign in again"));
    CHECK(town.signs_in("mori", k_password));
}

TEST_CASE("a second factor is turned off for whoever lost it", "[cli]") {
    const Town town;
    town.add();
    CHECK(has(town.run(town.command(What::totp_off)).output, "has no second factor"));
    {
        auto accounts = town.accounts();
        const auto account = *accounts.find_named("mori");
        const auto secret = accounts.begin_totp(account.id);
        REQUIRE(secret);
        const std::int64_t now = std::time(nullptr);
        REQUIRE(accounts.confirm_totp(account.id, server::totp_code(*secret, now / 30), directory::Actor::of(account),
                                      now));
    }
    CHECK(has(town.run(town.command(What::list)).output, " on"));
    CHECK(has(town.run(town.command(What::totp_off)).output, "is off"));
    CHECK_FALSE(town.accounts().find_named("mori")->has_totp);
}

namespace {

/// Runs it on a terminal on which somebody types once it has become mute. \returns also what the terminal showed
std::pair<Ran, std::string> run_on_terminal(const UserCommand& command, const std::string& typed) {
    int ours = -1;
    int theirs = -1;
    REQUIRE(::openpty(&ours, &theirs, nullptr, nullptr, nullptr) == 0);
    std::jthread person([&] {
        for (int i = 0; i < 1'000; ++i) {
            termios state{};
            ::tcgetattr(ours, &state);
            if ((state.c_lflag & ECHO) == 0U) {
                break;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds{5});
        }
        CHECK(::write(ours, typed.data(), typed.size()) == static_cast<ssize_t>(typed.size()));
    });
    const int kept = ::dup(theirs); // or the terminal goes with its last descriptor
    auto ran = run_with(command, theirs);
    person.join();
    termios state{};
    ::tcgetattr(kept, &state);
    CHECK((state.c_lflag & ECHO) != 0U);
    std::string shown(4'096, '\0');
    ::fcntl(ours, F_SETFL, O_NONBLOCK);
    const auto read = ::read(ours, shown.data(), shown.size());
    shown.resize(read < 0 ? 0 : static_cast<std::size_t>(read));
    ::close(kept);
    ::close(ours);
    return {ran, shown};
}

} // namespace

TEST_CASE("a terminal is asked twice and shows nothing of the password", "[cli]") {
    const Town town;
    const std::string line = std::string(k_password) + "\n";
    const auto [ran, shown] = run_on_terminal(town.command(What::add), line + line);
    CAPTURE(ran.errors, shown);
    CHECK(ran.status == server::k_exit_done);
    CHECK(has(ran.errors, "Password (not shown): "));
    CHECK(has(ran.errors, "Once more: "));
    CHECK_FALSE(has(shown, "umi"));
    CHECK(town.signs_in("mori", k_password));
}

TEST_CASE("two passwords that differ change nothing", "[cli]") {
    const Town town;
    town.add();
    const auto [ran, shown] =
        run_on_terminal(town.command(What::passwd), "nami to kaze no yoru\nnami to kaze no asa\n");
    CHECK(ran.status == server::k_exit_failed);
    CHECK(has(ran.errors, "The two differ"));
    CHECK_FALSE(has(shown, "nami"));
    CHECK(town.signs_in("mori", k_password));
}

TEST_CASE("the command line of accounts reads its options, and asks for what is missing", "[cli]") {
    const auto parse = [](std::vector<std::string> arguments, std::string language) {
        CLI::App app{"", "shirube"};
        app.require_subcommand(1);
        std::function<int()> run;
        server::add_user_commands(app, language, run);
        std::vector<std::string> backwards(arguments.rbegin(), arguments.rend());
        try {
            app.parse(std::move(backwards));
        } catch (const CLI::ParseError& error) {
            return std::string(error.what());
        }
        return std::string(run ? "" : "nothing to run");
    };
    CHECK(parse({"user", "list", "--store", "a"}, "en").empty());
    CHECK(parse({"user", "add", "mori", "--role", "viewer", "--municipality", "13101", "--store", "a"}, "ja").empty());
    CHECK(parse({"user", "passwd", "mori", "--generate", "--store", "a"}, "ja").empty());
    CHECK(parse({"user", "role", "mori", "--role", "steward", "--store", "a"}, "en").empty());
    CHECK(parse({"user", "totp-off", "mori", "--store", "a"}, "en").empty());
    CHECK(has(parse({"user"}, "en"), "subcommand"));
    CHECK(has(parse({"user", "add", "mori", "--store", "a"}, "en"), "--role is required"));
    CHECK(has(parse({"user", "add", "mori", "--role", "owner", "--store", "a"}, "en"), "owner"));
    CHECK(has(parse({"user", "disable", "--store", "a"}, "en"), "name is required"));
    CHECK(has(parse({"user", "list"}, "en"), "--store is required"));
    CHECK(has(parse({"user", "list", "--store", ""}, "en"), "Name a file."));
    CHECK_FALSE(
        parse({"user", "add", "mori", "--password", k_password, "--role", "viewer", "--store", "a"}, "en").empty());
}

} // namespace shirube::tests
