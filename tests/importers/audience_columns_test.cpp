// Who may see a row of a list: by its columns, by its programme, by its name; what cannot be read never shows more.
#include "importers/cleaning/protected_names.hpp"
#include "importers/import.hpp"
#include "support.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::Visibility;

namespace {

struct Town {
    ScratchFolder folder;
    directory::Store store =
        directory::Store::open(folder.path() / "town.shirube", directory::OpenMode::write_or_create);

    Report import(const std::string& csv, const std::string& owner = {}) {
        ImportOptions options;
        options.files = {folder.write("list.csv", csv)};
        options.municipality = "99201";
        options.language = "en";
        options.owner = owner;
        auto report = run_import(store, options, {});
        if (!report) {
            FAIL(report.error().code << " " << report.error().message);
        }
        REQUIRE(report->rows.adds_up());
        return std::move(*report);
    }

    [[nodiscard]] directory::State seen_by(const std::string& municipality, Visibility up_to) const {
        return store.read_state(store.audience_of(municipality, up_to, *directory::parse_day("2026-11-26")));
    }

    /// The class of each place that its coordinators see.
    [[nodiscard]] std::map<std::string, Visibility> classes() const {
        const auto state = seen_by("99201", Visibility::coordinator);
        std::map<std::string, Visibility> found;
        for (const auto& service : state.services) {
            found.emplace(state.sites[service.site].name, service.visibility);
        }
        return found;
    }
};

using Classes = std::map<std::string, Visibility>;

} // namespace

TEST_CASE("Rows of the field are for staff until somebody agreed on a day, and may be withheld even then") {
    Town town;
    const auto report = town.import(
        "事業,名称,市区町村コード,公開範囲,公開同意日,公開同意者\n"
        "学習支援,まだの会,99201,,,\n"
        "学習支援,同意の会,99201,,2026-10-01,運営主体の代表\n"
        "学習支援,同意なしの公開,99201,公開,,\n"
        "学習支援,日だけ,99201,公開,2026-10-01,\n"
        "学習支援,これから,99201,公開,2099-10-01,運営主体の代表\n"
        "学習支援,同意しても職員,99201,職員,2026-10-01,運営主体の代表\n"
        "学習支援,調整だけ,99201,調整機関,,\n"
        "学習支援,読めない,99201,なんとなく,2026-10-01,運営主体の代表\n");
    CHECK(town.classes() == Classes{{"まだの会", Visibility::staff},
                                    {"同意の会", Visibility::everyone},
                                    {"同意なしの公開", Visibility::staff},
                                    {"日だけ", Visibility::staff},
                                    {"これから", Visibility::staff},
                                    {"同意しても職員", Visibility::staff},
                                    {"調整だけ", Visibility::coordinator},
                                    {"読めない", Visibility::coordinator}});
    const auto state = town.seen_by("99201", Visibility::coordinator);
    std::set<std::string> waiting; // what is for staff of its own accord waits for nothing
    for (const auto& service : state.services) {
        if (service.staff != nullptr && service.staff->awaits_consent) {
            waiting.insert(state.sites[service.site].name);
        }
    }
    CHECK(waiting == std::set<std::string>{"まだの会", "同意なしの公開", "日だけ", "これから"});
    CHECK(report.issue_counts.at("consent_missing") == 3);
    CHECK(report.issue_counts.at("consent_half") == 1);
    CHECK(report.issue_counts.at("consent_future") == 1);
    CHECK(report.issue_counts.at("visibility_unknown") == 1);
}

TEST_CASE("A protected programme is public by consent alone, and so is a place with a protected name") {
    Town town;
    const auto report = town.import(
        "事業,名称,市区町村コード,公開範囲\n"
        "母子生活支援施設,ひまわり,99201,\n"
        "母子生活支援施設,あさがお,99201,公開\n"
        "こども家庭センター,浜町女性相談支援センター,99201,\n"
        "一時預かり,丘のＤＶ相談室,99201,公開\n"
        "こども食堂,DVDを見る食堂,99201,\n");
    CHECK(town.classes() == Classes{{"ひまわり", Visibility::coordinator},
                                    {"あさがお", Visibility::coordinator},
                                    {"浜町女性相談支援センター", Visibility::coordinator},
                                    {"丘のＤＶ相談室", Visibility::coordinator}, // 公開 without a consent
                                    {"DVDを見る食堂", Visibility::everyone}});
    CHECK(report.issue_counts.at("protected_by_name") == 2);
    CHECK(report.issue_counts.at("consent_missing") == 1);
    Town agreed;
    agreed.import(
        "事業,名称,市区町村コード,公開範囲,公開同意日,公開同意者\n"
        "母子生活支援施設,あさがお,99201,公開,2026-10-01,設置者\n"
        "一時預かり,丘のＤＶ相談室,99201,公開,2026-10-01,設置者\n");
    CHECK(agreed.classes() == Classes{{"あさがお", Visibility::everyone}, {"丘のＤＶ相談室", Visibility::everyone}});
}

