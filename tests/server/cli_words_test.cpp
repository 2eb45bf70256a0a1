// The command line in both of its languages: help, wrong use, and every table that a person reads.
#include "directory/reading.hpp"
#include "server/cli/history_words.hpp"
#include "server/cli/text_table.hpp"
#include "tests/server/support/process.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::tests {

namespace {

using nlohmann::json;

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

/// The process speaks English unless told: the later --lang holds.
Ran in_japanese(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--lang", "ja"});
    return run_shirube(arguments);
}

bool has_japanese(std::string_view line) {
    return std::ranges::any_of(line, [](char c) { return static_cast<unsigned char>(c) >= 0xe3; });
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

/// "c1hzxn1tq8ym8" of the one service that is found by that name.
json properties_of(const fs::path& store, const std::string& name) {
    const auto ran = run_shirube({"search", "--store", store, "--q", name, "--format", "json"});
    REQUIRE(ran.status == 0);
    const auto found = json::parse(ran.output);
    REQUIRE(found.at("features").size() == 1);
    return found.at("features")[0].at("properties");
}

constexpr std::array k_commands{"import", "template", "imports", "undo",     "links",  "history",
                                "check",  "serve",    "search",  "coverage", "network"};

} // namespace

TEST_CASE("help is in one language, whole: the program's, and every command's with every option", "[cli]") {
    const auto explains_all = [](const std::string& help, bool japanese) {
        // An option and what it is: on its line from the thirtieth column, or below where the left is longer.
        std::size_t options = 0;
        const auto lines = lines_of(help);
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (lines[i].starts_with("  -")) {
                ++options;
                const auto& below = i + 1 < lines.size() && lines[i + 1].starts_with("          ") ? lines[i + 1] : "";
                CAPTURE(lines[i], below);
                CHECK((has_japanese(lines[i].substr(2)) || has_japanese(below)) == japanese);
            }
        }
        CHECK(options >= 2);
    };
    const auto program = in_japanese({"--help"});
    CHECK(program.status == 0);
    explains_all(program.output, true);
    CHECK(has(program.output, "使い方: shirube [オプション] コマンド\n"));
    for (const auto* command : k_commands) {
        CAPTURE(command);
        CHECK(has(program.output, std::string("\n  ") + command + " "));
        const auto japanese = in_japanese({command, "--help"});
        CHECK(japanese.status == 0);
        CHECK(has(japanese.output, std::string("使い方: shirube ") + command));
        CHECK(has(japanese.output, "\nオプション:\n"));
        CHECK_FALSE(has(japanese.output, "REQUIRED"));
        CHECK_FALSE(has(japanese.output, "TEXT"));
        explains_all(japanese.output, true);
        const auto english = run_shirube({command, "--help"});
        CHECK(has(english.output, std::string("Usage: shirube ") + command));
        CHECK(has(english.output, "\nOptions:\n"));
        explains_all(english.output, false);
        CHECK_FALSE(has_japanese(english.output));
    }
    // Before the command as well as behind it, and in one word.
    CHECK(run_shirube({"--lang=ja", "import", "--help"}).output == in_japanese({"import", "--help"}).output);
}

TEST_CASE("wrong use says in the language which help to read", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const auto unstored = in_japanese({"import", "resources", "a.csv"});
    CHECK(unstored.status == 2);
    CHECK(has(unstored.errors, "--store"));
    CHECK(has(unstored.errors, "使い方が違います。`shirube import --help` で確かめてください。"));
    const auto english = run_shirube({"import", "resources", "a.csv"});
    CHECK(has(english.errors, "`shirube import --help`"));
    CHECK_FALSE(has_japanese(english.errors));
    CHECK(has(in_japanese({}).errors, "`shirube --help`"));

    const auto wrong = [&](std::vector<std::string> arguments, std::string_view ja, std::string_view en) {
        arguments.insert(arguments.end(), {"--store", store});
        CAPTURE(arguments);
        const auto there = run_shirube(arguments);
        CHECK(there.status == 2);
        CHECK(has(there.errors, en));
        CHECK_FALSE(has_japanese(there.errors));
        const auto here = in_japanese(arguments);
        CHECK(here.status == 2);
        CHECK(has(here.errors, ja));
    };
    wrong({"serve", "--listen", "nonsense"}, "ではありません。", "not of the form ADDRESS:PORT");
    wrong({"serve", "--config", folder.write("a.toml", "speed = 1\n")}, "という設定はありません。", "no setting");
    wrong({"coverage", "--policy", "nonsense"}, "判定基準でもファイルでもありません", "neither a policy nor a file");
    wrong({"coverage", "--policy", "jidokan_per_chugakkoku", "--at", "someday"}, "日付でも日時でもありません",
          "no ISO 8601");
    wrong({"search", "--near", "139.7"}, "パラメーターの値が正しくありません", "lon,lat");
    CHECK(has(in_japanese({"check", "--store", ""}).errors, "ファイル名を書いてください。"));
}

