// Which names, roles, municipalities and passwords an account may have.
#include "accounts_office.hpp"
#include "directory/accounts/password_rules.hpp"
#include "directory/accounts/problems.hpp"

#include <set>

using namespace shirube::directory;
using namespace shirube::directory::test;

TEST_CASE("Roles have a code and both languages") {
    std::set<std::string_view> codes;
    for (const auto role : all_roles()) {
        CHECK(parse_role(code_of(role)) == role);
        CHECK(codes.insert(code_of(role)).second);
        CHECK_FALSE(label_ja(role).empty());
        CHECK_FALSE(label_en(role).empty());
    }
    CHECK(codes.size() == 5);
    CHECK(label_ja(Role::steward) == "資源コーディネーター（台帳担当）");
    CHECK_FALSE(parse_role("owner"));
    CHECK_FALSE(parse_role(""));
    CHECK(code_of(AuditAction::export_) == "export");
    CHECK(code_of(AuditAction::settings_changed) == "settings_changed");
}

TEST_CASE("A login name is of 3 to 64 plain letters") {
    const auto problem_of = [](std::string_view name) { return code_of_problem(check_login_name(name)); };
    CHECK(check_login_name("Mori_K-2.a") == "mori_k-2.a");
    CHECK(check_login_name("ｍｏｒｉ") == "mori");
    CHECK(problem_of("abc").empty());
    CHECK(problem_of("ab") == "name_malformed");
    CHECK(problem_of(std::string(64, 'a')).empty());
    CHECK(problem_of(std::string(65, 'a')) == "name_malformed");
    for (const auto* name : {"", "mori k", "森本", "a/b", "mori@town", "mori\n", "\xff\xff\xff"}) {
        CAPTURE(name);
        CHECK(problem_of(name) == "name_malformed");
    }
    CHECK(problem_of("unknown") == "name_reserved");
    CHECK(problem_of("Console") == "name_reserved");
}

TEST_CASE("A name is one account's, whoever had it") {
    Office office;
    const auto account = office.add("mori");
    const auto again = [&] {
        return code_of_problem(
            office.accounts.add({"MORI", Role::viewer, "13101", k_password}, Actor::console(), k_monday));
    };
    CHECK(again() == "name_taken");
    REQUIRE(office.accounts.disable(account.id, Actor::console(), k_monday));
    CHECK(again() == "name_taken");
    CHECK(office.accounts.all().size() == 1);
    CHECK(office.accounts.find_named("Mori")->id == account.id);
    CHECK_FALSE(office.accounts.find_named("aoki"));
}

TEST_CASE("Only an administrator may be without a municipality") {
    Office office;
    const auto account = office.add("mori");
    for (const auto role : all_roles()) {
        const bool allowed = role == Role::administrator;
        const auto name = "x." + std::string(code_of(role));
        CHECK(code_of_problem(office.accounts.add({name, role, "", k_password}, Actor::console(), k_monday)) ==
              (allowed ? "" : "municipality_missing"));
        CHECK(code_of_problem(office.accounts.change_role(account.id, role, "", Actor::console(), k_monday)) ==
              (allowed ? "" : "municipality_missing"));
    }
    for (const auto* code : {"1310", "131016", "1310a", "１３１０１"}) {
        CHECK(code_of_problem(office.accounts.change_role(account.id, Role::viewer, code, Actor::console(),
                                                          k_monday)) == "municipality_malformed");
    }
}

TEST_CASE("What is asked of an account that is not there is a problem") {
    Office office;
    const auto by = Actor::console();
    CHECK(code_of_problem(office.accounts.change_role(7, Role::viewer, "13101", by, k_monday)) == "account_unknown");
    CHECK(code_of_problem(office.accounts.disable(7, by, k_monday)) == "account_unknown");
    CHECK(code_of_problem(office.accounts.enable(7, by, k_monday)) == "account_unknown");
    CHECK(code_of_problem(office.accounts.set_password(7, k_password, PasswordOrigin::given, by, k_monday)) ==
          "account_unknown");
    CHECK(code_of_problem(office.accounts.remove_totp(7, by, k_monday)) == "account_unknown");
    CHECK_FALSE(office.accounts.find(7));
    office.accounts.log_out_everywhere(7, by, k_monday);
}

