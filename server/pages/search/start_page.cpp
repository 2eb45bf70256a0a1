#include "server/pages/edition_facts.hpp"
#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/search/ask_form.hpp"
#include "server/pages/words.hpp"

#include <algorithm>
#include <array>

namespace shirube::server {

namespace {

/// What people come with, in their words, and the search it means.
struct Situation {
    std::string_view text;
    std::string_view icon;
    std::string_view programmes;
    std::string_view more_name;
    std::string_view more_value;
    std::string_view day;
};
constexpr std::array k_situations{
    Situation{"start.play_saturday", "places", "places", "age", "2", "sat"},
    Situation{"start.talk", "consultation", "consultation", "", "", ""},
    Situation{"start.leave_child", "family_support", "ichiji_azukari,kosodate_tanki", "", "", ""},
    Situation{"start.eat", "food", "food", "", "", ""},
    Situation{"start.after_school", "places", "places", "age", "13", ""},
    Situation{"start.foster", "alternative_care", "satooya_shien_center,fostering_kikan", "", "", ""}};

bool is_offered(const directory::Taxonomy& taxonomy, const EditionFacts& facts, std::string_view codes) {
    while (!codes.empty()) {
        const auto comma = std::min(codes.find(','), codes.size());
        const auto index = taxonomy.by_code(codes.substr(0, comma));
        if (index && facts.offered.at(*index)) {
            return true;
        }
        codes.remove_prefix(std::min(comma + 1, codes.size()));
    }
    return false;
}

void fill_situations(View body, const Context& context, const Links& links, const EditionFacts& facts) {
    for (const auto& situation : k_situations) {
        if (!is_offered(context.reader().taxonomy(), facts, situation.programmes)) {
            continue;
        }
        Query query{{"programme", std::string(situation.programmes)}};
        if (!situation.more_name.empty()) {
            query.emplace_back(situation.more_name, situation.more_value);
        }
        query.emplace_back("day", situation.day);
        View link = body.section("SITUATION");
        link.set("HREF", links.to("/search", query));
        link.words("WORDS", body.texts().get(situation.text));
        link.icon("ICON", situation.icon);
    }
}

} // namespace

Answer start_page(const Request& request, const Context& context) {
    Page page(request, context, "start");
    const auto facts = facts_of(context.reader(), context.now.day);
    page.style("styles/search.css");
    page.script("scripts/start.js");
    View& body = page.body();
    fill_ask_form(body, context, page.links(), {});
    fill_situations(body, context, page.links(), *facts);
    body.set("SERVICES", grouped(static_cast<std::int64_t>(facts->services)));
    body.set("SITES", grouped(static_cast<std::int64_t>(facts->sites)));
    body.set("LISTS", facts->lists);
    if (facts->latest_as_of.empty()) {
        body.show("NO_DATE");
    }
    body.words_if_any("DATE", facts->latest_as_of.empty() ? "" : as_of_in_words(facts->latest_as_of, page.texts()));
    body.set("PLANNER", page.links().to("/planner"));
    body.set("ABOUT", page.links().to("/about"));
    page.depends_on(on_this_day(context));
    return page.finish();
}

} // namespace shirube::server
