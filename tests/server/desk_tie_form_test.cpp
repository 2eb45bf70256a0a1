// What the form of a tie asks: first its kind, then what that kind has and what a list states; and the list of ties.
#include "server/http.hpp"
#include "tests/server/support/desk_town.hpp"
#include "tests/server/support/small_town.hpp"
#include "tests/server/support/tie_forms.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace shirube;
using namespace shirube::server;
using namespace shirube::tests;
using directory::RelationKind;

TEST_CASE("A new tie is asked for its kind first, and then for what that kind has", "[desk][network]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto which = steward.get("/staff/desk/ties/new?from=%E6%98%94%E3%81%AE%E9%A4%A8");
    CHECK_FALSE(says(which, "id=\"tie-form\""));
    for (const auto kind : k_tie_kinds) {
        const std::string code{directory::code_of(kind)};
        INFO(code);
        CHECK(says(which, "data-kind=\"" + code + "\""));
        const auto page = steward.get("/staff/desk/ties/new?kind=" + code);
        CHECK(says(page, "name=\"kind\" value=\"" + std::string{directory::label_of(kind)} + "\""));
        CHECK_FALSE(asks(page, "kind"));
        for (const char* field : {"informed", "linked", "fed_back", "period"}) {
            CHECK(asks(page, field) == (kind == RelationKind::refers));
        }
        CHECK(asks(page, "terms") == (kind == RelationKind::shares));
        CHECK(asks(page, "layer") == (kind == RelationKind::coordinates));
        CHECK(asks(page, "programme") == (kind != RelationKind::member_of));
        CHECK(asks(page, "to_kind") == (kind != RelationKind::member_of && kind != RelationKind::shares));
        for (const char* field : {"from", "to", "valid_from", "source", "note", "visibility"}) {
            CHECK(asks(page, field));
        }
    }
    // What is there already goes along to the form.
    const auto link = std::string{which.content()}.find("from=%E6%98%94%E3%81%AE%E9%A4%A8&amp;kind=refers");
    CHECK(link != std::string::npos);
    // A wrong answer shows the same fields again, and what was typed into one that the kind does not have.
    const auto wrong =
        steward.post("/staff/desk/ties/new", decided({{"kind", "委託"}, {"from", "昔の館"}, {"to", ""}}));
    CHECK(wrong.status == 422);
    CHECK(says(wrong, "name=\"kind\" value=\"委託\""));
    CHECK(asks(wrong, "programme"));
    CHECK_FALSE(asks(wrong, "informed"));
    const auto more = steward.post("/staff/desk/ties/new",
                                   decided({{"kind", "委託"}, {"from", "昔の館"}, {"to", ""}, {"period", "2025年度"}}));
    CHECK(value_shown(more, "period-tie") == "2025年度");
    CHECK_FALSE(asks(more, "informed"));
}

TEST_CASE("A value that a list states is shown whatever the tie's kind, and is not lost", "[desk][network]") {
    StaffTown town;
    put_work_on_the_desk(town);
    auto cells = contract_cells();
    cells.emplace_back("条件", "毎年見直す");
    cells.emplace_back("への種類", "場所");
    import_tie_list(town, "市の契約一覧", cells);
    const DeskWorker steward(town, "steward", k_here);
    const std::string path = "/staff/desk/ties/" + tie_to(town, "なみの会")->id;
    const auto page = steward.get(path);
    CHECK(value_shown(page, "terms-tie") == "毎年見直す");
    CHECK(value_shown(page, "to_kind-tie") == "場所");
    CHECK_FALSE(asks(page, "informed"));
    CHECK_FALSE(asks(page, "layer"));
    REQUIRE(kept_import(steward.post(path, mending(page, {{"note", "新しい備考"}}))) > 0);
    CHECK(tie_to(town, "なみの会")->reading.terms.text == "毎年見直す");
    CHECK(tie_to(town, "なみの会")->reading.to.kind == directory::PartyKind::site);
    // A form that does not ask for a field says nothing of it.
    auto form = mending(steward.get(path), {{"note", "別の備考"}});
    std::erase_if(form, [](const auto& field) { return field.first == "terms" || field.first == "to_kind"; });
    REQUIRE(kept_import(steward.post(path, form)) > 0);
    CHECK(tie_to(town, "なみの会")->reading.note == "別の備考");
    CHECK(tie_to(town, "なみの会")->reading.terms.text == "毎年見直す");
    CHECK(tie_to(town, "なみの会")->reading.to.kind == directory::PartyKind::site);
    // One that was emptied is, and stays empty where something else is wrong.
    const auto wrong = steward.post(path, mending(steward.get(path), {{"terms", ""}, {"valid_from", "きのう"}}));
    CHECK(wrong.status == 422);
    CHECK(asks(wrong, "terms"));
    CHECK(value_shown(wrong, "terms-tie").empty());
    REQUIRE(kept_import(steward.post(path, mending(steward.get(path), {{"terms", ""}}))) > 0);
    CHECK(tie_to(town, "なみの会")->reading.terms.text.empty());
    CHECK_FALSE(asks(steward.get(path), "terms"));
}

