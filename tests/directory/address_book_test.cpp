// Address tables beside borders on a map: in an invented town, every address, against a plain reading of the table.
#include "directory/snapshot/address_book.hpp"

#include "directory/fold.hpp"
#include "store_batches.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

using namespace shirube;
using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

AddressRule rule(const std::string& town, std::optional<int> chome, std::vector<NumberRange> numbers = {},
                 bool all_but = false) {
    AddressRule made;
    made.municipality = "99201";
    made.town = town_key(town).name;
    made.chome = chome;
    made.numbers = std::move(numbers);
    made.all_but = all_but;
    made.text = town;
    return made;
}

struct Made {
    State state;
    Layer layer{"chugakkoku", 0, 0};

    void add(const std::string& name, std::vector<AddressRule> rules) {
        DistrictRow district;
        district.layer = "chugakkoku";
        district.code = "99201-" + name;
        district.name = name;
        district.municipality = "99201";
        district.addresses = std::move(rules);
        state.districts.push_back(std::move(district));
        ++layer.count;
    }

    [[nodiscard]] std::string at(const std::string& address, const std::string& municipality = "99201") const {
        SiteRow site;
        site.address = address;
        site.municipality = municipality;
        std::string text;
        for (const auto& membership : AddressBook(state.districts, layer).districts_of(site)) {
            text +=
                (text.empty() ? "" : " ") + state.districts[membership.district].name + (membership.sure ? "" : "?");
        }
        return text;
    }
};

Made small_town() {
    Made made;
    made.add("山", {rule("港町", 1, {{1, 10, Parity::any}}), rule("大字北山", {})});
    made.add("浜",
             {rule("港町", 1, {{11, {}, Parity::any}}), rule("港町", 2), rule("浜町", {}, {{1, {}, Parity::even}})});
    made.add("谷", {rule("浜町", {}, {{1, {}, Parity::odd}}), rule("港", {})});
    return made;
}

} // namespace

TEST_CASE("An address is found however it is written") {
    const Made town = small_town();
    for (const auto* address :
         {"港町1-5-2", "標県標市港町１丁目５番２号", "標市港町一丁目5-2", "港町1丁目5番", "  港町 1-5"}) {
        CHECK(town.at(address) == "山");
    }
    CHECK(town.at("港町1-11") == "浜");
    CHECK(town.at("港町2-1-1") == "浜");
    CHECK(town.at("標市大字北山12番地") == "山");
    CHECK(town.at("標市北山字谷12") == "山");
    CHECK(town.at("浜町7") == "谷");
    CHECK(town.at("浜町8-1") == "浜");
    CHECK(town.at("港3-3") == "谷"); // 港 is not 港町
}

TEST_CASE("Without a number a parted town belongs to each possibly; outside the table nothing is said") {
    const Made town = small_town();
    CHECK(town.at("港町1丁目") == "山? 浜?");
    CHECK(town.at("港町") == "山? 浜?");
    CHECK(town.at("浜町") == "浜? 谷?");
    CHECK(town.at("港町2丁目") == "浜");
    CHECK(town.at("港町3-1") == "");
    CHECK(town.at("港町東1-1") == "");
    CHECK(town.at("遠町1-1") == "");
    CHECK(town.at("") == "");
    CHECK(town.at("港町1-5", "99341") == "");
}

TEST_CASE("A rule nobody can read makes its town's addresses possible ones, unless another is sure") {
    Made town = small_town();
    auto unread = rule("港町", 1);
    unread.understood = false;
    town.add("森", {unread});
    CHECK(town.at("港町1-5") == "山");
    CHECK(town.at("港町1丁目") == "山? 浜? 森?");
}

TEST_CASE("A choice zone belongs to every school it may choose") {
    Made town = small_town();
    town.add("森", {rule("港町", 2)});
    CHECK(town.at("港町2-9") == "浜 森");
}

TEST_CASE("Of a designated city the table speaks for its wards") {
    Made town;
    auto of_city = rule("港町", {});
    of_city.municipality = "12100";
    town.add("浜", {of_city});
    CHECK(town.at("千葉市中央区港町3-1", "12101") == "浜");
}

