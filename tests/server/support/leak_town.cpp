#include "tests/server/support/leak_town.hpp"

#include "directory/store/sqlite.hpp"
#include "tests/directory/search_random_town.hpp"
#include "tests/directory/store_batches.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace shirube::tests {

namespace {

using namespace directory;
using directory::test::batch_of;
using directory::test::cell;
using directory::test::Dice;
using directory::test::district;
using directory::test::list_of;
using directory::test::row_of;

const std::vector<std::string> k_streets{"浜", "港町", "丘", "谷戸", "山"};
const std::vector<std::string> k_shown_programmes{"jidokan", "jidokan_small", "kodomo_shokudo", "shien_kyoten",
                                                  "short_stay"};
const std::vector<std::string> k_hidden_programmes{"boshi_seikatsu", "josei_sodan", "josei_jiritsu", "family_home"};

std::string sheet(const std::string& name, std::size_t list, std::size_t key) {
    return fmt::format("{}-{}-{}", name, list, key);
}

/// One place of a small stock, so that lists meet at it: written in one of several ways.
ResourceReading place(Dice& dice) {
    const std::size_t number = dice.below(18);
    const std::string& street = k_streets[number % k_streets.size()];
    const std::size_t lot = 1 + number / k_streets.size();
    ResourceReading reading;
    const std::string name = fmt::format("{}会館{}", street, lot);
    reading.site.official_name = dice.one_in(4)   ? "潮見野市立" + name
                                 : dice.one_in(6) ? fmt::format("{}會館{}", street, lot)
                                                  : name;
    reading.site.address =
        dice.one_in(2) ? fmt::format("潮見野市{}{}番1号", street, lot) : fmt::format("標県潮見野市{}{}-1", street, lot);
    reading.site.municipality = "99201";
    reading.site.municipality_name = "潮見野市";
    if (!dice.one_in(4)) {
        reading.site.position =
            geo::LonLat{137.01 + 0.011 * static_cast<double>(number), 33.11 + 0.009 * static_cast<double>(number % 7)};
        reading.site.quality = PositionQuality::exact;
    }
    reading.organization.name = dice.one_in(2) ? "潮見野市" : dice.one_in(2) ? "社会福祉法人うみの会" : "";
    return reading;
}

ServiceReading service(Dice& dice, const std::vector<std::string>& programmes) {
    ServiceReading service;
    service.programme = dice.of(programmes);
    service.status = dice.one_in(8) ? Status::planned : dice.one_in(8) ? Status::closed : Status::active;
    service.certainty = dice.one_in(5) ? Certainty::reported : Certainty::confirmed;
    if (dice.one_in(3)) {
        service.from_age_months = 0;
        service.to_age_months = 12 * static_cast<int>(1 + dice.below(18));
    }
    if (dice.one_in(2)) {
        service.phone = fmt::format("000-000-{:04}", dice.below(40));
    }
    if (dice.one_in(4)) {
        service.serves = {"chugakkoku:浜中学校"};
    }
    if (dice.one_in(3)) {
        Schedule schedule;
        schedule.rule.state = ScheduleState::dated;
        schedule.rule.weekdays = static_cast<WeekdayMask>(1 + dice.below(127));
        schedule.rule.from_minute = std::int16_t{10 * 60};
        schedule.rule.to_minute = std::int16_t{16 * 60};
        service.schedules = {schedule};
    }
    return service;
}

class Maker {
  public:
    explicit Maker(std::uint64_t seed) : dice_(seed) {}

    LeakTown make() {
        add_ground();
        const std::size_t lists = 2 + dice_.below(3);
        for (std::size_t i = 0; i < lists; ++i) {
            add_list(i, true);
        }
        for (std::size_t i = 0; i < 2; ++i) {
            add_list(lists + i, false);
        }
        return std::move(town_);
    }

  private:
    /// Rows of one edition: those the public may have, and all.
    struct Rows {
        std::vector<BatchRow> shown;
        std::vector<BatchRow> whole;
    };

    void add(Editions shown, Editions whole) {
        town_.shown.push_back(std::move(shown));
        town_.whole.push_back(std::move(whole));
    }

    void add_ground() {
        const auto districts =
            batch_of(ImportKind::districts, {list_of("中学校区", {row_of("1", district("浜中学校", 137.0)),
                                                                  row_of("2", district("丘中学校", 137.1))})});
        const auto people = batch_of(
            ImportKind::population,
            {list_of("人口", {row_of("49377000", cell("49377000", 40)), row_of("49377001", cell("49377001", 25))})});
        std::vector<BatchRow> towns;
        double lon = 137.02;
        for (const std::string& street : k_streets) {
            TownReading town;
            town.prefecture = "標県";
            town.municipality = "99201";
            town.municipality_name = "潮見野市";
            town.town = street;
            town.position = {lon += 0.03, 33.15};
            town.accuracy_m = 400;
            towns.push_back(row_of(street, town));
        }
        const auto gazetteer = batch_of(ImportKind::gazetteer, {list_of("町", std::move(towns))});
        NeedReading need;
        need.indicator = "出生数";
        need.layer = "chugakkoku";
        need.name = "浜中学校";
        need.municipality = "99201";
        need.from = parse_day("2025-04-01");
        need.value = 61;
        const auto needs = batch_of(ImportKind::needs, {list_of("需要", {row_of("1", need)})});
        for (const auto& batch : {districts, people, gazetteer, needs}) {
            add({batch}, {batch});
        }
    }

