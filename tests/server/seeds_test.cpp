// Seeds and needs on the pages and in the API: who may write, who sees what, what is said at which field.
#include "directory/seeds/seed_book.hpp"
#include "server/staff/staff_call.hpp"
#include "tests/server/support/seed_forms.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/staff_town.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::Role;
using nlohmann::json;

namespace {

struct Person : SignedIn {
    using SignedIn::SignedIn;

    [[nodiscard]] json table(const std::string& query = {}) const {
        const auto answer = get("/api/v1/staff/seeds" + query);
        REQUIRE(answer.status == 200);
        CHECK(answer.caching == Caching::none);
        return json::parse(answer.content());
    }
    /// Writes one, and its page.
    [[nodiscard]] std::string keep(const std::string& path, const Query& fields) const {
        const auto answer = post(path, fields);
        REQUIRE(answer.status == 303);
        const auto location = header_of(answer, "Location");
        return location.substr(0, location.find('?'));
    }
};

std::string id_in(const std::string& address) { return address.substr(address.rfind('/') + 1); }

} // namespace

TEST_CASE("An offer and a need find each other, with reasons, both ways") {
    StaffTown town;
    const Person planner(town, Role::planner);
    CHECK(says(planner.get("/staff"), "/staff/seeds"));
    CHECK(says(planner.get("/staff/seeds"), "見えるニーズはまだありません"));
    CHECK_FALSE(std::filesystem::exists(directory::seeds_beside(town.store())));
    const auto of_offer = planner.keep("/staff/seeds/offers/new", changed(offer(), "site", "浜会館"));
    const auto of_want = planner.keep("/staff/seeds/wants/new", want());

    const auto page = planner.get(of_want);
    REQUIRE(page.status == 200);
    CHECK(page.caching == Caching::none);
    CHECK(says(page, "うみねこの会"));
    CHECK(says(page, "事業が同じ"));
    CHECK(says(page, "区域に入る"));
    CHECK(says(page, "場所が区域の中"));
    CHECK(says(page, "契約：合う（シーズ 委託、ニーズ 委託）"));
    CHECK(says(page, "数：一部合う（シーズ 2人、ニーズ 3人）"));
    CHECK(says(page, "曜日：不明（シーズ 不明、ニーズ 不明）"));
    CHECK(says(page, "000-0000-0501"));
    CHECK(says(planner.get(of_offer), "数：一部合う（シーズ 2人、ニーズ 3人）"));
    CHECK(says(planner.get(of_offer + "?lang=en"), "Amount: fits in part (offer 2 persons; need 3 persons)"));

    const auto one = json::parse(planner.get("/api/v1/staff/seeds/" + id_in(of_want)).content());
    CHECK(one.at("matched") == 1);
    const auto& match = one.at("matches")[0];
    CHECK(match.at("offer") == id_in(of_offer));
    CHECK(match.at("programme") == "same");
    CHECK(match.at("area") == "fits");
    CHECK(match.at("distance_m") == 0);
    CHECK(match.at("criteria")[0].at("fit") == "fits");
    CHECK(match.at("other").at("weekdays").is_null()); // unknown is no empty week
    CHECK(match.at("other").at("fee").is_null());
    CHECK(match.at("other").at("amount").at("count") == 2);
    const auto other_way = json::parse(planner.get("/api/v1/staff/seeds/" + id_in(of_offer)).content());
    CHECK(other_way.at("matches")[0].at("want") == id_in(of_want));

    // What was settled is matched no more, and is still there.
    CHECK(planner.post(of_want + "/edit", changed(changed(want(), "state", "settled"), "over", "1")).status == 303);
    CHECK(json::parse(planner.get("/api/v1/staff/seeds/" + id_in(of_offer)).content()).at("matched") == 0);
    CHECK(says(planner.get(of_want), "決まった"));
}

