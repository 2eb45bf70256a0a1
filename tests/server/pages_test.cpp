// The pages as functions from request to answer, on a town of three places made here.
#include "server/pages/pages.hpp"

#include "directory/snapshot/snapshot.hpp"
#include "importers/locating/locator.hpp"
#include "server/pages/texts.hpp"
#include "server/router.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <string>

namespace shirube::server {

namespace {

using directory::ServiceRow;
using directory::SiteRow;
using directory::State;

constexpr std::string_view k_hostile = "<script>alert(1)</script>\"'&";

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

SiteRow site(std::string id, std::string name, std::optional<geo::LonLat> position) {
    SiteRow out;
    out.id = std::move(id);
    out.name = std::move(name);
    out.municipality = "99201";
    out.municipality_name = "潮見野市";
    out.position = position;
    out.quality = position ? directory::PositionQuality::exact : directory::PositionQuality::none;
    return out;
}

ServiceRow service(std::string id, std::uint32_t at, std::string_view programme) {
    ServiceRow out;
    out.id = std::move(id);
    out.site = at;
    out.list = 0;
    out.programme = directory::Taxonomy::shipped().by_code(programme).value();
    return out;
}

/// A centre known well, one known by nothing but a hostile name, one that has ended.
State little_town() {
    State state;
    state.lists.push_back({"児童館一覧",
                           "own",
                           "潮見野市",
                           "市の台帳",
                           "CC BY 4.0",
                           "2026-04-01",
                           directory::ImportKind::resources,
                           {{"jidokan", "99201", true}}});
    state.sites = {site("s1", "みなと児童館", geo::LonLat{137.158, 33.129}),
                   site("s2", std::string(k_hostile), geo::LonLat{137.164, 33.147}),
                   site("s3", "閉じた児童館", geo::LonLat{137.128, 33.157})};
    auto known = service("v1", 0, "jidokan");
    known.from_age_months = 0;
    known.to_age_months = 228;
    known.entry = directory::Entry::drop_in;
    known.fee = directory::Fee::free;
    known.phone = "000-0000-0101";
    known.url = "https://example.jp/";
    auto hostile = service("v2", 1, "kodomo_shokudo");
    hostile.note = k_hostile;
    hostile.url = "javascript:alert(1)";
    auto ended = service("v3", 2, "jidokan");
    ended.status = directory::Status::closed;
    state.services = {known, hostile, ended};
    directory::DistrictRow district;
    district.layer = "chugakkoku";
    district.code = "99201-minato";
    district.name = "みなと中学校";
    district.municipality = "99201";
    district.municipality_name = "潮見野市";
    district.geometry = {{{{137.15, 33.12}, {137.17, 33.12}, {137.17, 33.15}, {137.15, 33.15}}, {}}};
    state.districts = {district};
    state.towns = {town("港町一丁目", {137.155, 33.127}), town("港町二丁目", {137.1581, 33.1292}),
                   town("南浜", {137.08, 33.12}), town("北浜", {137.09, 33.16})};
    return state;
}

struct Town {
    Loaded loaded;

    explicit Town(State state = little_town())
        : loaded{directory::Reader(directory::Snapshot::build(std::move(state), directory::Taxonomy::shipped(),
                                                              directory::Holidays::shipped())),
                 nullptr} {
        const auto towns = loaded.reader.towns();
        loaded.locator =
            std::make_shared<const importers::Locator>(std::vector<directory::TownReading>(towns.begin(), towns.end()));
    }

    [[nodiscard]] Answer get(std::string_view target) const {
        auto parsed = parse_target(target);
        REQUIRE(parsed);
        Request request;
        request.path = parsed->path;
        request.query = parsed->query;
        request.accept = "text/html";
        return ask(request);
    }

    [[nodiscard]] Answer post(std::string body) const {
        Request request;
        request.method = Method::post;
        request.path = "/search";
        request.content_type = "application/x-www-form-urlencoded";
        request.body = std::move(body);
        request.accept = "text/html";
        return ask(request);
    }

