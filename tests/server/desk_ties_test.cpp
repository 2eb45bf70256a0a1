// Ties and meetings edited on a page: each decision is one import that can be undone, what is wrong is told at its
// field, and nobody sees or edits what is another's.
#include "directory/store.hpp"
#include "server/editions.hpp"
#include "server/http.hpp"
#include "server/router.hpp"
#include "server/staff/staff_call.hpp"
#include "tests/server/support/desk_town.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/tie_forms.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::OpenMode;
using directory::Role;
using directory::Store;
using directory::Visibility;

namespace {

std::vector<directory::ForumRow> forums_of(StaffTown& town) {
    const auto store = Store::open(town.store(), OpenMode::read);
    return store
        .read_state({.municipality = std::string{k_here}, .owners = {{std::string{k_here}, Visibility::coordinator}}})
        .forums;
}

std::size_t imports_of(StaffTown& town) { return Store::open(town.store(), OpenMode::read).history().size(); }

void undo(StaffTown& town, std::int64_t import) {
    Store::open(town.store(), OpenMode::write).undo(import);
    town.desk().note_written();
}

Query deciding(const Answer& page, const std::string& what, Query more = {}) {
    more.emplace_back("do", what);
    more.emplace_back("seen", hidden_value(page, "id=\"decide-form\"", "seen"));
    return decided(more);
}

} // namespace

TEST_CASE("A tie is added by one import that can be undone, and tells what nobody knows as unknown",
          "[desk][network]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto before = imports_of(town);
    const auto answer = steward.post("/staff/desk/ties/new", tie_form({{"kind", "紹介"},
                                                                       {"from", "昔の館"},
                                                                       {"to", "はまの会"},
                                                                       {"informed", "１２"},
                                                                       {"fed_back", "0"},
                                                                       {"period", "2025年度"},
                                                                       {"valid_from", "2025-04-01"}}));
    const auto import = kept_import(answer);
    REQUIRE(import > 0);
    CHECK(imports_of(town) == before + 1);
    const auto tie = tie_to(town, "はまの会");
    REQUIRE(tie);
    CHECK(says(steward.get(header_of(answer, "Location")),
               "<a href=\"/staff/desk/ties/" + tie->id + "\">昔の館 → はまの会</a></p>"));
    CHECK(tie->reading.referrals.informed == 12);
    CHECK_FALSE(tie->reading.referrals.linked.has_value());
    CHECK(tie->reading.referrals.fed_back == 0);
    CHECK(tie->visibility == Visibility::staff);
    CHECK(tie->owner == k_here);
    CHECK(tie->reading.decided.by == directory::Decider::coordinator);
    CHECK(tie->reading.decided.reason == "電話で聞いた");
    CHECK(tie->reading.confirmed_on == directory::parse_day(k_desk_today));
    const auto page = steward.get("/staff/desk/ties/" + tie->id);
    CHECK(says(page, "画面からのつながり"));
    CHECK(says(page, "コーディネーター 電話で聞いた</dd>"));
    // The same again is not added twice.
    const auto again = steward.post("/staff/desk/ties/new", tie_form({{"kind", "紹介"},
                                                                      {"from", "昔の館"},
                                                                      {"to", "はまの会"},
                                                                      {"period", "2025年度"},
                                                                      {"valid_from", "2025-04-01"}}));
    CHECK(again.status == 422);
    CHECK(says(again, "もうあります"));
    CHECK(imports_of(town) == before + 1);
    undo(town, import);
    CHECK_FALSE(tie_to(town, "はまの会"));
    CHECK(steward.get("/staff/desk/ties/" + tie->id).status == 404);
}