TEST_CASE("Every address of a random town goes where a plain reading of the table says") {
    std::mt19937 dice(20261125);
    const auto roll = [&](int below) { return static_cast<int>(dice() % static_cast<unsigned>(below)); };
    for (int round = 0; round < 20; ++round) {
        Made made;
        // By brute force: (town, chome, number) → schools that say it is theirs.
        std::map<std::tuple<int, int, int>, std::set<std::string>> plain;
        constexpr int towns = 4;
        constexpr int chomes = 3;
        constexpr int numbers = 30;
        for (int school = 0; school < 5; ++school) {
            const std::string name = fmt::format("学校{}", school);
            std::vector<AddressRule> rules;
            for (int i = 0; i < 4; ++i) {
                const int town = roll(towns);
                const int chome = 1 + roll(chomes);
                const int from = 1 + roll(numbers);
                const int to = from + roll(10);
                const auto parity = static_cast<Parity>(roll(3));
                const bool all_but = roll(4) == 0;
                const bool whole = roll(4) == 0;
                rules.push_back(rule(fmt::format("町{}", static_cast<char>('a' + town)), chome,
                                     whole ? std::vector<NumberRange>{} : std::vector<NumberRange>{{from, to, parity}},
                                     !whole && all_but));
                for (int number = 1; number <= numbers; ++number) {
                    bool named = number >= from && number <= to;
                    named = named && (parity == Parity::any || (number % 2 == 0) == (parity == Parity::even));
                    if (whole || named != all_but) {
                        plain[{town, chome, number}].insert(name);
                    }
                }
            }
            made.add(name, std::move(rules));
        }
        for (int town = 0; town < towns; ++town) {
            for (int chome = 1; chome <= chomes; ++chome) {
                for (int number = 1; number <= numbers; ++number) {
                    std::string wanted;
                    for (const auto& name : plain[{town, chome, number}]) {
                        wanted += (wanted.empty() ? "" : " ") + name;
                    }
                    const auto address = fmt::format("標市町{}{}-{}-1", static_cast<char>('a' + town), chome, number);
                    INFO(address);
                    CHECK(made.at(address) == wanted);
                }
            }
        }
    }
}

TEST_CASE("A table beats the border: town-level and unlocated places are surely in the district it names") {
    StoreFolder folder;
    Store store = Store::open(folder / "town.shirube", OpenMode::write_or_create);
    auto east = district("東中学校", 137.0);
    east.school_code = "C199220100001"; // the edition knows codes, the table names
    store.append(batch_of(ImportKind::districts,
                          {list_of("A32", {row_of("1", east), row_of("2", district("西中学校", 137.1))})}));
    auto by_town = resource("浜児童館", "港町2-3");
    by_town.site.position = geo::LonLat{137.1, 33.2}; // a circle over both
    by_town.site.quality = PositionQuality::town;
    by_town.site.accuracy_m = 3000;
    auto nowhere = resource("谷児童館", "港町2-9");
    nowhere.site.position.reset();
    nowhere.site.quality = PositionQuality::none;
    store.append(resources("児童館", {row_of("1", by_town), row_of("2", nowhere)}));
    const auto memberships = [&](const std::string& name) {
        const Reader reader(Snapshot::build(store.read_public_state(), Taxonomy::shipped(), Holidays::shipped()));
        std::string text;
        for (std::uint32_t i = 0; i < reader.services().size(); ++i) {
            if (reader.sites()[reader.services()[i].site].name == name) {
                for (const auto& membership : reader.memberships(i)) {
                    text += reader.districts()[membership.district].name + (membership.sure ? "" : "?");
                }
            }
        }
        return text;
    };
    CHECK(memberships("浜児童館") == "西中学校?東中学校?");
    CHECK(memberships("谷児童館").empty());

    DistrictReading table;
    table.layer = "chugakkoku";
    table.municipality = "99201";
    table.name = "潮見野市立東中";
    table.addresses = {rule("港町", 2)};
    const auto import = store.append(batch_of(ImportKind::districts, {list_of("通学区域", {row_of("1", table)})}));
    CHECK(memberships("浜児童館") == "東中学校");
    CHECK(memberships("谷児童館") == "東中学校");
    CHECK(store.read_public_state().districts.size() == 2); // the table's school is the map's
    const Reader reader(Snapshot::build(store.read_public_state(), Taxonomy::shipped(), Holidays::shipped()));
    SiteRow asked; // an address that somebody looks for
    asked.address = "港町2-7";
    asked.municipality = "99201";
    asked.position = geo::LonLat{137.15, 33.2}; // the town's point lies in the other
    asked.accuracy_m = 10;
    const auto found = reader.memberships_of(asked);
    REQUIRE(found.size() == 1);
    CHECK(found[0].sure);
    CHECK(reader.districts()[found[0].district].name == "東中学校");
    asked.address = "遠町1-1";
    REQUIRE(reader.memberships_of(asked).size() == 1);
    CHECK(reader.districts()[reader.memberships_of(asked)[0].district].name == "西中学校");

    store.undo(import.import_id);
    CHECK(memberships("浜児童館") == "西中学校?東中学校?");
}
