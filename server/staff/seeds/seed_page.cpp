#include "server/staff/seeds/seed_page.hpp"

#include "directory/seeds/seed_reading.hpp"
#include "server/pages/page.hpp"
#include "server/pages/words.hpp"
#include "server/staff/seeds/asking_form.hpp"
#include "server/staff/seeds/seed_card.hpp"
#include "server/staff/seeds/seed_titles.hpp"
#include "server/staff/seeds/seeds_desk.hpp"
#include "server/staff/seeds/seeds_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

namespace shirube::server {

namespace {

using directory::Asking;
using directory::Seed;
using directory::SeedFit;
using directory::SeedKind;

constexpr std::size_t k_most_matches = 30;
constexpr std::size_t k_most_askings = 200;

/// What a form was refused for, and what was typed into it.
struct Refused {
    std::vector<directory::SeedProblem> problems;
    Query typed;
    unsigned status = 422;
};

class SeedPage {
  public:
    SeedPage(const StaffCall& call, const SeedsDesk& desk, const Seed& seed, const Refused* refused)
        : call_(call),
          desk_(desk),
          seed_(seed),
          refused_(refused),
          today_(call.context.now.day),
          facts_(facts_of(call.context.reader(), today_)),
          page_(call.request, call.context, "staff-seed"),
          words_{call.context.reader(), *facts_, page_.texts()},
          titles_(desk.seen, words_) {}

    Answer finish() {
        begin();
        fill_facts();
        fill_matches();
        fill_log();
        fill_other();
        page_.never_keep();
        return page_.finish(refused_ == nullptr ? 200 : refused_->status);
    }

  private:
    [[nodiscard]] bool is_offer() const { return seed_.kind == SeedKind::offer; }
    [[nodiscard]] View& body() { return page_.body(); }
    [[nodiscard]] const Texts& texts() const { return page_.texts(); }

    void begin() {
        for (const char* style : {"search", "service", "desk", "seeds"}) {
            page_.style(fmt::format("styles/{}.css", style));
        }
        page_.title(titles_.whole(seed_));
        page_.offer_languages_at(address_of_seed(seed_), {});
        body().set("HOME", page_.links().to("/staff/seeds"));
        body().set("NAME", words_.who(seed_));
        body().words("WHAT", titles_.what(seed_));
        body().show(is_offer() ? "IS_OFFER" : "IS_WANT");
        fill_seed_badges(body(), seed_, desk_, today_);
        if (desk_.owns(seed_)) {
            body().section("EDIT").set("HREF", page_.links().to(address_of_seed(seed_) + "/edit"));
        }
        body().show_if(call_.request.parameter("kept").has_value() && refused_ == nullptr, "KEPT");
        if (refused_ != nullptr) {
            body().show("NOT_KEPT");
        }
    }

    void fill_facts() {
        for (const auto& [term, said] : words_.facts_of(seed_)) {
            View fact = body().section("FACT");
            fact.words("TERM", term);
            fact.words_if_any("WORDS", said);
            fact.show_if(said.empty(), "UNKNOWN");
        }
        body().set_if_any("TERMS", seed_.terms);
        body().set_if_any("NOTE", seed_.note);
        fill_seed_contact(body().section("HOW"), seed_);
        body().words("AS_OF", date_in_words(seed_.as_of, texts()));
        body().set("ENTERED_BY", facts_->municipality_name(seed_.owner));
        body().set_if_any("SOURCE", seed_.source);
    }

    void fill_matches() {
        if (!stands(seed_, today_)) {
            body().show("ENDED");
            return;
        }
        View part = body().section("MATCHES");
        part.show(is_offer() ? "OF_OFFER" : "OF_WANT");
        std::vector<Seed> others;
        const auto all = ranked_for(seed_, desk_, call_.context.reader(), today_, others);
        part.show_if(all.empty(), "NO_MATCH");
        for (std::size_t i = 0; i < std::min(all.size(), k_most_matches); ++i) {
            fill_match(part.section("MATCH"), others[all[i].other], all[i], i + 1);
        }
        if (all.size() > k_most_matches) {
            part.section("MORE").set("N", grouped(static_cast<std::int64_t>(all.size() - k_most_matches)));
        }
    }

