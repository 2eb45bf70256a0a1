// Words inside documents against looking through every text.
#include "directory/snapshot/text_index.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace shirube::directory;

namespace {

using Documents = std::vector<std::vector<std::string>>;

TextIndex index_of(const Documents& documents) {
    TextIndex index;
    for (const auto& parts : documents) {
        REQUIRE(parts.size() == 2);
        index.add({parts[0], parts[1]});
    }
    index.build();
    return index;
}

bool holds(const std::vector<std::string>& parts, const std::string& word) {
    return std::ranges::any_of(parts, [&](const std::string& part) { return part.find(word) != std::string::npos; });
}

/// Of few letters, so that words come again, run into themselves and almost fit.
std::string drawn_text(std::mt19937& dice, std::size_t most) {
    static const std::vector<std::string> letters{"あ", "い", "a", "b", "館", "𠮟", "1"};
    std::string out;
    for (std::size_t left = dice() % (most + 1); left > 0; --left) {
        out += letters[dice() % letters.size()];
    }
    return out;
}

} // namespace

TEST_CASE("a word is found where looking through every text finds it", "[text]") {
    std::mt19937 dice(20'261'127);
    for (int round = 0; round < 60; ++round) {
        Documents documents(dice() % 40);
        for (auto& parts : documents) {
            parts = {drawn_text(dice, 12), drawn_text(dice, 6)};
        }
        const TextIndex index = index_of(documents);
        for (int asked = 0; asked < 60; ++asked) {
            const std::string word = drawn_text(dice, 4);
            if (word.empty()) {
                continue;
            }
            const auto left_out = static_cast<std::uint32_t>(dice() % 5);
            std::vector<std::uint32_t> expected;
            std::vector<std::uint32_t> expected_but;
            for (std::uint32_t number = 0; number < documents.size(); ++number) {
                if (holds(documents[number], word)) {
                    expected.push_back(number);
                    if (number % 5 != left_out) {
                        expected_but.push_back(number);
                    }
                }
            }
            INFO("word " << word << ", round " << round);
            CHECK(index.find(word) == expected);
            std::vector<std::uint32_t> found;
            index.for_each_but(
                word, [&](std::uint32_t number) { return number % 5 == left_out; },
                [&](std::uint32_t number, std::size_t at) {
                    found.push_back(number);
                    CHECK(at == index.document(number).find(word));
                    return true;
                });
            CHECK(found == expected_but);
        }
    }
}

TEST_CASE("no word is found over the end of a text or of a part", "[text]") {
    const TextIndex index = index_of({{"あい", "うえ"}, {"おか", "きく"}});
    const std::string separator(1, TextIndex::k_separator);
    CHECK(index.find("いう").empty());
    CHECK(index.find("えお").empty());
    CHECK(index.find("え" + separator + "おか").empty());
    CHECK(index.find("").empty());
    CHECK(index.find("きく") == std::vector<std::uint32_t>{1});
    CHECK(index.find("お") == std::vector<std::uint32_t>{1});
}

TEST_CASE("the search of words ends when it is told to", "[text]") {
    const TextIndex index = index_of({{"ひろば", ""}, {"ひろば", ""}, {"ひろば", ""}});
    std::size_t seen = 0;
    index.for_each("ひろば", [&](std::uint32_t, std::size_t) { return ++seen < 2; });
    CHECK(seen == 2);
    CHECK(TextIndex().find("ひろば").empty());
}
