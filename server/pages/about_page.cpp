#include "directory/desk/page_lists.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/service/service_facts.hpp"
#include "server/pages/words.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

namespace shirube::server {

namespace {

using directory::ImportKind;

/// What a list claims, programme by programme: complete or partial, and where.
void fill_claims(View item, const directory::Reader& reader, const EditionFacts& facts,
                 const directory::ListRow& list) {
    std::map<std::pair<std::string, bool>, std::string> municipalities;
    for (const auto& claim : list.claims) {
        std::string& names = municipalities[{claim.programme, claim.complete}];
        names +=
            (names.empty() ? "" : item.texts().get("list.separator")) + facts.municipality_name(claim.municipality);
    }
    if (municipalities.empty()) {
        item.show("NO_CLAIM");
    }
    for (const auto& [what, where] : municipalities) {
        View claim = item.section("CLAIM");
        const auto programme = reader.taxonomy().by_code(what.first);
        claim.words("PROGRAMME",
                    programme ? reader.taxonomy().at(*programme).label.in(item.texts().language()) : what.first);
        claim.show(what.second ? "COMPLETE" : "PARTIAL");
        claim.set_if_any("WHERE", where);
    }
}

} // namespace

Answer about_page(const Request& request, const Context& context) {
    const auto& reader = context.reader();
    const auto facts = facts_of(reader, context.now.day);
    Page page(request, context, "about");
    page.style("styles/search.css");
    View& body = page.body();
    page.title(page.texts().get("about.heading"));
    for (const auto kind :
         {ImportKind::resources, ImportKind::districts, ImportKind::population, ImportKind::gazetteer}) {
        std::vector<std::uint32_t> lists;
        for (const std::uint32_t i : reader.lists().indices()) {
            if (reader.lists()[i].kind == kind) {
                lists.push_back(i);
            }
        }
        if (lists.empty()) {
            continue;
        }
        View group = body.section("KIND");
        group.words("KIND_NAME", page.texts().get("about.kind_" + std::string(directory::code_of(kind))));
        for (const auto& of : directory::lists_as_shown(reader, lists)) {
            View item = group.section("LIST_ITEM");
            fill_source(item, reader.lists()[of.front()]);
            if (kind != ImportKind::gazetteer) {
                std::size_t rows = 0;
                for (const auto i : of) {
                    rows += facts->rows_by_list[i];
                }
                item.section("COUNT").set("N", grouped(static_cast<std::int64_t>(rows)));
            }
            if (kind == ImportKind::resources) {
                fill_claims(item.section("CLAIMS"), reader, *facts, reader.lists()[of.front()]);
            }
        }
    }
    body.show_if(reader.lists().empty(), "NO_LISTS");
    body.set("EDITION", reader.edition());
    page.depends_on(on_this_day(context));
    return page.finish();
}

} // namespace shirube::server
