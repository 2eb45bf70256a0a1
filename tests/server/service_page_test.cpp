// The page of one service: what it is, how one begins, its eight weeks, what programs and telephones read off it.
#include "server/pages/pages.hpp"
#include "server/pages/service/json_ld.hpp"
#include "server/pages/texts.hpp"
#include "tests/server/support/small_town.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <set>
#include <string>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::Entry;
using nlohmann::json;

namespace {

constexpr std::size_t k_cafeteria = 25;

std::string page_of(const SmallTown& town, const std::string& target, const std::string& host = "town.example.jp") {
    auto request = request_for(target, "text/html");
    request.host = host;
    const auto answer = town.ask(request);
    CHECK(answer.status == 200);
    return std::string{answer.content()};
}

bool holds(const std::string& page, std::string_view text) { return page.find(text) != std::string::npos; }

/// What a browser takes for the data block: from its start tag to the next end tag, whatever stands between.
json data_block_of(const std::string& page) {
    constexpr std::string_view k_begin = R"(<script type="application/ld+json">)";
    const auto from = page.find(k_begin);
    REQUIRE(from != std::string::npos);
    const auto to = page.find("</script", from);
    return json::parse(page.substr(from + k_begin.size(), to - from - k_begin.size()));
}

template <class Change>
SmallTown changed(const Change& change) {
    auto state = small_state();
    change(state.services[k_cafeteria], state);
    return SmallTown(std::move(state));
}

std::size_t count_of(const std::string& page, std::string_view text) {
    std::size_t count = 0;
    for (auto at = page.find(text); at != std::string::npos; at = page.find(text, at + text.size())) {
        ++count;
    }
    return count;
}

} // namespace

TEST_CASE("schema.org says of a service what the API says, and nothing else") {
    const auto town = changed([](auto& service, auto&) {
        service.phone = "000-0000-0101";
        service.url = "https://example.jp/";
        service.last_confirmed_on = directory::parse_day("2026-10-01");
    });
    const auto told = data_block_of(page_of(town, "/services/v26"));
    const auto known = town.json("/api/v1/resources/v26");
    const auto& properties = known.at("properties");
    CHECK(told.at("@context") == "https://schema.org");
    CHECK(told.at("@type") == "Service"); // nobody says that the city runs it itself
    CHECK(told.at("identifier") == properties.at("id"));
    CHECK(told.at("name") == properties.at("name"));
    CHECK(told.at("serviceType") == "こども食堂");
    CHECK(told.at("url") == "http://town.example.jp/services/v26");
    CHECK(told.at("provider").at("name") == properties.at("organization"));
    const auto& channel = told.at("availableChannel");
    CHECK(channel.at("servicePhone").at("telephone") == "000-0000-0101");
    CHECK(channel.at("serviceUrl") == "https://example.jp/");
    const auto& place = channel.at("serviceLocation");
    CHECK(place.at("address").at("streetAddress") == properties.at("address"));
    CHECK(std::abs(place.at("geo").at("longitude").get<double>() -
                   known.at("geometry").at("coordinates").at(0).get<double>()) < 1e-6);
    CHECK(std::abs(place.at("geo").at("latitude").get<double>() -
                   known.at("geometry").at("coordinates").at(1).get<double>()) < 1e-6);
    const auto& audience = told.at("audience");
    CHECK(audience.at("suggestedMinAge") == 0);
    CHECK(audience.at("suggestedMaxAge") == 17); // the API's end is exclusive
    CHECK(audience.at("suggestedAge").at("minValue") == properties.at("ages").at("from_months"));
    CHECK(audience.at("suggestedAge").at("maxValue").get<int>() + 1 ==
          properties.at("ages").at("to_months").get<int>());
    CHECK(told.at("isAccessibleForFree") == true);
    CHECK(told.at("mainEntityOfPage").at("lastReviewed") == "2026-10-01");
    std::set<std::string> days;
    for (const auto& hours : told.at("hoursAvailable")) {
        CHECK(hours.at("dayOfWeek") == "https://schema.org/Saturday");
        CHECK(hours.at("opens") == "10:00");
        CHECK(hours.at("closes") == "14:00");
        CHECK(hours.at("validFrom") == hours.at("validThrough"));
        days.insert(hours.at("validFrom").get<std::string>());
    }
    CHECK(days == std::set<std::string>{"2026-11-21", "2026-11-28", "2026-12-05", "2026-12-12", "2026-12-19",
                                        "2026-12-26", "2027-01-09"});
}

