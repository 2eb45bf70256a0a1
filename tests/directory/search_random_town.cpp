#include "search_random_town.hpp"

#include "directory/taxonomy.hpp"
#include "geo/area.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace shirube::directory::test {

namespace {

const std::vector<std::string> k_municipalities{"13101", "13102"};
const std::vector<std::string> k_first{"浜",     "山の手", "第二こども", "みんなの", "つくし",
                                       "子ども", "ＡＢＣ", "ヒカリ",     "塚ヶ原",   "東"};
const std::vector<std::string> k_last{"児童館", "ひろば", "食堂", "センター", "カフェ", "クラブ", "の家", "館"};
const std::vector<std::string> k_organizations{"社会福祉法人 標会", "NPO法人こどもの輪", "標市社会福祉協議会",
                                               "株式会社みらい"};

geo::MultiPolygon rectangle(const geo::Box& box) {
    return {{{{box.west, box.south}, {box.east, box.south}, {box.east, box.north}, {box.west, box.north}}, {}}};
}

/// A grid of districts; with `overlap` each reaches that share of its size over its eastern border.
void add_layer(State& state, const std::string& layer, int columns, int rows, double overlap) {
    const double width = (k_land.east - k_land.west) / columns;
    const double height = (k_land.north - k_land.south) / rows;
    for (int column = 0; column < columns; ++column) {
        for (int row = 0; row < rows; ++row) {
            DistrictRow district;
            district.layer = layer;
            district.code = fmt::format("{:02}-{:02}", column, row);
            district.name = fmt::format("第{}{}中学校", column, row);
            district.municipality = k_municipalities[column < columns / 2 ? 0 : 1];
            const double west = k_land.west + width * column;
            const double south = k_land.south + height * row;
            // The north-eastern corner has no districts: some places lie outside.
            if (column == columns - 1 && row == rows - 1) {
                continue;
            }
            district.geometry = rectangle({west, south, west + width * (1 + overlap), south + height});
            state.districts.push_back(std::move(district));
        }
    }
}

/// Whether rounding could decide which districts the place lies in.
bool is_close_call(const State& state, const SiteRow& site) {
    const double radius_m = site.accuracy_m.value_or(0);
    return std::ranges::any_of(state.districts, [&](const DistrictRow& district) {
        const geo::Box box = geo::box_of(district.geometry);
        constexpr double k_close_degrees = 1e-9;
        const geo::LonLat at = *site.position;
        const bool on_border =
            std::abs(at.lon - box.west) < k_close_degrees || std::abs(at.lon - box.east) < k_close_degrees ||
            std::abs(at.lat - box.south) < k_close_degrees || std::abs(at.lat - box.north) < k_close_degrees;
        const double distance_m = geo::distance_to_area_m(at, district.geometry);
        return on_border || (radius_m > 0 && std::abs(distance_m - radius_m) < 0.003 * radius_m + 0.1);
    });
}

SiteRow random_site(Dice& dice, const State& state, std::size_t number) {
    SiteRow site;
    site.id = fmt::format("site{:05}", number);
    site.name = dice.of(k_first) + dice.of(k_last) + (dice.one_in(3) ? std::to_string(dice.below(40)) : std::string{});
    site.official_name = site.name;
    site.kana = dice.one_in(2) ? "ヒカリノイエ" : "";
    site.address =
        fmt::format("{}{}丁目{}番{}号", dice.of(k_first), 1 + dice.below(5), 1 + dice.below(30), 1 + dice.below(20));
    site.municipality = dice.one_in(20) ? std::string{} : dice.of(k_municipalities);
    site.municipality_name = site.municipality.empty() ? "" : "標市" + site.municipality;
    if (dice.one_in(12)) {
        return site;
    }
    do {
        // Towns cluster: most places stand near one of a few centres.
        const double spread = dice.one_in(3) ? 1.0 : 0.1;
        const auto inside = [&](double from, double to) {
            const double centre = from + (to - from) * (0.2 + 0.15 * static_cast<double>(dice.below(5)));
            const double half = (to - from) / 2 * spread;
            return std::clamp(dice.between(centre - half, centre + half), from, to);
        };
        site.position = geo::LonLat{inside(k_land.west, k_land.east), inside(k_land.south, k_land.north)};
        site.quality = PositionQuality::exact;
        site.accuracy_m.reset();
        if (dice.one_in(5)) {
            site.quality = PositionQuality::town;
            site.accuracy_m = dice.between(50, 900);
        }
    } while (is_close_call(state, site));
    return site;
}

std::optional<Day> random_day(Dice& dice) {
    if (!dice.one_in(4)) {
        return std::nullopt;
    }
    return *parse_day("2026-01-01") + std::chrono::days{dice.below(700)};
}

Schedule random_schedule(Dice& dice) {
    Schedule schedule;
    ScheduleRule& rule = schedule.rule;
    rule.state = static_cast<ScheduleState>(dice.below(3));
    rule.weekdays = static_cast<WeekdayMask>(dice.below(128));
    rule.ordinals = dice.one_in(3) ? static_cast<std::uint8_t>(dice.below(64)) : std::uint8_t{0};
    rule.days_of_month = dice.one_in(6) ? 1U << dice.below(31) : 0;
    if (!dice.one_in(4)) {
        rule.from_minute = static_cast<std::int16_t>(60 * (8 + dice.below(10)));
    }
    if (!dice.one_in(4)) {
        rule.to_minute = static_cast<std::int16_t>(60 * (10 + dice.below(16)));
    }
    rule.holidays = static_cast<HolidayRule>(dice.below(3));
    rule.usually = dice.below(4) == 0;
    return schedule;
}

std::optional<int> random_months(Dice& dice, int most) {
    return dice.one_in(3) ? std::nullopt : std::optional(static_cast<int>(dice.below(static_cast<std::size_t>(most))));
}

ServiceRow random_service(Dice& dice, const State& state, std::size_t number) {
    ServiceRow service;
    service.id = fmt::format("service{:05}", number);
    service.site = static_cast<std::uint32_t>(dice.below(state.sites.size()));
    service.organization =
        dice.one_in(3) ? k_no_index : static_cast<std::uint32_t>(dice.below(state.organizations.size()));
    service.list = 0;
    // A few programmes are common, the others rare.
    static const std::vector<std::string> common{"jidokan", "jidokan_center", "kodomo_shokudo", "shien_kyoten"};
    const Taxonomy& taxonomy = Taxonomy::shipped();
    service.programme = dice.one_in(4) ? static_cast<ProgrammeIndex>(dice.below(taxonomy.programmes().size()))
                                       : taxonomy.by_code(dice.of(common)).value();
    service.from_age_months = random_months(dice, 150);
    service.to_age_months = random_months(dice, 220);
    service.for_whom = static_cast<std::uint8_t>(dice.one_in(2) ? 0 : dice.below(32));
    service.entry = static_cast<Entry>(dice.below(6));
    service.fee = static_cast<Fee>(dice.below(3));
    service.transport = static_cast<Transport>(dice.below(6));
    service.features = static_cast<std::uint8_t>(dice.below(64));
    service.status = dice.one_in(3) ? static_cast<Status>(dice.below(5)) : Status::active;
    service.valid_from = random_day(dice);
    service.valid_to = random_day(dice);
    service.last_confirmed_on = random_day(dice);
    for (std::size_t i = dice.below(4); i > 0; --i) {
        service.schedules.push_back(random_schedule(dice));
    }
    if (dice.one_in(10)) {
        service.usable_by = {dice.of(k_municipalities)};
        if (!dice.one_in(3)) {
            UseTerms terms;
            terms.municipality = service.usable_by.front();
            terms.contract = dice.one_in(3)   ? Contract::unknown
                             : dice.one_in(2) ? Contract::mutual
                                              : Contract::entrusted;
            terms.fee = dice.one_in(2) ? Fee::unknown : dice.one_in(2) ? Fee::free : Fee::paid;
            terms.weekdays = static_cast<WeekdayMask>(dice.one_in(3) ? 0 : dice.below(128));
            service.use_terms = {std::move(terms)};
        }
    }
    if (dice.one_in(15)) {
        const auto& district = state.districts[dice.below(state.districts.size())];
        service.serves = {dice.one_in(3) ? district.municipality : district.layer + ":" + district.code};
    }
    return service;
}

} // namespace

