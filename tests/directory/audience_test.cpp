// What each audience's edition holds: the public's nothing that is kept for staff, a municipality's staff their own and
// what is shared with them, and never a difference that another's hidden rows made.
#include "directory/audience.hpp"

#include "directory/publication.hpp"
#include "directory/reader.hpp"
#include "search_random_town.hpp"
#include "store_batches.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

const Day k_today = *parse_day("2026-11-26");

ResourceReading of_municipality(ResourceReading reading, const std::string& code, const std::string& name) {
    reading.site.municipality = code;
    reading.site.municipality_name = name;
    return reading;
}

ResourceReading hidden(const std::string& name, const std::string& address, Visibility visibility,
                       const std::string& municipality = "99201") {
    auto reading =
        of_municipality(resource(name, address), municipality, municipality == "99201" ? "潮見野市" : "沖ノ浜町");
    reading.services[0].visibility = visibility;
    return reading;
}

std::set<std::string> places(const State& state) {
    std::set<std::string> names;
    for (const auto& service : state.services) {
        names.insert(state.sites[service.site].name);
    }
    return names;
}

std::string edition_for(const Store& store, const std::string& municipality, Visibility up_to) {
    return Snapshot::build(store.read_state(store.audience_of(municipality, up_to, k_today)), Taxonomy::shipped(),
                           Holidays::shipped())
        ->edition;
}

struct TwoTowns {
    StoreFolder folder;
    Store store = Store::open(folder / "towns.shirube", OpenMode::write_or_create);

    TwoTowns() {
        store.append(resources("会館", {row_of("1", resource("浜会館", "浜1-1"))}));
        store.append(resources("潮見野の現場", {row_of("1", hidden("潮の居場所", "浜2-2", Visibility::staff)),
                                                row_of("2", hidden("潮の調整先", "浜3-3", Visibility::coordinator))}));
        store.append(
            resources("沖ノ浜の現場", {row_of("1", hidden("沖の居場所", "磯2-2", Visibility::staff, "99341")),
                                       row_of("2", hidden("沖の調整先", "磯3-3", Visibility::coordinator, "99341"))}));
    }

    [[nodiscard]] std::set<std::string> seen_by(const std::string& municipality, Visibility up_to,
                                                Day on = k_today) const {
        return places(store.read_state(store.audience_of(municipality, up_to, on)));
    }
};

using Names = std::set<std::string>;

} // namespace

TEST_CASE("Staff see what their municipality keeps for them, and nothing that another keeps") {
    const TwoTowns towns;
    CHECK(places(towns.store.read_public_state()) == Names{"浜会館"});
    CHECK(towns.seen_by("99201", Visibility::staff) == Names{"浜会館", "潮の居場所"});
    CHECK(towns.seen_by("99201", Visibility::coordinator) == Names{"浜会館", "潮の居場所", "潮の調整先"});
    CHECK(towns.seen_by("99341", Visibility::staff) == Names{"浜会館", "沖の居場所"});
    CHECK(towns.seen_by("13101", Visibility::coordinator) == Names{"浜会館"});
    CHECK(towns.seen_by("", Visibility::coordinator) == Names{"浜会館"});
    CHECK(towns.seen_by("'; --", Visibility::coordinator) == Names{"浜会館"});
}

TEST_CASE("A list may say whose its hidden rows are, wherever their places stand") {
    TwoTowns towns;
    auto across_the_border = hidden("隣町の受け入れ先", "磯9-9", Visibility::staff, "99341");
    across_the_border.owner = "99201";
    towns.store.append(resources("委託先", {row_of("1", across_the_border)}));
    CHECK(towns.seen_by("99201", Visibility::staff).contains("隣町の受け入れ先"));
    CHECK_FALSE(towns.seen_by("99341", Visibility::coordinator).contains("隣町の受け入れ先"));
}

TEST_CASE("Staff of a designated city see what its wards keep") {
    TwoTowns towns;
    towns.store.append(
        resources("区の現場", {row_of("1", hidden("区の居場所", "中央1-1", Visibility::staff, "12101"))}));
    CHECK(towns.seen_by("12100", Visibility::staff).contains("区の居場所"));
    CHECK(towns.seen_by("12101", Visibility::staff).contains("区の居場所"));
}

