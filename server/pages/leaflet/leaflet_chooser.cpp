// Where a leaflet is chosen: an area, a list, what goes on it, and the words of the office that hands it out. A form
// whose answer is an address, so that next month's leaflet is a bookmark.
#include "directory/life_stage.hpp"
#include "server/numbers.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/pages/leaflet/leaflet_places.hpp"
#include "server/pages/leaflet/leaflet_question.hpp"
#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/words.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace shirube::server {

namespace {

constexpr int k_last_age = 18;
/// Asked by fields of the form; all else is carried on.
constexpr std::array<std::string_view, 3> k_asked{"programme", "stage", "age"};

std::string first_value(const Query& query, std::string_view name) {
    const auto found = std::ranges::find(query, name, &Query::value_type::first);
    return found == query.end() ? std::string{} : found->second;
}

bool asks_for(const Query& query, std::string_view code) {
    return std::ranges::any_of(query, [&](const auto& pair) {
        const auto codes = split(pair.second, ',');
        return pair.first == "programme" && std::ranges::find(codes, code) != codes.end();
    });
}

void fill_option(View list, std::string_view section, std::string_view value, std::string_view label, bool selected) {
    View option = list.section(section);
    option.set("VALUE", value);
    option.set("LABEL", label);
    option.show_if(selected, "SELECTED");
}

void fill_layers(View body, const Context& context, const Links& links, const LeafletQuestion& question,
                 const directory::Layer& chosen) {
    if (context.reader().layers().size() < 2) {
        return;
    }
    View nav = body.section("LAYERS");
    for (const auto& layer : context.reader().layers()) {
        View item = nav.section("LAYER");
        item.words("LABEL", layer_in_words(layer.code, body.texts()));
        if (layer.code == chosen.code) {
            item.show("CURRENT");
            continue;
        }
        LeafletQuestion other = question;
        other.layer = layer.code;
        other.districts.clear();
        item.section("OTHER").set("HREF", links.to("/leaflet", other.query(context.reader())));
    }
}

/// By municipality and name, as people look for it.
void fill_districts(View body, const directory::Reader& reader, const LeafletQuestion& question,
                    const directory::Layer& layer) {
    View section = body.section("DISTRICTS");
    section.words("LAYER_LABEL", layer_in_words(layer.code, body.texts()));
    for (std::uint32_t i = layer.first; i < layer.first + layer.count; ++i) {
        const auto& district = reader.districts()[i];
        const std::string label =
            district.municipality_name.empty() ? district.name : district.municipality_name + " " + district.name;
        const bool selected = std::ranges::find(question.districts, i) != question.districts.end();
        fill_option(section, "DISTRICT", district.code, label, selected);
    }
}

void fill_lists(View body, const Context& context, const LeafletQuestion& question) {
    const auto& reader = context.reader();
    const auto facts = facts_of(reader, context.now.day);
    for (const auto index : reader.lists().indices()) {
        const auto& list = reader.lists()[index];
        if (list.kind == directory::ImportKind::resources && facts->rows_by_list.at(index) > 0) {
            fill_option(body, "LIST", list.name, list.name, question.list == index);
        }
    }
}

/// \param checked a section of its own for each level: inner sections inherit outer ones
void fill_programme(View choice, const directory::Taxonomy& taxonomy, directory::ProgrammeIndex index,
                    const Query& asked, std::string_view checked) {
    const auto& programme = taxonomy.at(index);
    choice.set("CODE", programme.code);
    choice.words("LABEL", programme.public_label.in(choice.texts().language()));
    choice.show_if(asks_for(asked, programme.code), checked);
}

void fill_families(View body, const Context& context, const Query& asked) {
    const auto& taxonomy = context.reader().taxonomy();
    const auto facts = facts_of(context.reader(), context.now.day);
    const auto count = static_cast<directory::ProgrammeIndex>(taxonomy.programmes().size());
    for (directory::ProgrammeIndex index = 0; index < count; ++index) {
        if (!taxonomy.is_family(index) || !facts->offered.at(index)) {
            continue;
        }
        View family = body.section("FAMILY");
        fill_programme(family, taxonomy, index, asked, "FAMILY_CHECKED");
        family.icon("ICON", family_icon(taxonomy, index));
        std::optional<View> kinds;
        for (const auto below : taxonomy.with_descendants(index)) {
            if (below == index || !facts->offered.at(below)) {
                continue;
            }
            if (!kinds) {
                kinds = family.section("KINDS");
            }
            fill_programme(kinds->section("KIND"), taxonomy, below, asked, "KIND_CHECKED");
            if (asks_for(asked, taxonomy.at(below).code)) {
                kinds->show("OPENED");
            }
        }
    }
}

void fill_people(View body, const Query& asked) {
    const auto& language = body.texts().language();
    for (const auto& stage : directory::life_stages()) {
        const auto& ages = stage.ages.in(language);
        const auto& name = stage.label.in(language);
        const std::string label = ages.empty() || ages == name ? name : name + " " + ages;
        fill_option(body, "STAGE", stage.code, label, first_value(asked, "stage") == stage.code);
    }
    for (int years = 0; years <= k_last_age; ++years) {
        const auto value = std::to_string(years);
        fill_option(body, "AGE", value, age_in_words(years * 12, body.texts()), first_value(asked, "age") == value);
    }
}

void carry(View body, std::string_view name, std::string_view value) {
    if (!value.empty()) {
        View hidden = body.section("CARRIED");
        hidden.set("NAME", name);
        hidden.set("VALUE", value);
    }
}

} // namespace

Answer leaflet_page(const Request& request, const Context& context) {
    const Texts& texts = Texts::in(context.language);
    if (auto elsewhere = sent_on_without_point("/leaflet", request, context)) {
        return *std::move(elsewhere);
    }
    const auto question = read_leaflet_question(request.query, context, texts);
    if (!question) {
        return error_page(request, &context, 400, question.error());
    }
    const auto& reader = context.reader();
    Page page(request, context, "leaflet");
    page.style("styles/search.css");
    page.style("styles/leaflet.css");
    page.title(texts.get("leaflet.heading"));
    View& body = page.body();
    const directory::Layer* layer = question->districts.empty()
                                        ? reader.find_layer(question->layer)
                                        : reader.find_layer(reader.districts()[question->districts.front()].layer);
    if (layer == nullptr) {
        layer = usual_layer(reader);
    }
    body.set("ACTION", "/print/leaflet");
    carry(body, "lang", page.links().chosen_language());
    if (layer != nullptr) {
        carry(body, "layer", layer->code);
        fill_layers(body, context, page.links(), *question, *layer);
        fill_districts(body, reader, *question, *layer);
    }
    for (const auto& [name, value] : question->conditions) {
        if (std::ranges::find(k_asked, name) == k_asked.end()) {
            carry(body, name, value);
        }
    }
    fill_lists(body, context, *question);
    fill_families(body, context, question->conditions);
    fill_people(body, question->conditions);
    body.show_if(question->paper == Paper::across, "ACROSS");
    body.set("MOST_TITLE", k_most_title);
    body.set("MOST_CONTACT", k_most_contact);
    body.set("MOST", k_most_services);
    body.set("TITLE", question->title);
    body.set("CONTACT", question->contact);
    page.depends_on(on_this_day(context));
    return page.finish();
}

} // namespace shirube::server