TEST_CASE("Needs of one municipality and offers of one organization are told apart wherever they are linked") {
    StaffTown town;
    const Person planner(town, Role::planner);
    const auto twilight = planner.keep("/staff/seeds/wants/new", changed(want(), "programmes", "twilight_stay"));
    const auto later = planner.keep("/staff/seeds/wants/new", changed(want(), "from", "2027-04-01"));
    const auto sooner = planner.keep("/staff/seeds/wants/new", changed(want(), "from", "2027-01-01"));
    const auto of_offer = planner.keep("/staff/seeds/offers/new", offer());
    const auto same_offer = planner.keep("/staff/seeds/offers/new", changed(offer(), "key", "S-7"));

    const std::string whole = "（市区町村の全部）";
    const std::string short_stay = "子育て短期支援（ショートステイ）" + whole;
    for (const auto* path : {"/staff/seeds", "/staff/seeds/wants"}) {
        const auto list = planner.get(path);
        CHECK(says(list,
                   "潮見野市 <span class=\"seed-what\">子育て短期支援（トワイライトステイ）" + whole + "</span></a>"));
        CHECK(says(list, "<span class=\"seed-what\">" + short_stay + " 2027年4月1日から</span>"));
        CHECK(says(list, "<span class=\"seed-what\">" + short_stay + " 2027年1月1日から</span>"));
    }
    // Its own page, its title, and the form that changes it.
    CHECK(says(planner.get(sooner), "<title>潮見野市：" + short_stay + " 2027年1月1日から"));
    CHECK(says(planner.get(sooner), "</span> 潮見野市 <span class=\"seed-what\">" + short_stay + " 2027年1月1日から"));
    CHECK(says(planner.get(later + "/edit"), "<title>直す：潮見野市：" + short_stay + " 2027年4月1日から"));
    CHECK(says(planner.get(twilight), "<title>潮見野市：子育て短期支援（トワイライトステイ）" + whole));
    // Two offers that say all the same have the number that one of them was given.
    const auto matches = planner.get(later);
    CHECK(says(matches,
               "うみねこの会 <span class=\"seed-what\">子育て短期支援（ショートステイ）（潮見野市） 番号 S-7</span>"));
    CHECK(says(matches, "うみねこの会 <span class=\"seed-what\">子育て短期支援（ショートステイ）（潮見野市）</span>"));
    CHECK(says(matches,
               "<span class=\"vh\"> うみねこの会：子育て短期支援（ショートステイ）（潮見野市） 番号 S-7</span>"));
    CHECK(says(planner.get(of_offer), short_stay + " 2027年4月1日から</span></a>"));
    CHECK(says(planner.get(same_offer), "<title>うみねこの会：子育て短期支援（ショートステイ）（潮見野市） 番号 S-7"));
}

TEST_CASE("What is wrong is said at its field, what was typed stays, and nothing is kept") {
    StaffTown town;
    const Person planner(town, Role::planner);
    auto fields = changed(changed(offer(), "phone", "やまださん"), "amount", "二人");
    const auto refused = planner.post("/staff/seeds/offers/new", fields);
    CHECK(refused.status == 422);
    CHECK(says(refused, "電話番号を数字で書いてください"));
    CHECK(says(refused, "数を一つだけ書いてください"));
    CHECK(says(refused, "value=\"やまださん\""));
    CHECK(says(refused, "aria-describedby=\"phone-wrong\""));
    CHECK_FALSE(std::filesystem::exists(directory::seeds_beside(town.store())));
    const auto bare = planner.post("/staff/seeds/wants/new", {});
    CHECK(bare.status == 422);
    CHECK(says(bare, "href=\"#programmes\""));
    CHECK(planner.post("/staff/seeds/offers/new", changed(offer(), "terms", std::string(501, 'x'))).status == 422);
    // A place that only staff see cannot be told to others, nor an organization that nobody else knows.
    const auto hidden = planner.post("/staff/seeds/offers/new", changed(offer("all"), "site", "潮の居場所"));
    CHECK(hidden.status == 422);
    CHECK(says(hidden, "ほかの市区町村には見せられません"));
    CHECK(planner.post("/staff/seeds/offers/new", offer("all", std::string(k_staff_here) + "の会")).status == 422);
    // One of another municipality's hidden places is not known at all.
    const auto foreign = planner.post("/staff/seeds/offers/new", changed(offer(), "site", "沖の居場所"));
    CHECK(says(foreign, "その名前の場所は台帳にありません"));
}