TEST_CASE("By an agreement in force staff see another municipality's rows, up to the class it names") {
    TwoTowns towns;
    const auto id = towns.store.add_agreement({.from = "99341",
                                               .to = "99201",
                                               .up_to = Visibility::staff,
                                               .since = *parse_day("2026-04-01"),
                                               .until = *parse_day("2027-03-31"),
                                               .said = "共同利用の協定（架空）"});
    CHECK(towns.seen_by("99201", Visibility::staff) == Names{"浜会館", "潮の居場所", "沖の居場所"});
    CHECK(towns.seen_by("99201", Visibility::coordinator) == Names{"浜会館", "潮の居場所", "潮の調整先", "沖の居場所"});
    CHECK(towns.seen_by("99341", Visibility::coordinator) == Names{"浜会館", "沖の居場所", "沖の調整先"}); // one way
    CHECK_FALSE(towns.seen_by("99201", Visibility::staff, *parse_day("2026-03-31")).contains("沖の居場所"));
    CHECK(towns.seen_by("99201", Visibility::staff, *parse_day("2027-03-31")).contains("沖の居場所"));
    CHECK_FALSE(towns.seen_by("99201", Visibility::staff, *parse_day("2027-04-01")).contains("沖の居場所"));
    towns.store.end_agreement(id, *parse_day("2026-11-25"));
    CHECK_FALSE(towns.seen_by("99201", Visibility::staff).contains("沖の居場所"));
    CHECK(refusal([&] { towns.store.end_agreement(99, k_today); }) == "agreement_unknown");
    CHECK(refusal([&] {
              towns.store.add_agreement({.from = "99341", .to = "99341", .since = k_today, .said = "文書"});
          }) == "agreement_malformed");
    CHECK(refusal([&] { towns.store.add_agreement({.from = "99341", .to = "99201", .since = k_today, .said = ""}); }) ==
          "agreement_malformed");
}

TEST_CASE("What a row says for staff, and the fields it withholds, are in their edition alone") {
    TwoTowns towns;
    auto reading = resource("港の相談", "港1-1");
    reading.services[0].phone = "000-0000-0001";
    reading.services[0].capacity = 12;
    reading.services[0].staff = {.referral_route = "センターの地区担当から",
                                 .vacancy = 2,
                                 .vacancy_on = *parse_day("2026-11-20"),
                                 .contact = "窓口の責任者",
                                 .withheld = {CorrectedField::capacity, CorrectedField::phone}};
    towns.store.append(resources("港", {row_of("1", reading)}));
    const auto service_in = [](const State& state) {
        const auto found = std::ranges::find_if(
            state.services, [&](const ServiceRow& row) { return state.sites[row.site].name == "港の相談"; });
        REQUIRE(found != state.services.end());
        return *found;
    };
    const auto shown = service_in(towns.store.read_public_state());
    CHECK(shown.phone.empty());
    CHECK_FALSE(shown.capacity);
    CHECK(shown.staff == nullptr);
    const auto told = service_in(towns.store.read_state(towns.store.audience_of("99201", Visibility::staff, k_today)));
    CHECK(told.id == shown.id);
    CHECK(told.phone == "000-0000-0001");
    CHECK(told.capacity == 12);
    REQUIRE(told.staff);
    CHECK(told.staff->says == std::vector{reading.services[0].staff});
    const auto neighbours =
        service_in(towns.store.read_state(towns.store.audience_of("99341", Visibility::coordinator, k_today)));
    CHECK(neighbours.phone.empty());
    CHECK(neighbours.staff == nullptr);
}

