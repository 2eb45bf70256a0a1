// What somebody meant who typed into the one field, on a town of stations, schools, codes and three kinds of help.
#include "server/pages/search/typed_place.hpp"

#include "directory/snapshot/snapshot.hpp"
#include "server/pages/search/ask_form.hpp"
#include "support/small_town.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <variant>
#include <vector>

namespace shirube::server {

namespace {

using directory::LandmarkKind;

directory::LandmarkRow landmark(LandmarkKind kind, std::string name, std::optional<geo::LonLat> position,
                                std::string detail = {}) {
    directory::LandmarkRow row;
    row.reading.kind = kind;
    row.reading.name = std::move(name);
    row.reading.detail = std::move(detail);
    row.reading.municipality = "99201";
    row.reading.municipality_name = "潮見野市";
    row.reading.position = position;
    return row;
}

directory::TownReading town(std::string_view name, geo::LonLat position) {
    directory::TownReading out;
    out.prefecture = "標県";
    out.municipality = "99201";
    out.municipality_name = "潮見野市";
    out.town = name;
    out.position = position;
    out.accuracy_m = 300;
    return out;
}

directory::State town_with_landmarks() {
    directory::State state = tests::small_state();
    state.towns = {town("港町", {137.01, 33.01}), town("浜", {137.02, 33.02}), town("浜辺", {137.03, 33.03})};
    state.landmarks = {landmark(LandmarkKind::station, "港", geo::LonLat{137.011, 33.011}, "浜線"),
                       landmark(LandmarkKind::station, "港", geo::LonLat{137.012, 33.012}, "山線"),
                       landmark(LandmarkKind::school, "港小学校", geo::LonLat{137.013, 33.013}),
                       landmark(LandmarkKind::postal_code, "999-9001", geo::LonLat{137.014, 33.014}, "港町"),
                       landmark(LandmarkKind::postal_code, "999-9002", geo::LonLat{137.015, 33.015}, "浜"),
                       landmark(LandmarkKind::postal_code, "999-9002", geo::LonLat{137.016, 33.016}, "浜辺"),
                       landmark(LandmarkKind::facility, "どこかの会館", std::nullopt)};
    return state;
}

struct Asking {
    Loaded loaded = tests::loaded_of(town_with_landmarks());
    Context context{.loaded = loaded, .now = tests::saturday_morning(), .language = "ja"};
    Links links{"", false};