TEST_CASE("A form says beforehand what it cannot be kept without, and nothing else is asked for") {
    StaffTown town;
    const Person planner(town, Role::planner);
    const auto count = [](const Answer& page, std::string_view words) {
        const std::string_view text = page.content();
        int n = 0;
        for (auto at = text.find(words); at != std::string_view::npos; at = text.find(words, at + words.size())) {
            ++n;
        }
        return n;
    };
    const auto of_offer = planner.get("/staff/seeds/offers/new");
    CHECK(says(of_offer, "団体の名前 <span class=\"needed\">必須</span></label>"));
    CHECK(says(of_offer, "事業 <span class=\"needed\">必須</span></p>"));
    CHECK(says(of_offer, "担当（部署・役割） <span class=\"needed\">必須</span></label>"));
    CHECK(says(of_offer, "電話 <span class=\"needed\">電話かメールのどちらか必須</span></label>"));
    CHECK(count(of_offer, "class=\"needed\"") == 5);
    CHECK(count(planner.get("/staff/seeds/wants/new"), "class=\"needed\"") == 4);
    // Just what is marked is enough.
    CHECK(planner
              .post("/staff/seeds/wants/new",
                    {{"programmes", "short_stay"}, {"contact", "こども家庭課"}, {"mail", "kodomo@example.jp"}})
              .status == 303);
}

TEST_CASE("Who reads does not write, and a form without the session's word keeps nothing") {
    StaffTown town;
    const Person viewer(town, Role::viewer);
    const Person caseworker(town, Role::caseworker);
    const Person planner(town, Role::planner);
    const auto of_offer = planner.keep("/staff/seeds/offers/new", offer());
    CHECK(viewer.get("/staff/seeds").status == 200);
    CHECK(caseworker.get(of_offer).status == 200);
    CHECK_FALSE(says(viewer.get("/staff/seeds"), "/staff/seeds/offers/new"));
    CHECK_FALSE(says(viewer.get(of_offer), of_offer + "/edit"));
    CHECK(viewer.get("/staff/seeds/offers/new").status == 403);
    CHECK(viewer.post("/staff/seeds/offers/new", offer()).status == 403);
    CHECK(viewer.post(of_offer + "/edit", offer()).status == 403);
    CHECK(town.post("/staff/seeds/offers/new", offer(), planner.token).status == 403);
    CHECK(town.get("/staff/seeds").status == 303);
    CHECK(town.get("/api/v1/staff/seeds").status == 401);
    CHECK(planner.table().at("offers").size() == 1);
    const Person whole(town, Role::administrator, "");
    CHECK(whole.get("/staff/seeds").status == 200);
    CHECK(whole.table().at("offers").empty());
}