TEST_CASE("A tie of a city's list is confirmed, mended, ended and taken out over the list", "[desk][network]") {
    StaffTown town;
    put_work_on_the_desk(town);
    import_tie_list(town, "市の契約一覧", contract_cells());
    const DeskWorker steward(town, "steward", k_here);
    const auto id = tie_to(town, "なみの会")->id;
    const std::string path = "/staff/desk/ties/" + id;
    const auto list = steward.get("/staff/desk/ties?kind=entrusts&q=%E3%81%AA%E3%81%BF");
    CHECK(says(list, "なみの会"));
    CHECK(says(list, "市の契約一覧"));
    CHECK_FALSE(says(steward.get("/staff/desk/ties?kind=hosts"), "なみの会"));
    CHECK_FALSE(says(steward.get("/staff/desk/ties?q=zzz"), "なみの会"));

    const auto confirmed = kept_import(steward.post(path, deciding(steward.get(path), "confirm")));
    REQUIRE(confirmed > 0);
    CHECK(tie_to(town, "なみの会")->reading.confirmed_on == directory::parse_day(k_desk_today));
    CHECK(tie_to(town, "なみの会")->reading.note == "元の備考");
    CHECK(says(steward.get(path), "市の契約一覧"));

    const auto mended =
        kept_import(steward.post(path, mending(steward.get(path), {{"note", ""}, {"terms", "毎年見直す"}})));
    REQUIRE(mended > 0);
    CHECK(tie_to(town, "なみの会")->reading.note.empty());
    CHECK(tie_to(town, "なみの会")->reading.terms.text == "毎年見直す");
    CHECK(tie_to(town, "なみの会")->reading.valid_from == directory::parse_day("2024-04-01"));

    const auto ended = kept_import(steward.post(path, deciding(steward.get(path), "end", {{"ended", "2026-03-31"}})));
    REQUIRE(ended > 0);
    CHECK(tie_to(town, "なみの会")->reading.valid_to == directory::parse_day("2026-03-31"));
    CHECK_FALSE(says(steward.get("/staff/desk/ties"), "なみの会"));
    CHECK(says(steward.get("/staff/desk/ties?when=ended"), "なみの会"));

    const auto wrong = kept_import(steward.post(path, deciding(steward.get(path), "wrong")));
    REQUIRE(wrong > 0);
    CHECK_FALSE(tie_to(town, "なみの会"));
    CHECK(steward.get(path).status == 404);
    undo(town, wrong);
    undo(town, mended);
    CHECK(tie_to(town, "なみの会")->reading.note == "元の備考");
    CHECK(tie_to(town, "なみの会")->reading.valid_to == directory::parse_day("2026-03-31"));
    undo(town, ended);
    undo(town, confirmed);
    CHECK_FALSE(tie_to(town, "なみの会")->reading.confirmed_on.has_value());
    CHECK_FALSE(tie_to(town, "なみの会")->reading.decided.on.has_value());
}

TEST_CASE("What is wrong is told at its field, and what was typed stays", "[desk][network]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto before = imports_of(town);
    struct Case {
        Query typed;
        std::string field;
        std::string says;
    };
    const Query good{{"kind", "紹介"}, {"from", "昔の館"}, {"to", "はまの会"}};
    const auto with = [&](Query typed) {
        for (const auto& [name, value] : good) {
            if (std::ranges::find(typed, name, &Query::value_type::first) == typed.end()) {
                typed.emplace_back(name, value);
            }
        }
        return typed;
    };
    const std::vector<Case> cases{
        {with({{"kind", ""}}), "kind", "選んで"},
        {with({{"from", ""}}), "from", "名前を書いて"},
        {with({{"to", "山田さん"}}), "to", "人の名前は残せません"},
        {with({{"to", "昔の館"}}), "to", "二つの端が同じ"},
        {with({{"to", std::string(400, 'x')}}), "to", "100字"},
        {with({{"from_municipality", "どこか"}}), "from_municipality", "市町村がわかりません"},
        {with({{"valid_from", "きのう"}}), "valid_from", "日付が読めません"},
        {with({{"valid_from", "0001-01-01"}}), "valid_from", "日付が読めません"},
        {with({{"valid_from", "2026-04-02"}, {"valid_to", "2026-04-01"}}), "valid_to", "前です"},
        {with({{"informed", "-1"}}), "informed", "0 から 1,000,000"},
        {with({{"informed", "1000001"}}), "informed", "0 から 1,000,000"},
        {with({{"linked", "1.5"}}), "linked", "0 から 1,000,000"},
        {with({{"informed", "3"}, {"linked", "4"}}), "linked", "伝えた数より多く"},
        {with({{"kind", "委託"}, {"informed", "3"}}), "informed", "「紹介」だけ"},
        {with({{"note", std::string(600, 'x')}}), "note", "500字"}};
    for (const auto& [typed, field, words] : cases) {
        const auto answer = steward.post("/staff/desk/ties/new", tie_form(typed));
        INFO(field << " " << words);
        CHECK(answer.status == 422);
        const std::string content{answer.content()};
        const auto at = content.find("id=\"" + field + "-tie-fault\"");
        REQUIRE(at != std::string::npos);
        CHECK(content.substr(at, content.find("</strong>", at) - at).find(words) != std::string::npos);
        CHECK(content.find("aria-describedby") != std::string::npos);
        if (field != "note" && field != "to") {
            CHECK(value_shown(answer, "to-tie") == "はまの会");
        }
    }
    // Whom nobody knows is asked about once.
    auto unknown = tie_form(good);
    std::erase_if(unknown, [](const auto& field) { return field.first == "alone"; });
    const auto asked = steward.post("/staff/desk/ties/new", unknown);
    CHECK(asked.status == 422);
    CHECK(says(asked, "id=\"to-tie-fault\""));
    CHECK_FALSE(says(asked, "id=\"from-tie-fault\"")); // 昔の館 is known
    CHECK_FALSE(says(asked, "のことですか"));
    // And whether a name that is known is meant: the question about a name alone stays beside it.
    auto misspelt = unknown;
    std::ranges::find(misspelt, "from", &Query::value_type::first)->second = "昔の舎";
    const auto near = steward.post("/staff/desk/ties/new", misspelt);
    CHECK(says(near, "「昔の館」のことですか。"));
    CHECK(says(near, "name=\"alone\""));
    auto nobody = tie_form(good);
    std::ranges::find(nobody, "how", &Query::value_type::first)->second = "other";
    CHECK(says(steward.post("/staff/desk/ties/new", nobody), "id=\"reason-mend-fault\""));
    CHECK(imports_of(town) == before);
}