    Understood operator()(std::string_view typed, const Query& search = {}) const {
        return understand(typed, context, links, search);
    }
    std::string way(std::string_view typed, const Query& search = {}) const {
        const auto understood = (*this)(typed, search);
        const auto* address = std::get_if<std::string>(&understood);
        return address == nullptr ? std::string{"(no single way)"} : *address;
    }
};

const Asking& ask() {
    static const Asking asking;
    return asking;
}

std::string posted(std::string_view body) {
    const auto form = read_posted_form(body);
    REQUIRE(form);
    return address("/search", form->search);
}

} // namespace

TEST_CASE("A station is found with and without its 駅, once though two lines stop there") {
    CHECK(ask().way("港駅") == "/search?near=137.011,33.011");
    CHECK(ask().way("港 駅") == "/search?near=137.011,33.011");
}

TEST_CASE("A school and a postal code are places, however they are written") {
    CHECK(ask().way("港小学校") == "/search?near=137.013,33.013");
    for (const std::string_view code : {"9999001", "999-9001", "〒999-9001", "９９９－９００１", "〒９９９９００１"}) {
        CHECK(ask().way(code) == "/search?near=137.014,33.014");
    }
}

TEST_CASE("A code of two towns is asked back, one of elsewhere lies outside") {
    const auto both = ask()("999-9002");
    const auto* choices = std::get_if<std::vector<Choice>>(&both);
    REQUIRE(choices != nullptr);
    REQUIRE(choices->size() == 2);
    CHECK(choices->front().kind == Choice::Kind::postal_code);
    CHECK(choices->front().detail == "潮見野市浜");
    CHECK(std::get<Unknown>(ask()("100-0001")) == Unknown::outside);
}

TEST_CASE("Another prefecture and another city lie outside, nonsense nowhere") {
    CHECK(std::get<Unknown>(ask()("神奈川県横浜市西区")) == Unknown::outside);
    CHECK(std::get<Unknown>(ask()("横浜市")) == Unknown::outside);
    CHECK(std::get<Unknown>(ask()("ぬぬぬぬ")) == Unknown::nowhere);
    CHECK(std::get<Unknown>(ask()("どこかの会館")) == Unknown::nowhere); // known, but not where
}

TEST_CASE("A word for a kind of help asks for it, around the place that was asked about") {
    CHECK(ask().way("児童館") == "/search?programme=jidokan");
    CHECK(ask().way("jidoukan") == "/search?programme=jidokan");
    const auto meal = ask().way("ご飯", {{"near", "137.010,33.010"}, {"radius", "2000"}});
    CHECK(meal.find("near=137.010,33.010") != std::string::npos);
    CHECK(meal.find("kodomo_shokudo") != std::string::npos);
    // Without a place a radius is around nothing.
    CHECK(ask().way("児童館", {{"radius", "2000"}}) == "/search?programme=jidokan");
}

TEST_CASE("A new place takes the place of the one before and keeps the rest") {
    CHECK(ask().way("港小学校", {{"age", "2"}, {"near", "137.000,33.000"}, {"within", "chugakkoku:west"}}) ==
          "/search?age=2&near=137.013,33.013");
}

TEST_CASE("Plain words for a time say what they ask for") {
    CHECK(posted("place=&when=now") == "/search?open=now");
    CHECK(posted("when=after_school") == "/search?day=mon,tue,wed,thu,fri&time=16:00");
    // A plain word and a finer field say together what either says alone; a date goes before a weekday.
    CHECK(posted("when=evening&day=sat") == "/search?day=sat&time=18:00");
    CHECK(posted("when=evening&date=2026-11-28") == "/search?time=18:00&open=2026-11-28");
    CHECK(posted("when=sat&was=sat&date=2026-12-03") == "/search?open=2026-12-03");
    CHECK(posted("when=now&day=sat&time=10%3A00") == "/search?open=now");
    CHECK(posted("when=sun") == "/search?day=sun");
    // The finer fields speak where no plain word is chosen, a date before a weekday.
    CHECK(posted("when=any&was=any&day=tue&time=10%3A00") == "/search?day=tue&time=10:00");
    CHECK(posted("when=date&was=date&date=2026-11-28&day=tue&time=10:00") == "/search?time=10:00&open=2026-11-28");
    // "At any time" after a time was asked takes it away, though the fields still hold it.
    CHECK(posted("when=any&was=date&date=2026-11-28&day=&time=10:00") == "/search");
}

TEST_CASE("Words of the form's own choices are these choices, alone and beside a place or a kind of help") {
    CHECK(ask().way("無料") == "/search?fee=free");
    CHECK(ask().way("ベビーカー") == "/search?feature=stroller");
    CHECK(ask().way("ＬＩＮＥ") == "/search?feature=line");
    CHECK(ask().way("young carer") == "/search?for=young_carer");
    CHECK(ask().way("土曜", {{"near", "137.010,33.010"}}) == "/search?near=137.010,33.010&day=sat");
    CHECK(ask().way("児童館　土曜") == "/search?day=sat&programme=jidokan");
    CHECK(ask().way("港小学校 駐車場 個室") == "/search?feature=parking,private_room&near=137.013,33.013");
    CHECK(std::get<Unknown>(ask()("無料 ぬぬぬぬ")) == Unknown::nowhere);
    // A choice that is made already gives way to the one that was typed.
    CHECK(ask().way("日曜", {{"day", "mon"}}) == "/search?day=sun");
}

TEST_CASE("What holds no word is nowhere: it is not everything") {
    for (const std::string_view typed : {"%", "-", "・・", "\"'", "\u200b"}) {
        CAPTURE(typed);
        CHECK(std::get<Unknown>(ask()(typed)) == Unknown::nowhere);
    }
}

TEST_CASE("What may be somebody's house goes into no address, though words of it are found") {
    const auto& sites = ask().loaded.reader.sites();
    const auto numbered = std::ranges::find_if(sites, [](const directory::SiteRow& site) {
        return site.address.find_first_of("0123456789") != std::string::npos;
    });
    REQUIRE(numbered != sites.end());
    const auto understood = ask()((*numbered).address);
    const auto* way = std::get_if<std::string>(&understood);
    CHECK((way == nullptr || way->find("q=") == std::string::npos));
}

TEST_CASE("A name that only holds 市 or 区 is no other city; another city of a served prefecture is") {
    for (const std::string_view typed : {"ぬぬ市場", "ぬぬ市民館", "ぬぬ中学校区", "ぬぬ地区センター"}) {
        CAPTURE(typed);
        CHECK(std::get<Unknown>(ask()(typed)) == Unknown::nowhere);
    }
    CHECK(std::get<Unknown>(ask()("標県別所市")) == Unknown::outside);
}

TEST_CASE("A place and a word for help are both understood") {
    for (const std::string_view typed : {"港小学校 児童館", "港小学校\u3000児童館", "港小学校の児童館"}) {
        CAPTURE(typed);
        CHECK(ask().way(typed) == "/search?near=137.013,33.013&programme=jidokan");
    }
    // What was looked for by words before is not part of it.
    CHECK(ask().way("児童館", {{"q", "みなと"}}) == "/search?programme=jidokan");
}

TEST_CASE("Who needs somebody now is not told that nothing was found") {
    for (const std::string_view typed : {"死にたい", "しにたいです", "DV", "189", "虐待かも"}) {
        CAPTURE(typed);
        CHECK(std::get<Unknown>(ask()(typed)) == Unknown::urgent);
    }
}

TEST_CASE("A kind of help that no list here has is known all the same") {
    CHECK(std::get<Unknown>(ask()("学童")) == Unknown::not_listed);
}

TEST_CASE("What a form sends is rounded and said once") {
    CHECK(posted("near=137.1540001%2C33.1860009&place=") == "/search?near=137.154,33.186");
    CHECK(posted("programme=food&programme=food&programme=places") == "/search?programme=food,places");
}

TEST_CASE("Whoever drives, and what needs no call, are one tick each") {
    CHECK(posted("transport=provider%2Cmunicipality%2Ccoordinator&phone=not_needed&feature=line&feature=online") ==
          "/search?transport=provider,municipality,coordinator&phone=not_needed&feature=line,online");
}

} // namespace shirube::server