TEST_CASE("A value that one list withholds and another publishes is public, as the other has it") {
    TwoTowns towns;
    auto reading = resource("港の相談", "港1-1");
    reading.services[0].phone = "000-0000-0001";
    reading.services[0].staff.withheld = {CorrectedField::phone};
    towns.store.append(resources("港", {row_of("1", reading)}, "2026-10-01"));
    auto published = resource("港の相談", "港1-1");
    published.services[0].phone = "000-0000-0002";
    towns.store.append(resources("県の一覧", {row_of("9", published)}, "2026-04-01"));
    const auto state = towns.store.read_public_state();
    const auto service = std::ranges::find_if(
        state.services, [&](const ServiceRow& row) { return state.sites[row.site].name == "港の相談"; });
    REQUIRE(service != state.services.end());
    CHECK(service->phone == "000-0000-0002");
}

TEST_CASE("A place for staff alone has no address and no position for the public, nor in anything made of them") {
    TwoTowns towns;
    auto reading = resource("匿名の食堂", "秘密町9-9");
    reading.site.building = "秘密ビル";
    reading.site.position = shirube::geo::LonLat{137.0912345, 33.2765432};
    reading.site.place_is_for_staff = true;
    reading.services[0].serves = {"chugakkoku:浜"};
    towns.store.append(resources("食堂", {row_of("1", reading)}));
    const auto state = towns.store.read_public_state();
    const auto site = std::ranges::find(state.sites, "匿名の食堂", &SiteRow::name);
    REQUIRE(site != state.sites.end());
    CHECK(site->address.empty());
    CHECK(site->building.empty());
    CHECK_FALSE(site->position);
    CHECK(site->quality == PositionQuality::withheld);
    const Reader reader(Snapshot::build(state, Taxonomy::shipped(), Holidays::shipped()));
    for (std::uint32_t i = 0; i < reader.services().size(); ++i) {
        CHECK(reader.feature_fragment(i).find("秘密") == std::string_view::npos);
        CHECK(reader.feature_fragment(i).find("137.0912") == std::string_view::npos);
    }
    CHECK(reader.suggest("秘密", 5).empty());

    const auto staff = towns.store.read_state(towns.store.audience_of("99201", Visibility::staff, k_today));
    const auto told = std::ranges::find(staff.sites, "匿名の食堂", &SiteRow::name);
    REQUIRE(told != staff.sites.end());
    CHECK(told->id == site->id);
    CHECK(told->address == "秘密町9-9");
    CHECK(told->position->lon == Approx(137.0912345));
}

TEST_CASE("Its own staff know what a place with a public name is; others' staff do not") {
    TwoTowns towns;
    auto reading = resource("児童育成支援拠点みなと", "港5-5", "ikusei_kyoten");
    reading.site.public_name = "みなとのいえ";
    towns.store.append(resources("拠点", {row_of("1", reading)}));
    const auto official_name = [&](const std::string& municipality) {
        const auto state = towns.store.read_state(towns.store.audience_of(municipality, Visibility::staff, k_today));
        return std::ranges::find(state.sites, "みなとのいえ", &SiteRow::name)->official_name;
    };
    CHECK(official_name("99201") == "児童育成支援拠点みなと");
    CHECK(official_name("99341").empty());
    CHECK(official_name("").empty());
}

TEST_CASE("Consent makes a row of the field public, under an id of its own") {
    TwoTowns towns;
    auto agreed = hidden("潮の居場所", "浜2-2", Visibility::everyone);
    agreed.services[0].consent = Consent{*parse_day("2026-11-01"), "運営主体"};
    towns.store.append(resources("潮見野の現場", {row_of("1", agreed)}, "2026-11-02"));
    CHECK(places(towns.store.read_public_state()) == Names{"浜会館", "潮の居場所"});
}