TEST_CASE("schema.org is told no value that nobody knows") {
    const auto bare = changed([](auto& service, auto& state) {
        service = {};
        service.id = "v26";
        service.site = 25;
        service.programme = directory::Taxonomy::shipped().by_code("kodomo_shokudo").value();
        service.certainty = directory::Certainty::reported;
        state.sites[25].quality = directory::PositionQuality::town;
        state.sites[25].address.clear();
    });
    const auto told = data_block_of(page_of(bare, "/services/v26"));
    std::set<std::string> members;
    for (const auto& [name, value] : told.items()) {
        members.insert(name);
    }
    CHECK(members == std::set<std::string>{"@context", "@type", "@id", "identifier", "name", "serviceType",
                                           "description", "disambiguatingDescription", "availableChannel", "url",
                                           "mainEntityOfPage"});
    CHECK_FALSE(told.at("availableChannel").at("serviceLocation").contains("geo"));
    CHECK_FALSE(told.at("availableChannel").at("serviceLocation").contains("address"));
    const auto run_by_the_city = changed([](auto& service, auto&) { service.contract = directory::Contract::direct; });
    CHECK(data_block_of(page_of(run_by_the_city, "/services/v26")).at("@type") == "GovernmentService");
    const auto ended = changed([](auto& service, auto&) { service.status = directory::Status::closed; });
    CHECK_FALSE(holds(page_of(ended, "/services/v26"), "ld+json"));
}

TEST_CASE("No name ends the data block or begins a comment in it, and it is read back as it was") {
    const std::string hostile = "</script><script>alert(1)</script><!--<script> ]]> & \xe2\x80\xa8\xe2\x80\xa9 \" \\";
    const auto town = changed([&](auto& service, auto& state) {
        state.sites[25].name = hostile;
        state.organizations[0].name = hostile;
        service.for_whom_text = hostile;
        service.phone = "0\"><script>";
    });
    const auto page = page_of(town, "/services/v26");
    const auto told = data_block_of(page);
    CHECK(told.at("name") == hostile);
    CHECK(told.at("provider").at("name") == hostile);
    CHECK(told.at("audience").at("audienceType") == hostile);
    CHECK_FALSE(holds(page, "<script>"));
    const auto block = in_data_block(json{{"text", hostile}});
    CHECK(block.find_first_of("<>&") == std::string::npos);
    CHECK(block.find("\xe2\x80\xa8") == std::string::npos);
    CHECK(block.find("\xe2\x80\xa9") == std::string::npos);
    CHECK(json::parse(block).at("text") == hostile);
}

TEST_CASE("What begins with a referral or a decision leads to advice, and shows nothing to book with") {
    for (const auto entry : {Entry::referral, Entry::municipal_decision}) {
        const auto town = changed([&](auto& service, auto& state) {
            service.entry = entry;
            service.phone = "000-0000-0101";
            service.url = "https://example.jp/";
            state.services[0].programme = directory::Taxonomy::shipped().by_code("chiiki_sodan").value();
        });
        const auto page = page_of(town, "/services/v26");
        CHECK(holds(page, "自分だけでは申し込めません"));
        CHECK(holds(page, R"(class="button primary" href="/search?programme=consultation&amp;near=137.011,33.011")"));
        CHECK_FALSE(holds(page, R"(button primary phone)"));
        CHECK(holds(page, R"(<a class="plain-phone" href="tel:000-0000-0101")"));
        const auto told = data_block_of(page);
        CHECK_FALSE(told.at("availableChannel").contains("servicePhone"));
        CHECK_FALSE(told.at("availableChannel").contains("serviceUrl"));
        // The link leads to somewhere: the same question of the API has an answer.
        CHECK(town.json("/api/v1/resources?programme=consultation&near=137.011,33.011").at("numberMatched") == 1);
    }
    const auto nobody_refers = changed([](auto& service, auto&) { service.entry = Entry::referral; });
    CHECK(holds(page_of(nobody_refers, "/services/v26"), "この台帳には相談機関がのっていません"));
    CHECK_FALSE(holds(page_of(nobody_refers, "/services/v26"), "programme=consultation"));
    const auto by_section = changed([](auto& service, auto&) {
        service.entry = Entry::municipal_decision;
        service.department = "こども<家庭>課";
    });
    CHECK(holds(page_of(by_section, "/services/v26"), "こども&lt;家庭&gt;課"));
}

