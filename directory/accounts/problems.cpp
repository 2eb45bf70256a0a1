#include "directory/accounts/problems.hpp"

#include <fmt/format.h>

#include <array>
#include <cassert>

namespace shirube::directory {

namespace {

struct Sentences {
    std::string_view code;
    std::string_view ja;
    std::string_view en;
};

constexpr std::array k_sentences{
    Sentences{"name_malformed",
              "ログイン名は、半角の小文字・数字・「.」「_」「-」で 3 文字以上 64 文字以下にしてください。",
              "A login name has 3 to 64 of these: lower-case letters, digits, '.', '_', '-'."},
    Sentences{"name_reserved", "このログイン名は使えません。別の名前にしてください。",
              "This login name is kept for the program itself. Choose another one."},
    Sentences{"name_taken", "このログイン名はもう使われています。別の名前にしてください。",
              "This login name is taken. Choose another one."},
    Sentences{"municipality_malformed", "市区町村のコードは 5 桁の数字です（例：13101）。",
              "A municipality's code has five digits, as in 13101."},
    Sentences{"municipality_missing", "市区町村のコードが必要です。なくてよいのは管理者だけです。",
              "A municipality is needed. Only an administrator may be without one."},
    Sentences{"account_unknown", "このアカウントはありません。", "There is no such account."},
    Sentences{"password_malformed", "パスワードに使えない文字（制御文字など）があります。",
              "The password has characters that cannot be used, such as control characters."},
    Sentences{"password_short", "パスワードは 12 文字以上にしてください。", "A password has at least 12 characters."},
    Sentences{"password_long", "パスワードは 128 文字以下にしてください。", "A password has at most 128 characters."},
    Sentences{"password_has_name", "パスワードにログイン名を入れないでください。",
              "A password must not contain the login name."},
    Sentences{"password_common",
              "推測されやすいパスワードです（くり返し、キーの並び、よくある言葉など）。関係のない言葉をいくつか"
              "つなげるなどしてください。",
              "This password is easily guessed (repetition, rows of keys, the commonest words). Join a few words that "
              "have nothing to do with each other, for example."},
    Sentences{"password_same", "今と違うパスワードにしてください。",
              "Choose a password that differs from the old one."},
    Sentences{"password_wrong", "今のパスワードが違います。", "The old password is not right."},
    Sentences{"signed_out", "ログインの期限が切れました。もう一度ログインしてください。",
              "You are signed out. Please sign in again."},
    Sentences{"totp_on", "二段階認証はもう使われています。やり直すには、先に止めてください。",
              "The second factor is on already. Turn it off first to begin anew."},
    Sentences{"totp_not_begun", "二段階認証の設定が始まっていません。はじめからやり直してください。",
              "The second factor was not begun. Please start again."},
    Sentences{"totp_wrong", "認証コードが違います。端末の時刻が合っているかも確かめてください。",
              "The code is not right. See also whether the device's clock is."},
};

} // namespace

AccountProblem account_problem(std::string_view code) {
    for (const auto& row : k_sentences) {
        if (row.code == code) {
            return {std::string(row.code), std::string(row.ja), std::string(row.en), 0};
        }
    }
    assert(false && "a problem without a sentence");
    return {std::string(code), {}, {}, 0};
}

AccountProblem wait_problem(std::int64_t seconds) {
    return {"wait", fmt::format("{} 秒待ってから、やり直してください。", seconds),
            fmt::format("Please try again in {} seconds.", seconds), seconds};
}

} // namespace shirube::directory
