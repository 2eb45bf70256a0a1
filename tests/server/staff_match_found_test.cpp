// The answer of a caseworker's search is long: it begins with what was found, and folds the rest away without hiding
// what is ticked.
#include "tests/server/support/match_rows.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;

namespace {

std::size_t count_of(std::string_view text, std::string_view words) {
    std::size_t count = 0;
    for (auto at = text.find(words); at != std::string_view::npos; at = text.find(words, at + words.size())) {
        ++count;
    }
    return count;
}

bool contains(std::string_view text, std::string_view words) { return text.find(words) != std::string_view::npos; }

/// The part of a page from one mark to the next of another.
std::string between(std::string_view page, std::string_view from, std::string_view to) {
    const auto begin = page.find(from);
    REQUIRE(begin != std::string_view::npos);
    const auto end = page.find(to, begin);
    REQUIRE(end != std::string_view::npos);
    return std::string{page.substr(begin, end - begin)};
}

Query family() {
    return {
        {"place1", "137.15,33.2"},        {"place1_role", "home"},   {"person1_kind", "child"}, {"person1_years", "9"},
        {"person1_need", "after_school"}, {"person1_need", "meals"}, {"mode", "walk"},          {"do", "search"}};
}

} // namespace

TEST_CASE("An answer begins with what was found of each need, and folds away all but the first of them") {
    RowsTown caseworker;
    std::vector<directory::BatchRow> rows;
    for (int i = 0; i < 6; ++i) {
        rows.push_back(public_row(fmt::format("第{}の館", i + 1), 137.15 + 0.001 * i, {}));
    }
    caseworker.import(std::move(rows));
    const std::string page{caseworker.post(family()).content()};

    const auto found = between(page, "class=\"match-found\"", "</nav>");
    CHECK(page.find("class=\"match-found\"") < page.find("class=\"match-choices\""));
    CHECK(contains(found, "<a href=\"#need-1\">子ども1（9歳）：放課後の居場所</a> <b>5件</b>"));
    CHECK(contains(found, "<a href=\"#need-2\">子ども1（9歳）：食事</a> <b class=\"unknown\">見つかりません</b>"));
    // The names of all five are there, those that are folded away too.
    for (int i = 1; i <= 4; ++i) {
        CHECK(contains(found, fmt::format("第{}の館", i)));
    }

    const auto need = between(page, "id=\"need-1\"", "id=\"need-2\"");
    CHECK(count_of(need, "name=\"take\"") == 5);
    const auto folded = between(need, "<details class=\"more\">", "</details>");
    CHECK(count_of(folded, "name=\"take\"") == 2);
    CHECK(contains(folded, "ほかの候補 2件"));
    CHECK(contains(folded, "順番 </span>4</span>"));
    // Each with its reasons, and nothing is ticked unseen.
    CHECK(count_of(folded, "class=\"reasons\"") == 2);
    CHECK(count_of(need, " checked") == 3);
    CHECK(count_of(folded, " checked") == 0);

    // What somebody ticked there is in sight when they come back to it.
    const std::string_view mark = "name=\"take\" value=\"";
    const auto at = folded.find(mark) + mark.size();
    auto fields = family();
    fields.emplace_back("take", folded.substr(at, folded.find('"', at) - at));
    const std::string again{caseworker.post(fields).content()};
    CHECK(count_of(between(again, "<details class=\"more\" open>", "</details>"), " checked") == 1);
}

TEST_CASE("Where nobody knows how a place is used, the card says of what nothing is known before the telephone") {
    RowsTown caseworker;
    directory::ServiceReading service;
    service.phone = "000-0000-4201";
    caseworker.import({public_row("なぞの館", 137.15, service)});
    const auto answer = caseworker.post(family());
    REQUIRE(answer.status == 200);
    CHECK(contains(answer.content(),
                   "<span class=\"quiet\">使い方はわかりません</span> <span class=\"phone\">000-0000-4201"));
    CHECK_FALSE(contains(answer.content(), "<span class=\"quiet\">わかりません</span>"));
}