TEST_CASE("A password has 12 to 128 characters, counted after NFKC") {
    const auto problem_of = [](std::string_view password) { return code_of_problem(check_password("mori", password)); };
    CHECK(problem_of("kaze-to-hosh") == "");
    CHECK(problem_of("kaze-to-hos") == "password_short");
    CHECK(problem_of("海と山と空と星と月の夜") == "password_short");
    CHECK(problem_of("海と山と空と星と月の夜に") == "");
    CHECK(problem_of("ｶﾞﾗｽﾉｸﾂﾄﾊﾟﾝ") == "password_short"); // nine once made whole
    std::string longest;
    for (int i = 0; i < 64; ++i) {
        longest += fmt::format("{}{}", static_cast<char>('a' + i % 26), static_cast<char>('z' - i * 7 % 26));
    }
    CHECK(longest.size() == 128);
    CHECK(problem_of(longest) == "");
    CHECK(problem_of(longest + "x") == "password_long");
    CHECK(problem_of(std::string(1'000'000, 'x')) == "password_long");
    CHECK(problem_of("kaze-to-hoshi\n") == "password_malformed");
    CHECK(problem_of(std::string("kaze-to-\0hoshi", 14)) == "password_malformed");
    CHECK(problem_of("kaze-to-hoshi\xff") == "password_malformed");
}

TEST_CASE("A password is refused that has the name in it or is what everybody comes to") {
    const auto problem_of = [](std::string_view password) {
        return code_of_problem(check_password("tanaka.t", password));
    };
    CHECK(problem_of("tanaka.t-to-hoshi") == "password_has_name");
    CHECK(problem_of("hoshi-TANAKA.T-no") == "password_has_name");
    for (const auto* password : {
             "aaaaaaaaaaaa",     "abababababab",    "abcabcabcabcabc",        "123456789012",
             "098765432109",     "qwertyuiop12",    "poiuytrewq99",           "asdfghjkl;;;",
             "1qaz2wsx3edc",     "password1234",    "Password2024!",          "P@ssw0rd2024!",
             "administrator",    "Administrator1!", "passwordpassword",       "welcome12345",
             "abcdefghijklmnop", "qwerty123456",    "パスワードパスワード12", "あいうえおかきくけこさし",
             "20240401202404",   "shirube-shirube", "kanrisha12345",          "letmeinletmein",
             "111122223333",
         }) {
        CAPTURE(password);
        CHECK(problem_of(password) == "password_common");
    }
    for (const auto* password : {"umi no mieru kyuuryou", "correct horse battery staple", "compassionate-gardener",
                                 "x7#kQ9vL2m!tRz", "ねこと傘と三つの林檎の話", "0314-8825-7761-4092"}) {
        CAPTURE(password);
        CHECK(problem_of(password) == "");
    }
}

TEST_CASE("A password made by dice is taken, and is another one each time") {
    std::set<std::string> made;
    for (int i = 0; i < 200; ++i) {
        const auto password = random_password();
        CHECK(password.size() == 24);
        CHECK(check_password("mori", password));
        CHECK(made.insert(password).second);
    }
}

TEST_CASE("Every problem has a sentence in both languages") {
    for (const auto* code : {"name_malformed", "name_reserved", "name_taken", "municipality_malformed",
                             "municipality_missing", "account_unknown", "password_malformed", "password_short",
                             "password_long", "password_has_name", "password_common", "password_same", "password_wrong",
                             "signed_out", "totp_on", "totp_not_begun", "totp_wrong"}) {
        const auto problem = account_problem(code);
        CHECK(problem.code == code);
        CHECK_FALSE(problem.sentence_ja.empty());
        CHECK_FALSE(problem.sentence_en.empty());
    }
    CHECK(wait_problem(7).wait_s == 7);
    CHECK(wait_problem(7).sentence_en.find('7') != std::string::npos);
}
