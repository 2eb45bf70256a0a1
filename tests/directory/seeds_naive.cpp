#include "tests/directory/seeds_naive.hpp"

#include "directory/taxonomy.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <set>

namespace shirube::directory::test {

namespace {

constexpr int k_years = 12;       ///< random_seed() states no age beyond: every way in which four ends may be is tried
constexpr double k_unsure = 0.01; ///< of a distance: what a sphere may be wrong by

/// The wards of the town's designated city are told by hand.
std::string owner_by_hand(const std::string& municipality) {
    return municipality == "12101" || municipality == "12102" ? "12100" : municipality;
}

double on_a_sphere(geo::LonLat a, geo::LonLat b) {
    constexpr double k_radius_m = 6'371'008.8;
    const auto radians = [](double degrees) { return degrees * std::numbers::pi / 180; };
    const double lat = std::sin(radians(b.lat - a.lat) / 2);
    const double lon = std::sin(radians(b.lon - a.lon) / 2);
    const double h = lat * lat + std::cos(radians(a.lat)) * std::cos(radians(b.lat)) * lon * lon;
    return 2 * k_radius_m * std::asin(std::sqrt(h));
}

double to_box(geo::LonLat point, const geo::Box& box) {
    return on_a_sphere(point, {std::clamp(point.lon, box.west, box.east), std::clamp(point.lat, box.south, box.north)});
}

std::vector<std::string> ancestors(const std::string& code) {
    const auto& taxonomy = Taxonomy::shipped();
    std::vector<std::string> all;
    auto at = taxonomy.by_code(code);
    while (at) {
        all.push_back(taxonomy.at(*at).code);
        at = taxonomy.at(*at).parent;
    }
    return all;
}

std::optional<int> programme_by_hand(const Seed& offer, const Seed& want) {
    std::set<int> found;
    for (const auto& a : offer.programmes) {
        for (const auto& b : want.programmes) {
            const auto above_a = ancestors(a);
            const auto above_b = ancestors(b);
            if (above_a.back() != above_b.back()) {
                continue;
            }
            const auto has = [](const std::vector<std::string>& all, const std::string& one) {
                return std::ranges::find(all, one) != all.end();
            };
            found.insert(a == b ? 0 : has(above_a, b) || has(above_b, a) ? 1 : 2);
        }
    }
    return found.empty() ? std::nullopt : std::optional(*found.begin());
}

/// Every way in which the ends that are left open may be, and what that makes of it.
SeedFit ages_by_hand(const Seed& offer, const Seed& want) {
    const auto ends = [](const std::optional<int>& age) {
        std::vector<int> all;
        for (int i = 0; i < k_years; ++i) {
            if (!age || *age == i) {
                all.push_back(i);
            }
        }
        return all;
    };
    std::set<SeedFit> found;
    for (const int a : ends(offer.from_age)) {
        for (const int b : ends(offer.to_age)) {
            for (const int c : ends(want.from_age)) {
                for (const int d : ends(want.to_age)) {
                    if (b < a || d < c) {
                        continue;
                    }
                    int wanted = 0;
                    int shared = 0;
                    for (int year = c; year <= d; ++year) {
                        ++wanted;
                        shared += year >= a && year <= b ? 1 : 0;
                    }
                    found.insert(shared == 0 ? SeedFit::differs : shared == wanted ? SeedFit::fits : SeedFit::partly);
                }
            }
        }
    }
    const bool all_stated = offer.from_age && offer.to_age && want.from_age && want.to_age;
    const bool is_one = found.size() == 1;
    return is_one && (all_stated || *found.begin() == SeedFit::differs) ? *found.begin() : SeedFit::unknown;
}

SeedFit days_by_hand(const Seed& offer, const Seed& want) {
    std::set<int> offered;
    std::set<int> wanted;
    for (int day = 0; day < 7; ++day) {
        if ((offer.weekdays & (1 << day)) != 0) {
            offered.insert(day);
        }
        if ((want.weekdays & (1 << day)) != 0) {
            wanted.insert(day);
        }
    }
    if (offered.empty() || wanted.empty()) {
        return SeedFit::unknown;
    }
    std::size_t shared = 0;
    for (const int day : wanted) {
        shared += offered.count(day);
    }
    return shared == wanted.size() ? SeedFit::fits : shared == 0 ? SeedFit::differs : SeedFit::partly;
}

std::vector<SeedFit> criteria_by_hand(const Seed& offer, const Seed& want) {
    SeedFit contract = SeedFit::unknown;
    if (!offer.contracts.empty() && !want.contracts.empty()) {
        contract = SeedFit::differs;
        for (const auto a : offer.contracts) {
            for (const auto b : want.contracts) {
                contract = a == b ? SeedFit::fits : contract;
            }
        }
    }
    SeedFit fee = SeedFit::unknown;
    if (offer.fee && want.fee && offer.fee->per == want.fee->per) {
        fee = offer.fee->yen > want.fee->yen ? SeedFit::differs : SeedFit::fits;
    }
    SeedFit amount = SeedFit::unknown;
    if (offer.amount && want.amount && offer.amount->unit == want.amount->unit) {
        const auto lacks = want.amount->count - offer.amount->count;
        amount = lacks <= 0 ? SeedFit::fits : offer.amount->count == 0 ? SeedFit::differs : SeedFit::partly;
    }
    SeedFit start = SeedFit::unknown;
    if (offer.from && want.from) {
        start = (*offer.from - *want.from).count() > 0 ? SeedFit::differs : SeedFit::fits;
    }
    static const std::map<std::pair<SeedNights, SeedNights>, SeedFit> nights{
        {{SeedNights::yes, SeedNights::yes}, SeedFit::fits},
        {{SeedNights::no, SeedNights::yes}, SeedFit::differs},
        {{SeedNights::unknown, SeedNights::no}, SeedFit::fits},
        {{SeedNights::yes, SeedNights::no}, SeedFit::fits},
        {{SeedNights::no, SeedNights::no}, SeedFit::fits}};
    const auto of_nights = nights.find({offer.nights, want.nights});
    return {contract,
            fee,
            amount,
            start,
            days_by_hand(offer, want),
            of_nights == nights.end() ? SeedFit::unknown : of_nights->second,
            ages_by_hand(offer, want)};
}

const BoxDistrict* district_called(const SeedTown& town, const std::string& area) {
    for (const auto& district : town.districts) {
        if (area == district.layer + ":" + district.code) {
            return &district;
        }
    }
    return nullptr;
}

/// Of one named area and one wanted; `whole` is a municipality, or empty and `wanted` is a district.
SeedFit named_by_hand(const SeedTown& town, const std::string& named, const std::string& whole,
                      const BoxDistrict* wanted) {
    const BoxDistrict* district = district_called(town, named);
    const bool is_district = named.find(':') != std::string::npos;
    if (is_district && district == nullptr) {
        return SeedFit::unknown;
    }
    if (wanted == nullptr) {
        if (is_district) {
            return owner_by_hand(district->municipality) == whole ? SeedFit::partly : SeedFit::differs;
        }
        return named == whole || named == whole.substr(0, 2) ? SeedFit::fits
               : owner_by_hand(named) == whole               ? SeedFit::partly
                                                             : SeedFit::differs;
    }
    if (is_district) {
        return district == wanted                                                                   ? SeedFit::fits
               : district->layer != wanted->layer && district->municipality == wanted->municipality ? SeedFit::unknown
                                                                                                    : SeedFit::differs;
    }
    const auto& of = wanted->municipality;
    return named == of || named == owner_by_hand(of) || named == of.substr(0, 2) ? SeedFit::fits : SeedFit::differs;
}

} // namespace

std::optional<NaiveSeedMatch> naive_match(const Seed& offer, const Seed& want, const SeedTown& town) {
    const auto programme = programme_by_hand(offer, want);
    if (!programme) {
        return std::nullopt;
    }
    NaiveSeedMatch match{*programme, SeedFit::unknown, std::nullopt, criteria_by_hand(offer, want)};
    const auto site = std::ranges::find(town.sites, offer.site, &SiteRow::id);
    const bool has_point = site != town.sites.end() && site->position;
    bool is_unsure = false;
    const auto far = [&](const BoxDistrict& district) -> std::optional<SeedFit> {
        SeedFit fit = SeedFit::unknown;
        if (has_point && district.box) {
            const double distance = to_box(*site->position, *district.box);
            match.distance_m = match.distance_m ? std::min(*match.distance_m, distance) : distance;
            if (offer.within_m) {
                const auto within = static_cast<double>(*offer.within_m);
                const double about = site->accuracy_m.value_or(0);
                for (const double edge : {distance - about, distance + about}) {
                    is_unsure = is_unsure || std::abs(edge - within) <= k_unsure * distance + 1;
                }
                fit = distance + about <= within  ? SeedFit::fits
                      : distance - about > within ? SeedFit::differs
                                                  : SeedFit::unknown;
            }
        }
        return offer.within_m ? std::optional(fit) : std::nullopt;
    };
    const auto best = [&](const std::string& whole, const BoxDistrict* wanted, std::optional<SeedFit> reached) {
        std::set<SeedFit> all;
        for (const auto& named : offer.areas) {
            all.insert(named_by_hand(town, named, whole, wanted));
        }
        if (reached) {
            all.insert(*reached);
        }
        return all.empty() ? SeedFit::unknown : *all.begin();
    };
    const auto sum = [](const std::vector<SeedFit>& parts) {
        const auto count = [&](SeedFit fit) { return std::ranges::count(parts, fit); };
        const auto all = std::ssize(parts);
        return all == 0                                            ? SeedFit::unknown
               : count(SeedFit::fits) == all                       ? SeedFit::fits
               : count(SeedFit::fits) + count(SeedFit::partly) > 0 ? SeedFit::partly
               : count(SeedFit::unknown) > 0                       ? SeedFit::unknown
                                                                   : SeedFit::differs;
    };
    std::vector<SeedFit> parts;
    if (want.areas.empty()) {
        std::vector<SeedFit> reached;
        for (const auto& district : town.districts) {
            if (district.layer == "chugakkoku" && owner_by_hand(district.municipality) == want.owner) {
                const auto fit = far(district);
                reached.push_back(fit.value_or(SeedFit::unknown));
            }
        }
        parts.push_back(best(want.owner, nullptr, offer.within_m ? std::optional(sum(reached)) : std::nullopt));
    }
    for (const auto& area : want.areas) {
        const BoxDistrict* district = district_called(town, area);
        parts.push_back(district == nullptr ? SeedFit::unknown : best({}, district, far(*district)));
    }
    match.area = is_unsure ? std::nullopt : std::optional(sum(parts));
    return match;
}

SeedTown seed_town() {
    SeedTown town;
    const auto add = [&](const char* layer, const char* municipality, const std::string& name,
                         std::optional<geo::Box> box) {
        town.districts.push_back({layer, std::string(municipality) + "-" + name, municipality, box});
    };
    add("chugakkoku", "12101", "a", geo::Box{140.10, 35.60, 140.14, 35.64});
    add("chugakkoku", "12102", "b", geo::Box{140.14, 35.60, 140.20, 35.64});
    add("chugakkoku", "99201", "c", geo::Box{140.20, 35.60, 140.26, 35.66});
    add("chugakkoku", "99201", "d", geo::Box{140.26, 35.60, 140.30, 35.66});
    add("chugakkoku", "99201", "e", std::nullopt);
    add("chugakkoku", "99341", "f", geo::Box{140.40, 35.60, 140.50, 35.70});
    add("shogakkoku", "99201", "g", geo::Box{140.20, 35.60, 140.23, 35.63});
    add("shogakkoku", "99341", "h", geo::Box{140.40, 35.60, 140.45, 35.65});
    std::mt19937_64 dice(7);
    for (int i = 0; i < 12; ++i) {
        SiteRow site;
        site.id = "p" + std::to_string(10 + i);
        site.name = "場所" + std::to_string(i);
        site.municipality = "99201";
        site.municipality_name = "潮見野市";
        if (i != 3) {
            site.position = geo::LonLat{140.05 + static_cast<double>(dice() % 5000) / 10'000,
                                        35.55 + static_cast<double>(dice() % 2000) / 10'000};
            site.quality = PositionQuality::exact;
        }
        if (i % 4 == 1) {
            site.quality = PositionQuality::town;
            site.accuracy_m = 800;
        }
        town.sites.push_back(std::move(site));
    }
    return town;
}

State SeedTown::state(const std::string& municipality, Visibility sees) const {
    State state;
    state.audience = {.municipality = municipality, .owners = {{municipality, sees}}};
    state.sites = sites;
    for (const auto& district : districts) {
        DistrictRow row;
        row.layer = district.layer;
        row.code = district.code;
        row.name = district.code;
        row.municipality = district.municipality;
        row.municipality_name = district.municipality;
        if (district.box) {
            const auto& box = *district.box;
            row.geometry = {{{{box.west, box.south},
                              {box.east, box.south},
                              {box.east, box.north},
                              {box.west, box.north},
                              {box.west, box.south}},
                             {}}};
        }
        state.districts.push_back(std::move(row));
    }
    return state;
}

Seed random_seed(SeedKind kind, const SeedTown& town, std::mt19937_64& dice, int number) {
    const auto one_in = [&](unsigned sides) { return dice() % sides == 0; };
    const auto of = [&](const auto& all) { return all[dice() % std::size(all)]; };
    const std::vector<std::string> programmes{"short_stay", "twilight_stay", "setai_homon",    "ikusei_kyoten",
                                              "jidokan",    "jidokan_small", "kodomo_shokudo", "oyako_kankei"};
    const std::vector<std::string> owners{"12100", "99201", "99341"};
    Seed seed;
    seed.id = (kind == SeedKind::offer ? "s" : "n") + std::to_string(1000 + number);
    seed.kind = kind;
    seed.owner = of(owners);
    seed.programmes = {of(programmes)};
    if (one_in(3)) {
        seed.programmes.push_back(of(programmes));
    }
    if (kind == SeedKind::offer) {
        seed.organization = "会" + std::to_string(number);
        seed.site = one_in(4) ? "" : of(town.sites).id;
        if (one_in(2)) {
            seed.within_m = static_cast<std::int64_t>(dice() % 30'000);
        }
        const std::vector<std::string> named{"12",
                                             "12100",
                                             "12101",
                                             "99",
                                             "99201",
                                             "99341",
                                             "chugakkoku:99201-c",
                                             "chugakkoku:12102-b",
                                             "shogakkoku:99201-g",
                                             "chugakkoku:99201-gone"};
        for (auto left = dice() % 3; left > 0; --left) {
            seed.areas.push_back(of(named));
        }
    } else {
        for (auto left = dice() % 3; left > 0; --left) {
            const auto& district = of(town.districts);
            if (owner_by_hand(district.municipality) == seed.owner) {
                seed.areas.push_back(district.layer + ":" + district.code);
            }
        }
    }
    if (!one_in(3)) {
        seed.amount = SeedAmount{static_cast<std::int64_t>(dice() % 4), one_in(3) ? Unit::nights : Unit::persons};
    }
    if (!one_in(3)) {
        seed.from = *parse_day("2026-04-01") + std::chrono::days{dice() % 5};
    }
    seed.weekdays = one_in(3) ? WeekdayMask{0} : static_cast<WeekdayMask>(dice() % 128);
    seed.nights = of(std::vector{SeedNights::unknown, SeedNights::no, SeedNights::yes});
    if (!one_in(3)) {
        seed.from_age = static_cast<int>(dice() % 6);
    }
    if (!one_in(3)) {
        seed.to_age = seed.from_age.value_or(0) + static_cast<int>(dice() % 6);
    }
    for (auto left = dice() % 3; left > 0; --left) {
        seed.contracts.push_back(of(std::vector{Contract::entrusted, Contract::registered, Contract::subsidised}));
    }
    if (!one_in(3)) {
        seed.fee = SeedFee{static_cast<std::int64_t>(dice() % 3) * 1000, one_in(3) ? FeePer::night : FeePer::day};
    }
    seed.as_of = *parse_day("2026-10-01") + std::chrono::days{dice() % 3};
    return seed;
}

} // namespace shirube::directory::test
