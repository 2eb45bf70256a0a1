// docs/import.md is what people look a code up in: it has them all, each once, with the sentences of the table.
#include "importers/report/issue_codes.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <string>

namespace shirube::importers {

namespace {

/// From code to its line's two sentences, out of rows like "| `code` | 日本語 | English |".
std::multimap<std::string, std::string> documented() {
    std::ifstream in(std::string{SHIRUBE_SOURCE_DIR} + "/docs/import.md", std::ios::binary);
    REQUIRE(in);
    std::multimap<std::string, std::string> out;
    const std::regex row(R"(^\| `([a-z_0-9]+)` \| (.*) \|$)");
    bool reached = false;
    for (std::string line; std::getline(in, line);) {
        reached = reached || line.starts_with("## コード");
        if (std::smatch found; reached && std::regex_match(line, found, row)) {
            out.emplace(found[1], found[2]);
        }
    }
    return out;
}

/// A sentence as the document shows it: an ellipsis where the place of the problem fills something in.
std::string shown(std::string_view sentence) {
    return std::regex_replace(std::string{sentence}, std::regex(R"(\{[01]\})"), "…");
}

} // namespace

TEST_CASE("every issue code is documented once, with its sentences, and no other is") {
    const auto rows = documented();
    for (const IssueCode& issue : issue_codes()) {
        const std::string wanted = shown(issue.ja) + " | " + shown(issue.en);
        INFO("docs/import.md wants the row: | `" << issue.code << "` | " << wanted << " |");
        const auto [first, last] = rows.equal_range(std::string{issue.code});
        REQUIRE(std::distance(first, last) == 1);
        CHECK(first->second == wanted);
    }
    CHECK(rows.size() == issue_codes().size());
}

} // namespace shirube::importers
