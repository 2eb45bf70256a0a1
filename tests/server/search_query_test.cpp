// From parameters to a search: what is valid is understood, and what is not names its parameter.
#include "server/search_query.hpp"

#include "tests/server/support/small_town.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <string>
#include <vector>

namespace shirube::server {

namespace {

using tests::saturday_morning;
using tests::the_small_town;

std::expected<directory::SearchQuery, Problem> read(std::string_view query) {
    auto parsed = parse_query(query);
    REQUIRE(parsed);
    return read_search_query(*parsed, the_small_town().reader(), saturday_morning());
}

directory::SearchQuery asked(std::string_view query) {
    auto out = read(query);
    CAPTURE(query);
    REQUIRE(out);
    return *std::move(out);
}

struct Refused {
    const char* query;
    const char* code;
    const char* parameter;
};

void check_refused(const std::vector<Refused>& cases) {
    for (const auto& [query, code, parameter] : cases) {
        CAPTURE(query);
        const auto out = read(query);
        REQUIRE_FALSE(out);
        CHECK(out.error().code == code);
        CHECK(out.error().parameter == parameter);
        CHECK_FALSE(out.error().detail.empty());
        CHECK(status_of(out.error()) == 400);
    }
}

/// The query of a link's address, as a client sends it back.
std::string query_of(std::string_view address) { return std::string{address.substr(address.find('?') + 1)}; }

} // namespace

TEST_CASE("nothing asked is everything, by name, twenty at a time, now", "[search_query]") {
    const auto query = asked("");
    CHECK(query.limit == 20);
    CHECK(query.offset == 0);
    CHECK(query.sort == directory::Sort::name);
    CHECK(query.at == saturday_morning());
    CHECK_FALSE(query.asks_for_time());
}

TEST_CASE("places: longitude first", "[search_query]") {
    const auto query = asked("near=137.01,33.005&radius=1500.5&bbox=137,33,137.1,33.1");
    CHECK(query.near->lon == 137.01);
    CHECK(query.near->lat == 33.005);
    CHECK(query.radius_m == 1500.5);
    CHECK(query.bbox->west == 137);
    CHECK(query.bbox->north == 33.1);
    CHECK(query.sort == directory::Sort::distance); // whoever says where wants the nearest first
    CHECK(asked("near=137,33&sort=name").sort == directory::Sort::name);
    CHECK(asked("near=-180,-90").near->lon == -180);
    check_refused({{"near=139.7", "bad_parameter", "near"},
                   {"near=137.01,33.005,5", "bad_parameter", "near"},
                   {"near=,", "bad_parameter", "near"},
                   {"near=137.01;33.005", "bad_parameter", "near"},
                   {"near=137.01,%2033.005", "bad_parameter", "near"},
                   {"near=%2B137.01,33.005", "bad_parameter", "near"},
                   {"near=0x89,33", "bad_parameter", "near"},
                   {"near=nan,nan", "bad_parameter", "near"},
                   {"near=inf,33", "bad_parameter", "near"},
                   {"near=-infinity,33", "bad_parameter", "near"},
                   {"near=1e999,33", "bad_parameter", "near"},
                   {"near=137,33%0d%0aX:1", "bad_parameter", "near"},
                   {"near=33.005,137.01", "parameter_out_of_range", "near"},
                   {"near=180.0001,0", "parameter_out_of_range", "near"},
                   {"near=0,-90.0001", "parameter_out_of_range", "near"},
                   {"radius=500", "missing_parameter", "near"},
                   {"sort=distance", "missing_parameter", "near"},
                   {"near=137,33&radius=0", "parameter_out_of_range", "radius"},
                   {"near=137,33&radius=-5", "parameter_out_of_range", "radius"},
                   {"near=137,33&radius=200001", "parameter_out_of_range", "radius"},
                   {"near=137,33&radius=nan", "bad_parameter", "radius"},
                   {"near=137,33&radius=2km", "bad_parameter", "radius"},
                   {"near=137,33&radius=1e999", "bad_parameter", "radius"},
                   {"bbox=137,33,138", "bad_parameter", "bbox"},
                   {"bbox=137,33,138,34,35", "bad_parameter", "bbox"},
                   {"bbox=a,b,c,d", "bad_parameter", "bbox"},
                   {"bbox=138,33,137,34", "parameter_out_of_range", "bbox"},
                   {"bbox=137,34,138,33", "parameter_out_of_range", "bbox"},
                   {"bbox=137,33,137,34", "parameter_out_of_range", "bbox"},
                   {"bbox=-181,33,137,34", "parameter_out_of_range", "bbox"},
                   {"bbox=137,33,138,90.5", "parameter_out_of_range", "bbox"}});
}

TEST_CASE("districts are named by layer and code, several times", "[search_query]") {
    const auto query = asked("within=chugakkoku:99201-nishi&within=chugakkoku:99201-higashi");
    REQUIRE(query.within.size() == 2);
    const auto districts = the_small_town().reader().districts();
    CHECK(districts[query.within[0]].code == "99201-nishi");
    CHECK(districts[query.within[1]].code == "99201-higashi");
    check_refused({{"within=chugakkoku", "bad_parameter", "within"},
                   {"within=:", "bad_parameter", "within"},
                   {"within=chugakkoku:", "bad_parameter", "within"},
                   {"within=chugakkoku:99201", "bad_parameter", "within"},
                   {"within=shogakkoku:99201-nishi", "bad_parameter", "within"},
                   {"within=%3Cscript%3E:1", "bad_parameter", "within"}});
}

TEST_CASE("words", "[search_query]") {
    CHECK(asked("q=%E5%9B%B3+%E6%9B%B8").text == "図 書");
    CHECK(asked("q=" + std::string(200, 'a')).text.size() == 200);
    check_refused({});
    const auto long_text = read("q=" + std::string(201, 'a'));
    REQUIRE_FALSE(long_text);
    CHECK(long_text.error().parameter == "q");
    CHECK(long_text.error().code == "parameter_out_of_range");
}

TEST_CASE("a family of programmes stands for what is below it, and nothing twice", "[search_query]") {
    const auto& taxonomy = the_small_town().reader().taxonomy();
    const auto family = asked("programme=jidokan").programmes;
    const std::set<directory::ProgrammeIndex> unique(family.begin(), family.end());
    CHECK(unique.size() == family.size());
    for (const auto* code : {"jidokan", "jidokan_small", "jidokan_large"}) {
        CHECK(unique.contains(taxonomy.by_code(code).value()));
    }
    CHECK(asked("programme=jidokan,jidokan_small&programme=jidokan").programmes == family);
    check_refused({{"programme=nonsense", "bad_parameter", "programme"},
                   {"programme=jidokan,", "bad_parameter", "programme"},
                   {"programme=,", "bad_parameter", "programme"},
                   {"programme=JIDOKAN", "bad_parameter", "programme"},
                   {"programme=%E5%85%90%E7%AB%A5%E9%A4%A8", "bad_parameter", "programme"}});
}

TEST_CASE("ages are whole years, or months with an m", "[search_query]") {
    CHECK(asked("age=2").age->from_months == 24);
    CHECK(asked("age=2").age->to_months == 36);
    CHECK(asked("age=8m").age->from_months == 8);
    CHECK(asked("age=8m").age->to_months == 9);
    CHECK(asked("age=0").age->to_months == 12);
    CHECK(asked("age=120").age->from_months == 1440);
    check_refused({{"age=2.5", "bad_parameter", "age"},
                   {"age=m", "bad_parameter", "age"},
                   {"age=8mm", "bad_parameter", "age"},
                   {"age=8M", "bad_parameter", "age"},
                   {"age=two", "bad_parameter", "age"},
                   {"age=0x2", "bad_parameter", "age"},
                   {"age=%2B2", "bad_parameter", "age"},
                   {"age=99999999999999999999", "bad_parameter", "age"},
                   {"age=-1", "parameter_out_of_range", "age"},
                   {"age=121", "parameter_out_of_range", "age"},
                   {"age=1441m", "parameter_out_of_range", "age"}});
}

TEST_CASE("times: weekday, clock, instants", "[search_query]") {
    CHECK(asked("day=mon").weekdays == 1);
    CHECK(asked("day=sun").weekdays == 64);
    CHECK(asked("day=mon,tue,sun").weekdays == 67);
    CHECK(asked("open=2026-11-28").open_day == directory::parse_day("2026-11-28"));
    CHECK_FALSE(asked("open=2026-11-28").open_at);
    CHECK(asked("time=09:05").minute == 545);
    CHECK(asked("time=23:59").minute == 1439);
    CHECK(asked("open=now").open_at == saturday_morning());
    CHECK(asked("open=2026-11-22T13:30").open_at->minute == 810);
    CHECK(asked("at=2026-11-22T00:00Z").at.minute == 540); // nine hours ahead in Tokyo
    CHECK(asked("at=2026-11-22").at.minute == 0);
    check_refused({{"day=saturday", "bad_parameter", "day"},
                   {"day=Sat", "bad_parameter", "day"},
                   {"day=sat,someday", "bad_parameter", "day"},
                   {"day=7", "bad_parameter", "day"},
                   {"time=9:05", "bad_parameter", "time"},
                   {"time=0905", "bad_parameter", "time"},
                   {"time=-1:30", "bad_parameter", "time"},
                   {"time=-0:30", "bad_parameter", "time"},
                   {"time=10:-5", "bad_parameter", "time"},
                   {"time=10:-0", "bad_parameter", "time"},
                   {"time=aa:bb", "bad_parameter", "time"},
                   {"time=24:00", "parameter_out_of_range", "time"},
                   {"time=10:60", "parameter_out_of_range", "time"},
                   {"open=yes", "bad_parameter", "open"},
                   {"open=2026-02-30", "bad_parameter", "open"},
                   {"open=2026-11-22T25:00", "bad_parameter", "open"},
                   {"at=now", "bad_parameter", "at"},
                   {"at=2026-13-01", "bad_parameter", "at"},
                   {"at=99999999999-01-01", "bad_parameter", "at"},
                   {"at=2026-11-22T10:00%2B99:99", "bad_parameter", "at"}});
}

TEST_CASE("conditions are codes, and the labels of lists are none", "[search_query]") {
    CHECK(asked("entry=drop_in").entry == directory::Entry::drop_in);
    CHECK(asked("fee=free").fee == directory::Fee::free);
    CHECK(asked("transport=provider").transports == 1U << static_cast<unsigned>(directory::Transport::provider));
    CHECK(asked("phone=not_needed").without_phone);
    CHECK(asked("feature=parking,stroller&feature=online").features == 0b010011);
    CHECK(asked("for=expecting&for=young_carer,parents").for_whom == 0b00111);
    CHECK(asked("residents_of=01100").residents_of == "01100");
    CHECK(asked("residents_of=01100&use_contract=mutual").use_contract == directory::Contract::mutual);
    CHECK(asked("use_contract=individual&residents_of=01100").use_contract == directory::Contract::individual);
    check_refused({{"entry=%E7%AB%8B%E3%81%A1%E5%AF%84%E3%82%8A", "bad_parameter", "entry"},
                   {"entry=anything", "bad_parameter", "entry"},
                   {"fee=0", "bad_parameter", "fee"},
                   {"fee=FREE", "bad_parameter", "fee"},
                   {"transport=bus", "bad_parameter", "transport"},
                   {"feature=parking,", "bad_parameter", "feature"},
                   {"feature=wifi", "bad_parameter", "feature"},
                   {"for=everyone", "bad_parameter", "for"},
                   {"residents_of=1100", "bad_parameter", "residents_of"},
                   {"residents_of=011002", "bad_parameter", "residents_of"},
                   {"residents_of=-1100", "bad_parameter", "residents_of"},
                   {"residents_of=0110a", "bad_parameter", "residents_of"},
                   {"use_contract=mutual", "missing_parameter", "residents_of"},
                   {"use_contract=mutual&residents_of=", "missing_parameter", "residents_of"},
                   {"residents_of=01100&use_contract=unknown", "bad_parameter", "use_contract"},
                   {"residents_of=01100&use_contract=%E5%A7%94%E8%A8%97", "bad_parameter", "use_contract"}});
}

TEST_CASE("the frame: sort, limit, language, format", "[search_query]") {
    CHECK(asked("limit=1").limit == 1);
    CHECK(asked("limit=1000").limit == 1000);
    CHECK(asked("sort=updated&lang=ja-easy&f=geojson").sort == directory::Sort::updated);
    check_refused({{"limit=-1", "parameter_out_of_range", "limit"},
                   {"limit=0", "parameter_out_of_range", "limit"},
                   {"limit=1001", "parameter_out_of_range", "limit"},
                   {"limit=1e2", "bad_parameter", "limit"},
                   {"limit=ten", "bad_parameter", "limit"},
                   {"limit=10%20", "bad_parameter", "limit"},
                   {"limit=18446744073709551617", "bad_parameter", "limit"},
                   {"sort=nearest", "bad_parameter", "sort"},
                   {"lang=fr", "bad_parameter", "lang"},
                   {"f=xlsx", "bad_parameter", "f"}});
}

TEST_CASE("a parameter nobody knows is named, and one that stands twice too", "[search_query]") {
    check_refused({{"radios=500", "unknown_parameter", "radios"},
                   {"near=137,33&Near=137,33", "unknown_parameter", "Near"},
                   {"=1", "unknown_parameter", ""},
                   {"offset=10", "unknown_parameter", "offset"},
                   {"unknown=", "unknown_parameter", "unknown"},
                   {"near=137,33&near=137,33", "bad_parameter", "near"},
                   {"limit=&limit=5", "bad_parameter", "limit"},
                   {"q=a&q=b", "bad_parameter", "q"},
                   {"cursor=a&cursor=b", "bad_parameter", "cursor"}});
}

TEST_CASE("fields a form left empty ask for nothing", "[search_query]") {
    const auto query = asked(
        "near=&radius=&bbox=&within=&q=&programme=&for=&age=&day=&time=&open=&at=&entry=&fee=&"
        "transport=&feature=&residents_of=&sort=&limit=&cursor=&lang=&f=");
    CHECK_FALSE(query.near);
    CHECK_FALSE(query.age);
    CHECK(query.programmes.empty());
    CHECK(query.limit == 20);
    CHECK(query.at == saturday_morning());
}

TEST_CASE("the next page asks the same at the same instant, further on", "[search_query]") {
    const auto& reader = the_small_town().reader();
    const std::string first =
        "q=%E5%85%90%E7%AB%A5%E9%A4%A8&programme=jidokan&programme=kodomo_shokudo&limit=7&day=&open=now";
    const auto query = asked(first);
    const auto address = next_page("/api/v1/resources", *parse_query(first), reader, query);
    CHECK(address.starts_with("/api/v1/resources?"));
    CHECK(address.find_first_of("\"\\<> \r\n") == std::string::npos);

    // Asked an hour later: the cursor holds the instant, and "now" stays what it was.
    auto later = saturday_morning();
    later.minute += 60;
    const auto next = read_search_query(*parse_query(query_of(address)), reader, later);
    REQUIRE(next);
    CHECK(next->offset == 7);
    CHECK(next->limit == 7);
    CHECK(next->text == query.text);
    CHECK(next->programmes == query.programmes);
    CHECK(next->at == query.at);
    CHECK(next->open_at == query.open_at);

    const auto third = next_page("/api/v1/resources", *parse_query(query_of(address)), reader, *next);
    const auto again = asked(query_of(third));
    CHECK(again.offset == 14);
}

TEST_CASE("a cursor that was made up is malformed, one of another edition has expired", "[search_query]") {
    const auto& edition = the_small_town().reader().edition();
    for (const std::string& cursor :
         {std::string("x"), std::string("~~"), edition, edition + "~2026-11-21T10:00", edition + "~2026-11-21T10:00~",
          edition + "~2026-11-21T10:00~-1", edition + "~2026-11-21T10:00~99999999999999999999",
          edition + "~2026-11-21T10:00~10000001", edition + "~yesterday~7", edition + "~2026-11-21T10:00~7~7",
          edition + "~2026-11-21T10:00~0x7"}) {
        CAPTURE(cursor);
        const auto out = read("cursor=" + percent_encode(cursor));
        REQUIRE_FALSE(out);
        CHECK(out.error().code == "bad_parameter");
        CHECK(out.error().parameter == "cursor");
    }
    const auto expired = read("cursor=" + percent_encode("0123456789abcdef~2026-11-21T10:00~20"));
    REQUIRE_FALSE(expired);
    CHECK(expired.error().code == "cursor_expired");
    CHECK(expired.error().parameter == "cursor");
    CHECK(status_of(expired.error()) == 410);
    CHECK(asked("cursor=" + percent_encode(edition + "~2026-11-21T10:00~20")).offset == 20);
}

} // namespace shirube::server
