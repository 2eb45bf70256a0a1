#include "search_naive.hpp"

#include "directory/fold.hpp"
#include "directory/taxonomy.hpp"
#include "geo/area.hpp"
#include "geo/distance.hpp"

#include <algorithm>
#include <regex>

namespace shirube::directory::test {

namespace {

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> words;
    const std::regex spaces("(\\s|\u3000)+");
    for (std::sregex_token_iterator it(text.begin(), text.end(), spaces, -1); it != std::sregex_token_iterator();
         ++it) {
        if (const auto word = fold(it->str()); !word.empty()) {
            words.push_back(word);
        }
    }
    return words;
}

std::vector<ScheduleRule> rules_of(const ServiceRow& service) {
    std::vector<ScheduleRule> rules;
    for (const auto& schedule : service.schedules) {
        rules.push_back(schedule.rule);
    }
    return rules;
}

/// The terms of exactly that municipality: the random towns have no wards.
const UseTerms* terms_of(const ServiceRow& service, const std::string& municipality) {
    const UseTerms* found = nullptr;
    for (const auto& terms : service.use_terms) {
        if (!municipality.empty() && terms.municipality == municipality) {
            found = &terms;
        }
    }
    return found;
}

} // namespace

NaiveSearch::NaiveSearch(const State& state) : state_(state) {
    for (const auto& service : state.services) {
        const SiteRow& site = state.sites[service.site];
        std::vector<std::string> names{fold(site.name), fold(site.kana), fold(site.address),
                                       fold(site.municipality_name)};
        if (service.organization != k_no_index) {
            names.push_back(fold(state.organizations[service.organization].name));
        }
        names.push_back(fold(Taxonomy::shipped().at(service.programme).label.ja));
        names.push_back(fold(Taxonomy::shipped().at(service.programme).label.en));
        for (const auto& word : Taxonomy::shipped().at(service.programme).words) {
            names.push_back(fold(word));
        }
        for (const auto& alias : Taxonomy::shipped().aliases()) {
            if (alias.programme == service.programme) {
                names.push_back(fold(alias.name));
            }
        }
        names_.push_back(std::move(names));
        folded_site_name_.push_back(fold(site.name));
        lies_in_.push_back(districts_of_site(site));
        serves_.push_back(districts_served(service));
    }
}

std::set<std::uint32_t> NaiveSearch::districts_of_site(const SiteRow& site) const {
    std::set<std::uint32_t> all;
    if (!site.position) {
        return all;
    }
    std::set<std::string> layers;
    for (const auto& district : state_.districts) {
        layers.insert(district.layer);
    }
    for (const auto& layer : layers) {
        for (std::uint32_t i = 0; i < state_.districts.size(); ++i) {
            const auto& district = state_.districts[i];
            if (district.layer != layer ||
                geo::distance_to_area_m(*site.position, district.geometry) > site.accuracy_m.value_or(0)) {
                continue;
            }
            // The row says in which municipality a town lies; a point needs no help.
            if (!site.accuracy_m || site.municipality.empty() || district.municipality == site.municipality) {
                all.insert(i);
            }
        }
    }
    return all;
}

std::set<std::uint32_t> NaiveSearch::districts_served(const ServiceRow& service) const {
    std::set<std::uint32_t> served;
    for (std::uint32_t i = 0; i < state_.districts.size(); ++i) {
        const auto& district = state_.districts[i];
        for (const auto& entry : service.serves) {
            if (entry == district.municipality || entry == district.layer + ":" + district.code) {
                served.insert(i);
            }
        }
    }
    return served;
}

Status NaiveSearch::status(const ServiceRow& service, Day day) const {
    if (service.status == Status::closed || (service.valid_to && *service.valid_to < day)) {
        return Status::closed;
    }
    if (service.valid_from && day < *service.valid_from) {
        return Status::planned;
    }
    if (service.status == Status::planned) {
        return service.valid_from ? Status::active : Status::planned;
    }
    return service.status;
}