    /// What no row that is shown has.
    void hide(ResourceReading& reading) {
        const auto secret = [&](std::string word) {
            town_.secrets.push_back(word);
            return word;
        };
        const std::size_t number = town_.secrets.size();
        if (dice_.one_in(2)) { // a place of its own
            reading.site.official_name = secret(fmt::format("秘密寮{}", number));
            reading.site.kana = secret(fmt::format("ヒミツリョウ{}", number));
            reading.site.address = secret(fmt::format("潮見野市秘密{}-1", number));
        }
        if (dice_.one_in(2)) {
            reading.site.building = secret(fmt::format("秘密棟{}", number));
        }
        if (dice_.one_in(3)) {
            reading.site.public_name = secret(fmt::format("隠し名{}", number));
        }
        if (dice_.one_in(3)) {
            reading.organization.name = secret(fmt::format("秘密の会{}", number));
        }
        for (ServiceReading& service : reading.services) {
            service.note = secret(fmt::format("秘密の備考{}", number));
            service.phone = secret(fmt::format("000-999-{:04}", number));
        }
    }

    ServiceReading hidden_service() {
        if (dice_.one_in(2)) {
            return service(dice_, k_hidden_programmes);
        }
        auto kept = service(dice_, k_shown_programmes);
        kept.visibility = dice_.one_in(2) ? Visibility::staff : Visibility::coordinator;
        return kept;
    }

    ResourceReading hidden_row() {
        auto reading = place(dice_);
        reading.services = {hidden_service()};
        if (dice_.one_in(4)) {
            reading.services.push_back(hidden_service());
        }
        hide(reading);
        return reading;
    }

    Rows rows_of(std::size_t list, bool is_shown) {
        Rows rows;
        for (std::size_t key = 0; is_shown && key < 9; ++key) {
            const std::string name = std::to_string(key);
            ResourceReading reading;
            // A row keeps its key, and what it says changes now and then.
            const auto before = rows_before_.find(sheet("row", list, key));
            if (before != rows_before_.end() && !dice_.one_in(3)) {
                reading = before->second;
            } else {
                reading = place(dice_);
                reading.services = {service(dice_, k_shown_programmes)};
            }
            rows_before_[sheet("row", list, key)] = reading;
            if (dice_.one_in(5)) {
                continue; // gone, or not there yet
            }
            rows.shown.push_back(row_of(name, reading));
            auto whole = reading;
            if (dice_.one_in(5)) {
                // The public must not see that the row has a second service; its place in the row tells it apart.
                whole.services.push_back(hidden_service());
                whole.services.back().note = "秘密の備考";
            }
            rows.whole.push_back(row_of(name, whole));
        }
        for (std::size_t key = 0; key < 5; ++key) {
            const std::string name = "h" + std::to_string(key);
            const auto before = hidden_before_.find(sheet("row", list, key));
            const bool again = before != hidden_before_.end() && !dice_.one_in(3);
            const auto reading = again ? before->second : hidden_row();
            hidden_before_[sheet("row", list, key)] = reading;
            if (!dice_.one_in(4)) {
                rows.whole.push_back(row_of(name, reading));
            }
        }
        return rows;
    }

    void add_list(std::size_t number, bool is_shown) {
        const std::string name = fmt::format("{}{}", is_shown ? "台帳" : "秘密の台帳", number);
        if (!is_shown) {
            town_.secrets.push_back(name);
        }
        const bool complete = dice_.one_in(2);
        Editions shown;
        Editions whole;
        for (std::size_t edition = 0; edition < 1 + dice_.below(3); ++edition) {
            Rows rows = rows_of(number, is_shown);
            const std::string as_of = fmt::format("2026-{:02}-01", 1 + number + 3 * edition);
            auto shown_list = list_of(name, std::move(rows.shown), as_of);
            auto whole_list = list_of(name, std::move(rows.whole), as_of);
            if (is_shown) {
                for (const std::string& programme : k_shown_programmes) {
                    shown_list.claims.push_back({programme, "99201", complete});
                }
            }
            whole_list.claims = shown_list.claims;
            whole_list.claims.push_back({"boshi_seikatsu", "99201", dice_.one_in(2)});
            std::ranges::sort(whole_list.claims);
            shown.push_back(batch_of(ImportKind::resources, {std::move(shown_list)}));
            whole.push_back(batch_of(ImportKind::resources, {std::move(whole_list)}));
        }
        if (is_shown) {
            add(std::move(shown), std::move(whole));
        } else {
            town_.whole.push_back(std::move(whole));
        }
    }

