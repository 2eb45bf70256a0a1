#include "server/network/district_words.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace shirube::server {

namespace {

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> ends) {
    return std::ranges::any_of(ends, [&](std::string_view end) { return text.ends_with(end); });
}

/// Of a node that is a district: the layer that its key names, see NetworkNode::key; empty where it names none.
std::string_view layer_of(const directory::NetworkNode& node) {
    std::string_view key = node.key;
    constexpr std::string_view k_drawn = "district:";
    if (key.starts_with(k_drawn)) {
        key.remove_prefix(k_drawn.size());
        return key.substr(0, key.find(':'));
    }
    // name:district:MUNICIPALITY:LAYER|FOLDED NAME
    const auto bar = key.find('|');
    if (bar == std::string_view::npos) {
        return {};
    }
    const auto before = key.substr(0, bar);
    return before.substr(before.rfind(':') + 1);
}

} // namespace

std::string district_in_words(std::string_view layer, std::string_view name, const Texts& texts) {
    constexpr std::array<std::string_view, 2> k_of_schools{"chugakkoku", "shogakkoku"};
    // What stands in brackets belongs to the school: 塩屋中学校（休校）.
    const auto bracket = std::min(name.find("（"), name.find('('));
    const auto school = name.substr(0, bracket);
    if (std::ranges::find(k_of_schools, layer) == k_of_schools.end() || school.empty() ||
        ends_with_any(school, {"区", "区域", "district", "District"})) {
        return std::string{name};
    }
    const auto* key = school.ends_with("学校") ? "network.district_of_school" : "network.district_of_other";
    std::string words = texts.with(key, {{"school", std::string{school}}});
    return bracket == std::string_view::npos ? words : words.append(name.substr(bracket));
}

std::string node_in_words(const directory::NetworkNode& node, const Texts& texts) {
    return node.kind == directory::PartyKind::district ? district_in_words(layer_of(node), node.name, texts)
                                                       : node.name;
}

} // namespace shirube::server