  private:
    [[nodiscard]] Answer ask(const Request& request) const {
        return route(request, &loaded, {directory::parse_day("2026-11-21").value(), 600});
    }
};

const Town& the_town() {
    static const Town town;
    return town;
}

bool has(const Answer& answer, std::string_view text) { return answer.content().find(text) != std::string_view::npos; }

std::string header(const Answer& answer, std::string_view name) {
    for (const auto& [key, value] : answer.headers) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

} // namespace

TEST_CASE("a service's page names every list that has it, and the one that corrects it") {
    auto state = little_town();
    state.lists.push_back({"公共施設一覧", "own", "標県", "", "CC0", "2025", directory::ImportKind::resources, {}});
    state.lists.push_back({"手直し", "corrections", "潮見野市", "", "", "", directory::ImportKind::corrections, {}});
    state.services[0].other_lists = {1, 2};
    const Town town(std::move(state));
    for (const char* target : {"/services/v1", "/services/v1?lang=en", "/services/v1?lang=ja-easy"}) {
        const std::string page{town.get(target).content()};
        for (const char* list : {"児童館一覧", "公共施設一覧", "手直し"}) {
            INFO(target << " " << list);
            CHECK(page.find(std::string("<dd>") + list + "</dd>") != std::string::npos);
        }
    }
}

TEST_CASE("the planner's totals say what they leave open: districts nobody counted, towns nobody can locate") {
    auto state = little_town();
    state.lists.push_back({"人口", "own", "", "", "", "2020", directory::ImportKind::population, {}});
    auto hill = state.districts[0];
    hill.code = "99201-yama";
    hill.name = "山中学校";
    hill.geometry = {{{{137.19, 33.12}, {137.21, 33.12}, {137.21, 33.15}, {137.19, 33.15}}, {}}};
    state.districts.push_back(hill);
    const auto people = [](std::string_view name, std::optional<geo::LonLat> position,
                           std::optional<std::int64_t> count) {
        directory::CellRow town;
        town.town = name;
        town.town_code = name;
        town.municipality = "99201";
        town.position = position;
        town.accuracy_m = 100;
        town.bands = {{0, 15, count}};
        town.list = 1;
        return town;
    };
    state.cells = {people("港町", geo::LonLat{137.16, 33.135}, 1234), people("山町", geo::LonLat{137.2, 33.135}, {}),
                   people("どこか", {}, 567)};
    const Town town(std::move(state));
    for (const char* language : {"ja", "en", "ja-easy"}) {
        INFO(language);
        const std::string page{
            town.get(std::string("/planner?policy=jidokan_per_chugakkoku&at=2026-06-01&lang=") + language).content()};
        CHECK(page.find("567") != std::string::npos);
        CHECK(page.find("1,234") != std::string::npos);
    }
    const std::string english{town.get("/planner?policy=jidokan_per_chugakkoku&at=2026-06-01&lang=en").content()};
    CHECK(english.find("Children of towns without a position: 567.") != std::string::npos);
    CHECK(english.find("Districts whose children are not known: 1") != std::string::npos);
}

TEST_CASE("every page answers in every language and hides nothing unfilled", "[pages]") {
    for (const auto language : k_languages) {
        for (const std::string_view path :
             {"/", "/search", "/search?near=137.158,33.129&day=sat", "/services/v1", "/services/v2", "/sites/s1",
              "/districts/chugakkoku/99201-minato", "/planner", "/about"}) {
            CAPTURE(path, language);
            const std::string target = std::string(path) + (path.find('?') == std::string_view::npos ? "?" : "&") +
                                       "lang=" + std::string(language);
            const Answer answer = the_town().get(target);
            CHECK(answer.status == 200);
            CHECK(answer.content_type == "text/html; charset=utf-8");
            CHECK_FALSE(has(answer, "{{"));
            CHECK_FALSE(has(answer, "[["));
            CHECK_FALSE(answer.etag_basis.empty());
            CHECK(answer.content() == the_town().get(target).content());
        }
    }
}

TEST_CASE("what a source wrote never becomes markup", "[pages]") {
    for (const std::string_view path : {"/search", "/services/v2", "/sites/s2", "/districts/chugakkoku/99201-minato",
                                        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E"}) {
        for (const auto language : k_languages) {
            CAPTURE(path, language);
            const Answer answer =
                the_town().get(std::string(path) + (path.find('?') == std::string_view::npos ? "?" : "&") +
                               "lang=" + std::string(language));
            CHECK_FALSE(has(answer, "<script>"));
            CHECK_FALSE(has(answer, "javascript:"));
            CHECK(has(answer, "&lt;script&gt;"));
        }
    }
}

TEST_CASE("unknown is said to be unknown", "[pages]") {
    const Answer answer = the_town().get("/search?programme=food");
    CHECK(has(answer, "対象年齢：わかりません"));
    // What the kind of help is in general may be free; of this place nobody says so.
    const std::string_view cards = answer.content().substr(answer.content().find("<dl class=\"facts\">"));
    CHECK(cards.find("無料") == std::string_view::npos);
}

TEST_CASE("where the name of a kind of help would mark who comes, the public reads another", "[pages]") {
    auto state = little_town();
    state.services[0].programme = directory::Taxonomy::shipped().by_code("ikusei_kyoten").value();
    const Town town(std::move(state));
    for (const char* target : {"/search", "/search?programme=ikusei_kyoten", "/services/v1", "/"}) {
        INFO(target);
        const Answer answer = town.get(target);
        CHECK(has(answer, "子どもの居場所（毎日の支え）"));
        CHECK_FALSE(has(answer, "児童育成支援拠点"));
    }
}

TEST_CASE("a service that has ended says so and is offered to nobody", "[pages]") {
    CHECK(has(the_town().get("/services/v3"), "廃止"));
    CHECK_FALSE(has(the_town().get("/search?programme=jidokan"), "閉じた児童館"));
}

TEST_CASE("an id that never was is a page with a way on", "[pages]") {
    for (const std::string_view path :
         {"/services/none", "/sites/none", "/districts/chugakkoku/none", "/districts/none/none"}) {
        CAPTURE(path);
        const Answer answer = the_town().get(path);
        CHECK(answer.status == 404);
        CHECK(has(answer, "ページが見つかりません"));
        CHECK(has(answer, "href=\"/\""));
    }
}

TEST_CASE("a typed place becomes rounded coordinates and is gone", "[pages]") {
    const Answer answer = the_town().post(
        "place=%E6%A8%99%E7%9C%8C%E6%BD%AE%E8%A6%8B%E9%87%8E%E5%B8%82%E6%B8%AF%E7%94%BA2%E4%B8%81%E7%9B%AE1%E7%95%AA10%"
        "E5%8F%B7"
        "&age=2&day=sat&programme=jidokan&programme=food&time=&open=");
    CHECK(answer.status == 303);
    CHECK(header(answer, "Location") == "/search?age=2&day=sat&programme=jidokan,food&near=137.158,33.129");
    CHECK(answer.caching == Caching::none);
    CHECK(answer.body.empty());
}

TEST_CASE("a place that may be two is asked back, and kept by nobody", "[pages]") {
    const Answer answer = the_town().post("place=%E6%B5%9C&age=2");
    CHECK(answer.status == 200);
    CHECK(answer.caching == Caching::none);
    CHECK(answer.etag_basis.empty());
    CHECK(has(answer, "北浜"));
    CHECK(has(answer, "/search?age=2&amp;near=137.080,33.120"));
}

TEST_CASE("a place nobody knows gets advice", "[pages]") {
    const Answer answer = the_town().post("place=%E3%81%A9%E3%81%93%E3%81%8B");
    CHECK(answer.status == 404);
    CHECK(has(answer, "「どこか」は見つかりませんでした"));
}

TEST_CASE("a name of the directory in the place field leads there", "[pages]") {
    CHECK(has(the_town().post("place=%E3%81%BF%E3%81%AA%E3%81%A8"), "/services/v1"));
}

TEST_CASE("the form forgives what people leave out and refuses broken bytes", "[pages]") {
    CHECK(header(the_town().post("place=&radius=1000&age=expecting"), "Location") == "/search?for=expecting");
    CHECK(header(the_town().post("place=+%E3%80%80&near=137.1,33.1&open=now&day=sat&time=10%3A00"), "Location") ==
          "/search?near=137.100,33.100&open=now");
    CHECK(header(the_town().post("hack=1&age=2"), "Location") == "/search?age=2");
    CHECK(the_town().post("place=%ff%fe").status == 400);
}

TEST_CASE("the language a visitor chose goes along, and only then", "[pages]") {
    CHECK(has(the_town().get("/?lang=en"), "action=\"/search?lang=en\""));
    CHECK(has(the_town().get("/services/v1?lang=en"), "href=\"/sites/s1?lang=en\""));
    CHECK_FALSE(has(the_town().get("/services/v1"), "href=\"/sites/s1?lang"));
}

TEST_CASE("a search that finds nothing counts what one condition less would find", "[pages]") {
    const Answer answer = the_town().get("/search?programme=jidokan&age=30");
    CHECK(has(answer, "この条件では 見つかりませんでした"));
    CHECK(has(answer, "「30歳」をはずす"));
    CHECK(has(answer, "<b>1件</b>"));
    // The other place's list does not state an age: it may well be for them.
    CHECK(has(answer, "「児童館」をはずす"));
    CHECK_FALSE(has(the_town().get("/search?programme=jidokan&age=30&fee=paid"), "「30歳」をはずす"));
}

TEST_CASE("each condition can be taken away by itself", "[pages]") {
    const Answer answer = the_town().get("/search?programme=jidokan,food&programme=consultation&age=2&day=");
    CHECK(has(answer, "href=\"/search?programme=food&amp;programme=consultation&amp;age=2\""));
    CHECK(has(answer, "href=\"/search?programme=jidokan,food&amp;age=2\""));
    CHECK(has(answer, "href=\"/search?programme=jidokan,food&amp;programme=consultation\""));
}

TEST_CASE("what others hang on an address that is passed on is passed over", "[pages]") {
    const Answer plain = the_town().get("/search?programme=jidokan");
    const Answer marked = the_town().get("/search?programme=jidokan&fbclid=x&utm_source=line");
    CHECK(plain.status == 200);
    CHECK(marked.status == 200);
    CHECK_FALSE(has(marked, "fbclid"));
    CHECK_FALSE(has(marked, "utm_source"));
    CHECK(the_town().get("/leaflet?district=x&utm_source=x").status != 500);
}

TEST_CASE("a question that is none says so with 400", "[pages]") {
    for (const std::string_view path : {"/search?near=139.7", "/search?limit=-1", "/search?fee=red",
                                        "/planner?policy=x", "/planner?layer=x", "/planner?at=soon"}) {
        CAPTURE(path);
        const Answer answer = the_town().get(path);
        CHECK(answer.status == 400);
        CHECK(answer.content_type == "text/html; charset=utf-8");
    }
}

TEST_CASE("assets are found by their digest and kept for ever; nothing else of static/ is handed out", "[pages]") {
    const Answer page = the_town().get("/");
    const std::string_view html = page.content();
    const auto at = html.find("/static/styles/base.css?v=");
    REQUIRE(at != std::string_view::npos);
    const Answer sheet = the_town().get(html.substr(at, html.find('"', at) - at));
    CHECK(sheet.status == 200);
    CHECK(sheet.caching == Caching::immutable);
    CHECK(sheet.content_type == "text/css; charset=utf-8");
    CHECK(the_town().get("/static/styles/base.css?v=old").caching == Caching::validated);
    CHECK(the_town().get("/static/scripts/maplibre-gl-worker.mjs").content_type.starts_with("text/javascript"));
    CHECK(the_town().get("/static/templates/layout.html").status == 404);
    CHECK(the_town().get("/static/i18n/ja.json").status == 404);
    CHECK(the_town().get("/static/../pages/pages.hpp").status == 404);
}

TEST_CASE("the planner's page draws each district and names what it rests on", "[pages]") {
    const Answer answer = the_town().get("/planner?policy=jidokan_per_chugakkoku&at=2026-11-21");
    CHECK(answer.status == 200);
    CHECK(has(answer, "class=\"district district-full\""));
    CHECK(has(answer, "data-tier=\"full\""));
    CHECK(has(answer, "児童館一覧"));
    // No population was loaded: a dash, and no zero.
    const std::string page{answer.content()};
    const auto cell = page.substr(page.find("data-field=\"children\""), 200);
    CHECK(cell.find("title=\"わかりません\" aria-hidden=\"true\">—</span>") != std::string::npos);
    CHECK(cell.find(">0<") == std::string::npos);
}

} // namespace shirube::server
