#include "server/pages/staff_part.hpp"

#include "server/pages/edition_facts.hpp"
#include "server/pages/figures.hpp"
#include "server/pages/words.hpp"

#include <string>

namespace shirube::server {

namespace {

void add_fact(View part, std::string_view term, std::string_view text) {
    if (!text.empty()) {
        View fact = part.section("STAFF_FACT");
        fact.words("TERM", part.texts().get(term));
        fact.set("TEXT", text);
    }
}

void add_note(View part, const std::string& words) { part.section("NOTE").words("WORDS", words); }

void add_said(View part, const directory::StaffReading& said) {
    const Texts& texts = part.texts();
    add_fact(part, "staff.referral_route", said.referral_route);
    if (said.vacancy) {
        const std::string n = grouped(*said.vacancy);
        add_fact(part, "staff.vacancy",
                 said.vacancy_on
                     ? texts.with("staff.vacancy_value", {{"n", n}, {"date", date_in_words(*said.vacancy_on, texts)}})
                     : texts.with("staff.vacancy_undated", {{"n", n}}));
    }
    add_fact(part, "staff.contact", said.contact);
    std::string withheld;
    for (const auto field : said.withheld) {
        withheld += withheld.empty() ? "" : texts.language() == "en" ? ", " : "、";
        withheld += texts.language() == "en" ? directory::code_of(field) : directory::label_of(field);
    }
    add_fact(part, "staff.withheld", withheld);
}

} // namespace

void fill_staff_part(View body, const Context& context, std::uint32_t index) {
    const auto& reader = context.reader();
    const auto& service = reader.services()[index];
    const auto& site = reader.sites()[service.site];
    const bool is_renamed = !site.official_name.empty() && site.official_name != site.name;
    // A badge beside the name says already that it is hidden.
    const bool is_hidden = service.visibility != directory::Visibility::everyone;
    const bool is_of_others =
        is_hidden && !reader.audience().is_public() && service.owner != reader.audience().owners.front().owner;
    if (!is_of_others && !service.staff && !is_renamed) {
        return;
    }
    View part = body.section("STAFF_PART");
    const Texts& texts = part.texts();
    if (is_of_others) {
        const auto facts = facts_of(reader, context.now.day);
        add_note(part, texts.with("staff.shared_by", {{"name", facts->municipality_name(service.owner)}}));
    }
    if (is_renamed) {
        add_fact(part, "staff.official_name", site.official_name);
    }
    if (!service.staff) {
        return;
    }
    if (service.staff->place_is_for_staff) {
        add_note(part, texts.get("staff.place_for_staff"));
    }
    for (const auto& said : service.staff->says) {
        add_said(part, said);
    }
    if (const auto& consent = service.staff->consent) {
        add_fact(part, "staff.consent",
                 texts.with("staff.consent_value", {{"by", consent->by}, {"date", date_in_words(consent->on, texts)}}));
    }
}

} // namespace shirube::server