TEST_CASE("Staff of another municipality have what is shown to them, and nothing else, not even as a count") {
    StaffTown town;
    const Person here(town, Role::steward);
    const Person there(town, Role::steward, k_there);
    const auto own_offer = here.keep("/staff/seeds/offers/new", offer("own", "ないしょの会"));
    const auto area_offer =
        here.keep("/staff/seeds/offers/new", changed(offer("area", "おとなりの会"), "areas", "99341"));
    const auto own_want = here.keep("/staff/seeds/wants/new", want());
    const auto shown_want = here.keep("/staff/seeds/wants/new", want("all"));
    for (const auto& of : {own_want, shown_want}) {
        const auto asked = here.post("/staff/seeds/askings", {{"want", id_in(of)},
                                                              {"offer", id_in(area_offer)},
                                                              {"from", "want"},
                                                              {"asked_by", "こども家庭課"},
                                                              {"asked_on", "2026-11-10"},
                                                              {"answer", "declined"},
                                                              {"reason", "too_far"}});
        CHECK(asked.status == 303);
    }
    CHECK(here.post("/staff/seeds/askings", {{"want", id_in(shown_want)},
                                             {"organization", "声だけの会"},
                                             {"asked_by", "こども家庭課"},
                                             {"asked_on", "2026-11-10"},
                                             {"answer", "waiting"}})
              .status == 303);
    const auto seen = there.table();
    REQUIRE(seen.at("offers").size() == 1);
    CHECK(seen.at("offers")[0].at("organization") == "おとなりの会");
    CHECK(seen.at("wants").size() == 1);
    CHECK(seen.at("askings").size() == 1);
    CHECK(seen.at("counts").at("askings") == 1);
    CHECK(here.table().at("counts").at("askings") == 3);
    for (const auto* path : {"/staff/seeds", "/staff/seeds/offers", "/staff/seeds/wants", "/api/v1/staff/seeds"}) {
        const auto answer = there.get(path);
        CHECK_FALSE(says(answer, "ないしょの会"));
        CHECK_FALSE(says(answer, "声だけの会"));
        CHECK_FALSE(says(answer, id_in(own_want)));
    }
    CHECK_FALSE(says(there.get(shown_want), "声だけの会"));
    CHECK(says(there.get(shown_want), "おとなりの会"));
    CHECK_FALSE(says(there.get(area_offer), id_in(own_want)));
    // What may not be seen is as what never was.
    for (const auto& [path, id] :
         {std::pair{own_offer, "/staff/seeds/offers/s0"}, std::pair{own_want, "/staff/seeds/wants/n0"}}) {
        CHECK(there.get(path).status == 404);
        CHECK(there.get(id).status == 404);
        CHECK(there.get(path + "/edit").status == 404);
        CHECK(there.post(path + "/edit", offer()).status == 404);
        CHECK(there.get("/api/v1/staff/seeds/" + id_in(path)).content() ==
              there.get("/api/v1/staff/seeds/" + id_in(id)).content());
    }
    CHECK(there.get(area_offer + "/edit").status == 404); // seen, and not theirs
    CHECK(there.post(area_offer + "/edit", offer()).status == 404);
    CHECK(
        there
            .post("/staff/seeds/askings", {{"want", id_in(shown_want)}, {"offer", id_in(own_offer)}, {"asked_by", "x"}})
            .status == 404);
    // Two that are both another's are not theirs to ask about; a want of their own is.
    CHECK(there
              .post("/staff/seeds/askings",
                    {{"want", id_in(shown_want)}, {"offer", id_in(area_offer)}, {"asked_by", "x"}})
              .status == 404);
    const auto their_want = there.keep("/staff/seeds/wants/new", want());
    CHECK(there
              .post("/staff/seeds/askings",
                    {{"want", id_in(their_want)}, {"offer", id_in(area_offer)}, {"asked_by", "沖の課"}})
              .status == 303);
    // The public has none of it.
    for (const char* path : {"/", "/search", "/about", "/api/v1/resources"}) {
        CHECK_FALSE(says(town.get(path), "おとなりの会"));
    }
}