TEST_CASE("Names of protected places under the statutes of today and before") {
    for (const auto* name :
         {"◯◯母子生活支援施設", "ひまわり母子寮", "県女性自立支援施設", "婦人保護施設みどり", "女性相談支援センター",
          "婦人相談所", "配偶者暴力相談支援センター", "DV相談＋", "ステップハウスそよかぜ", "ｼｪﾙﾀｰ虹"}) {
        INFO(name);
        CHECK(names_protected_place(name));
    }
    for (const auto* name :
         {"女性センター", "男女共同参画センター", "母子健康センター", "DVD図書室", "児童相談所", "婦人会館", ""}) {
        INFO(name);
        CHECK_FALSE(names_protected_place(name));
    }
}

TEST_CASE("What a row says for staff is read into their part, contacts out of every report") {
    Town town;
    const auto report = town.import(
        "事業,名称,市区町村コード,住所,緯度,経度,電話番号,定員,対象区域,公開しない項目,場所の公開,紹介の道筋,空き,"
        "空きの時点,担当\n"
        "学習支援,路地の会,99201,標市浜町1-2-3,33.2,137.1,000-0000-0001,8,chugakkoku:浜,電話番号;定員,区域だけ,"
        "地区担当から,2,2026-10-05,窓口の山下（架空）\n"
        "学習支援,区域なし,99201,標市浜町1-2-4,33.2,137.1,,,,,区域だけ,,,,\n"
        "学習支援,読めない項目,99201,標市浜町1-2-5,,,000-0000-0002,5,,でんわ,,,1,,\n"
        "学習支援,満員の会,99201,標市浜町1-2-6,,,,4,,,,,０人,2026-10-05,\n");
    CHECK(report.issue_counts.at("place_without_district") == 1);
    CHECK(report.issue_counts.at("withheld_field_unknown") == 1);
    CHECK(report.issue_counts.at("vacancy_undated") == 1);
    CHECK(to_json_text(report).find("山下") == std::string::npos);
    const auto find = [](const directory::State& state, const std::string& name) {
        const auto found = std::ranges::find_if(
            state.services, [&](const auto& service) { return state.sites[service.site].name == name; });
        REQUIRE(found != state.services.end());
        return std::pair{*found, state.sites[found->site]};
    };
    const auto state = town.store.read_public_state();
    const auto [shown, place] = find(state, "路地の会");
    CHECK(shown.phone.empty());
    CHECK_FALSE(shown.capacity);
    CHECK(shown.serves == std::vector<std::string>{"chugakkoku:浜"});
    CHECK(place.address.empty());
    CHECK_FALSE(place.position);
    const auto [careful, careful_place] = find(state, "読めない項目");
    CHECK(careful.phone.empty()); // nobody knows which field was meant
    CHECK_FALSE(careful.capacity);

    const auto [told, told_place] = find(town.seen_by("99201", Visibility::staff), "路地の会");
    CHECK(told.phone == "000-0000-0001");
    CHECK(told.capacity == 8);
    CHECK(told_place.position);
    REQUIRE(told.staff);
    REQUIRE(told.staff->says.size() == 1);
    CHECK(told.staff->says[0].contact == "窓口の山下（架空）");
    CHECK(told.staff->says[0].vacancy == 2);
    CHECK(told.staff->says[0].referral_route == "地区担当から");
    // No place is free: that is said, and is not the same as not saying.
    CHECK(report.issue_counts.count("number_unreadable") == 0);
    const auto full = find(town.seen_by("99201", Visibility::staff), "満員の会").first;
    REQUIRE(full.staff);
    CHECK(full.staff->says.at(0).vacancy == std::optional(0));
}

TEST_CASE("The option --owner says whose staff see a list's hidden rows") {
    Town town;
    town.import("事業,名称,市区町村コード,公開範囲\n学習支援,隣の会,99341,職員\n", "992011");
    const auto names = [&](const std::string& municipality) {
        return town.seen_by(municipality, Visibility::staff).services.size();
    };
    CHECK(names("99201") == 1);
    CHECK(names("99341") == 0);
    ImportOptions options;
    options.files = {town.folder.write("b.csv", "事業,名称\n学習支援,会\n")};
    options.owner = "潮見野市";
    const auto refused = run_import(town.store, options, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "owner_unknown");
    CHECK(refused.error().wrong_use);
}

TEST_CASE("A list is not named to the public for what its rows keep from it, and claims nothing for them") {
    const auto lists_of = [](const directory::State& state) {
        std::map<std::string, std::set<std::string>> programmes;
        for (const auto& list : state.lists) {
            for (const auto& claim : list.claims) {
                programmes[list.name].insert(claim.programme);
            }
        }
        return programmes;
    };
    const std::string header = "事業,名称,市区町村コード,公開範囲\n";
    Town hidden;
    hidden.import(header + "児童館,職員の館,99201,職員\n");
    CHECK(hidden.store.read_public_state().lists.empty());
    CHECK(lists_of(hidden.seen_by("99201", Visibility::staff)).begin()->second == std::set<std::string>{"jidokan"});
    CHECK(hidden.seen_by("99341", Visibility::coordinator).lists.empty());

    Town mixed;
    mixed.import(header + "子ども食堂,みんなの食堂,99201,\n児童館,職員の館,99201,職員\n");
    CHECK(lists_of(mixed.store.read_public_state()).begin()->second == std::set<std::string>{"kodomo_shokudo"});
    CHECK(lists_of(mixed.seen_by("99201", Visibility::staff)).begin()->second ==
          std::set<std::string>{"jidokan", "kodomo_shokudo"});
}
