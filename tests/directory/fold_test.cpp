// Two names a person takes for one have one key, and two names a person tells apart have two.
#include "directory/fold.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using shirube::directory::fold;
using shirube::directory::fold_address;

namespace {

void all_alike(const std::vector<std::string>& spellings) {
    for (const auto& spelling : spellings) {
        CAPTURE(spellings.front(), spelling);
        CHECK(fold(spelling) == fold(spellings.front()));
    }
}

} // namespace

TEST_CASE("widths, cases and kana make no difference") {
    all_alike({"ハーフディー", "ﾊｰﾌﾃﾞｨｰ", "はーふでぃー"});
    all_alike({"Salon&Cafe ToiToiToi", "ｓａｌｏｎ＆ｃａｆｅ　ｔｏｉｔｏｉｔｏｉ", "SALON CAFÉ TOITOITOI"});
    all_alike({"第１５号", "第15号"});
    all_alike({"㈱みなと", "(株)みなと", "（株）みなと"});
}

TEST_CASE("voiced marks are composed however they were written") {
    all_alike({"がっこう", "か\u3099っこう", "か゛っこう", "ｶﾞｯｺｳ", "ガッコウ"});
    all_alike({"ぱんだ", "は\u309aんた\u3099", "は゜んた゛"});
}

TEST_CASE("children are one word in all their spellings") {
    all_alike({"こども食堂", "子ども食堂", "子供食堂", "コドモ食堂", "ｺﾄﾞﾓ食堂", "子とも食堂", "子 ども食堂"});
    CHECK(fold("親子ともに") != fold("親こどもに"));
    CHECK(fold("親子ども劇場").starts_with(fold("親子")));
}

TEST_CASE("ヶ and its kin are one letter between kanji, and themselves elsewhere") {
    all_alike({"霞ヶ関", "霞ケ関", "霞が関", "霞か関", "霞ガ関", "霞ｹ関", "霞ヵ関"});
    all_alike({"3ヶ所", "３か所", "3カ所", "3ケ所"});
    CHECK(fold("ケーキ") == fold("けーき"));
    CHECK(fold("助け合い").find(fold("助け")) == 0);
    CHECK(fold("鶴ヶ島").find(fold("鶴ヶ")) == 0);
    CHECK(fold("あかね") != fold("あがね"));
}

TEST_CASE("old, local and radical forms of kanji are today's") {
    all_alike({"渡辺", "渡邊", "渡邉"});
    all_alike({"沢田", "澤田"});
    all_alike({"広瀬", "廣瀬", "廣瀨"});
    all_alike({"斉藤", "斎藤", "齋藤", "齊藤"});
    all_alike({"高崎", "髙﨑", "髙碕"});
    all_alike({"徳島国学", "德島國學", "德嶋國學"});
    all_alike({"戸越", "戶越"});
    all_alike({"民生長青西", "⺠生⻑⻘⻄", "\u2ea0生\u2ed1\u2ed8\u2ec4"});
    all_alike({"大山", "⼤⼭"}); // Kangxi radicals
    all_alike({"吉野", "𠮷野", "𠮷埜"});
}

TEST_CASE("dashes, dots, spaces and brackets say nothing; the long vowel does") {
    all_alike({"ひろば にじ", "ひろば・にじ", "ひろば　にじ", "「ひろば」（にじ）", "ひろば－にじ", "ひろば★にじ",
               "ひろば\u200bにじ"});
    all_alike({"児童センター", "児童ｾﾝﾀｰ", "児童センタ－"});
    CHECK(fold("ビル") != fold("ビール"));
    CHECK(fold("…").empty());
    CHECK(fold("").empty());
}

TEST_CASE("a name of two letters is found in a longer one") {
    CHECK(fold("中央図書館").find(fold("図書")) != std::string::npos);
    CHECK(fold("麹町子ども広場").find(fold("広場")) != std::string::npos);
    CHECK(fold("青い鳥ひろば").find(fold("青い")) == 0);
}

TEST_CASE("the key of a key is the key itself") {
    for (const std::string text :
         {"霞ヶ関３丁目", "子ども食堂「ﾆｼﾞ」", "髙﨑 Café ①", "親子とも", "か゛き゛", "ヶヶヶ", "1ー2ー3"}) {
        CAPTURE(text);
        CHECK(fold(fold(text)) == fold(text));
    }
}

TEST_CASE("bytes that are no UTF-8 become a mark, not a fault") {
    CHECK(fold("\xff") == "\uFFFD");
    CHECK(fold("\xe3\x81") == "\uFFFD\uFFFD");
    CHECK(fold("\xed\xa0\x80"
               "a") == "\uFFFD\uFFFD\uFFFDa"); // a surrogate
    CHECK(fold("\xc0\xaf") == "\uFFFD\uFFFD"); // overlong
    CHECK(fold("\xf4\x90\x80\x80") == "\uFFFD\uFFFD\uFFFD\uFFFD");
    CHECK(fold(std::string("a\0b", 3)) == "ab");
}

TEST_CASE("addresses have one key in whatever numerals they are written") {
    const std::string expected = fold_address("本町3-4-14");
    for (const std::string address :
         {"本町三丁目4番14号", "本町３丁目４番１４号", "本町3－4－14", "本町3ー4ー14", "本町３の４の１４",
          "本町3丁目4-14", "本町 3丁目 4番地14", "本町三丁目四番十四号", "本町3‐4−14"}) {
        CAPTURE(address);
        CHECK(fold_address(address) == expected);
    }
    CHECK(fold_address("今井二十三丁目") == fold_address("今井23丁目"));
    CHECK(fold_address("今井一〇丁目") == "今井10丁目");
    CHECK(fold_address("三丁目") == "3丁目");
    CHECK(fold_address("六番町") == fold_address("6番町"));
    CHECK(fold_address("三田1-2") == "三田1-2");
    CHECK(fold_address("八千代台") == "八千代台");
    CHECK(fold_address("本町1-23") != fold_address("本町12-3"));
}
