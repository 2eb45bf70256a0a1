#include "server/staff/seeds/seeds_page.hpp"

#include "server/pages/page.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/desk_frame.hpp"
#include "server/staff/seeds/seed_card.hpp"
#include "server/staff/seeds/seed_titles.hpp"
#include "server/staff/seeds/seeds_desk.hpp"
#include "server/staff/seeds/seeds_words.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

namespace shirube::server {

namespace {

using directory::Seed;
using directory::SeedKind;

constexpr std::string_view k_home = "/staff/seeds";
constexpr std::size_t k_first = 6;
constexpr std::size_t k_a_page = 30;
constexpr std::size_t k_most_waiting_shown = 50;

std::string number(std::size_t count) { return grouped(static_cast<std::int64_t>(count)); }

/// What stands before what does not, the own municipality's before others'.
std::vector<const Seed*> in_order(const std::vector<Seed>& all, const std::string& owner, directory::Day today) {
    std::vector<const Seed*> order;
    order.reserve(all.size());
    for (const Seed& seed : all) {
        order.push_back(&seed);
    }
    std::ranges::stable_sort(order, [&](const Seed* a, const Seed* b) {
        const auto rank = [&](const Seed* seed) { return std::pair(!stands(*seed, today), seed->owner != owner); };
        return rank(a) < rank(b);
    });
    return order;
}

void fill_list(View part, std::string_view section, std::span<const Seed* const> shown, const SeedsDesk& desk,
               const SeedsWords& words, const SeedTitles& titles, const Links& links, directory::Day today) {
    for (const Seed* seed : shown) {
        fill_seed_card(part.include(section, "staff-seed-card.html"), *seed, desk, words, titles, links, today);
    }
}

void fill_part(View body, const char* name, const std::vector<Seed>& all, const SeedsDesk& desk,
               const SeedsWords& words, const SeedTitles& titles, const Links& links, directory::Day today) {
    const std::string prefix(name);
    const auto order = in_order(all, desk.owner, today);
    const auto shown = std::span(order).first(std::min(order.size(), k_first));
    body.show_if(all.empty(), "NO_" + prefix);
    fill_list(body, prefix, shown, desk, words, titles, links, today);
    if (order.size() > shown.size()) {
        View more = body.section("MORE_" + prefix);
        more.set("N", number(order.size()));
        more.set("HREF", links.to(prefix == "OFFERS" ? "/staff/seeds/offers" : "/staff/seeds/wants"));
    }
}

void fill_waiting(View body, const SeedsDesk& desk, const SeedsWords& words, const SeedTitles& titles,
                  const Links& links) {
    std::vector<const directory::Asking*> waiting;
    for (const auto& asking : desk.seen.askings) {
        if (asking.answer == directory::SeedAnswer::waiting && asking.owner == desk.owner) {
            waiting.push_back(&asking);
        }
    }
    if (waiting.empty()) {
        return;
    }
    View part = body.section("WAITING");
    part.set("N", number(waiting.size()));
    // The longest waiting first.
    std::ranges::reverse(waiting);
    for (const auto* asking : std::span(waiting).first(std::min(waiting.size(), k_most_waiting_shown))) {
        View item = part.section("WAITING_ITEM");
        item.set("ORGANIZATION", asking->organization);
        item.words("ON", date_in_words(asking->asked_on, body.texts()));
        if (const Seed* want = desk.seen.find(asking->want)) {
            fill_seed_title(item.section("ABOUT"), *want, words, titles, links);
        }
    }
}

void fill_counts(View body, const SeedsDesk& desk, const SeedsWords& words) {
    const auto counts = counts_of(desk.seen.askings);
    if (counts.askings == 0) {
        body.show("NOBODY_ASKED");
        return;
    }
    View part = body.section("COUNTS");
    part.set("ASKINGS", number(counts.askings));
    part.set("ORGANIZATIONS", number(counts.organizations));
    part.set("YES", number(counts.yes));
    part.set("DECLINED", number(counts.declined));
    part.set("LATER", number(counts.later));
    part.set("OPEN", number(counts.waiting));
    if (counts.reasons.empty()) {
        return;
    }
    View table = part.section("REASONS");
    table.set("BASE", number(counts.declined));
    table.set("BASE_ORGANIZATIONS", number(counts.declined_organizations));
    for (const auto& [reason, askings, organizations] : counts.reasons) {
        View row = table.section("REASON");
        row.words("REASON_NAME", words.reason(reason));
        row.set("TIMES", number(askings));
        row.set("BY", number(organizations));
    }
}

void begin(Page& page, std::string_view title) {
    page.style("styles/search.css");
    page.style("styles/service.css");
    page.style("styles/desk.css");
    page.style("styles/seeds.css");
    page.title(page.texts().get(title));
    page.never_keep();
}

void fill_buttons(View body, const SeedsDesk& desk, const Links& links) {
    if (desk.may_write) {
        View write = body.section("WRITE");
        write.set("NEW_OFFER", links.to("/staff/seeds/offers/new"));
        write.set("NEW_WANT", links.to("/staff/seeds/wants/new"));
    }
}

Answer overview(const StaffCall& call, const SeedsDesk& desk) {
    const auto& reader = call.context.reader();
    const auto today = call.context.now.day;
    Page page(call.request, call.context, "staff-seeds");
    begin(page, "seeds.heading");
    View& body = page.body();
    const auto facts = facts_of(reader, today);
    const SeedsWords words{reader, *facts, page.texts()};
    const SeedTitles titles(desk.seen, words);
    body.show_if(desk.owner.empty(), "OF_NOBODY");
    fill_buttons(body, desk, page.links());
    fill_waiting(body, desk, words, titles, page.links());
    fill_part(body, "WANTS", desk.seen.wants, desk, words, titles, page.links(), today);
    fill_part(body, "OFFERS", desk.seen.offers, desk, words, titles, page.links(), today);
    fill_counts(body, desk, words);
    for (const char* of : {"offers", "wants", "askings"}) {
        View file = body.section("FILE");
        file.words("FILE_NAME", page.texts().get(std::string("seeds.file_") + of));
        file.set("CSV", address("/api/v1/staff/seeds", {{"of", of}, {"f", "csv"}}));
    }
    body.set("JSON", "/api/v1/staff/seeds");
    return page.finish();
}

Answer list_page(const StaffCall& call, const SeedsDesk& desk, SeedKind kind) {
    const auto& reader = call.context.reader();
    const auto today = call.context.now.day;
    const bool is_offers = kind == SeedKind::offer;
    Page page(call.request, call.context, "staff-seeds-list");
    begin(page, is_offers ? "seeds.offers" : "seeds.wants");
    View& body = page.body();
    const auto facts = facts_of(reader, today);
    const SeedsWords words{reader, *facts, page.texts()};
    body.set("HOME", page.links().to(k_home));
    body.show(is_offers ? "IS_OFFERS" : "IS_WANTS");
    fill_buttons(body, desk, page.links());
    const auto order = in_order(is_offers ? desk.seen.offers : desk.seen.wants, desk.owner, today);
    const auto shown = fill_pages(body, page.links(), call.request,
                                  is_offers ? "/staff/seeds/offers" : "/staff/seeds/wants", order.size(), k_a_page);
    fill_list(body, "CARDS", std::span(order).subspan(shown.first, shown.count), desk, words,
              SeedTitles(desk.seen, words), page.links(), today);
    return page.finish();
}

} // namespace

Answer seeds_page(const StaffCall& call) { return with_seeds(call, overview); }

Answer offers_page(const StaffCall& call) {
    return with_seeds(call,
                      [](const StaffCall& of, const SeedsDesk& desk) { return list_page(of, desk, SeedKind::offer); });
}

Answer wants_page(const StaffCall& call) {
    return with_seeds(call,
                      [](const StaffCall& of, const SeedsDesk& desk) { return list_page(of, desk, SeedKind::want); });
}

} // namespace shirube::server
