// Blocks of a town in their packed form.
#include "directory/blocks.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>

using namespace shirube::directory;

namespace {

std::vector<Block> random_blocks(std::mt19937& random, std::size_t count) {
    std::vector<Block> blocks;
    for (std::size_t i = 0; i < count; ++i) {
        Block block;
        block.number = std::to_string(random() % 400);
        if (random() % 5 == 0) {
            block.number = "甲" + block.number;
        } else if (random() % 5 == 0) {
            block.number += "-" + std::to_string(random() % 9);
        }
        block.is_shown = random() % 2 == 0;
        block.position = {.lon = 137 + static_cast<double>(random() % 1'000'000) / 1e6,
                          .lat = 33 + static_cast<double>(random() % 1'000'000) / 1e6};
        block.accuracy_m = static_cast<std::uint32_t>(random() % 1000);
        blocks.push_back(block);
    }
    return blocks;
}

} // namespace

TEST_CASE("a block's number is one however lists write it") {
    for (const auto* written : {"3", "３", "3番", "三番", "003", "3番地", " 3 "}) {
        CAPTURE(written);
        CHECK(block_number(written) == "3");
    }
    CHECK(block_number("イ12") == block_number("い１２"));
    CHECK(block_number("甲12") == "甲12");
    CHECK(block_number("12の3") == "12-3");
    CHECK(block_number("0") == "0");
    CHECK(block_number("").empty());
}

TEST_CASE("packed blocks are found as a plain map finds them, and come back whole") {
    std::mt19937 random(7);
    for (int round = 0; round < 50; ++round) {
        const auto blocks = random_blocks(random, random() % 200);
        std::map<std::pair<bool, std::string>, Block> first;
        for (const Block& block : blocks) {
            first.try_emplace({block.is_shown, block.number}, block);
        }
        const std::string packed = pack_blocks(blocks);
        CHECK(count_blocks(packed) == first.size());
        const auto unpacked = unpack_blocks(packed);
        REQUIRE(unpacked.size() == first.size());
        for (const Block& block : unpacked) {
            const Block& expected = first.at({block.is_shown, block.number});
            CHECK(block.position.lon == Approx(expected.position.lon).margin(6e-7));
            CHECK(block.position.lat == Approx(expected.position.lat).margin(6e-7));
            CHECK(block.accuracy_m == expected.accuracy_m);
        }
        for (int number = 0; number < 420; ++number) {
            for (const std::string& text : {std::to_string(number), "甲" + std::to_string(number)}) {
                for (const bool shown : {true, false}) {
                    const auto found = find_block(packed, text, shown);
                    const auto expected = first.find({shown, text});
                    REQUIRE(found.has_value() == (expected != first.end()));
                    if (found) {
                        CHECK(found->position.lon == Approx(expected->second.position.lon).margin(6e-7));
                        CHECK(found->accuracy_m == expected->second.accuracy_m);
                    }
                }
            }
        }
        CHECK(pack_blocks(unpacked) == packed);
    }
}

TEST_CASE("a town's blocks take some eight bytes each") {
    std::vector<Block> blocks;
    for (int i = 1; i <= 400; ++i) {
        blocks.push_back({.number = std::to_string(i),
                          .is_shown = true,
                          .position = {.lon = 139.7 + 0.0007 * (i % 20), .lat = 35.6 + 0.0006 * (i / 20)},
                          .accuracy_m = static_cast<std::uint32_t>(60 + i % 13)});
    }
    CHECK(pack_blocks(blocks).size() <= blocks.size() * 8);
}

TEST_CASE("damaged bytes hold no blocks and harm nobody") {
    std::mt19937 random(11);
    const std::string packed = pack_blocks(random_blocks(random, 60));
    for (std::size_t cut = 0; cut < packed.size(); ++cut) {
        CHECK(unpack_blocks(std::string_view(packed).substr(0, cut)).empty());
        find_block(std::string_view(packed).substr(0, cut), "12", true);
    }
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes(random() % 40, '\0');
        std::ranges::generate(bytes, [&] { return static_cast<char>(random()); });
        CHECK(unpack_blocks(bytes).size() <= bytes.size());
        find_block(bytes, std::to_string(random() % 9), false);
    }
}