TEST_CASE("A refusal has its reason, is shown at both sides, goes last and is counted") {
    StaffTown town;
    const Person planner(town, Role::planner);
    const auto first = planner.keep("/staff/seeds/offers/new", offer("own", "いちばんの会"));
    const auto second = planner.keep("/staff/seeds/offers/new", changed(offer("own", "にばんの会"), "amount", "1"));
    const auto of_want = planner.keep("/staff/seeds/wants/new", want());
    const Query asked{{"want", id_in(of_want)},     {"offer", id_in(first)},    {"from", "want"},
                      {"asked_by", "こども家庭課"}, {"asked_on", "2026-11-10"}, {"answer", "waiting"}};
    CHECK(planner.post("/staff/seeds/askings", changed(asked, "asked_by", "")).status == 422);
    CHECK(planner.post("/staff/seeds/askings", asked).status == 303);
    CHECK(says(planner.get("/staff/seeds"), "返事待ち 1件"));
    const auto asking = planner.table().at("askings")[0];
    CHECK(asking.at("organization") == "いちばんの会");
    CHECK(asking.at("answered_on").is_null());
    const std::string answer_at = "/staff/seeds/askings/" + asking.at("id").get<std::string>();
    const auto without_reason = planner.post(answer_at, {{"from", "want"}, {"answer", "declined"}});
    CHECK(without_reason.status == 422);
    CHECK(says(without_reason, "断りの理由"));
    CHECK(planner
              .post(answer_at, {{"from", "want"},
                                {"answer", "declined"},
                                {"reason", "no_staff"},
                                {"words", "夜勤が組めない"},
                                {"answered_on", "2026-11-15"}})
              .status == 303);
    for (const auto& path : {first, of_want}) {
        const auto page = planner.get(path);
        CHECK(says(page, "断り：人手がない"));
        CHECK(says(page, "夜勤が組めない"));
    }
    const auto matches = json::parse(planner.get("/api/v1/staff/seeds/" + id_in(of_want)).content()).at("matches");
    REQUIRE(matches.size() == 2);
    CHECK(matches[0].at("offer") == id_in(second)); // who has not declined goes first
    CHECK(matches[1].at("declined") == true);
    const auto counts = planner.table().at("counts");
    CHECK(counts.at("declined") == 1);
    CHECK(counts.at("reasons")[0].at("reason") == "no_staff");
    CHECK(says(planner.get("/staff/seeds"), "断り 1件（1団体）のうち"));
    CHECK(planner.post("/staff/seeds/askings/a0", {{"answer", "yes"}}).status == 404);
}

TEST_CASE("The second of two who change one is told; tables are what they were asked for; a broken file is said") {
    StaffTown town;
    const Person planner(town, Role::planner);
    const auto of_offer = planner.keep("/staff/seeds/offers/new", changed(offer(), "terms", "=1+1"));
    CHECK(says(planner.get(of_offer + "/edit"), "value=\"うみねこの会\""));
    CHECK(planner.post(of_offer + "/edit", changed(offer(), "over", "1")).status == 303);
    const auto second = planner.post(of_offer + "/edit", changed(changed(offer(), "amount", "9"), "over", "1"));
    CHECK(second.status == 409);
    CHECK(says(second, "ほかの人が先に直しました"));

    CHECK(planner.post(of_offer + "/edit", changed(changed(offer(), "terms", "=1+1"), "over", "2")).status == 303);
    const auto csv = planner.get("/api/v1/staff/seeds?of=offers&f=csv");
    REQUIRE(csv.status == 200);
    CHECK(says(csv, "運営主体"));
    CHECK(says(csv, "'=1+1"));
    CHECK(planner.get("/api/v1/staff/seeds?f=csv").status == 400);
    CHECK(planner.get("/api/v1/staff/seeds?of=everything").status == 400);
    CHECK(planner.get("/api/v1/staff/seeds?x=1").status == 400);
    CHECK(planner.get("/api/v1/staff/seeds/" + id_in(of_offer) + "?limit=0").status == 400);
    CHECK(planner.table("?of=wants").contains("offers") == false);

    for (const char* part : {"-wal", "-shm"}) {
        std::filesystem::remove(directory::seeds_beside(town.store()).string() + part);
    }
    std::ofstream(directory::seeds_beside(town.store()), std::ios::trunc) << "これはちがうファイル";
    const auto broken = planner.get("/staff/seeds");
    CHECK(broken.status == 503);
    CHECK(says(broken, "読み書きできません"));
    CHECK(planner.get("/api/v1/staff/seeds").status == 500);
}
