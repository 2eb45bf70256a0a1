#include "server/tiles/tiles.hpp"

#include "server/problem.hpp"
#include "server/tiles/tile_source.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <expected>
#include <set>
#include <span>
#include <string>
#include <utility>

namespace shirube::server {
namespace {

/// Browsers draw deeper zooms from these tiles: one unit is 60 cm there.
constexpr std::uint32_t k_last_offered_zoom = 14;

/// So many publishers are named on the map itself; the rest stands on the page about the lists.
constexpr std::size_t k_named_publishers = 6;

Problem no_such_layer(std::string_view layer) {
    return {"not_found", "", fmt::format("There are no tiles of a layer '{}'. GET /api/v1/layers lists them.", layer)};
}

Problem no_such_tile(geo::TileId id) {
    return {"not_found", "",
            fmt::format("There is no tile {}/{}/{}: z goes to {}, x and y from 0 to 2^z - 1.", id.z, id.x, id.y,
                        geo::k_max_zoom)};
}

Problem unknown_parameter(std::string_view name) {
    return {"bad_parameter", std::string(name), fmt::format("Tiles take no parameter '{}'.", name)};
}

/// The day that is asked about: `at`, else now.
std::expected<directory::Day, Problem> read_day(const Request& request, const Context& context) {
    std::optional<directory::Instant> at;
    for (const auto& [name, value] : request.query) {
        if (name == "at") {
            at = directory::parse_instant(value);
            if (!at) {
                return std::unexpected(
                    Problem{"bad_parameter", "at", "'at' is a time such as 2026-11-21T14:00 or a date."});
            }
        } else if (name != "lang") {
            return std::unexpected(unknown_parameter(name));
        }
    }
    return at.value_or(context.now).day;
}

/// The text as HTML shows it: browsers draw the attribution as markup.
std::string escape_markup(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        switch (c) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            case '\'':
                escaped += "&#39;";
                break;
            default:
                escaped += c;
        }
    }
    return escaped;
}

/// Whose lists these are; empty where nobody is named.
std::string attribution(const directory::Reader& reader, const std::set<std::uint32_t>& lists) {
    std::set<std::string_view> publishers;
    for (const std::uint32_t list : lists) {
        if (const std::string& publisher = reader.lists()[list].publisher; !publisher.empty()) {
            publishers.insert(publisher);
        }
    }
    std::string text;
    std::size_t named = 0;
    for (const std::string_view publisher : publishers) {
        if (named++ == k_named_publishers) {
            text += " <a href=\"/about\">…</a>";
            break;
        }
        text += (text.empty() ? "" : ", ") + escape_markup(publisher);
    }
    return text;
}

template <class Rows>
std::set<std::uint32_t> lists_of(const Rows& rows) {
    std::set<std::uint32_t> lists;
    for (const auto& row : rows) {
        if (row.list != directory::k_no_index) {
            lists.insert(row.list);
        }
    }
    return lists;
}

nlohmann::ordered_json vector_layer(std::string_view id, std::string_view description,
                                    std::span<const std::pair<std::string_view, std::string_view>> fields) {
    nlohmann::ordered_json described{
        {"id", id}, {"description", description}, {"minzoom", 0}, {"maxzoom", k_last_offered_zoom}};
    described["fields"] = nlohmann::ordered_json::object();
    for (const auto& [name, meaning] : fields) {
        described["fields"][std::string(name)] = meaning;
    }
    return described;
}

nlohmann::ordered_json services_layer() {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 7> k_fields{{
        {"id", "service id; not where count is over 1"},
        {"name", "the place's name; not where count is over 1"},
        {"programme", "taxonomy code"},
        {"family", "taxonomy code of the programme's family"},
        {"status", "planned, pilot, active or suspended; not where count is over 1"},
        {"quality", "how the position is known, where it is not exact: block, town or municipality"},
        {"count", "below zoom 12: how many services of the programme stand here"},
    }};
    return vector_layer(k_services_layer, "Services with a position (points)", k_fields);
}

nlohmann::ordered_json districts_layer() {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 5> k_fields{{
        {"code", "district code"},
        {"name", "as its list writes it"},
        {"municipality", "5-digit code"},
        {"municipality_name", "as its list writes it"},
        {"status", "active or suspended"},
    }};
    return vector_layer(k_districts_layer, "Districts (polygons)", k_fields);
}

/// To the seventh place, outward: what is inside stays inside.
nlohmann::ordered_json bounds_of(const geo::Box& box) {
    const auto down = [](double degrees) { return std::floor(degrees * 1e7) / 1e7; };
    const auto up = [](double degrees) { return std::ceil(degrees * 1e7) / 1e7; };
    return nlohmann::ordered_json::array({down(box.west), down(box.south), up(box.east), up(box.north)});
}

} // namespace

Answer tile(const Request& request, const Context& context, std::string_view layer, geo::TileId id) {
    assert(context.loaded.tiles);
    const directory::Reader& reader = context.reader();
    const directory::Layer* districts = reader.find_layer(layer);
    const bool of_services = layer == k_services_layer;
    if (!of_services && districts == nullptr) {
        return to_answer(no_such_layer(layer), context.language);
    }
    if (!geo::valid(id)) {
        return to_answer(no_such_tile(id), context.language);
    }
    const auto day = read_day(request, context);
    if (!day) {
        return to_answer(day.error(), context.language);
    }
    Answer answer;
    answer.content_type = "application/vnd.mapbox-vector-tile";
    answer.etag_basis = reader.edition();
    if (of_services) {
        answer.body = context.loaded.tiles->services_tile(id, *day);
        answer.etag_basis += ' ' + directory::to_string(*day);
    } else {
        answer.body = context.loaded.tiles->districts_tile(*districts, id);
    }
    return answer;
}

Answer tile_json(const Request& request, const Context& context, std::string_view layer) {
    assert(context.loaded.tiles);
    const directory::Reader& reader = context.reader();
    const directory::Layer* districts = reader.find_layer(layer);
    const bool of_services = layer == k_services_layer;
    if (!of_services && districts == nullptr) {
        return to_answer(no_such_layer(layer), context.language);
    }
    for (const auto& [name, value] : request.query) {
        if (name != "lang") {
            return to_answer(unknown_parameter(name), context.language);
        }
    }
    const TileSource& tiles = *context.loaded.tiles;
    const auto bounds = of_services ? tiles.service_bounds() : tiles.district_bounds(*districts);
    const auto lists = of_services ? lists_of(reader.services())
                                   : lists_of(reader.districts().subspan(districts->first, districts->count));

    nlohmann::ordered_json document{{"tilejson", "3.0.0"}, {"name", layer}, {"scheme", "xyz"}};
    document["tiles"] =
        nlohmann::ordered_json::array({fmt::format("/tiles/{}/{{z}}/{{x}}/{{y}}.mvt", percent_encode(layer))});
    document["minzoom"] = 0;
    document["maxzoom"] = k_last_offered_zoom;
    if (bounds) {
        document["bounds"] = bounds_of(*bounds);
    }
    if (std::string credit = attribution(reader, lists); !credit.empty()) {
        document["attribution"] = std::move(credit);
    }
    document["vector_layers"] = nlohmann::ordered_json::array({of_services ? services_layer() : districts_layer()});

    Answer answer;
    answer.content_type = "application/json";
    answer.etag_basis = reader.edition();
    answer.body = document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    return answer;
}

} // namespace shirube::server
