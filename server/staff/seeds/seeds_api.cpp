#include "server/staff/seeds/seeds_api.hpp"

#include "directory/seeds/seed_area.hpp"
#include "server/api/answers.hpp"
#include "server/api/table_form.hpp"
#include "server/numbers.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/staff/seeds/seed_tables.hpp"
#include "server/staff/seeds/seeds_desk.hpp"
#include "server/staff/seeds/seeds_words.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace shirube::server {

namespace {

using directory::Asking;
using directory::Seed;
using directory::SeedKind;
using nlohmann::ordered_json;

constexpr std::int64_t k_usual_matches = 50;
constexpr std::int64_t k_most_matches = 500;

Answer unkept(Answer answer) {
    answer.caching = Caching::none;
    answer.etag_basis.clear();
    return answer;
}

ordered_json maybe_day(const std::optional<directory::Day>& day) {
    return day ? ordered_json(directory::to_string(*day)) : ordered_json(nullptr);
}

template <class T>
ordered_json maybe(const std::optional<T>& value) {
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json seed_json(const Seed& seed, const SeedsWords& words, const SeedsDesk& desk, directory::Day today) {
    ordered_json contracts = ordered_json::array();
    for (const auto contract : seed.contracts) {
        contracts.push_back(code_of(contract));
    }
    ordered_json weekdays = ordered_json(nullptr);
    if (seed.weekdays != 0) {
        constexpr std::array<std::string_view, 7> k_days{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
        weekdays = ordered_json::array();
        for (std::size_t day = 0; day < k_days.size(); ++day) {
            if ((seed.weekdays >> day & 1U) != 0) {
                weekdays.push_back(k_days.at(day));
            }
        }
    }
    const bool is_offer = seed.kind == SeedKind::offer;
    const auto site = directory::site_of_offer(words.reader, seed);
    return {{"id", seed.id},
            {"kind", code_of(seed.kind)},
            {"municipality", seed.owner},
            {"municipality_name", words.facts.municipality_name(seed.owner)},
            {"own", seed.owner == desk.owner},
            {"key", text_or_null(seed.key)},
            {"organization", is_offer ? ordered_json(seed.organization) : ordered_json(nullptr)},
            {"site", site ? ordered_json(words.reader.sites()[*site].id) : ordered_json(nullptr)},
            {"site_name", text_or_null(words.site(seed))},
            {"programmes", seed.programmes},
            {"programme_labels", words.programmes(seed)},
            {"areas", seed.areas},
            {"area_words", text_or_null(words.area(seed))},
            {"within_m", maybe(seed.within_m)},
            {"amount", seed.amount ? ordered_json{{"count", seed.amount->count}, {"unit", code_of(seed.amount->unit)}}
                                   : ordered_json(nullptr)},
            {"from", maybe_day(seed.from)},
            {"weekdays", std::move(weekdays)},
            {"nights", code_of(seed.nights)},
            {"from_age", maybe(seed.from_age)},
            {"to_age", maybe(seed.to_age)},
            {"contracts", std::move(contracts)},
            {"fee",
             seed.fee ? ordered_json{{"yen", seed.fee->yen}, {"per", code_of(seed.fee->per)}} : ordered_json(nullptr)},
            {"terms", text_or_null(seed.terms)},
            {"contact", text_or_null(seed.contact)},
            {"phone", text_or_null(seed.phone)},
            {"mail", text_or_null(seed.mail)},
            {"note", text_or_null(seed.note)},
            {"source", text_or_null(seed.source)},
            {"as_of", directory::to_string(seed.as_of)},
            {"until", maybe_day(seed.until)},
            {"sharing", code_of(seed.sharing)},
            {"state", code_of(seed.state)},
            {"stands", stands(seed, today)}};
}

ordered_json asking_json(const Asking& asking, const SeedsWords& words) {
    return {{"id", asking.id},
            {"municipality", asking.owner},
            {"want", asking.want},
            {"offer", text_or_null(asking.offer)},
            {"organization", asking.organization},
            {"asked_by", asking.asked_by},
            {"asked_on", directory::to_string(asking.asked_on)},
            {"answer", code_of(asking.answer)},
            {"reason", asking.reason ? ordered_json(code_of(*asking.reason)) : ordered_json(nullptr)},
            {"answer_words", words.answer(asking)},
            {"words", text_or_null(asking.words)},
            {"answered_on", maybe_day(asking.answered_on)}};
}

ordered_json match_json(const directory::RankedSeed& of, const Seed& offer, const Seed& want, const SeedsWords& words) {
    ordered_json criteria = ordered_json::array();
    for (const auto criterion : directory::k_seed_criteria) {
        const auto fit = of.match.fit(criterion);
        criteria.push_back({{"criterion", code_of(criterion)},
                            {"fit", code_of(fit)},
                            {"words", words.fit(criterion, fit, offer, want)}});
    }
    return {{"offer", offer.id},
            {"want", want.id},
            {"declined", of.declined},
            {"programme", code_of(of.match.programme)},
            {"programme_words", words.programme_fit(of.match)},
            {"area", code_of(of.match.area)},
            {"area_words", words.area_fit(of.match)},
            {"distance_m", maybe(of.match.distance_m)},
            {"accuracy_m", maybe(of.match.accuracy_m)},
            {"criteria", std::move(criteria)}};
}

ordered_json counts_json(const directory::AskedCounts& counts, const SeedsWords& words) {
    ordered_json reasons = ordered_json::array();
    for (const auto& [reason, askings, organizations] : counts.reasons) {
        reasons.push_back({{"reason", code_of(reason)},
                           {"label", words.reason(reason)},
                           {"askings", askings},
                           {"organizations", organizations}});
    }
    return {{"askings", counts.askings},
            {"organizations", counts.organizations},
            {"waiting", counts.waiting},
            {"yes", counts.yes},
            {"later", counts.later},
            {"declined", counts.declined},
            {"declined_organizations", counts.declined_organizations},
            {"reasons", std::move(reasons)}};
}

Answer all_of(const StaffCall& call, const SeedsDesk& desk) {
    const auto refuse = [&](const Problem& problem) { return unkept(to_answer(problem, call.context.language)); };
    if (const auto problem = unknown_parameter(call.request, {"of", "f"})) {
        return refuse(*problem);
    }
    const auto form = table_form_asked(call.request);
    if (!form) {
        return refuse(form.error());
    }
    const auto named = call.request.parameter("of");
    const auto table = named ? parse_seed_table(*named) : std::nullopt;
    if (named && !table) {
        return refuse({"bad_parameter", "of", "offers, wants or askings. / offers、wants、askings のどれかです。"});
    }
    if (*form == TableForm::csv && !table) {
        return refuse({"missing_parameter", "of", "A table is of one kind: of=offers, wants or askings."});
    }
    const SeedTable only = table.value_or(SeedTable::offers);
    call.accounts.audit(call.actor(), directory::AuditAction::export_,
                        fmt::format("seeds {}{}", *form == TableForm::csv ? "csv" : "json",
                                    table ? " " + std::string(code_of(only)) : std::string{}),
                        call.now_s);
    const auto today = call.context.now.day;
    if (*form == TableForm::csv) {
        return unkept(table_answer(seed_table_csv(only, desk.seen), *form, call.context, today,
                                   "seeds-" + std::string(code_of(only))));
    }
    const auto facts = facts_of(call.context.reader(), today);
    const SeedsWords words{call.context.reader(), *facts, Texts::in(call.context.language)};
    ordered_json all{{"municipality", text_or_null(desk.owner)}};
    const auto wanted = [&](SeedTable of) { return !table || only == of; };
    for (const auto& [of, seeds] :
         {std::pair{SeedTable::offers, &desk.seen.offers}, std::pair{SeedTable::wants, &desk.seen.wants}}) {
        if (wanted(of)) {
            auto& list = all[std::string(code_of(of))] = ordered_json::array();
            for (const Seed& seed : *seeds) {
                list.push_back(seed_json(seed, words, desk, today));
            }
        }
    }
    if (wanted(SeedTable::askings)) {
        auto& list = all["askings"] = ordered_json::array();
        for (const Asking& asking : desk.seen.askings) {
            list.push_back(asking_json(asking, words));
        }
        all["counts"] = counts_json(counts_of(desk.seen.askings), words);
    }
    return unkept(json_answer(all, call.context));
}

Answer one_of(const StaffCall& call, const SeedsDesk& desk) {
    const auto refuse = [&](const Problem& problem) { return unkept(to_answer(problem, call.context.language)); };
    if (const auto problem = unknown_parameter(call.request, {"limit"})) {
        return refuse(*problem);
    }
    std::int64_t limit = k_usual_matches;
    if (const auto asked = call.request.parameter("limit")) {
        const auto number = parse_digits(*asked);
        if (!number || *number < 1 || *number > k_most_matches) {
            return refuse({"parameter_out_of_range", "limit", "From 1 to 500. / 1 から 500 までです。"});
        }
        limit = *number;
    }
    const Seed* seed = desk.seen.find(call.parts[0]);
    if (seed == nullptr) {
        return refuse({"not_found", "", {}});
    }
    const auto& reader = call.context.reader();
    const auto today = call.context.now.day;
    const auto facts = facts_of(reader, today);
    const SeedsWords words{reader, *facts, Texts::in(call.context.language)};
    std::vector<Seed> others;
    const auto all =
        stands(*seed, today) ? ranked_for(*seed, desk, reader, today, others) : std::vector<directory::RankedSeed>{};
    ordered_json matches = ordered_json::array();
    for (const auto& of : all) {
        if (std::ssize(matches) >= limit) {
            break;
        }
        const Seed& other = others[of.other];
        const bool is_offer = seed->kind == SeedKind::offer;
        auto match = match_json(of, is_offer ? *seed : other, is_offer ? other : *seed, words);
        match["other"] = seed_json(other, words, desk, today);
        matches.push_back(std::move(match));
    }
    ordered_json askings = ordered_json::array();
    for (const Asking& asking : desk.seen.askings) {
        if (asking.want == seed->id || asking.offer == seed->id) {
            askings.push_back(asking_json(asking, words));
        }
    }
    return unkept(json_answer({{"seed", seed_json(*seed, words, desk, today)},
                               {"matched", all.size()},
                               {"matches", std::move(matches)},
                               {"askings", std::move(askings)}},
                              call.context));
}

} // namespace

Answer get_staff_seeds(const StaffCall& call) { return with_seeds(call, all_of); }

Answer get_staff_seed(const StaffCall& call) { return with_seeds(call, one_of); }

} // namespace shirube::server