TEST_CASE("Of two who decide on one tie the second is told, and nothing changes", "[desk][network]") {
    StaffTown town;
    put_work_on_the_desk(town);
    import_tie_list(town, "市の契約一覧", contract_cells());
    const DeskWorker one(town, "one", k_here);
    const DeskWorker two(town, "two", k_here);
    const std::string path = "/staff/desk/ties/" + tie_to(town, "なみの会")->id;
    const auto at_one = one.get(path);
    const auto at_two = two.get(path);
    REQUIRE(kept_import(one.post(path, deciding(at_one, "end", {{"ended", "2026-03-31"}}))) > 0);
    const auto imports = imports_of(town);
    const auto late = two.post(path, mending(at_two, {{"note", "遅い直し"}}));
    CHECK(late.status == 409);
    CHECK(says(late, "ほかの人が先に決めた"));
    CHECK(value_shown(late, "note-tie") == "遅い直し");
    CHECK(imports_of(town) == imports);
    CHECK(two.post(path, deciding(at_two, "wrong")).status == 409);
    CHECK(tie_to(town, "なみの会").has_value());
    const auto nothing = two.post(path, mending(two.get(path), {}));
    CHECK(nothing.status == 422);
    CHECK(says(nothing, "変わったところがありません"));
    // A form of another session is none.
    auto foreign = deciding(two.get(path), "confirm");
    foreign.emplace_back("csrf", one.csrf);
    CHECK(town.post(path, foreign, two.token).status == 403);
    CHECK(imports_of(town) == imports);
}