State random_town(std::uint64_t seed) {
    Dice dice(seed);
    State state;
    state.lists.emplace_back();
    for (std::size_t i = 0; i < k_organizations.size(); ++i) {
        state.organizations.push_back({fmt::format("organization{}", i), k_organizations[i], "法人"});
    }
    add_layer(state, "chugakkoku", 6, 4, 0.1);
    add_layer(state, "shogakkoku", 12, 8, 0);
    constexpr std::size_t k_sites = 1'800;
    constexpr std::size_t k_services = 3'000;
    for (std::size_t i = 0; i < k_sites; ++i) {
        state.sites.push_back(random_site(dice, state, i));
    }
    for (std::size_t i = 0; i < k_services; ++i) {
        state.services.push_back(random_service(dice, state, i));
    }
    return state;
}

const std::vector<std::string>& words_of_random_town() {
    static const std::vector<std::string> words{"児童館",
                                                "ひろば",
                                                "ヒロバ",
                                                "子供",
                                                "こども",
                                                "食堂",
                                                "標会",
                                                "3丁目",
                                                "塚が原",
                                                "ABC",
                                                "ひかりのいえ",
                                                "館",
                                                "標市13101",
                                                "第2",
                                                "東児",
                                                "みんなの カフェ",
                                                "つくし　センター",
                                                "拠点",
                                                "ない名前",
                                                "児童 クラブ 東",
                                                "  ",
                                                "館児"};
    return words;
}

} // namespace shirube::directory::test
