// A small gazetteer with the traps of the real one, and what addresses find in it.
#include "importers/locating/locator.hpp"

#include "geo/distance.hpp"
#include "importers/locating/town_extent.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <string>
#include <vector>

using namespace shirube;
using directory::TownReading;
using importers::Locator;

namespace {

TownReading town(std::string municipality, std::string name, double lon, double lat, std::string prefecture = "標県") {
    TownReading reading;
    reading.prefecture = std::move(prefecture);
    reading.municipality_name = std::move(municipality);
    reading.town = std::move(name);
    reading.position = {.lon = lon, .lat = lat};
    reading.accuracy_m = 300;
    return reading;
}

std::vector<TownReading> towns() {
    auto list = std::vector{town("潮見野市", "港町一丁目", 137.150, 33.120),
                            town("潮見野市", "港町二丁目", 137.154, 33.120),
                            town("潮見野市", "東一丁目", 137.160, 33.130),
                            town("潮見野市", "東山", 137.170, 33.130),
                            town("潮見野市", "前野町二丁目", 137.1, 33.1),
                            town("潮見野市", "大字谷戸", 137.11, 33.11),
                            town("潮見野市", "谷戸一丁目", 137.12, 33.11),
                            town("潮見野市", "代々木四丁目", 137.13, 33.11),
                            town("潮見野市", "大谷口", 137.14, 33.14),
                            town("潮見野市", "大谷口上町", 137.15, 33.15),
                            town("潮見野市", "阿佐谷北一丁目", 137.16, 33.16),
                            town("潮見野市", "千駄ケ谷三丁目", 137.17, 33.17),
                            town("潮見野市", "本町", 137.18, 33.18),
                            town("潮見野市", "十二社", 137.19, 33.19),
                            town("磯辺郡沖ノ浜町", "沖ノ浜一丁目", 137.20, 33.10),
                            town("磯辺郡沖ノ浜町", "本町", 137.21, 33.10),
                            town("標市中央区", "中央一丁目", 137.30, 33.20),
                            town("標市緑区", "緑町", 137.31, 33.21),
                            town("標市緑区", "中央二丁目", 137.32, 33.22),
                            town("雪原市北区", "北二十四条西五丁目", 141.34, 43.09),
                            town("雪原市北区", "北二十四条西六丁目", 141.33, 43.09),
                            town("古都市中京区", "亀屋町", 135.760, 35.010, "古府"),
                            town("古都市中京区", "亀屋町", 135.766, 35.014, "古府"),
                            town("古都市中京区", "上本能町", 135.767, 35.012, "古府"),
                            town("泉市", "浜通一丁", 135.48, 34.57),
                            town("泉市", "浜通二丁", 135.48, 34.58)};
    list[0].municipality = "99201";
    list[1].municipality = "99201";
    return list;
}

const Locator& locator() {
    static const Locator made(towns());
    return made;
}

std::string found(std::string_view address, std::string_view municipality = {}) {
    const auto location = locator().locate(address, municipality);
    return location ? location->municipality_name + " " + location->matched : "nothing";
}

} // namespace

TEST_CASE("an address is found in whatever numerals it is written") {
    for (const auto* address : {"標県潮見野市港町二丁目3番1号", "潮見野市港町2-3-1", "潮見野市港町２丁目３－１",
                                "標県潮見野市港町2町目", "潮見野市潮見野市港町2-3", "潮見野市港町2丁目周辺",
                                "潮見野市 港町 2-3-1 みなとビル", "\t\t標県潮見野市港町2-3-1\t"}) {
        CAPTURE(address);
        CHECK(found(address) == "潮見野市 港町二丁目");
    }
    CHECK(locator().locate("潮見野市港町2-3-1", "")->municipality == "99201");
    CHECK(locator().locate("潮見野市港町2-3-1", "")->quality == directory::PositionQuality::town);
}

TEST_CASE("the row's municipality helps where the address has none, and the address wins where it has one") {
    CHECK(found("本町12") == "nothing"); // in two municipalities
    CHECK(found("本町12", "潮見野市") == "潮見野市 本町");
    CHECK(found("本町12", "沖ノ浜町") == "磯辺郡沖ノ浜町 本町");
    CHECK(found("沖ノ浜町本町12", "潮見野市") == "磯辺郡沖ノ浜町 本町");
    CHECK(found("港町1-2", "99201") == "潮見野市 港町一丁目");
    CHECK(found("潮見野港町1-2", "潮見野市") == "潮見野市 港町一丁目"); // 市 left out
    CHECK(found("港町1-2") == "潮見野市 港町一丁目");                   // only one of that name
}