    void fill_match(View item, const Seed& other, const directory::RankedSeed& of, std::size_t place) {
        const Seed& offer = is_offer() ? seed_ : other;
        const Seed& want = is_offer() ? other : seed_;
        item.set("ID", other.id);
        item.set("PLACE", place);
        fill_seed_title(item, other, words_, titles_, page_.links());
        for (const auto& reason :
             {words_.programme_fit(of.match), words_.area_fit(of.match), words_.distance(of.match)}) {
            item.section("HEAD").words("WORDS", reason);
        }
        for (const auto fit : {SeedFit::fits, SeedFit::partly, SeedFit::differs, SeedFit::unknown}) {
            for (const auto criterion : directory::k_seed_criteria) {
                if (of.match.fit(criterion) == fit) {
                    View reason = item.section("REASON");
                    reason.set("FIT", code_of(fit));
                    reason.words("WORDS", words_.fit(criterion, fit, offer, want));
                }
            }
        }
        fill_seed_contact(item.section("MATCH_HOW"), other);
        if (const auto* last = desk_.seen.last_between(offer.id, want.id)) {
            View asked = item.section("ASKED");
            asked.words("ANSWER", words_.answer(*last));
            asked.words("ON", date_in_words(last->answered_on.value_or(last->asked_on), texts()));
        }
        if (desk_.may_ask(offer, want)) {
            const bool is_typed = refused_ != nullptr && field_of(refused_->typed, "offer") == offer.id &&
                                  field_of(refused_->typed, "want") == want.id;
            View form = item.include("ASK", "staff-seed-ask.html");
            form.set("ABOUT", titles_.whole(other));
            fill_asking_form(form, {.offer = offer.id, .want = want.id, .from = is_offer() ? "offer" : "want"},
                             form_of(other.id, is_typed));
        }
    }

    /// A form with what was typed into it, where it was this one.
    AskingForm form_of(const std::string& suffix, bool is_typed) {
        return {.links = page_.links(),
                .csrf = call_.who.csrf,
                .suffix = suffix,
                .today = today_,
                .typed = is_typed ? &refused_->typed : nullptr,
                .problems = is_typed ? &refused_->problems : nullptr};
    }

    void fill_log() {
        std::vector<const Asking*> log;
        for (const Asking& asking : desk_.seen.askings) {
            if ((is_offer() ? asking.offer : asking.want) == seed_.id) {
                log.push_back(&asking);
            }
        }
        body().show_if(log.empty(), "NO_LOG");
        for (std::size_t i = 0; i < std::min(log.size(), k_most_askings); ++i) {
            fill_entry(body().section("ENTRY"), *log[i]);
        }
    }

    void fill_entry(View entry, const Asking& asking) {
        entry.set("ID", asking.id);
        entry.set("ORGANIZATION", asking.organization);
        entry.set("ASKED_BY", facts_->municipality_name(asking.owner) + " " + asking.asked_by);
        entry.words("ON", date_in_words(asking.asked_on, texts()));
        entry.words("ANSWER", words_.answer(asking));
        entry.set("ANSWER_CODE", code_of(asking.answer));
        if (asking.answered_on) {
            entry.words("ANSWERED_ON", date_in_words(*asking.answered_on, texts()));
            entry.show("ANSWERED_ON_SHOWN");
        }
        entry.set_if_any("SAID", asking.words);
        if (const Seed* want = is_offer() ? desk_.seen.find(asking.want) : nullptr) {
            fill_seed_title(entry.section("ABOUT"), *want, words_, titles_, page_.links());
        }
        const bool is_open =
            asking.answer == directory::SeedAnswer::waiting || asking.answer == directory::SeedAnswer::later;
        if (is_open && desk_.may_answer(asking)) {
            const bool is_typed = refused_ != nullptr && field_of(refused_->typed, "asking") == asking.id;
            View form = entry.include("ANSWER_FORM", "staff-seed-answer.html");
            form.set("ABOUT", asking.organization + " " + date_in_words(asking.asked_on, texts()));
            fill_answer_form(form, asking, is_offer() ? "offer" : "want", form_of(asking.id, is_typed));
        }
    }

    /// Somebody of whom nothing is offered may be asked about a want too.
    void fill_other() {
        if (is_offer() || !desk_.owns(seed_) || !stands(seed_, today_)) {
            return;
        }
        View part = body().section("ASK_OTHER");
        const bool is_typed = refused_ != nullptr && field_of(refused_->typed, "want") == seed_.id &&
                              field_of(refused_->typed, "offer").empty();
        part.show_if(is_typed, "OTHER_OPEN");
        View form = part.include("OTHER", "staff-seed-ask.html");
        fill_asking_form(form, {.offer = {}, .want = seed_.id, .from = "want"}, form_of("other", is_typed));
    }