TEST_CASE("the history of imports names its bins and kinds in the language, and the bins add up", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const auto list = folder.write("list.csv",
                                   "ID,事業,名称,緯度,経度\r\n1,児童館,よい館,33.1,137.1\r\n,,,,\r\n"
                                   "2,児童館,,33.1,137.1\r\n");
    CHECK(run_shirube({"import", "resources", list, "--store", store}).status == 3);
    const auto japanese = in_japanese({"imports", "--store", store});
    CHECK(has(japanese.output, "読んだ行 3 = 取込 1 + 注意つき 0 + 取り込めない 1 + 対象外 0 + 空行 1\n"));
    CHECK(has(japanese.output, "resources (事業)"));
    CHECK(has(japanese.output, "gazetteer (町名)"));
    const auto english = run_shirube({"imports", "--store", store});
    CHECK(has(english.output, "read 3 = accepted 1 + flagged 0 + rejected 1 + out of scope 0 + blank 1\n"));
    CHECK(has(english.output, "resources (places and services)"));
    CHECK(has(english.output, "  districts  "));
}

TEST_CASE("check tells what it found in the language, under codes that stay", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const auto list = folder.write("list.csv", "ID,事業,名称,最終確認日\r\n1,児童館,どこかの館,2001-02-03\r\n");
    REQUIRE(run_shirube({"import", "resources", list, "--store", store}).status != 1);
    const auto corrections = folder.write("corrections.csv",
                                          "対象ID,決めた日,決めた人,理由,料金\r\n"
                                          "0000000000001,2026-05-10,資源コーディネーター,試し,無料\r\n");
    REQUIRE(run_shirube({"import", "corrections", corrections, "--store", store}).status != 1);
    const auto japanese = in_japanese({"check", "--store", store});
    CHECK(japanese.status == 0);
    const auto english = run_shirube({"check", "--store", store});
    CHECK(english.status == 0);
    for (const auto* code : {"unlocated", "stale", "correction_without_target"}) {
        CAPTURE(code);
        CHECK(has(japanese.output, std::string("確認  ") + code));
        CHECK(has(english.output, std::string("note  ") + code));
    }
    CHECK(has(japanese.output, "どこかの館 の位置がわかりません：住所がありません\n"));
    CHECK(has(english.output, "どこかの館 has no position: no address\n"));
    CHECK(has(japanese.output, "どこかの館 を最後に確認したのは 2001-02-03 です\n"));
    CHECK(has(japanese.output, "の対象 0000000000001 は、いま有効などの台帳にもありません"));
    CHECK(has(english.output, "speaks of 0000000000001, which no list in force has"));
    CHECK_FALSE(has(japanese.output, "has no position"));
}

TEST_CASE("search and coverage have heads, tiers and sums in the language", "[cli]") {
    const ScratchFolder folder;
    const auto store = town_store(folder);
    const auto found = in_japanese({"search", "--store", store, "--q", "みなと", "--day", "sat"});
    CHECK(has(found.output, "1 件見つかりました。\n"));
    CHECK(has(found.output, "開いているか"));
    CHECK(has(found.output, "小型児童館"));
    const auto found_in_english = run_shirube({"search", "--store", store, "--q", "みなと", "--day", "sat"});
    CHECK(has(found_in_english.output, "1 found.\n"));
    CHECK(has(found_in_english.output, "Small children's centre"));

    const std::vector<std::string> coverage{"coverage", "--store",   store, "--policy", "jidokan_per_chugakkoku",
                                            "--at",     "2026-11-21"};
    const auto japanese = in_japanese(coverage).output;
    const auto english = run_shirube(coverage).output;
    for (const auto* words :
         {"判定", "区域", "充足 ", "対象外（休校など）", "充足率: ", "空白の区域: ", "対象の実施は "}) {
        CAPTURE(words);
        CHECK(has(japanese, words));
    }
    for (const auto* words :
         {"Answer", "District", "Covered ", "Set apart (suspended)", "Places per district: ", "services count: "}) {
        CAPTURE(words);
        CHECK(has(english, words));
    }
    for (const auto* code : {"share_with_any", "no_data", "n?"}) {
        CHECK_FALSE(has(japanese, code));
    }
}

TEST_CASE("a table stands in columns where an East Asian letter takes two", "[cli]") {
    server::TextTable table({{"名称"}, {"n", server::TextTable::Side::right}, {"place"}});
    table.add({"みなと児童館", "5", "a"});
    table.add({"Bay", "1,234", "b"});
    CHECK(table.text() ==
          "名称              n  place\n"
          "みなと児童館      5  a\n"
          "Bay           1,234  b\n");
}