TEST_CASE("wards of a city, with and without the ward") {
    CHECK(found("標市中央区中央1-1") == "標市中央区 中央一丁目");
    CHECK(found("標市緑町5") == "標市緑区 緑町");
    CHECK(found("緑区緑町5", "標市") == "標市緑区 緑町");
    CHECK(found("標市中央3-1") == "nothing"); // 中央 lies in two wards
}

TEST_CASE("all 丁目 of a town are one area where the address names none of them") {
    const auto area = locator().locate("潮見野市港町", "");
    REQUIRE(area.has_value());
    CHECK(area->matched == "港町");
    CHECK(area->position.lon == Approx(137.152));
    CHECK(area->accuracy_m > 300 + 180);
    CHECK(area->accuracy_m < 300 + 200);
    CHECK(found("潮見野市港町9-1") == "潮見野市 港町"); // a lot, not a 丁目 anybody knows
}

TEST_CASE("a number may be a 丁目 or a lot") {
    CHECK(found("潮見野市谷戸1-2") == "潮見野市 谷戸一丁目");
    CHECK(found("潮見野市谷戸555") == "潮見野市 大字谷戸");
    CHECK(found("潮見野市大字谷戸555番地") == "潮見野市 大字谷戸");
    CHECK(found("潮見野市十二社20") == "潮見野市 十二社");
}

TEST_CASE("the longest name wins, and a longer one the gazetteer lacks is no shorter one") {
    CHECK(found("潮見野市大谷口上町1-3") == "潮見野市 大谷口上町");
    CHECK(found("潮見野市大谷口1-3") == "潮見野市 大谷口");
    CHECK(found("潮見野市大谷口北町1-3") == "nothing");
    CHECK(found("潮見野市東山5") == "潮見野市 東山");
    CHECK(found("潮見野市東町1-2") == "nothing");
}

TEST_CASE("slips that leave no doubt are understood") {
    CHECK(found("潮見野市前野2-43") == "潮見野市 前野町二丁目");
    CHECK(found("潮見野市代-木4-4-1") == "潮見野市 代々木四丁目");
    CHECK(found("潮見野市阿佐ヶ谷北1-2") == "潮見野市 阿佐谷北一丁目");
    CHECK(found("潮見野市千駄が谷3-2") == "潮見野市 千駄ケ谷三丁目");
    CHECK(found("潮見野市千駄谷3-2") == "潮見野市 千駄ケ谷三丁目");
}

TEST_CASE("towns by 条, by streets, by 丁 and with lettered lots") {
    CHECK(found("雪原市北区北24条西5丁目1-8") == "雪原市北区 北二十四条西五丁目");
    CHECK(found("雪原市北区北24条西6-1-8") == "雪原市北区 北二十四条西六丁目");
    CHECK(found("古都市中京区寺町通御池上る上本能町488番地") == "古都市中京区 上本能町");
    CHECK(found("古都市中京区烏丸通二条下ル上本能町") == "古都市中京区 上本能町");
    CHECK(found("泉市浜通2丁3-4") == "泉市 浜通二丁");
    CHECK(found("泉市浜通1-3-4") == "泉市 浜通一丁");
    CHECK(found("潮見野市本町甲12") == "潮見野市 本町");
    CHECK(found("潮見野市本町イ3番地") == "潮見野市 本町");
    CHECK(found("〒999-0001　標県潮見野市港町2-3") == "潮見野市 港町二丁目");
}

TEST_CASE("several towns of one name in one ward are one area that holds them all") {
    const auto area = locator().locate("古都市中京区御幸町通夷川上る亀屋町12", "");
    REQUIRE(area.has_value());
    CHECK(area->position.lon == Approx(135.763));
    CHECK(area->accuracy_m > 300 + geo::distance_m(area->position, {.lon = 135.760, .lat = 35.010}) - 1);
}

