#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/search/ask_form.hpp"
#include "server/pages/search/beside.hpp"
#include "server/pages/search/card.hpp"
#include "server/pages/search/conditions.hpp"
#include "server/pages/service/station_access.hpp"
#include "server/pages/words.hpp"
#include "server/search_query.hpp"

#include <algorithm>

namespace shirube::server {

namespace {

using directory::SearchQuery;
using directory::SearchResult;

/// As many as a thumb goes through; programs get twenty unless they ask for more.
constexpr std::size_t k_few_enough = 10;

/// The parameters of the JSON API that ask the same.
Query for_the_api(const Query& query) { return without(without(query, "lang"), "cursor"); }

void fill_words_or_name(View view, const Condition& condition) {
    view.words_if_any("WORDS", condition.words);
    view.set_if_any("NAME", condition.own_name);
}

void fill_relaxation(View list, const Links& links, const Relaxation& relaxation) {
    View item = list.section("RELAXATION");
    fill_words_or_name(item, relaxation.dropped);
    item.set("N", grouped(static_cast<std::int64_t>(relaxation.number_matched)));
    item.set("HREF", links.to("/search", relaxation.dropped.without));
}

void fill_chips(View body, const Links& links, const Query& query, const Context& context) {
    const auto conditions = conditions_of(query, context, body.texts());
    body.show_if(!conditions.empty(), "CHIPS");
    for (const auto& condition : conditions) {
        View chip = body.section("CHIP");
        fill_words_or_name(chip, condition);
        chip.set("HREF", links.to("/search", condition.without));
    }
}

/// The station that stands for the place, where it is as good as there.
std::string station_there(const directory::Reader& reader, geo::LonLat near) {
    constexpr double k_there_m = 400;
    const auto station = reader.nearest_landmark(directory::LandmarkKind::station, near, k_there_m);
    if (!station) {
        return {};
    }
    return station_name(reader.landmarks()[station->landmark].reading);
}

void fill_place(View body, const Context& context, const Links& links, const Query& query, const SearchQuery& asked) {
    if (!asked.near) {
        return;
    }
    View place = body.section("PLACE");
    const std::string name = place_name(context.reader(), *asked.near);
    const std::string station = station_there(context.reader(), *asked.near);
    place.set("STATION", station);
    place.set("NAME", name);
    if (station.empty()) {
        place.show(name.empty() ? "OUTSIDE" : "AT_NAME");
    } else {
        place.show(name.empty() ? "AT_STATION" : "AT_STATION_NAMED");
    }
    place.set("HREF",
              links.to("/search", without(without(without(without(query, "near"), "radius"), "cursor"), "sort")));
}

/// Which order the list stands in, and why.
void fill_ranking(View body, const SearchQuery& asked) {
    if (asked.sort == directory::Sort::best) {
        const bool leaves_open = asked.asks_for_time() || asked.age;
        body.show(leaves_open ? "BY_WAY" : "BY_DISTANCE");
    } else {
        body.show(asked.sort == directory::Sort::distance ? "BY_DISTANCE" : "BY_NAME");
    }
}

/// Few were found: what one condition less would find, so that nobody goes home with one address.
void fill_more(View body, const Context& context, const Links& links, const Query& query, std::size_t found) {
    constexpr std::size_t k_few = 3;
    constexpr std::size_t k_most = 4;
    if (found == 0 || found > k_few) {
        return;
    }
    auto possible = relaxations(query, context, body.texts());
    std::erase_if(possible, [&](const Relaxation& each) { return each.number_matched <= found; });
    possible.resize(std::min(possible.size(), k_most));
    if (possible.empty()) {
        return;
    }
    View more = body.section("MORE_WITHOUT");
    for (const auto& relaxation : possible) {
        fill_relaxation(more, links, relaxation);
    }
}

/// Nothing near: said, so that the first of the list is not taken for a neighbour.
void fill_far_away(View body, const SearchQuery& asked, const SearchResult& result) {
    constexpr int k_near_km = 5;
    const bool by_distance = asked.near && asked.offset == 0 &&
                             (asked.sort == directory::Sort::distance || asked.sort == directory::Sort::best);
    if (by_distance && !result.hits.empty() && result.hits.front().distance_m > k_near_km * 1000) {
        body.section("FAR_AWAY").set("KM", k_near_km);
    }
}

void fill_cards(View body, const Context& context, const Links& links, const SearchQuery& asked,
                const SearchResult& result) {
    for (std::size_t i = 0; i < result.hits.size(); ++i) {
        fill_card(body.section("ITEM").include("CARD", "card.html"), context, links, asked, result.hits[i],
                  asked.offset + i + 1);
    }
}

void fill_without_position(View body, const Context& context, const Links& links, const SearchQuery& asked,
                           const SearchResult& result) {
    // They belong to the answer as a whole, not to each of its pages.
    if (result.without_position.empty() || asked.offset > 0) {
        return;
    }
    View section = body.section("WITHOUT_POSITION");
    section.set("N", grouped(static_cast<std::int64_t>(result.without_position_matched)));
    for (const auto& hit : result.without_position) {
        fill_card(section.section("ITEM").include("CARD", "card.html"), context, links, asked, hit, std::nullopt);
    }
    if (result.without_position.size() < result.without_position_matched) {
        section.section("MORE").set(
            "N", grouped(static_cast<std::int64_t>(result.without_position_matched - result.without_position.size())));
    }
}

void fill_nothing_found(View body, const Context& context, const Links& links, const Query& query) {
    View nothing = body.section("NOTHING");
    const auto possible = relaxations(query, context, body.texts());
    nothing.show(possible.empty() ? "NO_RELAXATION" : "RELAXATIONS");
    for (const auto& relaxation : possible) {
        fill_relaxation(nothing, links, relaxation);
    }
    nothing.set("HOME", links.to("/"));
}

void fill_pager(View body, const Context& context, const Links& links, const Query& query, const SearchQuery& asked,
                const SearchResult& result) {
    const std::size_t shown_to = asked.offset + result.hits.size();
    if (asked.offset == 0 && shown_to >= result.number_matched) {
        return;
    }
    View pager = body.section("PAGER");
    pager.set("FROM", grouped(static_cast<std::int64_t>(asked.offset + 1)));
    pager.set("TO", grouped(static_cast<std::int64_t>(shown_to)));
    pager.set("N", grouped(static_cast<std::int64_t>(result.number_matched)));
    if (asked.offset > 0) {
        pager.section("FIRST").set("HREF", links.to("/search", without(query, "cursor")));
    }
    if (shown_to < result.number_matched) {
        pager.section("NEXT").set("HREF", next_page(links.path("/search"), query, context.reader(), asked));
    }
}

void fill_map(View body, const directory::Reader& reader, const SearchQuery& asked, const SearchResult& result) {
    if (result.hits.empty()) {
        return;
    }
    View map = body.section("MAP");
    if (const auto* layer = usual_layer(reader)) {
        map.section("GROUND").set("LAYER", layer->code);
    }
    if (asked.near) {
        View near = map.section("NEAR");
        near.set("LON", decimal(asked.near->lon, 3));
        near.set("LAT", decimal(asked.near->lat, 3));
    }
}

/// What was asked is no question: the sentence, and the form to ask again.
Answer problem_page(const Request& request, const Context& context, const Problem& problem) {
    return error_page(request, &context, status_of(problem), title_of(problem, context.language));
}

} // namespace

Answer search_page(const Request& given, const Context& context) {
    Request request = given; // whose links hold what was understood alone
    request.query = search_parameters_of(given.query);
    const Query query = with_rounded_point(request.query);
    auto asked = read_search_query(query, context.reader(), context.now);
    if (!asked) {
        return problem_page(request, context, asked.error());
    }
    if (!request.parameter("limit")) {
        asked->limit = k_few_enough;
    }
    // People want what is surely there for them; programs say what order they want.
    const bool is_ranked = asked->near && !request.parameter("sort");
    if (is_ranked) {
        asked->sort = directory::Sort::best;
    }
    const SearchResult result = context.reader().search(*asked);

    Page page(request, context, "search");
    page.style("styles/search.css");
    page.style("styles/map.css");
    page.script("scripts/search.js");
    Query data = for_the_api(query);
    if (!request.parameter("limit")) {
        data = with(data, "limit", std::to_string(k_few_enough));
    }
    page.data_link(address("/api/v1/resources", is_ranked ? with(data, "sort", "best") : data));
    View& body = page.body();
    const Texts& texts = page.texts();
    const std::string count =
        grouped(static_cast<std::int64_t>(result.number_matched + result.without_position_matched));
    const bool nothing = result.number_matched == 0 && result.without_position_matched == 0;
    page.title(nothing ? texts.get("search.title_nothing") : texts.with("search.title", {{"n", count}}));
    if (nothing) {
        body.show("HEADING_NOTHING");
    } else {
        body.section("HEADING").set("N", count);
        fill_ranking(body, *asked);
    }
    fill_place(body, context, page.links(), query, *asked);
    fill_far_away(body, *asked, result);
    fill_chips(body, page.links(), query, context);
    fill_ask_form(body, context, page.links(), query);
    if (nothing) {
        fill_nothing_found(body, context, page.links(), without(query, "cursor"));
    }
    fill_cards(body, context, page.links(), *asked, result);
    fill_without_position(body, context, page.links(), *asked, result);
    fill_more(body, context, page.links(), without(query, "cursor"),
              result.number_matched + result.without_position_matched);
    fill_agency(body, context, page.links(), *asked);
    fill_farther(body, context, page.links(), *asked, result);
    fill_next(body, context, page.links(), query, *asked);
    if (context.staff == nullptr && result.number_matched > 0) {
        body.section("LEAFLET").set("HREF", page.links().to("/leaflet", without(for_the_api(query), "limit")));
    }
    fill_pager(body, context, page.links(), query, *asked, result);
    if (context.staff == nullptr) {
        fill_map(body, context.reader(), *asked, result);
    } else {
        body.show("STAFF_NOTE");
    }
    page.depends_on(at_this_minute(context));
    return page.finish();
}

} // namespace shirube::server
