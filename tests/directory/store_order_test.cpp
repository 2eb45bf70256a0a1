// Imports and undos in every order: what counts is which editions of which lists are in force, not how they came to be.
#include "search_random_town.hpp"
#include "store_batches.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

using namespace shirube::directory;
using namespace shirube::directory::test;
namespace fs = std::filesystem;

namespace {

/// Some lists with several editions each. They share sites, organizations and districts.
std::vector<std::vector<Batch>> lists_with_editions() {
    const auto centre = [](int number, const std::string& phone) {
        auto reading = resource("児童館" + std::to_string(number), "浜" + std::to_string(number) + "-1");
        reading.services[0].phone = phone;
        return row_of(std::to_string(number), reading);
    };
    const auto meal = [](int number) {
        auto reading =
            resource("児童館" + std::to_string(number), "浜" + std::to_string(number) + "番1号", "kodomo_shokudo");
        reading.site.kana = "キッチン";
        return row_of("k" + std::to_string(number), reading);
    };
    const auto districts = [](const std::string& list, double width, std::vector<std::string> names,
                              const std::string& as_of) {
        std::vector<BatchRow> rows;
        double west = 137.0;
        for (const auto& name : names) {
            rows.push_back(row_of(name, district(name, west, width)));
            west += width;
        }
        return batch_of(ImportKind::districts, {list_of(list, std::move(rows), as_of)});
    };
    const auto people = [](std::vector<std::string> meshes, std::int64_t children) {
        std::vector<BatchRow> rows;
        for (const auto& mesh : meshes) {
            rows.push_back(row_of(mesh, cell(mesh, children)));
        }
        return batch_of(ImportKind::population, {list_of("人口", std::move(rows))});
    };
    const auto town = [](const std::string& name) {
        TownReading reading;
        reading.prefecture = "標県";
        reading.municipality_name = "潮見野市";
        reading.town = name;
        reading.position = {137.05, 33.2};
        reading.accuracy_m = 300;
        return row_of(name, reading);
    };
    return {
        {resources("児童館", {centre(1, "1"), centre(2, "")}, "2025"),
         resources("児童館", {centre(1, "2"), centre(2, ""), centre(3, "")}, "2026"),
         resources("児童館", {centre(3, "9")}, "2026-10")},
        {resources("食堂", {meal(1), meal(2)}, "2025-06"), resources("食堂", {meal(2)}, "2027")},
        {districts("A32 2013", 0.1, {"浜中学校", "山中学校"}, "2013"),
         districts("A32 2013", 0.12, {"浜中学校", "丘中学校"}, "2013")},
        {districts("A32 2016", 0.15, {"浜中学校"}, "2016")},
        {people({"49377000", "49377001"}, 10), people({"49377000"}, 12)},
        {batch_of(ImportKind::gazetteer, {list_of("町", {town("浜"), town("山")})})},
    };
}

} // namespace

TEST_CASE("However lists come and go, the same editions in force are the same public edition with the same ids") {
    StoreFolder folder;
    // The same secret for all: copies of one empty store.
    Store::open(folder / "empty.shirube", OpenMode::write_or_create);
    int copies = 0;
    const auto new_store = [&] {
        const auto path = folder / ("town" + std::to_string(++copies) + ".shirube");
        fs::copy_file(folder / "empty.shirube", path);
        return Store::open(path, OpenMode::write);
    };
    const auto lists = lists_with_editions();
    struct Import {
        std::int64_t id;
        std::size_t list;
        std::size_t edition;
    };

    Dice dice(31);
    std::map<std::string, int> editions_seen;
    for (int round = 0; round < 25; ++round) {
        Store store = new_store();
        std::vector<Import> standing;
        for (int step = 0; step < 12; ++step) {
            if (!standing.empty() && dice.one_in(3)) {
                const auto chosen = dice.below(standing.size());
                const auto changes = store.undo(standing[chosen].id);
                REQUIRE(changes.unchanged >= 0);
                standing.erase(standing.begin() + static_cast<std::ptrdiff_t>(chosen));
            } else {
                const auto list = dice.below(lists.size());
                const auto edition = dice.below(lists[list].size());
                const auto result = store.append(lists[list][edition]);
                REQUIRE(result.entities.unchanged >= 0);
                standing.push_back({result.import_id, list, edition});
            }
        }
        for (const auto& finding : store.check()) {
            INFO(finding.code << ": " << finding.sentence);
            REQUIRE_FALSE(finding.is_error);
        }

        // The newest edition of each list that is left, in another order, into a store that knows nothing else.
        std::map<std::size_t, std::size_t> in_force;
        for (const auto& import : standing) {
            in_force[import.list] = import.edition;
        }
        std::vector<std::pair<std::size_t, std::size_t>> order(in_force.begin(), in_force.end());
        for (std::size_t i = order.size(); i > 1; --i) {
            std::swap(order[i - 1], order[dice.below(i)]);
        }
        Store fresh = new_store();
        for (const auto& [list, edition] : order) {
            fresh.append(lists[list][edition]);
        }
        INFO("round " << round);
        REQUIRE(edition_of(store) == edition_of(fresh));
        ++editions_seen[edition_of(store)];
    }
    CHECK(editions_seen.size() > 15); // else the digest would say the same of everything
}

TEST_CASE("Ids differ between stores, so that none can be guessed from a list") {
    StoreFolder folder;
    const auto id = [&](const std::string& name) {
        Store store = Store::open(folder / name, OpenMode::write_or_create);
        store.append(resources("児童館", {row_of("1", resource("浜児童館", "浜1-1"))}));
        return service_id(store.read_public_state(), "浜児童館");
    };
    const auto first = id("a.shirube");
    CHECK(first.size() == 13);
    CHECK(first.find_first_not_of("0123456789abcdefghjkmnpqrstvwxyz") == std::string::npos);
    CHECK(first != id("b.shirube"));
}