TEST_CASE("history tells which field changed, from what to what, and what a hand put right", "[cli]") {
    const ScratchFolder folder;
    const auto store = folder / "town.shirube";
    const auto import = [&](const std::string& kind, const std::string& name, const std::string& rows,
                            const std::string& list) {
        const auto ran = run_shirube({"import", kind, folder.write(name, rows), "--store", store, "--list", list});
        CAPTURE(ran.output, ran.errors);
        REQUIRE((ran.status == 0 || ran.status == 3));
    };
    const std::string head =
        "ID,事業,名称,市区町村コード,住所,緯度,経度,電話番号,対象年齢_終了,利用方法,状態,"
        "開催曜日,開催開始時間,開催終了時間\r\n";
    const std::string other = "2,児童館,おかの館,99201,丘町9-9,33.2,137.2,,,,,,,\r\n";
    import("resources", "a.csv",
           head + "1,児童館,はまの館,99201,浜町1-2,33.1,137.1,000-0000-0001,18歳,立ち寄り,実施中,土,10:00,17:00\r\n" +
               other,
           "館");
    import("resources", "b.csv",
           head + "1,児童館,はまの館,99201,浜町1-2,33.1,137.1,000-0000-0002,14歳,登録,休止,土,9:30,17:00\r\n" + other,
           "館");
    const auto beach = properties_of(store, "はまの館");
    const std::string service = beach.at("id");
    const std::string site = beach.at("site");
    const std::string hill = properties_of(store, "おかの館").at("site");

    const auto japanese = in_japanese({"history", service, "--store", store});
    CHECK(japanese.status == 0);
    for (const auto* line :
         {"a.csv の 2 行目\n       はじめて載りました\n", "電話番号: 000-0000-0001 → 000-0000-0002\n",
          "対象年齢_終了: 18歳 → 14歳\n", "利用方法: 立ち寄り → 登録\n", "状態: 実施中 → 休止\n",
          "開催: 毎週土曜日 10:00–17:00 → 毎週土曜日 9:30–17:00\n"}) {
        CAPTURE(line, japanese.output);
        CHECK(has(japanese.output, line));
    }
    CHECK_FALSE(has(japanese.output, "services.0"));
    CHECK_FALSE(has(japanese.output, "台帳の言葉")); // the code's own name says no more
    const auto english = run_shirube({"history", service, "--store", store});
    for (const auto* line : {"a.csv, row 2\n       listed for the first time\n",
                             "Telephone: 000-0000-0001 → 000-0000-0002\n", "Status: Active → Paused\n"}) {
        CAPTURE(line, english.output);
        CHECK(has(english.output, line));
    }
    CHECK_FALSE(has(english.output, "\"")); // no JSON

    import("corrections", "corrections.csv",
           "対象ID,相手ID,判定,決めた日,決めた人,理由,電話番号,備考,開催曜日,開催開始時間,開催終了時間\r\n" + service +
               ",,,2026-05-10,資源コーディネーター,電話で確かめた,000-0000-0012,消す,月,10:00,16:00\r\n" + site + "," +
               hill + ",別,2026-06-01,市区町村の担当課,建物がちがう,,,,,\r\n",
           "手直し");
    const auto corrected = in_japanese({"history", service, "--store", store});
    for (const auto* line :
         {"手直し（2026年5月10日、資源コーディネーター）: 電話で確かめた\n", "       電話番号: 000-0000-0012\n",
          "       備考: わからないことにする\n", "       開催: 毎週月曜日 10:00–16:00\n"}) {
        CAPTURE(line, corrected.output);
        CHECK(has(corrected.output, line));
    }
    for (const auto& [one, two] : {std::pair{site, hill}, {hill, site}}) {
        CHECK(has(in_japanese({"history", one, "--store", store}).output, two + " ("));
        CHECK(has(in_japanese({"history", one, "--store", store}).output, "とは別の場所\n"));
        CHECK(has(run_shirube({"history", one, "--store", store}).output, "apart from " + two));
    }

    const auto ran = run_shirube({"history", service, "--store", store, "--format", "json"});
    const auto document = json::parse(ran.output).at("history");
    REQUIRE(document.size() == 3);
    CHECK(document[0].at("correction").is_null());
    CHECK(std::ranges::any_of(document[1].at("changes"),
                              [](const json& change) { return change.at("field") == "services.0.phone"; }));
    CHECK(document[2].at("kind") == "corrections");
    CHECK(document[2].at("correction").at("service").at("phone") == "000-0000-0012");

    // The same rows again: unchanged, and the correction is not told twice.
    import("resources", "b.csv", bytes_of(folder / "b.csv"), "館");
    CHECK(has(in_japanese({"history", service, "--store", store}).output, "       変わりません\n"));
    CHECK(has(run_shirube({"history", service, "--store", store}).output, "       unchanged\n"));
}

TEST_CASE("a field that nobody has put into words goes by its path", "[cli]") {
    directory::HistoryEntry entry;
    entry.reading_before = R"({"site":{"official_name":"館","colour":"red"},"services":[{"programme":"jidokan"}]})";
    entry.reading = R"({"site":{"official_name":"館"},"services":[{"programme":"jidokan","pets":2}],"more":true})";
    const auto changes = server::changes_in_words(entry, "ja");
    REQUIRE(changes.size() == 3);
    CHECK(changes[0].name == "site.colour");
    CHECK(changes[0].before == "\"red\"");
    CHECK(changes[0].after == "null");
    CHECK(changes[1].name == "services.0.pets");
    CHECK(changes[1].after == "2");
    CHECK(changes[2].name == "more");
}

} // namespace shirube::tests