TEST_CASE("Two municipalities' hidden rows of one place stay two, and say nothing of each other") {
    // Same names, same addresses, telephone and organization: whatever could tie them together.
    const auto told_by = [](const std::string& owner, const std::string& secret) {
        auto reading = hidden("丘の家", "丘1-1", Visibility::staff);
        reading.owner = owner;
        reading.site.building = secret;
        reading.site.kana = secret;
        reading.organization.name = "丘の会";
        reading.organization.kind = secret;
        reading.services[0].phone = "000-0000-0009";
        reading.services[0].note = secret;
        return reading;
    };
    TwoTowns alone;
    alone.store.append(resources("甲", {row_of("1", told_by("99201", "甲の秘密"))}));
    TwoTowns both;
    both.store.append(resources("乙", {row_of("1", told_by("99341", "乙の秘密"))}, "2026-11-01"));
    both.store.append(resources("甲", {row_of("1", told_by("99201", "甲の秘密"))}));
    const auto state = both.store.read_state(both.store.audience_of("99201", Visibility::coordinator, k_today));
    CHECK(std::ranges::count_if(state.services,
                                [&](const ServiceRow& row) { return state.sites[row.site].name == "丘の家"; }) == 1);
    for (const auto& site : state.sites) {
        CHECK(site.building.find("乙") == std::string::npos);
        CHECK(site.kana.find("乙") == std::string::npos);
    }
    for (const auto& organization : state.organizations) {
        CHECK(organization.kind.find("乙") == std::string::npos);
    }
}

TEST_CASE("Whatever others hide, in whatever order it comes and goes, an audience's edition stays the same") {
    const std::vector<std::string> names{"浜児童館", "浜会館", "第一浜会館", "丘の家", "浜児童センター"};
    const std::vector<std::string> addresses{"浜1-1", "浜1-2", "丘1-1", ""};
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        Dice dice(seed);
        const auto any = [&](const std::string& municipality, Visibility visibility) {
            auto reading = resource(names[dice.below(names.size())], addresses[dice.below(addresses.size())]);
            reading.services[0].visibility = visibility;
            reading.owner = municipality;
            reading.services[0].phone = dice.one_in(2) ? "000-0000-0001" : "";
            reading.organization.name = dice.one_in(2) ? "浜の会" : "潮見野市";
            if (dice.one_in(3)) {
                reading.services[0].staff.contact = "窓口" + municipality;
                reading.services[0].staff.withheld = {CorrectedField::phone};
            }
            return reading;
        };
        struct Step {
            bool of_others = false;
            Batch batch;
        };
        std::vector<Step> steps;
        for (int i = 0; i < 6; ++i) {
            const bool of_others = i % 2 == 1;
            std::vector<BatchRow> rows;
            for (int row = 0; row < 4; ++row) {
                const auto visibility = of_others || dice.one_in(2) ? Visibility::staff : Visibility::everyone;
                rows.push_back(row_of(std::to_string(row), any(of_others ? "99341" : "99201", visibility)));
            }
            const auto list = std::string(of_others ? "隣" : "我") + std::to_string(dice.below(2));
            steps.push_back(
                {of_others, resources(list, std::move(rows), dice.one_in(2) ? "2026-04-01" : "2026-10-01")});
        }
        StoreFolder folder;
        Store with = Store::open(folder / "with.shirube", OpenMode::write_or_create);
        // The same secret, so that ids are the same; imports of others are left out.
        std::filesystem::remove(folder / "without.shirube");
        with.append(resources("始まり", {row_of("0", resource("始", "始1"))}));
        {
            Store closing = std::move(with);
        }
        std::filesystem::copy_file(folder / "with.shirube", folder / "without.shirube");
        with = Store::open(folder / "with.shirube", OpenMode::write);
        Store without = Store::open(folder / "without.shirube", OpenMode::write);
        std::vector<std::int64_t> of_others;
        for (const auto& step : steps) {
            const auto id = with.append(step.batch).import_id;
            if (step.of_others) {
                of_others.push_back(id);
                if (dice.one_in(3)) {
                    with.undo(id);
                    of_others.pop_back();
                }
            } else {
                without.append(step.batch);
            }
            INFO("seed " << seed);
            CHECK(edition_of(with) == edition_of(without));
            CHECK(edition_for(with, "99201", Visibility::staff) == edition_for(without, "99201", Visibility::staff));
        }
        for (const auto id : of_others) {
            with.undo(id);
        }
        CHECK(edition_for(with, "99341", Visibility::coordinator) ==
              edition_for(without, "99341", Visibility::coordinator));
    }
}
