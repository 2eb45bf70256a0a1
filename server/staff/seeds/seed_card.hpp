// A seed or a need as one of a list.
#pragma once

#include "directory/seeds/seed.hpp"
#include "server/pages/links.hpp"
#include "server/pages/templates.hpp"
#include "server/staff/seeds/seed_titles.hpp"
#include "server/staff/seeds/seeds_desk.hpp"
#include "server/staff/seeds/seeds_words.hpp"

namespace shirube::server {

/// Fills templates/staff-seed-card.html.
void fill_seed_card(View card, const directory::Seed& seed, const SeedsDesk& desk, const SeedsWords& words,
                    const SeedTitles& titles, const Links& links, directory::Day today);

/// Whose it is and what tells it apart, and the way to it: NAME, WHAT and HREF.
void fill_seed_title(View view, const directory::Seed& seed, const SeedsWords& words, const SeedTitles& titles,
                     const Links& links);

/// Badges of its state, whose it is and who sees it: section BADGE with KIND and WORDS.
void fill_seed_badges(View view, const directory::Seed& seed, const SeedsDesk& desk, directory::Day today);

/// Role, telephone and mail: CONTACT, PHONE, MAIL.
void fill_seed_contact(View view, const directory::Seed& seed);

} // namespace shirube::server
