// Addresses in their many written forms.
#include "importers/address.hpp"

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
    CHECK_FALSE(may_follow_town("上町1-3")); // 大谷口 is not 大谷口上町
}