TEST_CASE("What is walked into or applied for has its telephone as the button") {
    for (const auto entry : {Entry::drop_in, Entry::register_first, Entry::apply, Entry::unknown}) {
        const auto town = changed([&](auto& service, auto&) {
            service.entry = entry;
            service.phone = "000-0000-0101";
        });
        const auto page = page_of(town, "/services/v26");
        CHECK(holds(page, R"(class="button primary phone" href="tel:000-0000-0101")"));
        CHECK_FALSE(holds(page, "programme=consultation"));
        CHECK(data_block_of(page).at("availableChannel").at("servicePhone").at("telephone") == "000-0000-0101");
    }
    CHECK(holds(page_of(the_small_town(), "/services/v26"), "公開できる電話番号はありません"));
}

TEST_CASE("A fee whose own words begin with ours is said once, on its page and among what is found") {
    const auto town = changed([](auto& service, auto&) {
        service.fee = directory::Fee::free;
        service.fee_text = "無料（工作は実費）";
    });
    const auto page = page_of(town, "/services/v26");
    CHECK(holds(page, "無料（工作は実費）"));
    CHECK_FALSE(holds(page, ">無料<"));
    const auto other = changed([](auto& service, auto&) {
        service.fee = directory::Fee::free;
        service.fee_text = "工作は実費";
    });
    CHECK(holds(page_of(other, "/services/v26"), ">無料<"));
    const auto found = page_of(town, "/search?near=137.011,33.011");
    const auto at = found.find("無料（工作は実費）");
    REQUIRE(at != std::string::npos);
    const auto fee = found.rfind("<dd", at); // the card's line of what it costs
    REQUIRE(fee != std::string::npos);
    CHECK_FALSE(holds(found.substr(fee, at - fee), "無料"));
}

TEST_CASE("The page says in plain words what the programme is, in three registers") {
    const auto& about = directory::Taxonomy::shipped()
                            .at(directory::Taxonomy::shipped().by_code("kodomo_shokudo").value())
                            .about.value();
    CHECK(holds(page_of(the_small_town(), "/services/v26"), about.ja));
    CHECK(holds(page_of(the_small_town(), "/services/v26?lang=en"), about.en));
    CHECK(holds(page_of(the_small_town(), "/services/v26?lang=ja-easy"), Texts::in("ja-easy").to_html(about.ja_easy)));
    for (const auto& programme : directory::Taxonomy::shipped().programmes()) {
        INFO(programme.code);
        REQUIRE(programme.about);
        CHECK_FALSE(programme.about->ja.empty());
        CHECK_FALSE(programme.about->ja_easy.empty());
        CHECK_FALSE(programme.about->en.empty());
    }
    const auto told = the_small_town().json("/api/v1/taxonomy").at("programmes");
    for (const auto& programme : told) {
        CHECK(programme.at("about").size() == 3);
    }
}

TEST_CASE("The calendar has a cell for each of 56 days under its weekday, and says what each is") {
    const auto page = page_of(the_small_town(), "/services/v26");
    CHECK(count_of(page, R"(<td class="day day-yes")") == 7);
    CHECK(count_of(page, R"(<td class="day day-maybe")") == 1); // 2 January: New Year
    CHECK(count_of(page, R"(<td class="day day-no")") == 48);
    CHECK(count_of(page, R"(aria-current="date")") == 1);
    CHECK(count_of(page, R"(class="times">10:00–14:00<)") == 8);
    CHECK(count_of(page, R"(<th scope="col"><abbr)") == 7);
    // 23 November, 1 and 11 January; the shipped calendar knows no other in these weeks.
    CHECK(count_of(page, R"(class="tag holiday">祝</span>)") == 3);
    CHECK(holds(page, R"(href="/services/v26/calendar.ics")"));
    CHECK(holds(page_of(the_small_town(), "/services/v26?lang=en"), R"(href="/services/v26/calendar.ics?lang=en")"));
}

