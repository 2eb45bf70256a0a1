#include "server/staff/seeds/seed_card.hpp"

#include "server/pages/words.hpp"

#include <string>

namespace shirube::server {

using directory::Seed;
using directory::SeedKind;
using directory::SeedState;

namespace {

void add_badge(View view, std::string_view kind, std::string_view text) {
    View badge = view.section("BADGE");
    badge.set("KIND", kind);
    badge.words("WORDS", view.texts().get(text));
}

} // namespace

void fill_seed_badges(View view, const Seed& seed, const SeedsDesk& desk, directory::Day today) {
    if (seed.state == SeedState::settled) {
        add_badge(view, "complete", "seeds.state_settled");
    } else if (seed.state == SeedState::withdrawn) {
        add_badge(view, "closed", "seeds.state_withdrawn");
    } else if (!stands(seed, today)) {
        add_badge(view, "suspended", "seeds.expired");
    }
    if (seed.owner == desk.owner) {
        add_badge(view, "planned", "seeds.own");
        add_badge(view, "reported", "seeds.sharing_" + std::string(code_of(seed.sharing)));
    }
}

void fill_seed_contact(View view, const Seed& seed) {
    view.set_if_any("CONTACT", seed.contact);
    view.set_if_any("PHONE", seed.phone);
    view.set_if_any("MAIL", seed.mail);
}

void fill_seed_title(View view, const Seed& seed, const SeedsWords& words, const SeedTitles& titles,
                     const Links& links) {
    view.set("HREF", links.to(address_of_seed(seed)));
    view.set("NAME", words.who(seed));
    view.words("WHAT", titles.what(seed));
}

void fill_seed_card(View card, const Seed& seed, const SeedsDesk& desk, const SeedsWords& words,
                    const SeedTitles& titles, const Links& links, directory::Day today) {
    const Texts& texts = card.texts();
    card.set("ID", seed.id);
    fill_seed_title(card, seed, words, titles, links);
    const std::string amount = words.amount(seed);
    card.words("AMOUNT", amount.empty() ? texts.get("seeds.amount_not_stated") : amount);
    card.words_if_any("STARTS", words.starts(seed));
    fill_seed_badges(card, seed, desk, today);
    if (stands(seed, today)) {
        View count = card.section(seed.kind == SeedKind::offer ? "WANTS" : "OFFERS");
        count.set("N", grouped(static_cast<std::int64_t>(in_same_family(seed, desk, words.reader, today))));
    }
}

} // namespace shirube::server
