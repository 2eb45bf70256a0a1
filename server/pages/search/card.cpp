#include "server/pages/search/card.hpp"

#include "directory/desk/page_lists.hpp"
#include "directory/use_terms.hpp"
#include "server/api/feature.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/pages/search/opening.hpp"
#include "server/pages/service/start_part.hpp"
#include "server/pages/use_terms_words.hpp"
#include "server/pages/words.hpp"

#include <algorithm>
#include <bit>
#include <span>

namespace shirube::server {

namespace {

using directory::k_no_index;
using directory::Openness;

void fill_distance(View card, const directory::Reader& reader, const directory::ServiceRow& service,
                   const directory::Hit& hit) {
    if (hit.distance_m < 0 || service.site == k_no_index) {
        return;
    }
    constexpr int k_worth_walking = 60;
    const bool about = is_about(reader.sites()[service.site]);
    View far = card.section("FAR");
    far.words("DISTANCE", card.texts().with(about ? "card.distance_about" : "card.distance",
                                            {{"distance", distance_in_words(hit.distance_m)}}));
    const int minutes = walk_minutes(hit.distance_m);
    if (minutes <= k_worth_walking) {
        far.words_if_any("WALK", card.texts().with("card.walk", {{"minutes", std::to_string(minutes)}}));
    } else {
        far.show("TOO_FAR");
    }
    far.show_if(about, "ABOUT");
}

/// "次は 11月28日（土曜日）" where no time was asked for.
void fill_next_opening(View card, const Context& context, std::uint32_t service) {
    const Opening opening = next_opening(context, service, card.texts());
    View answer = card.section("OPEN");
    answer.set("CODE", opening.code);
    answer.icon("ICON", opening.code == "yes"     ? "yes"
                        : opening.code == "maybe" ? "maybe"
                        : opening.code == "no"    ? "no"
                                                  : "clock");
    answer.words("WORDS", opening.words);
}

/// Weekdays were asked for, and no schedule holds on all of them every week: 第2・4水曜日 is not every Wednesday.
bool is_on_some_only(std::span<const directory::ScheduleRule> rules, const directory::SearchQuery& asked) {
    if (asked.weekdays == 0 || asked.open_at || asked.open_day) {
        return false;
    }
    constexpr unsigned k_all_months = 0x0fff;
    directory::WeekdayMask every_week = 0;
    for (const auto& rule : rules) {
        if (rule.ordinals == 0 && rule.days_of_month == 0 && rule.months == k_all_months) {
            every_week = static_cast<directory::WeekdayMask>(every_week | rule.weekdays);
        }
    }
    return (asked.weekdays & ~every_week) != 0;
}

/// "土曜日に開いています" where a time was asked for.
void fill_openness(View card, const Context& context, const directory::SearchQuery& asked, const directory::Hit& hit) {
    const auto status = context.reader().status_on(hit.service, context.now.day);
    if (status != directory::Status::active && status != directory::Status::pilot) {
        return; // a badge says how it stands
    }
    if (!asked.asks_for_time()) {
        fill_next_opening(card, context, hit.service);
        return;
    }
    const Texts& texts = card.texts();
    if (hit.open == Openness::yes && is_on_some_only(context.reader().rules(hit.service), asked)) {
        View some = card.section("OPEN");
        some.set("CODE", "maybe");
        some.icon("ICON", "maybe");
        some.words("WORDS", texts.get("card.open_some"));
        return;
    }
    const Openness open = hit.open;
    View answer = card.section("OPEN");
    const std::string_view code = directory::code_of(open);
    answer.set("CODE", code);
    answer.icon("ICON", open == Openness::yes ? "yes" : open == Openness::maybe ? "maybe" : "no");
    const std::string when = asked.open_day  ? short_date(*asked.open_day, texts)
                             : asked.open_at ? texts.get("card.then")
                             : std::has_single_bit(asked.weekdays)
                                 ? weekday_in_words(std::countr_zero(asked.weekdays), texts)
                                 : texts.get("card.at_that_time");
    answer.words("WORDS", texts.with("card.open_" + std::string(code), {{"when", when}}));
}

void fill_schedules(View card, const directory::ServiceRow& service) {
    if (service.schedules.empty()) {
        card.show("NO_SCHEDULE");
        return;
    }
    constexpr std::size_t k_most = 3;
    for (std::size_t i = 0; i < service.schedules.size() && i < k_most; ++i) {
        const auto& schedule = service.schedules[i];
        View line = card.section("SCHEDULE");
        // Words of ours get their readings; a source's own words stay as they are.
        const std::string words = directory::in_words(schedule, card.texts().language());
        if (words == schedule.text) {
            line.set_if_any("TEXT", words);
        } else {
            line.words_if_any("WORDS", words);
        }
        line.set_if_any("VENUE", schedule.venue);
    }
    card.show_if(service.schedules.size() > k_most, "MORE_SCHEDULES");
}

/// On what terms residents of other municipalities come: of the one that was asked about, else of the first few.
void fill_terms(View card, const Context& context, const directory::SearchQuery& asked,
                const directory::ServiceRow& service) {
    constexpr std::size_t k_most = 2;
    const std::span<const directory::UseTerms> terms = service.use_terms;
    if (terms.empty()) {
        return;
    }
    const auto facts = facts_of(context.reader(), context.now.day);
    const auto add = [&](const directory::UseTerms& of) {
        card.section("TERMS").words("WORDS", terms_of_in_words(of, *facts, card.texts()));
    };
    if (!asked.residents_of.empty()) {
        if (const auto theirs = directory::terms_for(terms, asked.residents_of)) {
            add(terms[*theirs]);
        }
        return;
    }
    std::ranges::for_each(terms.first(std::min(terms.size(), k_most)), add);
}

} // namespace

std::string service_name(const directory::Reader& reader, const directory::ServiceRow& service,
                         std::string_view language) {
    if (service.site != k_no_index && !reader.sites()[service.site].name.empty()) {
        return reader.sites()[service.site].name;
    }
    return reader.taxonomy().at(service.programme).public_label.in(language);
}

void fill_badges(View card, const Context& context, std::uint32_t service, std::string_view section) {
    const auto& row = context.reader().services()[service];
    const auto status = context.reader().status_on(service, context.now.day);
    const auto add = [&](std::string_view kind, const std::string& words) {
        View badge = card.section(section);
        badge.set("KIND", kind);
        badge.words("WORDS", words);
    };
    if (status == directory::Status::planned && row.valid_from) {
        add("planned",
            card.texts().with("status.planned_from", {{"date", date_in_words(*row.valid_from, card.texts())}}));
    } else if (status != directory::Status::active) {
        add(directory::code_of(status), status_in_words(status, card.texts()));
    }
    if (row.visibility != directory::Visibility::everyone) {
        add("hidden", card.texts().get(row.visibility == directory::Visibility::staff ? "staff.only_for_staff"
                                                                                      : "staff.only_for_coordinators"));
    }
    if (row.certainty != directory::Certainty::confirmed) {
        add("unconfirmed", card.texts().get("certainty." + std::string(directory::code_of(row.certainty))));
    }
}

void fill_card(View card, const Context& context, const Links& links, const directory::SearchQuery& asked,
               const directory::Hit& hit, std::optional<std::size_t> number) {
    const auto& reader = context.reader();
    const auto& service = reader.services()[hit.service];
    const Texts& texts = card.texts();
    card.set("ID", service.id);
    card.set("HREF", links.service(service.id));
    card.set("NAME", service_name(reader, service, texts.language()));
    card.words("PROGRAMME", reader.taxonomy().at(service.programme).public_label.in(texts.language()));
    card.icon("ICON", family_icon(reader.taxonomy(), service.programme));
    if (const auto& about = reader.taxonomy().at(service.programme).about) {
        card.words_if_any("ABOUT_IT", about->in(texts.language()));
    }
    if (service.site != k_no_index) {
        const auto& site = reader.sites()[service.site];
        card.set_if_any("ADDRESS", site.address);
        if (number && site.position) {
            View pin = card.section("PIN");
            pin.set("NUMBER", *number);
            View point = card.section("POINT");
            point.set("LON", decimal(site.position->lon, 6));
            point.set("LAT", decimal(site.position->lat, 6));
            point.set("NUMBER", *number);
        }
    }
    fill_badges(card, context, hit.service);
    fill_distance(card, reader, service, hit);
    fill_openness(card, context, asked, hit);
    fill_schedules(card, service);

    const std::string whom = for_whom_in_words(service, texts);
    if (whom.empty() && service.for_whom_text.empty()) {
        card.show("WHOM_UNKNOWN");
    }
    card.words_if_any("WHOM", whom);
    card.set_if_any("WHOM_TEXT", whom_in_own_words(service, texts));
    fill_terms(card, context, asked, service);
    const auto price = directory::price_for(service, asked.residents_of);
    const auto own_words = beyond_code<directory::Fee>(price.text);
    card.words_if_any("FEE", unless_said(texts.get("fee." + std::string(directory::code_of(price.fee))), own_words));
    card.set_if_any("FEE_TEXT", own_words);
    card.words("ENTRY", entry_in_words(service.entry, texts));
    card.set_if_any("ENTRY_TEXT", beyond_code<directory::Entry>(service.entry_text));
    // A number to ring looks like a booking; where one begins elsewhere the card says where, and the page has the
    // number.
    const bool is_elsewhere = begins_elsewhere(service.entry);
    card.show_if(is_elsewhere, "ELSEWHERE");
    card.show_if(service.phone.empty() && service.url.empty() && !is_elsewhere, "NO_CONTACT");
    if (!service.phone.empty() && !is_elsewhere) {
        View phone = card.section("PHONE");
        phone.set("NUMBER", service.phone);
        phone.set("NAME", service_name(reader, service, texts.language()));
    }
    if (service.last_confirmed_on) {
        card.words_if_any(
            "CONFIRMED", texts.with("card.confirmed_on", {{"date", date_in_words(*service.last_confirmed_on, texts)}}));
    }
    if (service.list != k_no_index) {
        const auto& list = reader.lists()[service.list];
        View source = card.section("SOURCE");
        source.set("LIST", directory::shown_name(list.name));
        source.words_if_any("AS_OF", list.as_of.empty()
                                         ? texts.get("source.no_date")
                                         : texts.with("source.as_of", {{"date", as_of_in_words(list.as_of, texts)}}));
    }
}

} // namespace shirube::server