    const StaffCall& call_;
    const SeedsDesk& desk_;
    const Seed& seed_;
    const Refused* refused_;
    directory::Day today_;
    std::shared_ptr<const EditionFacts> facts_;
    Page page_;
    SeedsWords words_;
    SeedTitles titles_;
};

Answer page_of(const StaffCall& call, const SeedsDesk& desk, SeedKind kind) {
    const Seed* seed = desk.seen.find(call.parts[0]);
    return seed == nullptr || seed->kind != kind ? no_such_seed(call) : SeedPage(call, desk, *seed, nullptr).finish();
}

/// The page that a form was sent from, again.
Answer refused_on(const StaffCall& call, const SeedsDesk& desk, const Seed& seed, const Refused& refused) {
    return SeedPage(call, desk, seed, &refused).finish();
}

Answer kept_on(const Seed& seed) { return see_other(address_of_seed(seed) + "?kept=1"); }

Answer post_new_asking(const StaffCall& call, const SeedsDesk& desk) {
    const auto fields = posted_fields(call.request).value_or(Query{});
    const Seed* want = desk.seen.find(field_of(fields, "want"));
    const Seed* offer = desk.seen.find(field_of(fields, "offer"));
    const bool names_offer = !field_of(fields, "offer").empty();
    const bool is_known = want != nullptr && want->kind == SeedKind::want &&
                          (!names_offer || (offer != nullptr && offer->kind == SeedKind::offer));
    if (!is_known || !(names_offer ? desk.may_ask(*offer, *want) : desk.owns(*want))) {
        return no_such_seed(call);
    }
    const Seed& from = names_offer && field_of(fields, "from") == "offer" ? *offer : *want;
    auto texts = asking_texts(fields);
    if (names_offer) {
        texts["organization"] = offer->organization;
    }
    auto asking = directory::read_asking(texts, call.context.now.day);
    if (!asking) {
        return refused_on(call, desk, from, {asking.error(), fields});
    }
    asking->owner = desk.owner;
    asking->want = want->id;
    asking->offer = names_offer ? offer->id : std::string{};
    asking->kept_for = std::max(directory::class_of_organization(asking->organization, call.context.reader()),
                                directory::Visibility::staff);
    auto book = directory::SeedBook::open(directory::seeds_beside(call.desk.store()));
    const auto kept = book.ask(*asking);
    if (!kept) {
        return refused_on(call, desk, from, {{{"organization", "full"}}, fields, 409});
    }
    call.accounts.audit(call.actor(), directory::AuditAction::import, "seeds asking " + *kept, call.now_s);
    return kept_on(from);
}

Answer post_answer_of(const StaffCall& call, const SeedsDesk& desk) {
    auto fields = posted_fields(call.request).value_or(Query{});
    const auto found = std::ranges::find(desk.seen.askings, call.parts[0], &Asking::id);
    if (found == desk.seen.askings.end() || !desk.may_answer(*found)) {
        return no_such_seed(call);
    }
    const Seed* want = desk.seen.find(found->want);
    const Seed* offer = desk.seen.find(found->offer);
    const Seed* from = field_of(fields, "from") == "offer" && offer != nullptr ? offer : want;
    if (from == nullptr) {
        return no_such_seed(call);
    }
    fields.emplace_back("asking", found->id);
    auto texts = asking_texts(fields);
    texts["organization"] = found->organization;
    texts["asked_by"] = found->asked_by;
    texts["asked_on"] = directory::to_string(found->asked_on);
    auto read = directory::read_asking(texts, call.context.now.day);
    if (!read) {
        return refused_on(call, desk, *from, {read.error(), fields});
    }
    auto book = directory::SeedBook::open(directory::seeds_beside(call.desk.store()));
    if (!book.answer(found->id, read->answer, read->reason, read->words, read->answered_on)) {
        return no_such_seed(call);
    }
    call.accounts.audit(call.actor(), directory::AuditAction::import, "seeds answer " + found->id, call.now_s);
    return kept_on(*from);
}

} // namespace

Answer offer_page(const StaffCall& call) {
    return with_seeds(call,
                      [](const StaffCall& of, const SeedsDesk& desk) { return page_of(of, desk, SeedKind::offer); });
}

Answer want_page(const StaffCall& call) {
    return with_seeds(call,
                      [](const StaffCall& of, const SeedsDesk& desk) { return page_of(of, desk, SeedKind::want); });
}

Answer post_asking(const StaffCall& call) { return with_seeds(call, post_new_asking); }

Answer post_asking_answer(const StaffCall& call) { return with_seeds(call, post_answer_of); }

} // namespace shirube::server