TEST_CASE("random pieces of addresses never crash and never name a town of another municipality than theirs") {
    const std::vector<std::string> heads{"潮見野市", "磯辺郡沖ノ浜町", "沖ノ浜町", "標市中央区",
                                         "標市緑区", "雪原市北区",     "泉市"};
    const std::vector<std::string> pieces{
        "港町",       "東",       "東山",     "本町",         "前野",         "大字", "字",     "谷戸",  "代-木",
        "中央",       "緑町",     "北24条西", "浜通",         "上る",         "西入", "一丁目", "2丁目", "丁",
        "１－",       "-",        "の",       "番地",         "号",           "甲",   "イ",     "(",     "）",
        "〒123-4567", "　",       "\n",       "ヶ",           "々",           "周辺", "ビル",   "",      "標県",
        "別県",       "潮見野市", "\xff",     "九千九百丁目", "999999999999", "十"};
    std::mt19937 dice(20261125);
    const auto pick = [&](const std::vector<std::string>& from) { return from[dice() % from.size()]; };
    std::size_t located = 0;
    for (int i = 0; i < 20'000; ++i) {
        const std::string head = pick(heads);
        std::string address = head;
        const auto count = dice() % 7;
        for (std::uint32_t piece = 0; piece < count; ++piece) {
            address += pick(pieces);
        }
        const auto location = locator().locate(address, i % 3 == 0 ? pick(heads) : "");
        CHECK(locator().candidates(address.substr(head.size()), 3).size() <= 3);
        if (location) {
            ++located;
            CAPTURE(address, location->municipality_name, location->matched);
            REQUIRE(location->municipality_name.ends_with(head));
        }
    }
    CHECK(located > 300);
}

TEST_CASE("no point is invented") {
    for (const auto* address :
         {"", "潮見野市", "潮見野市夢見台4-1", "別県潮見野市港町1-2", "非公開", "（個別配送）", "港"}) {
        CAPTURE(address);
        CHECK(found(address) == "nothing");
    }
    CHECK_FALSE(Locator({}).locate("潮見野市港町1-2", "").has_value());
    CHECK(Locator({}).empty());
    CHECK_FALSE(locator().empty());
}

TEST_CASE("a search field is offered what begins so before what holds it") {
    const auto candidates = locator().candidates("港町", 5);
    REQUIRE(candidates.size() == 3);
    CHECK(candidates[0].matched == "港町");
    CHECK(candidates[1].matched == "港町一丁目");
    CHECK(candidates[2].matched == "港町二丁目");
    CHECK(locator().candidates("潮見野市港町2", 5).at(0).matched == "港町二丁目");
    CHECK(locator().candidates("沖ノ浜", 1).at(0).municipality_name == "磯辺郡沖ノ浜町");
    CHECK(locator().candidates("本町", 5).size() == 2);
    CHECK(locator().candidates("どこにもない町", 5).empty());
    CHECK(locator().candidates("", 5).empty());
    CHECK(locator().candidates("港町", 0).empty());
    const auto whole = locator().candidates("潮見野市", 5);
    REQUIRE(whole.size() == 5);
    CHECK(whole[0].matched.empty());
    CHECK(whole[0].municipality_name == "潮見野市");
    CHECK(whole[0].quality == directory::PositionQuality::municipality);
    CHECK(locator().candidates("標県", 1).at(0).matched.empty());
}

TEST_CASE("a town's radius follows the distance to its neighbours and keeps within bounds") {
    std::vector<TownReading> close;
    std::vector<TownReading> wide;
    for (int i = 0; i < 9; ++i) {
        const double x = i % 3;
        const double y = i / 3;
        close.push_back(town("甲市", "町" + std::to_string(i), 137 + x * 0.004, 33 + y * 0.004));
        wide.push_back(town("乙市", "町" + std::to_string(i), 137 + x * 0.02, 33 + y * 0.02));
    }
    auto all = close;
    all.insert(all.end(), wide.begin(), wide.end());
    importers::assign_town_extents(all);
    CHECK(all[4].accuracy_m > 300); // some 400 m between neighbours
    CHECK(all[4].accuracy_m < 600);
    CHECK(all[9 + 4].accuracy_m / all[4].accuracy_m == Approx(5).epsilon(0.01));
    std::vector<TownReading> alone{town("丙村", "一", 137, 33)};
    importers::assign_town_extents(alone);
    CHECK(alone[0].accuracy_m == 4000);
    std::vector<TownReading> same{town("丁村", "一", 137, 33), town("丁村", "二", 137, 33)};
    importers::assign_town_extents(same);
    CHECK(same[0].accuracy_m == 4000); // how far either reaches nobody can tell by the other
}
