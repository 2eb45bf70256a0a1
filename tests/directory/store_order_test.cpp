// Imports and undos in every order: what counts is which editions of which lists are in force, not how they came to be.
#include "directory/store/sqlite.hpp"
#include "search_random_town.hpp"
#include "store_batches.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

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
    // The same halls as another list writes them: with the city's name, a shortened address, further fields.
    const auto hall = [](int number, const std::string& name, const std::string& address) {
        auto reading = resource(name, address);
        reading.services[0].fee = Fee::free;
        reading.services[0].phone = "000-000-000" + std::to_string(number);
        return row_of("h" + std::to_string(number), reading);
    };
    const auto named = [](const std::string& name, const std::string& key, const std::string& programme) {
        return row_of(key, resource(name, "浜2-1", programme));
    };
    return {
        {resources("公共施設",
                   {hall(1, "潮見野市立児童館1", "潮見野市浜1番1号"), hall(2, "児童館2", "浜2-1-5"),
                    hall(3, "児童館第三", "浜3-1")},
                   "2024"),
         complete(resources("公共施設", {hall(2, "児童館2", "浜2-1")}, "2026-05")),
         resources("公共施設", {hall(1, "児童館 1", "浜1-1")}, "2027")},
        {resources("ひみつ", {named("児童館2", "s2", "boshi_seikatsu"), named("児童館２号", "s3", "boshi_seikatsu")},
                   "2028")},
        {complete(resources("完全", {centre(1, "7"), centre(2, "8"), centre(4, "")}, "2025-12")),
         complete(resources("完全", {centre(2, "8")}, "2026-02")), resources("完全", {centre(4, "5")}, "2026-09")},
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

/// Corrections of whatever the lists may have, of some of it twice and against each other, and decisions on pairs.
void add_corrections(std::vector<std::vector<Batch>>& lists, const std::set<std::string>& services,
                     const std::set<std::string>& sites) {
    const std::vector<std::string> service_ids(services.begin(), services.end());
    const std::vector<std::string> site_ids(sites.begin(), sites.end());
    Dice dice(77);
    const auto any_of = [&](const std::vector<std::string>& ids) { return ids[dice.below(ids.size())]; };
    const auto correction = [&](int number) {
        CorrectionReading reading;
        reading.on = parse_day("2026-06-0" + std::to_string(1 + dice.below(3)));
        reading.by = Decider::department;
        reading.reason = "確かめた";
        if (dice.one_in(3)) {
            reading.target = any_of(site_ids);
            reading.other = dice.one_in(4) ? any_of(service_ids) : any_of(site_ids);
            reading.same = dice.one_in(2);
        } else {
            reading.target = dice.one_in(3) ? any_of(site_ids) : any_of(service_ids);
            reading.fields = {CorrectedField::phone, CorrectedField::public_name};
            reading.service.phone = "000-000-1" + std::to_string(100 + number);
            reading.site.public_name = "直した名前" + std::to_string(number);
        }
        return row_of(std::to_string(number), reading);
    };
    int number = 0;
    for (const std::string name : {"直しA", "直しB"}) {
        std::vector<Batch> editions;
        for (int edition = 0; edition < 3; ++edition) {
            std::vector<BatchRow> rows;
            for (int i = 0; i < 6; ++i) {
                rows.push_back(correction(++number));
            }
            editions.push_back(batch_of(ImportKind::corrections, {list_of(name, std::move(rows))}));
        }
        lists.push_back(std::move(editions));
    }
}

std::vector<std::string> ended_ids(const Store& store) {
    std::vector<std::string> ids;
    for (const auto& ended : store.read_public_state().ended) {
        ids.push_back(ended.id + " " + ended.since);
    }
    return ids;
}

/// Ids that rows in force say of themselves and that are shown under another.
std::map<std::string, std::string> moved_now(const fs::path& path) {
    Database database(path, Database::Mode::read_only);
    Statement select(database, R"(
        SELECT p.public_id, min(t.public_id) FROM (
            SELECT place_id AS old_id, site_id AS new_id FROM stated_place WHERE place_id <> site_id AND is_public = 1
            UNION SELECT service_id, shown_as FROM service WHERE shown_as IS NOT NULL AND visibility = 'public')
        JOIN entity p ON p.entity_id = old_id JOIN entity t ON t.entity_id = new_id GROUP BY p.public_id)");
    std::map<std::string, std::string> moved;
    while (select.step()) {
        moved.emplace(select.text(0), select.text(1));
    }
    return moved;
}

std::string leads_to(const Store& store, const std::string& id) {
    const auto state = store.read_public_state();
    const auto found = std::ranges::find(state.moved, id, &MovedId::id);
    return found == state.moved.end() ? std::string{} : found->to;
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
    auto lists = lists_with_editions();
    std::set<std::string> services;
    std::set<std::string> sites;
    for (const auto& editions : lists) {
        for (const auto& edition : editions) {
            Store alone = new_store();
            alone.append(edition);
            const auto state = alone.read_public_state();
            std::ranges::transform(state.services, std::inserter(services, services.end()), &ServiceRow::id);
            std::ranges::transform(state.sites, std::inserter(sites, sites.end()), &SiteRow::id);
        }
    }
    add_corrections(lists, services, sites);
    struct Import {
        std::int64_t id;
        std::size_t list;
        std::size_t edition;
    };

    Dice dice(31);
    std::map<std::string, int> editions_seen;
    int corrected = 0;
    for (int round = 0; round < 60; ++round) {
        Store store = new_store();
        std::vector<Import> standing;
        for (int step = 0; step < 14; ++step) {
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
            INFO(finding.code << ": " << finding.sentence_en);
            REQUIRE_FALSE(finding.is_error);
        }

        // What still stands, into a store that knows nothing else: each list's editions in their order, the lists in
        // any. An earlier edition counts, because a partial one leaves stale what it does not name.
        Store fresh = new_store();
        auto waiting = standing;
        while (!waiting.empty()) {
            const auto list = waiting[dice.below(waiting.size())].list;
            const auto next = std::ranges::find(waiting, list, &Import::list);
            fresh.append(lists[next->list][next->edition]);
            waiting.erase(next);
        }
        CHECK(ended_ids(store) == ended_ids(fresh));
        // What rows in force say of themselves leads alike whatever was before; what a place was once shown as may be
        // another thing in each store's own past, but leads to what is there.
        for (const auto& [id, to] : moved_now(folder / ("town" + std::to_string(copies) + ".shirube"))) {
            INFO(id << " leads to " << to);
            CHECK(leads_to(store, id) == to);
            CHECK(leads_to(fresh, id) == to);
        }
        for (const auto* any : {&store, &fresh}) {
            const auto state = any->read_public_state();
            for (const auto& moved : state.moved) {
                INFO(moved.id << " leads to " << moved.to);
                CHECK((std::ranges::binary_search(state.sites, moved.to, {}, &SiteRow::id) ||
                       std::ranges::binary_search(state.services, moved.to, {}, &ServiceRow::id)));
            }
        }
        INFO("round " << round);
        REQUIRE(edition_of(store) == edition_of(fresh));
        ++editions_seen[edition_of(store)];
        for (const auto& service : store.read_public_state().services) {
            corrected += service.phone.starts_with("000-000-1") ? 1 : 0;
        }
        CHECK(store.lost_corrections().size() == fresh.lost_corrections().size());
    }
    CHECK(corrected > 20);
    CHECK(editions_seen.size() > 20); // else the digest would say the same of everything
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
