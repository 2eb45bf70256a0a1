#include "server/pages/ask_form.hpp"
#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace shirube::server {

namespace {

constexpr std::size_t k_most_choices = 12;
/// A form of ours is far smaller; nobody types so long an address.
constexpr std::size_t k_longest_place = 300;

/// What a visitor may have meant.
struct Choice {
    std::string name;
    std::string detail;
    std::string address;
};

/// 0.001° is about 100 m: enough to sort by distance, too coarse to tell a house.
std::string rounded(geo::LonLat point) { return fmt::format("{:.3f},{:.3f}", point.lon, point.lat); }

std::string near_address(const Links& links, const Query& search, geo::LonLat point) {
    return links.to("/search", with(search, "near", rounded(point)));
}

Answer see_other(std::string location) {
    Answer answer;
    answer.status = 303;
    answer.content_type = "text/plain; charset=utf-8";
    answer.caching = Caching::none;
    answer.headers.emplace_back("Location", std::move(location));
    return answer;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view k_wide_blank = "\u3000";
    while (true) {
        if (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
            text.remove_prefix(1);
        } else if (!text.empty() && (text.back() == ' ' || text.back() == '\t')) {
            text.remove_suffix(1);
        } else if (text.starts_with(k_wide_blank)) {
            text.remove_prefix(k_wide_blank.size());
        } else if (text.ends_with(k_wide_blank)) {
            text.remove_suffix(k_wide_blank.size());
        } else {
            return text;
        }
    }
}

std::vector<Choice> towns(const std::vector<importers::Location>& found, const Links& links, const Query& search) {
    std::vector<Choice> out;
    out.reserve(found.size());
    for (const auto& town : found) {
        const bool is_whole = town.matched.empty(); // the municipality itself
        out.push_back({is_whole ? town.municipality_name : town.matched, is_whole ? "" : town.municipality_name,
                       near_address(links, search, town.position)});
    }
    return out;
}

/// Names of the directory itself that hold what was typed: a school's district, a building, a kind of help.
std::vector<Choice> names(std::string_view place, const Context& context, const Links& links, const Query& search) {
    std::vector<Choice> out;
    for (const auto& suggestion : context.reader().suggest(place, k_most_choices)) {
        using Kind = directory::Suggestion::Kind;
        std::string target;
        switch (suggestion.kind) {
            case Kind::service:
                target = links.service(suggestion.id);
                break;
            case Kind::programme:
                target = links.to("/search", with(search, "programme", suggestion.id));
                break;
            case Kind::district:
                target = links.to("/search", with(search, "within", suggestion.id));
                break;
            case Kind::town:
            case Kind::landmark:
                target = suggestion.position ? near_address(links, search, *suggestion.position) : std::string{};
                break;
        }
        if (!target.empty()) {
            out.push_back({suggestion.label, suggestion.detail, std::move(target)});
        }
    }
    return out;
}

/// Several fit, or none: what may be meant, the form again, and nobody keeps the page.
Answer choice_page(const Request& request, const Context& context, std::string_view place, const Query& search,
                   const std::vector<Choice>& choices) {
    Page page(request, context, "choose");
    page.style("styles/search.css");
    page.script("scripts/start.js");
    View& body = page.body();
    page.title(page.texts().get(choices.empty() ? "choose.title_none" : "choose.title"));
    body.show(choices.empty() ? "NONE" : "SOME");
    body.set("PLACE", place);
    for (const auto& choice : choices) {
        View item = body.section("CHOICE");
        item.set("NAME", choice.name);
        item.set_if_any("DETAIL", choice.detail);
        item.set("HREF", choice.address);
    }
    fill_ask_form(body.include("ASK", "ask.html"), context, page.links(), without(search, "near"));
    page.never_keep();
    return page.finish(choices.empty() ? 404 : 200);
}

} // namespace

Answer search_form(const Request& request, const Context& context) {
    auto form = read_posted_form(request.body);
    if (!form) {
        return error_page(request, &context, 400, {});
    }
    const auto chosen = request.parameter("lang");
    const Links links(
        chosen && std::ranges::find(k_languages, *chosen) != k_languages.end() ? *chosen : std::string_view{},
        context.staff != nullptr);
    const std::string_view place = trimmed(form->place);
    if (place.empty()) {
        const bool has_place = std::ranges::find(form->search, "near", &Query::value_type::first) != form->search.end();
        return see_other(links.to("/search", has_place ? form->search : without(form->search, "radius")));
    }
    // A new place replaces whatever place was searched before.
    const Query search = without(without(form->search, "near"), "within");
    if (place.size() > k_longest_place) {
        return choice_page(request, context, {}, search, {});
    }
    const auto& locator = *context.loaded.locator;
    if (const auto found = locator.locate(place, {})) {
        return see_other(near_address(links, search, found->position));
    }
    auto choices = towns(locator.candidates(place, k_most_choices), links, search);
    if (choices.size() == 1) {
        return see_other(choices.front().address);
    }
    if (choices.empty()) {
        choices = names(place, context, links, search);
    }
    return choice_page(request, context, place, search, choices);
}

} // namespace shirube::server
