// Addresses in their many written forms.
#include "importers/locating/address.hpp"

#include "directory/town_name.hpp"

#include <catch2/catch.hpp>

using namespace shirube::importers;

TEST_CASE("a prefecture is split off, an invented one too") {
    CHECK(split_prefecture("東京都青梅市今井2").prefecture == "東京都");
    CHECK(split_prefecture("東京都青梅市今井2").rest == "青梅市今井2");
    CHECK(split_prefecture("神奈川県川崎市").rest == "川崎市");
    CHECK(split_prefecture("標県潮見野市港町").prefecture == "標県");
    CHECK(split_prefecture("\t\t東京都 大田区").rest.starts_with(" 大田区"));
    CHECK(split_prefecture("青梅市今井").prefecture.empty());
    CHECK(split_prefecture("山県市高富").prefecture == "山県"); // rare, and the gazetteer then knows no such prefecture
    CHECK(split_prefecture("").rest.empty());
}

TEST_CASE("the municipality an address begins with") {
    CHECK(leading_municipality("青梅市今井2") == "青梅市");
    CHECK(leading_municipality("千葉市中央区中央1") == "千葉市中央区");
    CHECK(leading_municipality("西多摩郡日の出町大久野") == "西多摩郡日の出町");
    CHECK(leading_municipality("四日市市諏訪町") == "四日市市");
    CHECK(leading_municipality("渋谷区東1-26") == "渋谷区");
    CHECK(leading_municipality("今井2-3").empty());
}

TEST_CASE("one address has one key") {
    const std::string key = address_key("本町3-4-14");
    for (const auto* written : {"本町３－４－１４", "本町三丁目4番14号", "本町3丁目４−14", "本町 3-4-14 みなとビル2階",
                                "本町3-4-14（みなとビル）", "本町3-4-\n14", "本町3町目4-14", "本町3-4-14「みなと」"}) {
        CAPTURE(written);
        CHECK(address_key(written) == key);
    }
    CHECK(address_key("東 1-15-18 ") == address_key("東1-15-18"));
    CHECK(address_key("本町3丁目 4-14") == key);
}

TEST_CASE("a postal code, a remark in front and other ways to join numbers change no key") {
    const std::string key = address_key("本町3-4-14");
    for (const auto* written :
         {"〒123-4567 本町3-4-14", "〒１２３－４５６７　本町３－４－１４", "123-4567 本町3丁目4番14号",
          "〒1234567本町3-4-14", "（旧本社）本町3-4-14", "本町3ノ4ノ14", "本町3之4之14"}) {
        CAPTURE(written);
        CHECK(address_key(written) == key);
    }
    CHECK(split_prefecture("〒123-4567 標県潮見野市港町").prefecture == "標県");
    CHECK(split_prefecture("〒123-4567 標県潮見野市港町").rest == "潮見野市港町");
    // A lot number of that shape is none.
    CHECK(address_key("123-45678") == "123-45678");
    CHECK(address_key("1234567") == "1234567");
}

TEST_CASE("counters that stand in names are one in kanji and in digits") {
    CHECK(shirube::directory::with_arabic_counters("北二十四条西五丁目") == "北24条西五丁目");
    CHECK(shirube::directory::with_arabic_counters("第十一地割") == "第11地割");
    CHECK(shirube::directory::with_arabic_counters("十二社") == "十二社");
    CHECK(address_key("北二十四条西五丁目3") == address_key("北24条西5-3"));
    CHECK(address_key("浜一丁2") == address_key("浜1丁2"));
}

TEST_CASE("the town of a Kyoto address stands behind its streets") {
    CHECK(behind_street_names(address_key("寺町通御池上る上本町488")) == "上本町488");
    CHECK(behind_street_names(address_key("烏丸通二条下ル東入ル秋野町12")).starts_with("秋野町"));
    CHECK(behind_street_names(address_key("港町2-3")).empty());
    CHECK(behind_street_names(address_key("港町2-3上る")).empty());
}

TEST_CASE("numbers in front of a key, with and without 丁目") {
    CHECK(leading_number("3-4-14")->value == 3);
    CHECK_FALSE(leading_number("3-4-14")->is_chome);
    CHECK(leading_number("3丁目")->is_chome);
    CHECK(leading_number("123番地")->bytes == 3);
    CHECK_FALSE(leading_number("みなと").has_value());
}

TEST_CASE("what may stand behind a town's name") {
    CHECK(may_follow_town(""));
    CHECK(may_follow_town("3-4"));
    CHECK(may_follow_town("周辺"));
    CHECK(may_follow_town("字小池12"));
    CHECK(may_follow_town("甲12"));
    CHECK(may_follow_town(address_key("イ3")));
    CHECK_FALSE(may_follow_town("乙町1-3"));
    CHECK_FALSE(may_follow_town("上町1-3")); // 大谷口 is not 大谷口上町
}
