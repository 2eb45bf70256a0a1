// What `shirube user` may be told.
#include "server/cli/spoken.hpp"
#include "server/cli/user_command.hpp"

#include <memory>
#include <string>
#include <vector>

namespace shirube::server {

namespace {

using What = UserCommand::What;

class UserOptions {
  public:
    UserOptions(CLI::App& user, const std::string& language, std::function<int()>& run)
        : user_(user), language_(language), run_(run) {}

    void add_all() {
        auto& add = command("add", What::add, {"アカウントを加える", "Add an account"});
        add_name(add);
        add_role(add);
        add_municipality(add, {"市区町村のコード。なくてよいのは管理者だけ",
                               "Code of its municipality; only an administrator may be without"});
        add_generate(add);
        add_cost(add);
        command("list", What::list, {"アカウントの一覧を示す", "List the accounts"});
        auto& passwd = command("passwd", What::passwd, {"パスワードを変える", "Set another password"});
        add_name(passwd);
        add_generate(passwd);
        auto& role = command("role", What::role, {"役割を変える", "Give another role"});
        add_name(role);
        add_role(role);
        add_municipality(role,
                         {"市区町村のコード。なければ今のまま", "Code of its municipality; without it, as it is"});
        add_name(command("disable", What::disable, {"ログインできなくする", "Keep an account from signing in"}));
        add_name(command("enable", What::enable, {"またログインできるようにする", "Let it sign in again"}));
        add_name(command("totp-off", What::totp_off,
                         {"二段階認証を止める（端末をなくしたとき）", "Turn its second factor off (a lost device)"}));
    }

  private:
    [[nodiscard]] const char* say(const Spoken& words) const { return words.in(language_); }

    CLI::App& command(const char* name, What what, const Spoken& words) {
        auto* added = user_.add_subcommand(name, say(words));
        added->group(say({"コマンド", "Commands"}));
        added->fallthrough(); // --lang may stand after the command too
        const std::string nameless = say({"ファイル名を書いてください。", "Name a file."});
        added
            ->add_option(
                "--store", asked_->store,
                say({"保存先のファイル（アカウントは隣のファイルに）", "The store, a file; accounts lie beside it"}))
            ->required()
            ->check([nameless](const std::string& file) { return file.empty() ? nameless : std::string(); });
        // Held by the callback: this object is gone by the time the command line is read.
        added->callback([asked = asked_, what, &language = language_, &run = run_] {
            asked->what = what;
            asked->language = language;
            run = [asked] { return run_user_command(*asked); };
        });
        return *added;
    }

    void add_name(CLI::App& to) {
        to.add_option("name", asked_->name, say({"ログイン名", "Its login name"}))->required();
    }

    void add_role(CLI::App& to) {
        std::vector<std::string> codes;
        for (const auto role : directory::all_roles()) {
            codes.emplace_back(code_of(role));
        }
        to.add_option(
              "--role", asked_->role,
              say({"役割：閲覧者、ケースワーカー、企画担当、資源コーディネーター、管理者（左の順）", "What it may do"}))
            ->required()
            ->check(CLI::IsMember(codes));
    }

    void add_municipality(CLI::App& to, const Spoken& words) {
        to.add_option_function<std::string>(
            "--municipality", [asked = asked_](const std::string& code) { asked->municipality = code; }, say(words));
    }

    void add_cost(CLI::App& to) {
        to.add_option(
              "--password-cost", asked_->password_cost,
              say({"パスワードを確かめる重さ。はじめの利用者を加えるときだけ決められる。moderate（既定、256 MiB）か、"
                   "メモリーの少ない機械では interactive（64 MiB）",
                   "What it costs to try a password, settled with the first account: moderate (256 MiB, unless "
                   "told), or interactive (64 MiB) on a machine with little memory"}))
            ->check(CLI::IsMember({"interactive", "moderate"}));
    }

    void add_generate(CLI::App& to) {
        to.add_flag(
            "--generate", asked_->generate,
            say({"パスワードを作って一度だけ示す。なければ端末で尋ねるか、標準入力の一行目を読む",
                 "Make a password and show it once; without it, it is asked for, or read from standard input"}));
    }

    CLI::App& user_;
    const std::string& language_;
    std::function<int()>& run_;
    std::shared_ptr<UserCommand> asked_ = std::make_shared<UserCommand>();
};

} // namespace

void add_user_commands(CLI::App& app, const std::string& language, std::function<int()>& run) {
    const Spoken what{"職員のアカウントを扱う", "Accounts of the staff"};
    const Spoken commands{"コマンド", "Commands"};
    auto* user = app.add_subcommand("user", what.in(language));
    user->group(commands.in(language));
    user->fallthrough();
    user->require_subcommand(1);
    UserOptions(*user, language, run).add_all();
}

} // namespace shirube::server