TEST_CASE("Ties are listed by kind, with how many there are of each", "[desk][network]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto add = [&](const std::string& kind, const std::string& to) {
        REQUIRE(kept_import(
                    steward.post("/staff/desk/ties/new",
                                 tie_form({{"kind", kind}, {"from", "昔の館"}, {"to", to}, {"to_kind", "団体"}}))) > 0);
    };
    add("場所の提供", "あの会");
    for (int i = 10; i < 36; ++i) {
        add("委託", "かの会" + std::to_string(i));
    }
    REQUIRE(kept_import(steward.post("/staff/desk/forums/new", decided({{"name", "東の連絡会"}, {"kind", "連絡会"}}))) >
            0);
    const std::string first{steward.get("/staff/desk/ties").content()};
    const auto forums = first.find("id=\"ties-forum\"");
    const auto contracts = first.find("id=\"ties-entrusts\"");
    REQUIRE(forums != std::string::npos);
    REQUIRE(contracts != std::string::npos);
    CHECK(forums < first.find("東の連絡会"));
    CHECK(first.find("東の連絡会") < contracts);
    CHECK(contracts < first.find("かの会10"));
    CHECK(first.find("26件", contracts) < first.find("かの会10"));
    CHECK(first.find("id=\"ties-hosts\"") == std::string::npos);
    const auto second = steward.get("/staff/desk/ties?page=2");
    CHECK(says(second, "26件"));
    CHECK(says(second, "前のページの続き"));
    CHECK(says(second, "id=\"ties-hosts\""));
    CHECK_FALSE(says(second, "id=\"ties-forum\""));
}

TEST_CASE("Of a tie whose kind is changed nothing stays that the new kind does not have", "[desk][network]") {
    StaffTown town;
    put_work_on_the_desk(town);
    import_tie_list(town, "市の区域一覧",
                    {{"つながり", "調整"},
                     {"から", "潮見野市"},
                     {"へ", "東の丘"},
                     {"区域の層", "chugakkoku"},
                     {"公開範囲", "公開"}});
    import_tie_list(town, "市の紹介一覧",
                    {{"つながり", "紹介"},
                     {"から", "潮見野市"},
                     {"へ", "なみの会"},
                     {"事業", "kodomo_shokudo"},
                     {"情報提供", "3"},
                     {"期間", "令和7年度"},
                     {"条件", "毎年見直す"},
                     {"公開範囲", "公開"}});
    const DeskWorker steward(town, "steward", k_here);
    const auto change = [&](const std::string& name, const std::string& kind) {
        const std::string path = "/staff/desk/ties/" + tie_to(town, name)->id;
        REQUIRE(kept_import(steward.post(path, mending(steward.get(path), {{"kind", kind}}))) > 0);
        return tie_to(town, name)->reading;
    };
    // Who stands at the other end was left to the kind: of a contract that is no district.
    REQUIRE(tie_to(town, "東の丘")->reading.to.kind == directory::PartyKind::district);
    const auto contract = change("東の丘", "委託");
    CHECK(contract.kind == RelationKind::entrusts);
    CHECK(contract.to.kind == directory::PartyKind::organization);
    CHECK(contract.to.layer.empty());
    // Counts are of referrals, and so is their period; a contract is for a programme, a member is not.
    REQUIRE(tie_to(town, "なみの会")->reading.period == "令和7年度");
    const auto other = change("なみの会", "委託");
    CHECK(other.period.empty());
    CHECK(other.terms.text.empty());
    CHECK_FALSE(other.referrals.informed.has_value());
    CHECK(other.programme == "kodomo_shokudo");
    const auto member = change("なみの会", "構成員");
    CHECK(member.programme.empty());
    CHECK(member.to.kind == directory::PartyKind::forum);
}

TEST_CASE("A referral that becomes another kind asks who may see it", "[desk][network]") {
    StaffTown town;
    put_work_on_the_desk(town);
    import_tie_list(town, "市の紹介一覧", {{"つながり", "紹介"}, {"から", "潮見野市"}, {"へ", "なみの会"}});
    const DeskWorker steward(town, "steward", k_here);
    const std::string path = "/staff/desk/ties/" + tie_to(town, "なみの会")->id;
    REQUIRE(tie_to(town, "なみの会")->visibility == directory::Visibility::staff);
    const auto asked = steward.post(path, mending(steward.get(path), {{"kind", "委託"}}));
    CHECK(asked.status == 422);
    CHECK(says(asked, "id=\"visibility-tie-fault\""));
    CHECK(says(asked, "だれに見せるかを選んでください"));
    CHECK(tie_to(town, "なみの会")->reading.kind == RelationKind::refers);
    REQUIRE(kept_import(steward.post(path, mending(steward.get(path), {{"kind", "委託"}, {"visibility", "職員"}}))) >
            0);
    CHECK(tie_to(town, "なみの会")->reading.kind == RelationKind::entrusts);
    CHECK(tie_to(town, "なみの会")->visibility == directory::Visibility::staff);
}

TEST_CASE("Whoever may choose another kind is told that what is being written goes", "[desk][network]") {
    StaffTown town;
    put_work_on_the_desk(town);
    const DeskWorker steward(town, "steward", k_here);
    const auto page = steward.get("/staff/desk/ties/new?kind=refers");
    CHECK(says(page, "aria-describedby=\"other-kind-hint\">種類を選び直す</a>"));
    CHECK(says(page, "id=\"other-kind-hint\">選び直すと、いま書いていることは残りません。</span>"));
}