bool NaiveSearch::has_word(std::uint32_t service, const std::string& word) const {
    return std::ranges::any_of(names_[service],
                               [&](const std::string& name) { return name.find(word) != std::string::npos; });
}

std::optional<Openness> NaiveSearch::passes(const ServiceRow& service, std::uint32_t number, const SearchQuery& query,
                                            const std::vector<std::string>& words) const {
    const Status now = status(service, query.at.day);
    const auto& any_of = query.programmes;
    const bool is_there = now != Status::closed && now != Status::planned;
    const bool programme = any_of.empty() || std::ranges::find(any_of, service.programme) != any_of.end();
    const bool for_whom = query.for_whom == 0 || (service.for_whom & query.for_whom) != 0;
    const bool features = (service.features & query.features) == query.features;
    const UseTerms* terms = terms_of(service, query.residents_of);
    const Fee fee = terms != nullptr && terms->fee != Fee::unknown ? terms->fee : service.fee;
    const bool stated = (!query.entry || service.entry == *query.entry) && (!query.fee || fee == *query.fee) &&
                        (query.transports == 0 || (query.transports >> static_cast<int>(service.transport) & 1) != 0) &&
                        (!query.without_phone || service.entry == Entry::drop_in ||
                         (service.features >> static_cast<int>(Feature::line) & 1) != 0 ||
                         (service.features >> static_cast<int>(Feature::web_form) & 1) != 0);
    const bool residents = query.residents_of.empty() || service.usable_by.empty() ||
                           std::ranges::find(service.usable_by, query.residents_of) != service.usable_by.end();
    const std::string& lies = state_.sites[service.site].municipality;
    const auto is_theirs = [&](std::uint32_t district) {
        return state_.districts[district].municipality == query.residents_of;
    };
    const bool is_own = lies.empty() ? std::ranges::any_of(serves_[number], is_theirs) ||
                                           std::ranges::find(service.serves, query.residents_of) != service.serves.end()
                                     : lies == query.residents_of;
    const bool contract = !query.use_contract || is_own || (terms != nullptr && terms->contract == *query.use_contract);
    const bool age = !query.age || (service.from_age_months.value_or(0) < query.age->to_months &&
                                    service.to_age_months.value_or(10'000) > query.age->from_months);
    if (!is_there || !programme || !for_whom || !features || !stated || !residents || !contract || !age) {
        return std::nullopt;
    }
    if (!std::ranges::all_of(words, [&](const std::string& word) { return has_word(number, word); })) {
        return std::nullopt;
    }
    if (query.weekdays == 0 && !query.minute && !query.open_at && !query.open_day) {
        return Openness::maybe;
    }
    if (now == Status::suspended) {
        return std::nullopt;
    }
    const auto rules = rules_of(service);
    // Residents of the municipality may come on some days of the week alone, where its terms say so.
    const auto may_come = [&](int weekday) {
        return terms == nullptr || terms->weekdays == 0 || (terms->weekdays >> weekday & 1) != 0;
    };
    std::vector<Openness> answers;
    if ((query.open_at && !may_come(weekday_index(query.open_at->day))) ||
        (query.open_day && !may_come(weekday_index(*query.open_day)))) {
        return std::nullopt;
    }
    if (query.open_at) {
        answers.push_back(open_on(rules, query.open_at->day, query.open_at->minute, Holidays::shipped()));
    }
    if (query.open_day) {
        answers.push_back(open_on(rules, *query.open_day, query.minute, Holidays::shipped()));
    }
    if (query.weekdays != 0 || (query.minute && !query.open_day)) {
        std::vector<Openness> week{Openness::no};
        for (int weekday = 0; weekday < 7; ++weekday) {
            if (may_come(weekday) && (query.weekdays == 0 || (query.weekdays >> weekday & 1) != 0)) {
                week.push_back(open_on_weekday(rules, weekday, query.minute));
            }
        }
        answers.push_back(*std::ranges::max_element(week));
    }
    const Openness open = *std::ranges::min_element(answers);
    return open == Openness::no ? std::nullopt : std::optional(open);
}

bool NaiveSearch::lies_or_serves(std::uint32_t service, const std::vector<std::uint32_t>& districts) const {
    return std::ranges::any_of(districts, [&](std::uint32_t district) {
        return lies_in_[service].contains(district) || serves_[service].contains(district);
    });
}

bool NaiveSearch::serves_place_asked(std::uint32_t service, const SearchQuery& query) const {
    std::set<std::string> municipalities;
    if (!query.within.empty()) {
        if (!serves_[service].empty()) {
            return std::ranges::any_of(query.within,
                                       [&](std::uint32_t district) { return serves_[service].contains(district); });
        }
        for (const auto district : query.within) {
            municipalities.insert(state_.districts[district].municipality);
        }
    } else if (query.near || query.bbox) {
        const geo::LonLat place = query.near ? *query.near
                                             : geo::LonLat{(query.bbox->west + query.bbox->east) / 2,
                                                           (query.bbox->south + query.bbox->north) / 2};
        for (const auto& district : state_.districts) {
            if (geo::covers(district.geometry, place)) {
                municipalities.insert(district.municipality);
            }
        }
    } else {
        return true; // no place was asked about
    }
    if (!serves_[service].empty()) {
        return std::ranges::any_of(serves_[service], [&](std::uint32_t district) {
            return municipalities.contains(state_.districts[district].municipality);
        });
    }
    return municipalities.contains(state_.sites[state_.services[service].site].municipality);
}

NaiveAnswer NaiveSearch::answer(const SearchQuery& query) const {
    NaiveAnswer answer;
    const auto words = split(query.text);
    for (std::uint32_t i = 0; i < state_.services.size(); ++i) {
        const ServiceRow& service = state_.services[i];
        const auto open = passes(service, i, query, words);
        if (!open) {
            continue;
        }
        const auto& position = state_.sites[service.site].position;
        if (!position) {
            if (serves_place_asked(i, query)) {
                answer.without_position.push_back({i, -1, *open});
            }
            continue;
        }
        const double distance_m = query.near ? geo::distance_m(*query.near, *position) : -1;
        const bool in_circle = !query.near || !query.radius_m || distance_m <= *query.radius_m;
        const bool in_box = !query.bbox || (position->lon >= query.bbox->west && position->lon <= query.bbox->east &&
                                            position->lat >= query.bbox->south && position->lat <= query.bbox->north);
        const bool in_districts = query.within.empty() || lies_or_serves(i, query.within);
        if (in_circle && in_box && in_districts) {
            const bool is_unsure_of_age = query.age && !service.from_age_months && !service.to_age_months;
            const bool is_unsure_of_time = query.asks_for_time() && *open == Openness::maybe;
            answer.hits.push_back({i, distance_m, *open, int{is_unsure_of_age} + int{is_unsure_of_time}});
        }
    }
    const auto by_name = [&](const NaiveHit& a, const NaiveHit& b) {
        return std::pair(folded_site_name_[a.service], a.service) < std::pair(folded_site_name_[b.service], b.service);
    };
    std::ranges::sort(answer.without_position, by_name);
    if (query.sort == Sort::name) {
        std::ranges::sort(answer.hits, by_name);
    } else if (query.sort == Sort::updated) {
        std::ranges::sort(answer.hits, [&](const NaiveHit& a, const NaiveHit& b) {
            const auto left = state_.services[a.service].last_confirmed_on;
            const auto right = state_.services[b.service].last_confirmed_on;
            if (left.has_value() != right.has_value()) {
                return left.has_value(); // never confirmed stands last
            }
            return left != right ? *left > *right : by_name(a, b);
        });
    }
    return answer;
}

std::vector<double> NaiveSearch::distances_m(geo::LonLat from) const {
    std::vector<double> distances;
    for (const auto& site : state_.sites) {
        if (site.position) {
            distances.push_back(geo::distance_m(from, *site.position));
        }
    }
    return distances;
}

} // namespace shirube::directory::test
