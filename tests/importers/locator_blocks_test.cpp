// Addresses located to their blocks and lots.
#include "directory/blocks.hpp"
#include "importers/locating/address_block.hpp"
#include "importers/locating/locator.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace shirube;
using directory::Block;
using directory::TownReading;
using importers::Locator;

namespace {

constexpr bool k_shown = true;
constexpr bool k_lot = false;

TownReading town(std::string name, std::string koaza, std::vector<Block> blocks,
                 std::string municipality = "潮見野市") {
    TownReading reading;
    reading.prefecture = "標県";
    reading.municipality_name = std::move(municipality);
    reading.town = std::move(name);
    reading.koaza = std::move(koaza);
    reading.position = {.lon = 137.15, .lat = 33.12};
    reading.accuracy_m = 400;
    if (!blocks.empty()) {
        reading.blocks = std::make_shared<const std::string>(directory::pack_blocks(std::move(blocks)));
    }
    return reading;
}

Block block(std::string number, bool is_shown, double lon = 137.151) {
    return {.number = std::move(number), .is_shown = is_shown, .position = {lon, 33.121}, .accuracy_m = 60};
}

const Locator& locator() {
    static const Locator made(std::vector{
        town("港町一丁目", "", {block("2", k_shown), block("13", k_shown)}),
        town("港町二丁目", "", {block("3", k_shown, 137.16)}),
        town("大字谷戸", "",
             {block("1", k_lot), block("12", k_lot), block("12-3", k_lot, 137.17), block("甲7", k_lot)}),
        town("谷戸一丁目", "", {block("5", k_shown)}),
        town("岬", "", {block("4", k_shown), block("4", k_lot, 137.152)}),
        town("大字台", "", {}),
        town("大字台", "上", {block("100", k_lot), block("101", k_lot)}),
        town("大字台", "下", {block("200", k_lot, 137.18)}),
        town("大字原", "", {}),
        town("大字原", "上", {block("1", k_lot), block("2", k_lot)}),
        town("大字原", "下", {block("1", k_lot), block("3", k_lot)}),
        town("北二十四条西五丁目", "", {block("1", k_shown)}, "雪原市"),
        town("亀屋町", "", {block("10", k_lot)}, "古都市"),
        town("亀屋町", "", {block("20", k_lot)}, "古都市"),
    });
    return made;
}

/// "港町一丁目2番 block", "港町一丁目 town", "nothing".
std::string found(std::string_view address) {
    const auto location = locator().locate(address, {});
    return location ? location->matched + " " + std::string(directory::code_of(location->quality)) : "nothing";
}

} // namespace

TEST_CASE("an address is located to its block however it is written") {
    for (const auto* address :
         {"標県潮見野市港町1-2-3", "潮見野市港町一丁目2番3号", "潮見野市港町1丁目2-3", "潮見野市港町１丁目２番地３",
          "潮見野市港町１－２", "潮見野市港町一丁目二番三号 みなとビル3階", "潮見野市港町1の2の3",
          "潮見野市港町1丁目2番", "〒123-4567 潮見野市港町1-2-3（旧館）", "潮見野市港町1-2-3みなとビル", "港町1-2-3"}) {
        CAPTURE(address);
        CHECK(found(address) == "港町一丁目2番 block");
    }
    const auto location = locator().locate("潮見野市港町1-2-3", {});
    CHECK(location->accuracy_m == 60);
    CHECK(location->position.lon == Approx(137.151));
    CHECK(found("潮見野市港町1-13-1") == "港町一丁目13番 block");
    CHECK(found("雪原市北24条西5丁目1-8") == "北二十四条西五丁目1番 block");
}

TEST_CASE("a number that the town does not have leaves the address at its town") {
    for (const auto* address :
         {"潮見野市港町1-3-3", "潮見野市港町一丁目", "潮見野市港町1丁目周辺", "潮見野市港町1-2-3周辺",
          "潮見野市港町1丁目2番3号付近", "潮見野市港町1-2地先", "潮見野市港町1丁目2号", "潮見野市港町1丁目 2階"}) {
        CAPTURE(address);
        CHECK(found(address) == "港町一丁目 town");
    }
    CHECK(found("潮見野市港町2番地3") == "港町 town"); // no 丁目 is named: 2 is a number of the town
    CHECK(found("古都市亀屋町10") == "亀屋町 town");   // there are two of that name
}

TEST_CASE("lots: the branch where the gazetteer has it, else its main number; letters too") {
    CHECK(found("潮見野市大字谷戸12番地3") == "大字谷戸12-3番地 block");
    CHECK(found("潮見野市大字谷戸12-3") == "大字谷戸12-3番地 block");
    CHECK(found("潮見野市大字谷戸12-9") == "大字谷戸12番地 block");
    CHECK(found("潮見野市谷戸甲7") == "大字谷戸甲7番地 block");
    CHECK(found("潮見野市谷戸1番地5") == "大字谷戸1番地 block"); // 番地 is no 丁目
    CHECK(found("潮見野市谷戸1-5") == "谷戸一丁目5番 block");
    CHECK(found("潮見野市谷戸1丁目5番1号") == "谷戸一丁目5番 block");
    CHECK(found("潮見野市谷戸99番地") == "大字谷戸 town");
}

TEST_CASE("where a number is a block and a lot the word tells which, and without it the circle holds both") {
    CHECK(found("潮見野市岬4番1号") == "岬4番 block");
    CHECK(found("潮見野市岬4番地1") == "岬4番地 block");
    const auto open = locator().locate("潮見野市岬4-1", {});
    REQUIRE(open);
    CHECK(open->accuracy_m > 60 + 90);
    CHECK(open->accuracy_m < 60 + 100);
}

TEST_CASE("a 小字 that is left out is found by its lot where no lot recurs in the 大字, and not elsewhere") {
    CHECK(found("潮見野市台101") == "大字台上101番地 block");
    CHECK(found("潮見野市大字台200番地") == "大字台下200番地 block");
    CHECK(found("潮見野市台下200") == "大字台下200番地 block");
    CHECK(found("潮見野市原2") == "大字原 town"); // lots are counted anew in each 小字
    CHECK(found("潮見野市原上2") == "大字原上2番地 block");
}

TEST_CASE("the name of a town is never read as a lot") {
    const auto location = locator().locate_town("港町1-2", "潮見野市");
    REQUIRE(location);
    CHECK(location->quality == directory::PositionQuality::town);
    CHECK(location->matched == "港町一丁目");
}

TEST_CASE("what an address says of its number beyond the number") {
    using importers::block_hint;
    using importers::BlockForm;
    CHECK(block_hint("港町2番3号").form == BlockForm::shown);
    CHECK(block_hint("谷戸12番地").form == BlockForm::lot);
    CHECK(block_hint("港町2-3").form == BlockForm::open);
    CHECK(block_hint("三番町2-3").form == BlockForm::open);
    CHECK_FALSE(block_hint("三番町2番地").begins_with_block == false);
    CHECK(block_hint("谷戸一番地5").begins_with_block);
    CHECK_FALSE(block_hint("港町二丁目3番").begins_with_block);
    CHECK_FALSE(block_hint("港町2-3番地").begins_with_block);
    CHECK(importers::leading_blocks("-12-3-4") == std::vector<std::string>{"12-3-4", "12-3", "12"});
    CHECK(importers::leading_blocks("3階").empty());
    CHECK(importers::leading_blocks("2-3階") == std::vector<std::string>{"2"});
    CHECK(importers::leading_blocks("").empty());
    CHECK(importers::leading_blocks("1234567").empty());
}