TEST_CASE("No calendar is drawn where no day is known, where it has ended, pauses or has no first day") {
    const auto unknown = page_of(the_small_town(), "/services/v01");
    CHECK_FALSE(holds(unknown, "<table class=\"calendar\""));
    CHECK(holds(unknown, "どの日に開いているかは台帳からはわからない"));
    CHECK_FALSE(holds(unknown, "calendar.ics"));
    for (const auto status : {directory::Status::closed, directory::Status::suspended, directory::Status::planned}) {
        const auto town = changed([&](auto& service, auto&) { service.status = status; });
        const auto page = page_of(town, "/services/v26");
        CHECK_FALSE(holds(page, "<table class=\"calendar\""));
        CHECK_FALSE(holds(page, "calendar.ics"));
    }
    const auto begins = changed([](auto& service, auto&) {
        service.status = directory::Status::planned;
        service.valid_from = directory::parse_day("2026-12-10");
    });
    CHECK(count_of(page_of(begins, "/services/v26"), R"(<td class="day day-yes")") == 4);
    const auto ends = changed([](auto& service, auto&) { service.valid_to = directory::parse_day("2026-11-30"); });
    CHECK(count_of(page_of(ends, "/services/v26"), R"(<td class="day day-yes")") == 2);
}

TEST_CASE("What is unconfirmed says so beside its calendar") {
    const auto town = changed([](auto& service, auto&) { service.certainty = directory::Certainty::stale; });
    CHECK(holds(page_of(town, "/services/v26"), "未確認の台帳から作ったカレンダーです"));
    CHECK_FALSE(holds(page_of(the_small_town(), "/services/v26"), "未確認"));
}

TEST_CASE("Other venues stand in the cells as numbers, and by name below") {
    const auto town = changed([](auto& service, auto&) {
        auto elsewhere = service.schedules[0];
        elsewhere.venue = "北浜<公民館>";
        service.schedules.push_back(elsewhere);
    });
    const auto page = page_of(town, "/services/v26");
    CHECK(count_of(page, R"(<span class="venue-mark">[1]</span>)") == 8);
    CHECK(holds(page, R"(<b class="venue-mark">[1]</b> 北浜&lt;公民館&gt;)"));
    for (const auto& hours : data_block_of(page).at("hoursAvailable")) {
        CHECK(hours.at("opens") == "10:00");
    }
    CHECK(data_block_of(page).at("hoursAvailable").size() == 7); // those at its own place
}

TEST_CASE("The address that is passed on is the server's public one, with a code where others can reach it") {
    const auto page = page_of(the_small_town(), "/services/v26?lang=en");
    CHECK(holds(page, R"(value="http://town.example.jp/services/v26")")); // without a language: readers have their own
    CHECK(holds(page, R"(<svg class="qr")"));
    const auto on_this_machine = page_of(the_small_town(), "/services/v26", "127.0.0.1:8080");
    CHECK(holds(on_this_machine, R"(value="http://127.0.0.1:8080/services/v26")"));
    CHECK_FALSE(holds(on_this_machine, R"(<svg class="qr")"));
    const auto without = page_of(the_small_town(), "/services/v26", "\"><script>");
    CHECK_FALSE(holds(without, "share-address"));
    CHECK_FALSE(data_block_of(without).contains("url"));
    auto request = request_for("/services/v26", "text/html");
    request.host = "a.example.jp";
    const auto one = the_small_town().ask(request).etag_basis;
    request.host = "b.example.jp";
    CHECK(the_small_town().ask(request).etag_basis != one);
    request.public_url = "https://town.example.jp";
    CHECK(the_small_town().ask(request).content().find("https://town.example.jp/services/v26") !=
          std::string_view::npos);
}
