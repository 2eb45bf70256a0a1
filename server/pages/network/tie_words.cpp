#include "server/pages/network/tie_words.hpp"

#include "server/network/district_words.hpp"
#include "server/pages/words.hpp"

namespace shirube::server {

namespace {

std::string text_of(std::string_view prefix, std::string_view code, const Texts& texts) {
    return std::string(texts.get(std::string(prefix) + std::string(code)));
}

} // namespace

std::string tie_in_words(directory::RelationKind kind, const Texts& texts) {
    return text_of("tie.", code_of(kind), texts);
}

std::string tie_back_in_words(directory::RelationKind kind, const Texts& texts) {
    return text_of("tie_back.", code_of(kind), texts);
}

std::string tie_in_short(directory::RelationKind kind, const Texts& texts) {
    return text_of("tie_short.", code_of(kind), texts);
}

std::string party_in_words(directory::PartyKind kind, const Texts& texts) {
    return text_of("party.", code_of(kind), texts);
}

std::string forum_in_words(directory::ForumKind kind, const Texts& texts) {
    return text_of("forum.", code_of(kind), texts);
}

std::string_view sign_of(directory::PartyKind kind) {
    switch (kind) {
        case directory::PartyKind::organization:
            return "●";
        case directory::PartyKind::site:
            return "■";
        case directory::PartyKind::forum:
            return "▲";
        case directory::PartyKind::district:
            return "◇";
        case directory::PartyKind::municipality:
            return "◎";
    }
    return "";
}

std::string story_of(const Links& links, const directory::NetworkNode& node) {
    return links.to("/network/nodes/" + percent_encode(node.key));
}

void fill_node(View view, const Links& links, const directory::NetworkNode& node) {
    view.set("SIGN", sign_of(node.kind));
    view.set("KIND", code_of(node.kind));
    view.set("KIND_WORDS", party_in_words(node.kind, view.texts()));
    view.set("NAME", node_in_words(node, view.texts()));
    view.set("HREF", story_of(links, node));
}

std::string programme_in_words(const directory::Reader& reader, const directory::RelationReading& tie,
                               const Texts& texts) {
    const auto programme = tie.programme.empty() ? std::nullopt : reader.taxonomy().by_code(tie.programme);
    return programme ? std::string(reader.taxonomy().at(*programme).label.in(texts.language())) : std::string{};
}

std::string dates_in_words(const directory::NetworkEdge& edge, const Texts& texts) {
    if (edge.valid_from && edge.valid_to) {
        return texts.with("network.from_to", {{"from", date_in_words(*edge.valid_from, texts)},
                                              {"to", date_in_words(*edge.valid_to, texts)}});
    }
    if (edge.valid_from) {
        return texts.with("network.since", {{"from", date_in_words(*edge.valid_from, texts)}});
    }
    return edge.valid_to ? texts.with("network.until", {{"to", date_in_words(*edge.valid_to, texts)}}) : std::string{};
}

std::uint32_t list_of(const directory::Reader& reader, const directory::NetworkEdge& edge) {
    return edge.relation != directory::k_no_index ? reader.relations()[edge.relation].list
                                                  : reader.forums()[edge.forum].list;
}

} // namespace shirube::server