    Dice dice_;
    LeakTown town_;
    std::map<std::string, ResourceReading> rows_before_;
    std::map<std::string, ResourceReading> hidden_before_;
};

} // namespace

LeakTown make_leak_town(std::uint64_t seed) { return Maker(seed).make(); }

void add_corrections(LeakTown& town, const std::set<std::string>& shown_ids, const std::set<std::string>& hidden_ids,
                     std::uint64_t seed) {
    Dice dice(seed);
    const std::vector<std::string> shown(shown_ids.begin(), shown_ids.end());
    const std::vector<std::string> hidden(hidden_ids.begin(), hidden_ids.end());
    const auto correction = [&](const std::vector<std::string>& targets, const std::vector<std::string>& others,
                                const std::string& word) {
        CorrectionReading reading;
        reading.on = parse_day(fmt::format("2026-06-{:02}", 1 + dice.below(28)));
        reading.by = Decider::department;
        reading.reason = word;
        reading.target = dice.of(targets);
        if (dice.one_in(2)) {
            reading.other = dice.of(others);
            reading.same = dice.one_in(2);
            if (reading.other == reading.target) {
                reading.other.clear();
            }
        }
        if (reading.other.empty()) {
            reading.fields = {CorrectedField::public_name, CorrectedField::phone};
            reading.site.public_name = word + "の名";
            reading.service.phone = fmt::format("000-555-{:04}", dice.below(10'000));
        }
        return reading;
    };
    const auto batch = [&](const std::string& name, const std::vector<std::string>& targets,
                           const std::vector<std::string>& others) {
        std::vector<BatchRow> rows;
        for (std::size_t i = 0; i < 5; ++i) {
            rows.push_back(row_of(std::to_string(i), correction(targets, others, fmt::format("{}{}", name, i))));
        }
        return batch_of(ImportKind::corrections, {list_of(name, std::move(rows))});
    };
    const auto of_shown = batch("直し", shown, shown);
    // Before the lists of hidden rows alone, where the lists of both towns stand.
    const auto place = town.whole.begin() + static_cast<std::ptrdiff_t>(town.shown.size());
    town.whole.insert(place, Editions{of_shown});
    town.shown.push_back(Editions{of_shown});
    town.whole.push_back(Editions{batch("秘密の直し", hidden, hidden)});
    town.whole.push_back(Editions{batch("秘密の判定", hidden, shown)});
    for (std::size_t i = 0; i < 5; ++i) {
        town.secrets.push_back(fmt::format("秘密の直し{}の名", i));
        town.secrets.push_back(fmt::format("秘密の判定{}の名", i));
    }
}

std::vector<Step> make_steps(const LeakTown& town, std::uint64_t seed) {
    Dice dice(seed);
    std::vector<std::size_t> next(town.whole.size());
    std::vector<Step> steps;
    std::vector<Step> undoable;
    const auto left = [&] {
        std::vector<std::size_t> lists;
        for (std::size_t list = 0; list < next.size(); ++list) {
            if (next[list] < town.whole[list].size()) {
                lists.push_back(list);
            }
        }
        return lists;
    };
    for (auto lists = left(); !lists.empty(); lists = left()) {
        const std::size_t list = dice.of(lists);
        steps.push_back({.list = list, .edition = next[list]++});
        undoable.push_back(steps.back());
        if (dice.one_in(5)) {
            const std::size_t at = dice.below(undoable.size());
            steps.push_back({.list = undoable[at].list, .edition = undoable[at].edition, .undo = true});
            undoable.erase(undoable.begin() + static_cast<std::ptrdiff_t>(at));
        }
    }
    return steps;
}

void apply(Store& store, const std::vector<Editions>& lists, const std::vector<Step>& steps) {
    std::map<std::pair<std::size_t, std::size_t>, std::int64_t> imports;
    for (const Step& step : steps) {
        if (step.list >= lists.size()) {
            continue;
        }
        const std::pair key{step.list, step.edition};
        if (step.undo) {
            store.undo(imports.at(key));
        } else {
            imports[key] = store.append(lists[step.list][step.edition]).import_id;
        }
    }
}

std::set<std::string> ids_in(const std::filesystem::path& path) {
    Database database(path, Database::Mode::read_only);
    Statement select(database, "SELECT public_id FROM entity WHERE type IN ('service', 'site')");
    std::set<std::string> ids;
    while (select.step()) {
        ids.emplace(select.text(0));
    }
    return ids;
}

} // namespace shirube::tests
