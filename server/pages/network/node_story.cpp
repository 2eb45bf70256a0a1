#include "server/pages/network/node_story.hpp"

#include "importers/layouts/template_choices.hpp"
#include "importers/relations/tie_choices.hpp"
#include "server/network/district_words.hpp"
#include "server/pages/network/tie_words.hpp"
#include "server/pages/words.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <tuple>

namespace shirube::server {

namespace {

/// More than one reads beside a picture; all of them are on the node's own page. The script knows the same number.
constexpr std::size_t k_most_told = 10;

void fill_ties(View pictures, const Links& links, const directory::Network& network, const directory::NetworkView& view,
               std::uint32_t node) {
    // What is entrusted under several contracts is entrusted.
    std::set<std::tuple<directory::RelationKind, bool, std::uint32_t>> told;
    for (const auto index : view.edges) {
        const auto& edge = network.edges()[index];
        if (edge.from != node && edge.to != node) {
            continue;
        }
        const bool begins = edge.from == node;
        const auto other = begins ? edge.to : edge.from;
        if (!told.emplace(edge.kind, begins, other).second || told.size() > k_most_told) {
            continue;
        }
        View tie = pictures.section("CHOSEN_TIE");
        tie.words("TIE", begins ? tie_in_words(edge.kind, tie.texts()) : tie_back_in_words(edge.kind, tie.texts()));
        fill_node(tie, links, network.nodes()[other]);
    }
    const auto ties = told.size();
    if (ties > k_most_told) {
        pictures.section("CHOSEN_MORE").set("N", grouped(static_cast<std::int64_t>(ties - k_most_told)));
    }
    pictures.show_if(ties <= k_most_told, "NO_MORE");
    pictures.show_if(ties > 0, "IS_TIED");
}

} // namespace

void fill_story_words(View pictures, const directory::Network& network, const directory::NetworkView& whole) {
    for (const auto kind : importers::k_choices<directory::RelationKind>) {
        View words = pictures.section("TIE_WORDS");
        words.set("KIND", code_of(kind));
        words.words("WORDS", tie_in_words(kind, words.texts()));
        words.words("BACK", tie_back_in_words(kind, words.texts()));
    }
    pictures.section("MORE_WORDS").set("N", "COUNT");
    // What the data calls otherwise than this page does. In a template, as the words above: nothing is inline.
    for (const auto index : whole.nodes) {
        const auto& node = network.nodes()[index];
        if (const std::string name = node_in_words(node, pictures.texts()); name != node.name) {
            View own = pictures.section("NODE_NAMES");
            own.set("NODE", node.key);
            own.set("NAME", name);
        }
    }
}

void fill_story(View pictures, const Links& links, const directory::Network& network,
                const directory::NetworkView& view, const directory::NetworkView& whole, std::string_view key) {
    const auto node = key.empty() ? std::nullopt : network.find(key);
    if (!node || !whole.has_node(*node)) {
        pictures.show("NOT_CHOSEN");
        pictures.show("NO_MORE");
        if (node) {
            fill_node(pictures.section("ELSEWHERE"), links, network.nodes()[*node]);
        } else {
            pictures.show_if(!key.empty(), "NOBODY");
        }
        return;
    }
    const auto& chosen = network.nodes()[*node];
    pictures.set("CHOSEN", chosen.key);
    fill_node(pictures.section("CHOSEN_NAME"), links, chosen);
    View kind = pictures.section("CHOSEN_KIND");
    fill_node(kind, links, chosen);
    kind.words("PARTY", party_in_words(chosen.kind, kind.texts()));
    pictures.set("CHOSEN_HREF", story_of(links, chosen));
    fill_ties(pictures, links, network, view, *node);
}

} // namespace shirube::server