TEST_CASE("A meeting is added and edited, and its members join and leave", "[desk][network]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto added = kept_import(steward.post(
        "/staff/desk/forums/new",
        decided(
            {{"name", "東の連絡会"}, {"kind", "連絡会"}, {"cadence", "年4回"}, {"members", "昔の館; 99341:沖の会"}})));
    REQUIRE(added > 0);
    REQUIRE(forums_of(town).size() == 1);
    const auto id = forums_of(town).front().id;
    const std::string path = "/staff/desk/forums/" + id;
    CHECK(forums_of(town).front().reading.times_per_year == 4);
    CHECK(says(steward.get("/staff/desk/ties?kind=forum"), "東の連絡会"));
    const auto of_member = [&](const std::string& what, const std::string& name, const std::string& day) {
        return steward.post(path, decided({{"do", what},
                                           {"member", name},
                                           {"member_day", day},
                                           {"seen", hidden_value(steward.get(path), "id=\"members-form\"", "seen")}}));
    };
    const auto joined = kept_import(of_member("joined", "はまの会", "2026-05-01"));
    const auto left = kept_import(of_member("left", "沖の会", "2026-03-31"));
    REQUIRE((joined > 0 && left > 0));
    auto members = forums_of(town).front().reading.members;
    REQUIRE(members.size() == 3);
    CHECK(members[1].left_on == directory::parse_day("2026-03-31"));
    CHECK(members[2].joined_on == directory::parse_day("2026-05-01"));
    for (const auto& [what, name, day, fault] : {std::array<std::string, 4>{"joined", "昔の館", "", "もう構成員"},
                                                 {"left", "だれか", "2026-03-31", "その名前の構成員"},
                                                 {"left", "昔の館", "", "最後の日"},
                                                 {"joined", "山田さん", "", "人の名前"}}) {
        const auto answer = of_member(what, name, day);
        CHECK(answer.status == 422);
        CHECK(says(answer, fault));
    }
    // The membership ends on its day, and stands before.
    const auto relations_on = [&](const std::string& day) {
        return std::string{steward.get("/api/v1/staff/relations?at=" + day + "T12:00:00%2B09:00").content()};
    };
    CHECK(relations_on("2026-03-31").find("沖の会") != std::string::npos);
    CHECK(relations_on("2026-04-01").find("沖の会") == std::string::npos);
    CHECK(relations_on("2026-04-30").find("はまの会") == std::string::npos);
    CHECK(relations_on("2026-05-01").find("はまの会") != std::string::npos);
    undo(town, left);
    CHECK_FALSE(forums_of(town).front().reading.members[1].left_on.has_value());
    auto form = decided({{"do", "mend"},
                         {"name", "東の連絡会議"},
                         {"kind", "連絡会"},
                         {"cadence", ""},
                         {"seen", hidden_value(steward.get(path), "id=\"forum-form\"", "seen")}});
    REQUIRE(kept_import(steward.post(path, form)) > 0);
    CHECK(forums_of(town).front().reading.name == "東の連絡会議");
    CHECK_FALSE(forums_of(town).front().reading.times_per_year.has_value());
    CHECK(forums_of(town).front().reading.members.size() == 3);
    const auto ended = kept_import(steward.post(path, deciding(steward.get(path), "end", {{"ended", "2026-10-31"}})));
    REQUIRE(ended > 0);
    CHECK(says(steward.get("/staff/desk/ties?when=ended"), "東の連絡会議"));
    CHECK(kept_import(steward.post(path, deciding(steward.get(path), "wrong"))) > 0);
    CHECK(forums_of(town).empty());
    CHECK(steward.get(path).status == 404);
}

TEST_CASE("The list counts a meeting's members as the network does, and names what was added last", "[desk][network]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto added = steward.post(
        "/staff/desk/forums/new",
        decided(
            {{"name", "東の連絡会"}, {"kind", "連絡会"}, {"valid_from", "2006-04-01"}, {"members", "昔の館; 浜会館"}}));
    REQUIRE(kept_import(added) > 0);
    const auto list = steward.get(header_of(added, "Location"));
    CHECK(says(list, "<a href=\"/staff/desk/forums/" + forums_of(town).front().id + "\">東の連絡会</a></p>"));
    // The number of members and the first day stand apart.
    CHECK(says(list, "構成員 2</span> · 2006年"));
    // Of whom nobody names a member it is not said that there are none.
    import_tie_list(town, "会議の一覧", {{"会議体", "静かな会"}, {"構成員", ""}});
    const auto both = steward.get("/staff/desk/ties?kind=forum");
    CHECK(says(both, "構成員はわかりません"));
    CHECK_FALSE(says(both, "構成員 0"));
    // Whose members have all left has none, as a list says.
    import_tie_list(town, "去った人の一覧",
                    {{"つながり", "構成員"},
                     {"から", "はまの会"},
                     {"へ", "静かな会"},
                     {"開始日", "2019-04-01"},
                     {"終了日", "2025-03-31"}});
    const auto left = steward.get("/staff/desk/ties?kind=forum");
    CHECK(says(left, "構成員 0"));
    CHECK_FALSE(says(left, "構成員はわかりません"));
    // Members by a tie of their own count too; one that the meeting's row has already is no other.
    for (const std::string name : {"はまの会", "昔の館"}) {
        import_tie_list(town, name + "の一覧", {{"つながり", "構成員"}, {"から", name}, {"へ", "東の連絡会"}});
    }
    CHECK(says(steward.get("/staff/desk/ties?kind=forum"), "構成員 3</span>"));
}

