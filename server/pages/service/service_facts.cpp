#include "server/pages/service/service_facts.hpp"

#include "directory/desk/page_lists.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/pages/search/card.hpp"
#include "server/pages/use_terms_words.hpp"
#include "server/pages/words.hpp"

namespace shirube::server {

void add_fact(View view, std::string_view term, std::string_view words, std::string_view text) {
    View fact = view.section("FACT");
    fact.words("TERM", view.texts().get(term));
    fact.words_if_any("WORDS", words);
    fact.set_if_any("TEXT", text);
    fact.show_if(words.empty() && text.empty(), "UNKNOWN");
}

void add_phone_fact(View view, std::string_view term, std::span<const std::string> numbers) {
    View fact = view.section("FACT");
    fact.words("TERM", view.texts().get(term));
    for (const auto& number : numbers) {
        fact.section("PHONE").set("NUMBER", number);
    }
    fact.show_if(numbers.empty(), "UNKNOWN");
}

void fill_districts(View view, const directory::Reader& reader, const Links& links, std::uint32_t service) {
    for (const auto& membership : reader.memberships(service)) {
        const auto& district = reader.districts()[membership.district];
        View item = view.section("DISTRICT");
        item.set("HREF", links.district(district.layer, district.code));
        item.set("NAME", district.name);
        item.words("LAYER", layer_in_words(district.layer, view.texts()));
        item.show_if(!membership.sure, "PERHAPS");
    }
}

void fill_service_links(View view, std::string_view section, const Context& context, const Links& links,
                        std::span<const std::uint32_t> services) {
    const auto& reader = context.reader();
    for (const std::uint32_t service : services) {
        const auto& row = reader.services()[service];
        View item = view.section(section);
        item.set("HREF", links.service(row.id));
        item.set("NAME", service_name(reader, row, view.texts().language()));
        item.words("PROGRAMME", reader.taxonomy().at(row.programme).public_label.in(view.texts().language()));
        item.icon("ICON", family_icon(reader.taxonomy(), row.programme));
        fill_badges(item, context, service, "OTHER_BADGE");
        if (!row.use_terms.empty()) {
            const auto facts = facts_of(reader, context.now.day);
            for (const auto& terms : row.use_terms) {
                item.section("TERMS").words("WORDS", terms_of_in_words(terms, *facts, view.texts()));
            }
        }
    }
}

void fill_source(View view, const directory::ListRow& list) {
    const Texts& texts = view.texts();
    View source = view.section("SOURCE");
    source.set("LIST", directory::shown_name(list.name));
    source.set_if_any("PUBLISHER", list.publisher);
    source.set_if_any("FROM", list.source);
    source.set_if_any("LICENCE", list.licence);
    source.words("AS_OF", list.as_of.empty()
                              ? texts.get("source.no_date")
                              : texts.with("source.as_of", {{"date", as_of_in_words(list.as_of, texts)}}));
}

void fill_sources(View view, const directory::Reader& reader, std::span<const std::uint32_t> lists) {
    for (const auto& of : directory::lists_as_shown(reader, lists)) {
        fill_source(view, reader.lists()[of.front()]);
    }
}

} // namespace shirube::server
