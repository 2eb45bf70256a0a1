#include "importers/files/decode.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace shirube::importers;
using namespace std::string_literals;

TEST_CASE("UTF-8 with none, one or two byte order marks reads the same") {
    for (const auto& marks : {""s, "\xef\xbb\xbf"s, "\xef\xbb\xbf\xef\xbb\xbf"s}) {
        const auto decoded = decode(marks + "名称,住所\n");
        REQUIRE(decoded);
        CHECK(decoded->text == "名称,住所\n");
        CHECK(decoded->encoding == Encoding::utf8);
    }
}

TEST_CASE("A question mark that a conversion left of a byte order mark is no part of the first header") {
    CHECK(decode("\xef\xbb\xbf?全国地方公共団体コード,ID")->text == "全国地方公共団体コード,ID");
    CHECK(decode("?名称,住所")->text == "名称,住所");
    CHECK(decode("?name,address")->text == "?name,address");
    CHECK(decode("?")->text == "?");
}

TEST_CASE("UTF-16 with its mark is read in both byte orders") {
    CHECK(decode("\xff\xfe\x0d\x54\x2c\x00\x31\x00"s)->text == "名,1");
    CHECK(decode("\xfe\xff\x54\x0d\x00\x2c\x00\x31"s)->text == "名,1");
    CHECK(decode("\xff\xfe\x0d\x54"s)->encoding == Encoding::utf16le);
}

TEST_CASE("UTF-16 without its mark is told by its zero bytes, in both byte orders") {
    const auto little = decode("\x0d\x54\xf0\x79\x2c\x00\x31\x00\x0a\x00"s); // 名称,1
    REQUIRE(little);
    CHECK(little->text == "名称,1\n");
    CHECK(little->encoding == Encoding::utf16le);
    const auto big = decode("\x54\x0d\x79\xf0\x00\x2c\x00\x31\x00\x0a"s);
    REQUIRE(big);
    CHECK(big->text == "名称,1\n");
    CHECK(big->encoding == Encoding::utf16be);
    // ASCII alone has no other reading either; a zero character is of no text.
    CHECK(decode("a\0,\0b\0\n\0"s)->text == "a,b\n");
    CHECK(decode("a\0\0\0b\0"s).error().code == "binary_content");
    CHECK(decode("\x50\x4b\x03\x04\x14\x00\x06\x00"s).error().code == "binary_content"); // a zip
    CHECK(decode("name\0,"s).error().code == "binary_content"); // 湡浥, by its bytes, but nobody wrote that
    CHECK(decode("a\0,"s).error().code == "binary_content");    // half a character
}

TEST_CASE("EUC-JP is read where CP932 cannot be, and where it would make nonsense") {
    const auto decoded = decode("\xcc\xbe\xbe\xce,\xbd\xbb\xbd\xea\n"); // 名称,住所: no CP932
    REQUIRE(decoded);
    CHECK(decoded->encoding == Encoding::euc_jp);
    CHECK(decoded->text == "名称,住所\n");
    // こども, カナ: valid CP932 too, as half-width signs in a row
    CHECK(decode("\xa4\xb3\xa4\xc9\xa4\xe2\n")->text == "こども\n");
    CHECK(decode("\xa5\xab\xa5\xca\n")->text == "カナ\n");
    CHECK(decode("\x8e\xb6\x8e\xc5,\xcc\xbe\xbe\xce\n")->text == "ｶﾅ,名称\n"); // half-width katakana in EUC-JP
    // ｶﾅ,ｶﾞｲｺｸ,ﾌｧﾐﾘｰ in CP932 are kanji in EUC-JP
    const auto kana = decode("\xb6\xc5,\xb6\xde\xb2\xba\xb8\xcc,\xcc\xa7\xd0\xd8\n");
    REQUIRE(kana);
    CHECK(kana->encoding == Encoding::cp932);
    CHECK(kana->text == "ｶﾅ,ｶﾞｲｺｸﾌ,ﾌｧﾐﾘ\n");
    const auto broken = decode("\xcc\xbe\xbe\xce,\xbd\xbb\xbd\xea,\xff\n"); // EUC-JP but for one byte
    REQUIRE_FALSE(broken);
    CHECK(broken.error().code == "encoding_unknown");
    CHECK(broken.error().a == "11");
}

TEST_CASE("Half a UTF-16 character is a fault with its place") {
    const auto decoded = decode("\xff\xfe\x0d\x54\x2c"s);
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().code == "encoding_unknown");
}

TEST_CASE("CP932 is read with NEC's and IBM's own characters") {
    const auto decoded = decode("\x96\xbc\x8f\xcc,\x87\x40,\xfa\xb1,\xed\x40,\x81\x60\n"); // 名称 ① 﨑 纊 ～
    REQUIRE(decoded);
    CHECK(decoded->encoding == Encoding::cp932);
    CHECK(decoded->text == "名称,①,﨑,纊,～\n");
}

TEST_CASE("A backslash and a tilde stay what they are in CP932") { CHECK(decode("\x96\xbc\x5c\x7e")->text == "名\\~"); }

TEST_CASE("Bytes of no known encoding are refused with the place of the first that fits neither") {
    const auto decoded = decode("\x96\xbc\x8f\xcc,\xff\xff");
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().code == "encoding_unknown");
    CHECK(decoded.error().a == "6");
}

TEST_CASE("UTF-8 with one broken byte is told at that byte, not taken for CP932") {
    const auto decoded = decode("名称,こども食堂\n青葉\xff\n");
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().a == std::to_string(std::string("名称,こども食堂\n青葉").size() + 1));
}

TEST_CASE("Binary junk is no text") {
    const auto decoded = decode(
        "\x7f"
        "ELF\0\0\0\0"s);
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().code == "binary_content");
    CHECK(decoded.error().a == "5");
}

TEST_CASE("Overlong forms, surrogates and what lies beyond Unicode are not UTF-8") {
    CHECK(first_invalid_utf8("a\xc0\xaf") == 1);
    CHECK(first_invalid_utf8("\xe0\x80\xaf") == 0);
    CHECK(first_invalid_utf8("\xed\xa0\x80") == 0);
    CHECK(first_invalid_utf8("\xf4\x90\x80\x80") == 0);
    CHECK(first_invalid_utf8("ab\xe5\x90") == 2);
    CHECK_FALSE(first_invalid_utf8("𠮷野家 \xf4\x8f\xbf\xbf"));
}

TEST_CASE("An attribute cut in the middle of a character keeps what stands before it") {
    const DecodedAttribute cut = decode_attribute("\x96\xbc\x8f", Encoding::cp932);
    CHECK_FALSE(cut.whole);
    CHECK(cut.text == "名\uFFFD");
    CHECK(decode_attribute("名称", Encoding::utf8).whole);
    CHECK(decode_attribute("\x96\xbc\x8f\xcc", Encoding::cp932).text == "名称");
}
