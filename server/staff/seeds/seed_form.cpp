#include "server/staff/seeds/seed_form.hpp"

#include "directory/seeds/seed_book.hpp"
#include "directory/seeds/seed_reading.hpp"
#include "server/numbers.hpp"
#include "server/pages/page.hpp"
#include "server/staff/refusal.hpp"
#include "server/staff/seeds/asking_form.hpp"
#include "server/staff/seeds/seed_form_view.hpp"
#include "server/staff/seeds/seed_titles.hpp"
#include "server/staff/seeds/seeds_desk.hpp"
#include "server/staff/seeds/seeds_words.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>
#include <vector>

namespace shirube::server {

namespace {

using directory::Seed;
using directory::SeedKind;
using directory::SeedProblem;
using directory::SeedTexts;

std::string home_of(SeedKind kind) { return kind == SeedKind::offer ? "/staff/seeds/offers" : "/staff/seeds/wants"; }

struct Form {
    SeedKind kind = SeedKind::offer;
    const Seed* before = nullptr; ///< null: a new one
    SeedTexts texts{};
    std::vector<SeedProblem> problems{};
    unsigned status = 200;
};

/// Which one is changed: NAME and WHAT of the heading, and the title.
void fill_edited(Page& page, const StaffCall& call, const SeedsDesk& desk, const Seed& seed) {
    const auto facts = facts_of(call.context.reader(), call.context.now.day);
    const SeedsWords words{call.context.reader(), *facts, page.texts()};
    const SeedTitles titles(desk.seen, words);
    page.title(
        page.texts().with("seeds.title", {{"who", page.texts().get("seeds.edit")}, {"what", titles.whole(seed)}}));
    View edited = page.body().section("EDITS");
    edited.set("NAME", words.who(seed));
    edited.words("WHAT", titles.what(seed));
}

Answer form_page(const StaffCall& call, const SeedsDesk& desk, const Form& form) {
    const bool is_offer = form.kind == SeedKind::offer;
    Page page(call.request, call.context, "staff-seed-form");
    page.style("styles/desk.css");
    page.style("styles/seeds.css");
    const Texts& texts = page.texts();
    const std::string address =
        form.before == nullptr ? home_of(form.kind) + "/new" : address_of_seed(*form.before) + "/edit";
    page.offer_languages_at(address, {});
    View& body = page.body();
    body.set("HOME", page.links().to("/staff/seeds"));
    body.set("ACTION", page.links().to(address));
    body.set("CSRF", call.who.csrf);
    if (form.before == nullptr) {
        page.title(texts.get(is_offer ? "seeds.new_offer" : "seeds.new_want"));
        body.show(is_offer ? "NEW_OFFER" : "NEW_WANT");
    } else {
        fill_edited(page, call, desk, *form.before);
        body.section("OVER").set("VERSION", form.before->version);
    }
    fill_seed_form(body, call.context, form.kind, form.texts, form.problems);
    page.never_keep();
    return page.finish(form.status);
}

Answer nobody_may(const StaffCall& call) {
    return refusal_page(call.request, &call.context, call.context.language,
                        {403, "error.forbidden", "seeds.no_municipality", "seeds.heading", "/staff/seeds"});
}

SeedTexts texts_at_first(const StaffCall& call) {
    SeedTexts texts;
    texts["as_of"] = directory::to_string(call.context.now.day);
    texts["sharing"] = "own";
    texts["state"] = "open";
    return texts;
}

Answer kept(const StaffCall& call, const SeedsDesk& desk, Form form, std::int64_t over) {
    auto read = directory::read_seed(form.kind, form.texts, call.context.reader(), desk.owner, call.context.now.day);
    if (!read) {
        form.problems = std::move(read.error());
        form.status = 422;
        return form_page(call, desk, form);
    }
    if (form.before != nullptr) {
        read->id = form.before->id;
        read->version = over;
    }
    auto book = directory::SeedBook::open_or_create(directory::seeds_beside(call.desk.store()));
    const auto done = book.keep(*read);
    if (!done) {
        form.problems = {{"key", done.error() == directory::SeedRefusal::full ? "full" : "changed"}};
        form.status = 409;
        return form_page(call, desk, form);
    }
    call.accounts.audit(call.actor(), directory::AuditAction::import,
                        fmt::format("seeds {} {}", code_of(form.kind), done->id), call.now_s);
    read->id = done->id;
    return see_other(address_of_seed(*read) + "?kept=1");
}

template <SeedKind Kind>
Answer show_new(const StaffCall& call, const SeedsDesk& desk) {
    return desk.may_write ? form_page(call, desk, {.kind = Kind, .texts = texts_at_first(call)}) : nobody_may(call);
}

template <SeedKind Kind>
Answer post_new(const StaffCall& call, const SeedsDesk& desk) {
    const auto fields = posted_fields(call.request).value_or(Query{});
    return desk.may_write ? kept(call, desk, {.kind = Kind, .texts = seed_form_texts(fields)}, 0) : nobody_may(call);
}

const Seed* own_seed(const StaffCall& call, const SeedsDesk& desk, SeedKind kind) {
    const Seed* seed = desk.seen.find(call.parts[0]);
    return seed != nullptr && seed->kind == kind && desk.owns(*seed) ? seed : nullptr;
}

template <SeedKind Kind>
Answer show_edit(const StaffCall& call, const SeedsDesk& desk) {
    const Seed* seed = own_seed(call, desk, Kind);
    return seed == nullptr ? no_such_seed(call)
                           : form_page(call, desk, {.kind = Kind, .before = seed, .texts = texts_of(*seed)});
}

template <SeedKind Kind>
Answer post_edit(const StaffCall& call, const SeedsDesk& desk) {
    const Seed* seed = own_seed(call, desk, Kind);
    if (seed == nullptr) {
        return no_such_seed(call);
    }
    const auto fields = posted_fields(call.request).value_or(Query{});
    return kept(call, desk, {.kind = Kind, .before = seed, .texts = seed_form_texts(fields)},
                parse_digits(field_of(fields, "over")).value_or(-1));
}

} // namespace

Answer new_offer_page(const StaffCall& call) { return with_seeds(call, show_new<SeedKind::offer>); }
Answer new_want_page(const StaffCall& call) { return with_seeds(call, show_new<SeedKind::want>); }
Answer post_new_offer(const StaffCall& call) { return with_seeds(call, post_new<SeedKind::offer>); }
Answer post_new_want(const StaffCall& call) { return with_seeds(call, post_new<SeedKind::want>); }
Answer edit_offer_page(const StaffCall& call) { return with_seeds(call, show_edit<SeedKind::offer>); }
Answer edit_want_page(const StaffCall& call) { return with_seeds(call, show_edit<SeedKind::want>); }
Answer post_offer(const StaffCall& call) { return with_seeds(call, post_edit<SeedKind::offer>); }
Answer post_want(const StaffCall& call) { return with_seeds(call, post_edit<SeedKind::want>); }

} // namespace shirube::server
