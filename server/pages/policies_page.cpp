// Every policy that this reader is offered, with what it rests on: a rule that nobody can read is no argument.
#include "server/pages/policies_page.hpp"

#include "directory/policy/policy_book.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/planner/planner_words.hpp"
#include "server/pages/planner/policy_conditions.hpp"
#include "server/pages/words.hpp"

#include <string>

namespace shirube::server {

std::string reading_in_words(const directory::Policy& policy, const Texts& texts) {
    return texts.get("reading." + std::string{code_of(policy.reading)});
}

void fill_offered(View item, const directory::Policy& policy, const directory::Taxonomy& taxonomy) {
    const Texts& texts = item.texts();
    item.set("ID", policy.id);
    item.words("NAME", policy.name.in(texts.language()));
    item.set("PLAIN_NAME", policy.name.in(texts.language()));
    item.words("DESCRIPTION", policy.description.in(texts.language()));
    item.set("SOURCE", policy.source);
    item.set("VERSION", policy.version);
    item.words("LAYER", layer_in_words(policy.layer, texts));
    item.words("READING", reading_in_words(policy, texts));
    std::string programmes;
    for (const auto programme : policy.any_of) {
        programmes +=
            (programmes.empty() ? "" : texts.get("list.separator")) + taxonomy.at(programme).label.in(texts.language());
    }
    item.words("PROGRAMMES", programmes);
    item.words("CONDITIONS", conditions_in_a_line(policy, taxonomy, texts));
    if (policy.when) {
        item.words("WHEN", window_in_words(*policy.when, texts));
        item.show("WHEN_SHOWN");
    }
}

Answer policies_page(const Request& request, const Context& context) {
    return policies_page_with(request, context, {});
}

Answer policies_page_with(const Request& request, const Context& context, std::span<const RetiredPolicy> retired) {
    const auto& reader = context.reader();
    Page page(request, context, "policies");
    page.style("styles/search.css");
    page.style("styles/planner.css");
    const Texts& texts = page.texts();
    page.title(texts.get("policies.heading"));
    View& body = page.body();
    const auto facts = facts_of(reader, context.now.day);
    const auto& links = page.links();
    body.set("JSON", context.api("/api/v1/policies"));
    for (const auto& [policy, municipality, public_version] : reader.policies()) {
        View item = body.section("POLICY");
        fill_offered(item, policy, reader.taxonomy());
        item.set("MAP", links.to("/planner", {{"policy", policy.id}}));
        if (municipality.empty()) {
            item.show("SHIPPED");
        } else {
            View kept = item.section("KEPT");
            kept.set("MUNICIPALITY", facts->municipality_name(municipality));
        }
        // What a planner may do with it stands in the way of nobody else.
        if (context.staff != nullptr && context.staff->may_plan) {
            item.section("COPY").set("HREF", links.to("/staff/policies/new", {{"from", policy.id}}));
            if (!municipality.empty() && municipality == context.staff->owner) {
                View own = item.section("OWN");
                own.set("HREF", links.to("/staff/policies/" + percent_encode(policy.id)));
                own.show(!public_version ? "STAFF_ONLY" : *public_version < policy.version ? "OLDER_PUBLIC" : "PUBLIC");
                own.set("PUBLIC_VERSION", public_version.value_or(0));
            }
        }
    }
    if (!retired.empty()) {
        View section = body.section("RETIRED");
        for (const auto& [id, name] : retired) {
            View item = section.section("RETIRED_POLICY");
            item.set("NAME", name);
            item.set("HREF", links.to("/staff/policies/" + percent_encode(id)));
        }
    }
    page.data_link(context.api("/api/v1/policies"));
    page.depends_on(reader.edition());
    return page.finish();
}

} // namespace shirube::server
