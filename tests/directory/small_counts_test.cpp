// Counts of private homes by district: what the public, a neighbour's staff and their own staff are told.
#include "directory/small_counts.hpp"

#include "store_batches.hpp"

#include <catch2/catch.hpp>

#include <map>

using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

const Day k_today = *parse_day("2026-11-26");

NeedReading homes(const std::string& layer, const std::string& name, const std::string& year,
                  std::optional<double> count, const std::string& indicator = "里親世帯数",
                  const std::string& municipality = "99201") {
    NeedReading need;
    need.indicator = indicator;
    need.unit = Unit::households;
    need.layer = layer;
    need.name = name;
    need.municipality = municipality;
    need.from = parse_day(year + "-04-01");
    need.to = parse_day(std::to_string(std::stoi(year) + 1) + "-03-31");
    need.value = count;
    need.note = "内訳は窓口へ";
    return need;
}

struct Town {
    StoreFolder folder;
    Store store = Store::open(folder / "town.shirube", OpenMode::write_or_create);

    explicit Town(const std::vector<NeedReading>& figures, const std::string& list = "里親",
                  const std::string& as_of = "2026-04-01") {
        add(figures, list, as_of);
    }
    void add(const std::vector<NeedReading>& figures, const std::string& list, const std::string& as_of) {
        std::vector<BatchRow> rows;
        for (std::size_t i = 0; i < figures.size(); ++i) {
            rows.push_back(row_of(std::to_string(i), figures[i]));
        }
        auto batch = batch_of(ImportKind::needs, {list_of(list, std::move(rows), as_of)});
        store.append(batch);
    }

    /// By layer, area and year; -1 is withheld, -2 unknown.
    using Told = std::map<std::string, double>;
    [[nodiscard]] Told told_to(const std::string& municipality) const {
        Told told;
        for (const auto& row : store.read_state(store.audience_of(municipality, Visibility::staff, k_today)).needs) {
            const auto& need = row.reading;
            told[need.layer + " " + (need.name.empty() ? need.municipality : need.name) + " " +
                 to_string(*need.from).substr(0, 4)] = need.suppressed ? -1 : need.value.value_or(-2);
        }
        return told;
    }
};

using Told = Town::Told;

} // namespace

TEST_CASE("Small counts of foster families are withheld from all but their own staff, with what would give them away") {
    const Town town({homes("chugakkoku", "浜", "2025", 12), homes("chugakkoku", "丘", "2025", 2),
                     homes("chugakkoku", "谷", "2025", 7), homes("chugakkoku", "岬", "2025", 0),
                     homes("municipality", "", "2025", 21)});
    const Told all{{"chugakkoku 浜 2025", 12},
                   {"chugakkoku 丘 2025", 2},
                   {"chugakkoku 谷 2025", 7},
                   {"chugakkoku 岬 2025", 0},
                   {"municipality 99201 2025", 21}};
    const Told shown{{"chugakkoku 浜 2025", 12},
                     {"chugakkoku 丘 2025", -1},
                     {"chugakkoku 谷 2025", -1},
                     {"chugakkoku 岬 2025", 0},
                     {"municipality 99201 2025", 21}};
    CHECK(town.told_to("99201") == all);
    CHECK(town.told_to("99341") == shown);
    CHECK(town.told_to("") == shown);
    for (const auto& row : town.store.read_public_state().needs) {
        CHECK(row.reading.note.empty());
    }
}

TEST_CASE("Only one layer is told: two could be taken from each other; squares of a mesh are never") {
    const Town town({homes("chugakkoku", "浜", "2025", 12), homes("chugakkoku", "丘", "2025", 9),
                     homes("shogakkoku", "浜東", "2025", 8), homes("shogakkoku", "浜西", "2025", 13),
                     homes("mesh", "5339", "2025", 21)});
    CHECK(town.told_to("") == Told{{"chugakkoku 浜 2025", 12}, {"chugakkoku 丘 2025", 9}});
    CHECK(town.told_to("99201").size() == 5);
    const Town by_other({homes("shogakkoku", "浜東", "2025", 8), homes("chiku", "西", "2025", 13)});
    CHECK(by_other.told_to("") == Told{{"chiku 西 2025", 13}});
}

TEST_CASE("From one year to the next no small difference is told") {
    const Town town({homes("chugakkoku", "浜", "2024", 12), homes("chugakkoku", "浜", "2025", 13),
                     homes("chugakkoku", "浜", "2026", 18), homes("chugakkoku", "丘", "2024", 4),
                     homes("chugakkoku", "丘", "2025", 9), homes("chugakkoku", "谷", "2024", 6),
                     homes("chugakkoku", "谷", "2025", 6)});
    CHECK(town.told_to("") == Told{{"chugakkoku 浜 2024", 12},
                                   {"chugakkoku 浜 2026", 18},
                                   {"chugakkoku 丘 2024", -1},
                                   {"chugakkoku 丘 2025", -1}, // it was small once
                                   {"chugakkoku 谷 2024", -1}, // and this one hides it
                                   {"chugakkoku 谷 2025", -1}});
}

TEST_CASE("Municipalities of a prefecture hide each other's small totals in the same way") {
    const Town town({homes("municipality", "", "2025", 3), homes("municipality", "", "2025", 8, "里親世帯数", "99341"),
                     homes("municipality", "", "2025", 40, "里親世帯数", "99361")});
    CHECK(town.told_to("") ==
          Told{{"municipality 99201 2025", -1}, {"municipality 99341 2025", -1}, {"municipality 99361 2025", 40}});
}

TEST_CASE("Of two lists with the same figures the newest is told, and no other") {
    Town town({homes("chugakkoku", "浜", "2025", 12)});
    town.add({homes("chugakkoku", "浜", "2025", 14)}, "里親（新）", "2026-10-01");
    const auto needs = town.store.read_public_state().needs;
    REQUIRE(needs.size() == 1);
    CHECK(needs[0].reading.value == 14);
}

TEST_CASE("Other figures are told as they are, small ones too; what is counted is known by its name") {
    const Town town({homes("chugakkoku", "浜", "2025", 2, "出生数"), homes("shogakkoku", "浜東", "2025", 1, "出生数")});
    CHECK(town.told_to("") == Told{{"chugakkoku 浜 2025", 2}, {"shogakkoku 浜東 2025", 1}});
    for (const auto* name :
         {"里親世帯数", "登録里親数", "養育家庭数", "協力家庭の数", "ファミリーホームに委託された子ども"}) {
        INFO(name);
        CHECK(counts_private_homes(name));
    }
    CHECK_FALSE(counts_private_homes("出生数"));
    CHECK_FALSE(counts_private_homes("ショートステイの量の見込み"));
}
