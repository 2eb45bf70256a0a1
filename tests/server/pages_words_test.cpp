#include "server/pages/furigana.hpp"
#include "server/pages/links.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/site_files.hpp"
#include "server/pages/texts.hpp"
#include "server/pages/words.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <set>

namespace shirube::server {

namespace {

std::set<std::string> keys_of(std::string_view language) {
    const auto document = nlohmann::json::parse(site_file("i18n/" + std::string(language) + ".json"));
    std::set<std::string> keys;
    for (const auto& [key, text] : document.items()) {
        keys.insert(key);
    }
    return keys;
}

std::string ages(std::optional<int> from, std::optional<int> to, std::string_view language) {
    directory::ServiceRow service;
    service.from_age_months = from;
    service.to_age_months = to;
    return ages_in_words(service, Texts::in(language));
}

} // namespace

TEST_CASE("a reading written behind a word is set over its kanji", "[pages]") {
    const auto& furigana = Furigana::shipped();
    CHECK(furigana.to_html("児童館（じどうかん）") == "<ruby>児童館<rp>（</rp><rt>じどうかん</rt><rp>）</rp></ruby>");
    SECTION("the kana before the kanji are not read twice") {
        CHECK(furigana.to_html("こども食堂（こどもしょくどう）") ==
              "こども<ruby>食堂<rp>（</rp><rt>しょくどう</rt><rp>）</rp></ruby>");
    }
    SECTION("brackets that hold no reading stay") {
        CHECK(furigana.to_html("おやこで まなぶ（みんなで）") == "おやこで まなぶ（みんなで）");
        CHECK(furigana.to_html("里親（Aさん）").find("（Aさん）") != std::string::npos);
    }
}

TEST_CASE("common words get their reading, the longest first, kana at the end left outside", "[pages]") {
    const auto furigana =
        Furigana::from_json(R"({"土": "つち", "土曜日": "どようび", "休み": "やすみ", "日": "ひ", "#日": "にち"})");
    CHECK(furigana.to_html("土曜日") == "<ruby>土曜日<rp>（</rp><rt>どようび</rt><rp>）</rp></ruby>");
    CHECK(furigana.to_html("休み") == "<ruby>休<rp>（</rp><rt>やす</rt><rp>）</rp></ruby>み");
    CHECK(furigana.to_html("3日").find("にち") != std::string::npos);
    CHECK(furigana.to_html("この日").find("<rt>ひ</rt>") != std::string::npos);
    CHECK(furigana.to_html("未知") == "未知");
}

TEST_CASE("readings never let markup through", "[pages]") {
    const auto furigana = Furigana::from_json(R"({"字": "<b>"})");
    const auto html = furigana.to_html("字<img src=x onerror=\"a\">&'");
    CHECK(html.find("<b>") == std::string::npos);
    CHECK(html.find("<img") == std::string::npos);
    CHECK(html.find("&lt;img src=x onerror=&quot;a&quot;&gt;&amp;&#39;") != std::string::npos);
}

TEST_CASE("a list of readings that is none is refused with its name", "[pages]") {
    CHECK_THROWS_WITH(Furigana::from_json("[]"), Catch::Contains("furigana.json"));
    CHECK_THROWS_WITH(Furigana::from_json(R"({"土": 3})"), Catch::Contains("土"));
}

TEST_CASE("the three languages hold the same texts", "[pages]") {
    CHECK(keys_of("ja-easy") == keys_of("ja"));
    CHECK(keys_of("en") == keys_of("ja"));
    CHECK(keys_of("ja").size() > 200);
}

TEST_CASE("every template compiles in every language", "[pages]") { CHECK_NOTHROW(prepare_pages()); }

TEST_CASE("every code of the directory has its words in every language", "[pages]") {
    using namespace directory;
    for (const auto language : k_languages) {
        const Texts& texts = Texts::in(language);
        for (const auto entry : {Entry::unknown, Entry::drop_in, Entry::register_first, Entry::apply, Entry::referral,
                                 Entry::municipal_decision}) {
            CHECK_FALSE(entry_in_words(entry, texts).empty());
        }
        for (const auto transport : {Transport::unknown, Transport::none, Transport::guardian, Transport::provider,
                                     Transport::municipality, Transport::coordinator}) {
            CHECK_FALSE(transport_in_words(transport, texts).empty());
        }
        for (const auto status : {Status::active, Status::planned, Status::pilot, Status::suspended, Status::closed}) {
            CHECK_FALSE(status_in_words(status, texts).empty());
        }
        for (const auto feature : {Feature::parking, Feature::stroller, Feature::private_room, Feature::step_free,
                                   Feature::online, Feature::visiting}) {
            CHECK_FALSE(feature_in_words(feature, texts).empty());
        }
        for (int day = 0; day < 7; ++day) {
            CHECK_FALSE(weekday_in_words(day, texts).empty());
        }
    }
}

TEST_CASE("ages are said as people count them", "[pages]") {
    CHECK(ages(0, 36, "ja") == "0歳から2歳まで");
    CHECK(ages(6, 12, "ja") == "6か月から0歳まで");
    CHECK(ages(36, std::nullopt, "ja") == "3歳から");
    CHECK(ages(std::nullopt, 228, "ja") == "18歳まで");
    CHECK(ages(24, 36, "ja") == "2歳");
    CHECK(ages(std::nullopt, std::nullopt, "ja").empty());
    CHECK(ages(12, 36, "en") == "1 year to 2 years");
}

TEST_CASE("dates are said as precisely as a list gives them, and no more", "[pages]") {
    const Texts& ja = Texts::in("ja");
    CHECK(as_of_in_words("2026-04-01", ja) == "2026年4月1日");
    CHECK(as_of_in_words("2026-04", ja) == "2026年4月");
    CHECK(as_of_in_words("2011", ja) == "2011年");
    CHECK(as_of_in_words("令和5年ごろ", ja) == "令和5年ごろ");
    CHECK(as_of_in_words("2026-04-01", Texts::in("en")) == "1 April 2026");
}

TEST_CASE("figures are grouped and distances rounded", "[pages]") {
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(1000) == "1,000");
    CHECK(grouped(1234567) == "1,234,567");
    CHECK(grouped(-1234) == "-1,234");
    CHECK(grouped(-123) == "-123");
    CHECK(percent(0.3854) == "38.5%");
    CHECK(distance_in_words(348) == "350 m");
    CHECK(distance_in_words(1234) == "1.2 km");
    CHECK(distance_in_words(123456) == "123 km");
}

TEST_CASE("addresses keep what people read and encode the rest", "[pages]") {
    const Links links("en");
    CHECK(links.to("/search", {{"near", "137.166,33.147"}, {"age", ""}, {"within", "chugakkoku:99 1"}}) ==
          "/search?near=137.166,33.147&within=chugakkoku:99%201&lang=en");
    CHECK(Links("").to("/planner") == "/planner");
    CHECK(links.district("chugakkoku", "a/b") == "/districts/chugakkoku/a%2Fb?lang=en");
}

} // namespace shirube::server