TEST_CASE("Each kind of tie is seen and edited by those whose it is alone", "[desk][network]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const DeskWorker viewer(town, "viewer", k_here, Role::viewer);
    const DeskWorker neighbour(town, "neighbour", k_there);
    constexpr std::array<std::pair<std::string_view, Visibility>, 3> k_audiences{
        {{"公開", Visibility::everyone}, {"職員", Visibility::staff}, {"調整機関", Visibility::coordinator}}};
    for (const auto kind : k_tie_kinds) {
        const std::string label{directory::label_of(kind)};
        for (const auto& [audience, visibility] : k_audiences) {
            const std::string name = "相手" + label + std::string{audience};
            INFO(name);
            const auto answer = steward.post("/staff/desk/ties/new", tie_form({{"kind", label},
                                                                               {"from", "昔の館"},
                                                                               {"to", name},
                                                                               {"to_kind", "団体"},
                                                                               {"visibility", std::string{audience}}}));
            REQUIRE(kept_import(answer) > 0);
            const auto row = tie_to(town, name);
            REQUIRE(row);
            CHECK(row->reading.kind == kind);
            CHECK(row->visibility == visibility);
        }
    }
    // An edition of the public's, read anew from the store.
    const Editions editions(town.store(), std::chrono::hours{1});
    const auto open = editions.current();
    const auto everybody = [&](const std::string& target) {
        const auto answer = route(request_for(target), open.get(), saturday_morning(), nullptr);
        return std::string{answer.content()};
    };
    const auto has = [](const std::string& text, std::string_view part) {
        return text.find(part) != std::string::npos;
    };
    const auto in = [](const Answer& answer) { return std::string{answer.content()}; };
    const std::string of_public =
        everybody("/network") + everybody("/api/v1/relations?limit=1000") + everybody("/api/v1/network");
    const std::string of_viewer = in(viewer.get("/staff/network")) +
                                  in(viewer.get("/api/v1/staff/relations?limit=1000")) +
                                  in(viewer.get("/api/v1/staff/network"));
    const std::string of_neighbour =
        in(neighbour.get("/staff/network")) + in(neighbour.get("/staff/desk/ties?when=all")) +
        in(neighbour.get("/api/v1/staff/relations?limit=1000")) + in(neighbour.get("/api/v1/staff/network"));
    const std::string of_steward = in(steward.get("/api/v1/staff/relations?limit=1000"));
    for (const auto kind : k_tie_kinds) {
        const std::string name = "相手" + std::string{directory::label_of(kind)};
        INFO(name);
        CHECK(has(of_public, name + "公開"));
        CHECK(has(of_neighbour, name + "公開"));
        CHECK(has(of_viewer, name + "職員"));
        CHECK(has(of_steward, name + "調整機関"));
        for (const char* hidden : {"職員", "調整機関"}) {
            CHECK_FALSE(has(of_public, name + hidden));
            CHECK_FALSE(has(of_neighbour, name + hidden));
        }
        CHECK_FALSE(has(of_viewer, name + "調整機関"));
    }
    for (const auto& text : {of_public, of_neighbour}) {
        CHECK_FALSE(has(text, "電話で聞いた")); // how the staff know is theirs
    }
    // Nobody else gets at the pages, whatever the tie's audience is.
    for (const auto& row : all_ties(town)) {
        const std::string path = "/staff/desk/ties/" + row.id;
        CHECK(steward.get(path).status == 200);
        CHECK(viewer.get(path).status == 403);
        CHECK(neighbour.get(path).status == 404);
        CHECK(neighbour.post(path, deciding(steward.get(path), "wrong")).status == 404);
        CHECK_FALSE(says(neighbour.get("/staff/desk/ties?when=all"), row.reading.to.name));
    }
    CHECK(all_ties(town).size() == k_tie_kinds.size() * k_audiences.size());
    for (const Role role : {Role::viewer, Role::caseworker, Role::planner, Role::administrator}) {
        const DeskWorker other(town, "other." + std::string{directory::code_of(role)}, k_here, role);
        for (const char* path : {"/staff/desk/ties", "/staff/desk/ties/new", "/staff/desk/forums/new"}) {
            CHECK(other.get(path).status == 403);
        }
        CHECK(other.post("/staff/desk/ties/new", tie_form({{"kind", "委託"}, {"from", "甲"}, {"to", "乙"}})).status ==
              403);
        CHECK_FALSE(says(other.get("/staff/network"), "/staff/desk/ties"));
    }
    CHECK(says(steward.get("/staff/network"), "/staff/desk/ties"));
}
