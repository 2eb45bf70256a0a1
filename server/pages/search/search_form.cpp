#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/search/ask_form.hpp"
#include "server/pages/search/typed_place.hpp"
#include "server/pages/words.hpp"

#include <algorithm>
#include <vector>

namespace shirube::server {

namespace {

/// A form of ours is far smaller; nobody types so long an address.
constexpr std::size_t k_longest_place = 300;
constexpr std::size_t k_most_municipalities = 8;

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

std::string_view icon_of(Choice::Kind kind) {
    switch (kind) {
        case Choice::Kind::programme:
            return "search";
        case Choice::Kind::service:
            return "places";
        case Choice::Kind::town:
        case Choice::Kind::station:
        case Choice::Kind::school:
        case Choice::Kind::facility:
        case Choice::Kind::postal_code:
        case Choice::Kind::district:
            break;
    }
    return "pin";
}

std::string_view word_of(Choice::Kind kind) {
    switch (kind) {
        case Choice::Kind::town:
            return "choose.town";
        case Choice::Kind::station:
            return "choose.station";
        case Choice::Kind::school:
            return "choose.school";
        case Choice::Kind::facility:
            return "choose.facility";
        case Choice::Kind::postal_code:
            return "choose.postal_code";
        case Choice::Kind::district:
            return "choose.district";
        case Choice::Kind::programme:
            return "choose.programme";
        case Choice::Kind::service:
            break;
    }
    return "choose.service";
}

/// The form again, under what is said of what was typed. Nobody keeps the page.
class AskAgain {
  public:
    AskAgain(const Request& request, const Context& context, std::string_view place)
        : context_(context), page_(request, context, "choose") {
        page_.style("styles/search.css");
        page_.script("scripts/start.js");
        page_.body().set("PLACE", place);
    }

    /// Several fit.
    Answer choices(const std::vector<Choice>& choices, const Query& search) {
        page_.title(page_.texts().get("choose.title"));
        View some = page_.body().section("SOME");
        for (const auto& choice : choices) {
            View item = some.section("CHOICE");
            item.set("NAME", choice.name);
            item.set_if_any("DETAIL", choice.detail);
            item.set("HREF", choice.address);
            item.icon("ICON", icon_of(choice.kind));
            item.words("KIND", page_.texts().get(word_of(choice.kind)));
        }
        return finish(search, 200);
    }

    /// None does. What else was asked can be looked at without a place.
    Answer nothing(Unknown why, const Query& search) {
        if (why == Unknown::urgent) {
            return talk(search);
        }
        const std::string_view section = why == Unknown::outside      ? "OUTSIDE"
                                         : why == Unknown::not_listed ? "NOT_LISTED"
                                                                      : "NONE";
        page_.title(page_.texts().get(why == Unknown::outside ? "choose.title_outside" : "choose.title_none"));
        View none = page_.body().section(section);
        if (why == Unknown::outside) {
            for (const auto& name : served_municipalities(context_, k_most_municipalities)) {
                none.section("SERVED").set("NAME", name);
            }
        }
        none.set("CONSULTATION", page_.links().to("/search", {{"programme", "consultation"}}));
        const Query anywhere = without(without(without(search, "near"), "within"), "radius");
        none.set("ANYWHERE", page_.links().to("/search", anywhere));
        return finish(search, 404);
    }

    /// Numbers to ring at once, and those near who listen.
    Answer talk(const Query& search) {
        page_.title(page_.texts().get("choose.talk"));
        View talk = page_.body().section("TALK");
        talk.set("CONSULTATION", page_.links().to("/search", with(without(search, "q"), "programme", "consultation")));
        return finish(search, 200);
    }

  private:
    Answer finish(const Query& search, unsigned status) {
        fill_ask_form(page_.body(), context_, page_.links(), search);
        page_.never_keep();
        return page_.finish(status);
    }

    const Context& context_;
    Page page_;
};

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
    const Query& search = form->search;
    AskAgain again(request, context, place.size() > k_longest_place ? std::string_view{} : place);
    if (place.size() > k_longest_place) {
        return again.nothing(Unknown::nowhere, search);
    }
    const Understood understood = understand(place, context, links, search);
    if (const auto* address = std::get_if<std::string>(&understood)) {
        return see_other(*address);
    }
    if (const auto* choices = std::get_if<std::vector<Choice>>(&understood)) {
        return again.choices(*choices, search);
    }
    return again.nothing(std::get<Unknown>(understood), search);
}

} // namespace shirube::server
