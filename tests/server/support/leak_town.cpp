#include "tests/server/support/leak_town.hpp"

#include "directory/embedded_file.hpp"
#include "directory/network/tie_visibility.hpp"
#include "directory/policy.hpp"
#include "directory/publication.hpp"
#include "tests/directory/search_random_town.hpp"
#include "tests/directory/store_batches.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
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

constexpr std::size_t k_corrections = 6; ///< of each kind
constexpr std::size_t k_places = 18;

/// One place of a small stock, so that lists meet at it: written in one of several ways.
ResourceReading place(Dice& dice) {
    const std::size_t number = dice.below(k_places);
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
            add_list(i, Of::everything);
        }
        for (std::size_t i = 0; i < 2; ++i) {
            add_list(lists + i, Of::hidden);
        }
        add_well_known();
        add_helpers();
        add_ties();
        add_agreements();
        add_policies();
        add_rules();
        return std::move(town_);
    }

  private:
    /// What the rows of a list are.
    enum class Of : std::uint8_t { everything, hidden };

    /// Who may see a row at all. A row of a partial list keeps it, or comes to be public: one that comes to be hidden
    /// is not shown any longer, but without its hidden version nobody could know that it is more than left out.
    struct Sort {
        Visibility visibility = Visibility::everyone;
        std::string owner;
    };

    struct Kept {
        ResourceReading reading;
        Sort sort;
    };

    void add_ground() {
        DistrictReading next_town = district("沖中学校", 137.2);
        next_town.municipality = k_theirs;
        next_town.municipality_name = "沖ノ浜町";
        const auto districts =
            batch_of(ImportKind::districts,
                     {list_of("中学校区", {row_of("1", district("浜中学校", 137.0)),
                                           row_of("2", district("丘中学校", 137.1)), row_of("3", next_town)})});
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
            town_.lists.push_back({batch});
        }
    }

    std::string secret(std::string word) {
        town_.secrets.push_back(word);
        return word;
    }

    /// What no row that is shown has.
    void hide(ResourceReading& reading) {
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
        if (dice_.one_in(3)) {
            reading.organization.kind = secret(fmt::format("秘密の種別{}", number));
        }
    }

    ServiceReading hidden_service(Visibility visibility) {
        const bool by_programme = visibility == Visibility::coordinator && dice_.one_in(2);
        auto made = service(dice_, by_programme ? k_hidden_programmes : k_shown_programmes);
        if (!by_programme) {
            made.visibility = visibility;
        }
        const std::size_t number = town_.secrets.size();
        made.note = secret(fmt::format("秘密の備考{}", number));
        if (dice_.one_in(2)) {
            made.phone = secret(fmt::format("000-999-{:04}", number));
        }
        return made;
    }

    /// What a row says for staff alone, and which of its values it keeps for them.
    void keep_for_staff(ResourceReading& reading) {
        if (dice_.one_in(5)) {
            reading.site.place_is_for_staff = true;
        }
        for (ServiceReading& service : reading.services) {
            if (!dice_.one_in(3)) {
                continue;
            }
            const std::size_t number = town_.secrets.size();
            service.staff.referral_route = secret(fmt::format("秘密の道筋{}", number));
            service.staff.contact = secret(fmt::format("秘密の窓口{}", number));
            service.staff.vacancy = static_cast<int>(dice_.below(9));
            service.staff.vacancy_on = parse_day("2026-11-01");
            service.consent = Consent{*parse_day("2026-10-01"), secret(fmt::format("秘密の同意{}", number))};
            std::set<CorrectedField> withheld;
            const auto fields = fields_that_may_be_withheld();
            for (std::size_t i = 0; i < 3; ++i) {
                withheld.insert(fields[dice_.below(fields.size())]);
            }
            service.staff.withheld.assign(withheld.begin(), withheld.end());
        }
    }

    std::string any_owner() { return dice_.one_in(2) ? k_ours : k_theirs; }

    Sort any_sort(Of of) {
        if (of == Of::everything && !dice_.one_in(3)) {
            return {};
        }
        return {dice_.one_in(2) ? Visibility::staff : Visibility::coordinator, any_owner()};
    }

    /// A row of that sort, with narrower services before and behind what most may see.
    ResourceReading row_of_sort(const Sort& sort) {
        ResourceReading reading = place(dice_);
        if (dice_.one_in(5)) {
            reading.site.municipality = k_theirs;
            reading.site.municipality_name = "沖ノ浜町";
        }
        const bool is_public = sort.visibility == Visibility::everyone;
        if (is_public) {
            reading.services = {service(dice_, k_shown_programmes)};
            reading.owner = dice_.one_in(4) ? any_owner() : "";
        } else {
            reading.services = {hidden_service(sort.visibility)};
            reading.owner = sort.owner == reading.site.municipality && dice_.one_in(2) ? "" : sort.owner;
            hide(reading);
        }
        while (dice_.one_in(4)) {
            const bool narrower = sort.visibility != Visibility::coordinator && dice_.one_in(2);
            const auto visibility = narrower     ? Visibility::coordinator
                                    : !is_public ? sort.visibility
                                                 : Visibility::staff;
            reading.services.insert(dice_.one_in(2) ? reading.services.begin() : reading.services.end(),
                                    hidden_service(visibility));
        }
        if (dice_.one_in(3)) {
            keep_for_staff(reading);
        }
        return reading;
    }

    /// A row as the next edition has it: as it was, or otherwise.
    Kept next_of(const Kept* before, Of of, bool is_complete) {
        if (before != nullptr && !dice_.one_in(3)) {
            return *before;
        }
        Sort sort = before == nullptr ? any_sort(of) : before->sort;
        if (before != nullptr && dice_.one_in(3)) {
            if (of == Of::everything && dice_.one_in(2)) {
                sort = {};
            } else if (is_complete && may_be_gone(before->reading)) {
                sort = any_sort(of);
            }
        }
        return {row_of_sort(sort), sort};
    }

    /// Whether the complete lists speak of its absence.
    static bool may_be_gone(const ResourceReading& reading) {
        return std::ranges::all_of(reading.services, [](const ServiceReading& service) {
            return std::ranges::find(k_shown_programmes, service.programme) != k_shown_programmes.end();
        });
    }

    std::vector<BatchRow> rows_of(std::size_t list, Of of, bool is_complete) {
        std::vector<BatchRow> rows;
        const std::size_t keys = of == Of::everything ? 14 : 6;
        for (std::size_t key = 0; key < keys; ++key) {
            const auto before = before_.find({list, key});
            Kept now = next_of(before == before_.end() ? nullptr : &before->second, of, is_complete);
            before_[{list, key}] = now;
            if (!dice_.one_in(5)) { // else it is gone, or not there yet
                rows.push_back(row_of(std::to_string(key), now.reading));
            }
        }
        return rows;
    }

    /// A list that everybody sees, with every name that a tie may tell, in both municipalities. Hidden rows may be
    /// called so too: were the name not known, the tie would not be shown, which is right, and which the town without
    /// hidden rows could not know.
    void add_well_known() {
        std::vector<BatchRow> rows;
        for (std::size_t number = 0; number < k_places; ++number) {
            const std::string& street = k_streets[number % k_streets.size()];
            const std::size_t lot = 1 + number / k_streets.size();
            for (const char* form : {"{}会館{}", "潮見野市立{}会館{}", "{}會館{}"}) {
                for (const std::string municipality : {k_ours, k_theirs}) {
                    ResourceReading reading;
                    reading.site.official_name = fmt::format(fmt::runtime(form), street, lot);
                    reading.site.address = fmt::format("常町{}-1", rows.size() + 1);
                    reading.site.municipality = municipality;
                    ServiceReading service;
                    service.programme = k_shown_programmes.front();
                    service.status = Status::active;
                    reading.services = {service};
                    rows.push_back(row_of(std::to_string(rows.size()), reading));
                }
            }
        }
        town_.well_known = town_.lists.size();
        town_.lists.push_back({batch_of(ImportKind::resources, {list_of("常の台帳", std::move(rows))})});
    }

    void add_list(std::size_t number, Of of) {
        const std::string name = fmt::format("{}{}", of == Of::everything ? "台帳" : "秘密の台帳", number);
        if (of == Of::hidden) {
            town_.secrets.push_back(name);
        }
        const bool is_complete = of == Of::everything && dice_.one_in(2);
        Editions editions;
        for (std::size_t edition = 0; edition < 1 + dice_.below(3); ++edition) {
            const std::string as_of = fmt::format("2026-{:02}-01", 1 + number + 3 * edition);
            auto list = list_of(name, rows_of(number, of, is_complete), as_of);
            for (const std::string municipality : {k_ours, k_theirs}) {
                for (const std::string& programme : k_shown_programmes) {
                    if (of == Of::everything) {
                        list.claims.push_back({programme, municipality, is_complete});
                    }
                }
                if (dice_.one_in(2)) {
                    list.claims.push_back({"boshi_seikatsu", municipality, dice_.one_in(2)});
                }
            }
            std::ranges::sort(list.claims);
            editions.push_back(batch_of(ImportKind::resources, {std::move(list)}));
        }
        town_.lists.push_back(std::move(editions));
    }

    void add_agreements() {
        const std::vector<std::string> all{k_ours, k_theirs, k_thirds};
        for (std::size_t i = 0; i < 4; ++i) {
            Agreement agreement;
            agreement.from = dice_.of(all);
            agreement.to = dice_.of(all);
            agreement.up_to = dice_.one_in(2) ? Visibility::staff : Visibility::coordinator;
            agreement.since = *parse_day("2026-04-01");
            if (dice_.one_in(2)) {
                agreement.until = parse_day(dice_.one_in(2) ? "2026-09-30" : "2027-03-31");
            }
            agreement.said = secret(fmt::format("秘密の協定{}", i));
            if (agreement.from != agreement.to) {
                town_.agreements.push_back(std::move(agreement));
            }
        }
    }

    std::string policy(const std::string& name) {
        const auto& taxonomy = Taxonomy::shipped();
        auto document = to_document(*find_policy("base_per_chugakkoku"), taxonomy);
        document["name"]["ja"] = name;
        document["walk"]["minutes"] = 5 + dice_.below(20);
        return document.dump();
    }

    /// A name that a shown place or organization may have, or that nobody has; of what is hidden also one of its own.
    PartyReading party(bool is_hidden) {
        PartyReading party;
        party.municipality = dice_.one_in(3) ? std::string{} : dice_.one_in(4) ? k_theirs : k_ours;
        party.name = is_hidden && dice_.one_in(2) ? secret(fmt::format("秘密の端{}", town_.secrets.size()))
                     : dice_.one_in(3)            ? "社会福祉法人うみの会"
                     : dice_.one_in(3)            ? "潮見野市"
                                                  : place(dice_).site.official_name;
        return party;
    }

    std::optional<Visibility> audience_of_tie() {
        constexpr std::array k_audiences{Visibility::everyone, Visibility::staff, Visibility::coordinator};
        return dice_.one_in(4) ? std::nullopt : std::optional(k_audiences.at(dice_.below(k_audiences.size())));
    }

    /// Ties of every kind and meetings, of both municipalities and of every audience.
    void add_ties() {
        for (const char* owner : {k_ours, k_theirs}) {
            std::vector<BatchRow> rows;
            for (std::size_t i = 0; i < 16; ++i) {
                RelationReading tie;
                tie.kind = static_cast<RelationKind>(dice_.below(7));
                tie.visibility = audience_of_tie();
                tie.owner = owner;
                const bool is_hidden = visibility_of(tie) != Visibility::everyone;
                tie.from = party(is_hidden);
                tie.to = party(is_hidden);
                if (tie.kind == RelationKind::coordinates) {
                    tie.to = {
                        .kind = PartyKind::district, .name = "浜中学校", .municipality = k_ours, .layer = "chugakkoku"};
                }
                if (tie.kind == RelationKind::member_of && dice_.one_in(2)) {
                    tie.to.kind = PartyKind::forum;
                    tie.to.name = fmt::format("会議{}", dice_.below(3));
                }
                tie.referrals.informed = static_cast<std::int64_t>(dice_.below(90));
                if (is_hidden) {
                    tie.note = secret(fmt::format("秘密のつながり{}", town_.secrets.size()));
                }
                rows.push_back(row_of(fmt::format("tie{}", i), tie));
            }
            for (std::size_t i = 0; i < 4; ++i) {
                ForumReading forum;
                forum.kind = static_cast<ForumKind>(dice_.below(5));
                forum.visibility = audience_of_tie();
                forum.owner = owner;
                forum.municipality = owner;
                const bool is_hidden = visibility_of(forum) != Visibility::everyone;
                forum.name =
                    is_hidden ? secret(fmt::format("秘密の会議{}", town_.secrets.size())) : fmt::format("会議{}", i);
                for (std::size_t member = dice_.below(4); member > 0; --member) {
                    forum.members.push_back(party(is_hidden));
                }
                rows.push_back(row_of(fmt::format("forum{}", i), forum));
            }
            town_.lists.push_back(
                {batch_of(ImportKind::relations, {list_of(fmt::format("つながり{}", owner), std::move(rows))})});
        }
    }

    /// A list a municipality: who could come is for its own staff alone, whoever else sees its hidden places.
    void add_helpers() {
        for (const std::string municipality : {k_ours, k_theirs, k_thirds}) {
            HelperCountReading helpers;
            helpers.organization = secret(fmt::format("秘密の訪問の会{}", municipality));
            helpers.municipality = municipality;
            helpers.programme = "setai_homon";
            helpers.skill = secret(fmt::format("秘密の家事{}", municipality));
            if (dice_.one_in(2)) {
                helpers.count = static_cast<std::int64_t>(dice_.below(20));
            }
            town_.lists.push_back(
                {batch_of(ImportKind::helpers,
                          {list_of(secret(fmt::format("秘密の訪問支援員{}", municipality)), {row_of("1", helpers)})})});
        }
    }

    void add_policies() {
        for (const std::string municipality : {k_ours, k_theirs, k_thirds}) {
            for (int i = 0; i < 3; ++i) {
                LeakPolicy kept{municipality, {}, {}, dice_.one_in(4)};
                if (dice_.one_in(2)) {
                    kept.shown = policy(fmt::format("{}の基準{}", municipality, i));
                }
                if (kept.shown.empty() || dice_.one_in(2)) {
                    kept.hidden = policy(secret(fmt::format("秘密の基準{}の{}", municipality, i)));
                }
                town_.policies.push_back(std::move(kept));
            }
        }
    }

    void add_rules() {
        for (const std::string municipality : {k_ours, k_theirs, k_thirds}) {
            if (!dice_.one_in(3)) {
                auto document = shipped_rules();
                document["name"]["ja"] = secret(fmt::format("秘密の決まり{}", municipality));
                document["needs"][0]["label"]["ja"] = secret(fmt::format("秘密の困りごと{}", municipality));
                town_.rules.push_back({municipality, document.dump()});
            }
        }
    }

    static nlohmann::json shipped_rules() {
        for (const auto& file : embedded_data()) {
            if (file.path == "match/default.json") {
                return nlohmann::json::parse(file.content);
            }
        }
        return {};
    }

    Dice dice_;
    LeakTown town_;
    std::map<std::pair<std::size_t, std::size_t>, Kept> before_; ///< by list and key
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
        for (std::size_t i = 0; i < k_corrections; ++i) {
            rows.push_back(row_of(std::to_string(i), correction(targets, others, fmt::format("{}{}", name, i))));
        }
        return batch_of(ImportKind::corrections, {list_of(name, std::move(rows))});
    };
    const std::vector<std::string> any = [&] {
        auto both = shown;
        both.insert(both.end(), hidden.begin(), hidden.end());
        return both;
    }();
    town.lists.push_back({batch("直し", shown, shown)});
    town.lists.push_back({batch("秘密の直し", hidden, hidden)});
    town.lists.push_back({batch("秘密の判定", hidden, shown)});
    town.lists.push_back({batch("混ぜた直し", any, any)});
    for (std::size_t i = 0; i < k_corrections; ++i) {
        town.secrets.push_back(fmt::format("秘密の直し{}の名", i));
        town.secrets.push_back(fmt::format("秘密の判定{}の名", i));
    }
}

std::vector<Step> make_steps(const LeakTown& town, std::uint64_t seed) {
    Dice dice(seed);
    std::vector<std::size_t> next(town.lists.size());
    std::vector<Step> steps;
    std::vector<Step> undoable;
    const auto left = [&] {
        std::vector<std::size_t> lists;
        for (std::size_t list = 0; list < next.size(); ++list) {
            if (next[list] < town.lists[list].size()) {
                lists.push_back(list);
            }
        }
        return lists;
    };
    for (auto lists = left(); !lists.empty(); lists = left()) {
        const std::size_t list = dice.of(lists);
        steps.push_back({.list = list, .edition = next[list]++});
        if (list != town.well_known) {
            undoable.push_back(steps.back());
        }
        if (!undoable.empty() && dice.one_in(5)) {
            const std::size_t at = dice.below(undoable.size());
            steps.push_back({.list = undoable[at].list, .edition = undoable[at].edition, .undo = true});
            undoable.erase(undoable.begin() + static_cast<std::ptrdiff_t>(at));
        }
    }
    return steps;
}

} // namespace shirube::tests
