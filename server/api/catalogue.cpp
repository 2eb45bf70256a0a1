// What the directory speaks of: taxonomy, layers and their districts, policies.
#include "directory/district_layer.hpp"
#include "directory/policy/policy_book.hpp"
#include "server/api/answers.hpp"
#include "server/api/api.hpp"
#include "server/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace shirube::server {

namespace {

using nlohmann::ordered_json;

ordered_json label_of(const directory::Label& label) {
    return {{"ja", label.ja}, {"ja_easy", label.ja_easy}, {"en", label.en}};
}

ordered_json district_of(const directory::DistrictRow& district) {
    const auto day = [](const std::optional<directory::Day>& of) {
        return of ? ordered_json(directory::to_string(*of)) : ordered_json(nullptr);
    };
    return {{"code", district.code},
            {"name", district.name},
            {"municipality", district.municipality},
            {"municipality_name", district.municipality_name},
            {"status", directory::code_of(district.status)},
            {"valid_from", day(district.valid_from)},
            {"valid_to", day(district.valid_to)},
            {"has_area", !district.geometry.empty()},
            {"has_addresses", !district.addresses.empty()}};
}

ordered_json layer_of(const Context& context, const directory::Layer& layer) {
    geo::Box box = geo::Box::empty();
    for (const auto& district : context.reader().districts().subspan(layer.first, layer.count)) {
        box.expand(geo::box_of(district.geometry));
    }
    return {{"code", layer.code},
            {"label", label_of(directory::label_of_layer(layer.code))},
            {"districts", layer.count},
            {"bbox", box.is_empty() ? ordered_json(nullptr) : ordered_json({box.west, box.south, box.east, box.north})},
            {"links",
             {{{"rel", "items"}, {"href", "/api/v1/layers/" + percent_encode(layer.code) + "/districts"}},
              {{"rel", "tiles"}, {"href", "/tiles/" + percent_encode(layer.code) + ".json"}}}}};
}

Answer no_such_layer(std::string_view layer, const Context& context) {
    return to_answer({"not_found", "layer", fmt::format("There is no layer \"{}\"; see /api/v1/layers.", layer)},
                     context.language);
}

} // namespace

Answer get_taxonomy(const Request& request, const Context& context) {
    if (const auto problem = wrong_parameter(request, {"f"}, {"json"})) {
        return to_answer(*problem, context.language);
    }
    const auto& taxonomy = context.reader().taxonomy();
    ordered_json programmes = ordered_json::array();
    for (const auto& programme : taxonomy.programmes()) {
        if (programme.visibility > context.reader().audience().sees()) {
            continue;
        }
        ordered_json entry{
            {"code", programme.code},
            {"label", label_of(programme.label)},
            {"parent", programme.parent ? ordered_json(taxonomy.at(*programme.parent).code) : ordered_json(nullptr)},
            {"outreach", programme.outreach}};
        if (programme.about) {
            entry["about"] = label_of(*programme.about);
        }
        if (!programme.source.empty()) {
            entry["source"] = programme.source;
        }
        programmes.push_back(std::move(entry));
    }
    ordered_json aliases = ordered_json::array();
    for (const auto& alias : taxonomy.aliases()) {
        if (taxonomy.at(alias.programme).visibility > context.reader().audience().sees()) {
            continue;
        }
        aliases.push_back({{"name", alias.name},
                           {"programme", taxonomy.at(alias.programme).code},
                           {"municipalities", alias.municipalities}});
    }
    return json_answer({{"programmes", std::move(programmes)}, {"aliases", std::move(aliases)}}, context);
}

Answer get_layers(const Request& request, const Context& context) {
    if (const auto problem = wrong_parameter(request, {"f"}, {"json"})) {
        return to_answer(*problem, context.language);
    }
    ordered_json layers = ordered_json::array();
    for (const auto& layer : context.reader().layers()) {
        layers.push_back(layer_of(context, layer));
    }
    return json_answer({{"edition", context.reader().edition()}, {"layers", std::move(layers)}}, context);
}

Answer get_districts(const Request& request, const Context& context, std::string_view layer_code) {
    if (const auto problem = wrong_parameter(request, {"f"}, {"json", "geojson"})) {
        return to_answer(*problem, context.language);
    }
    const auto* layer = context.reader().find_layer(layer_code);
    if (layer == nullptr) {
        return no_such_layer(layer_code, context);
    }
    const auto districts = context.reader().districts().subspan(layer->first, layer->count);
    ordered_json out = ordered_json::array();
    if (request.parameter("f") == "geojson") {
        for (const auto& district : districts) {
            out.push_back({{"type", "Feature"},
                           {"id", district.code},
                           {"geometry", geometry_of(district.geometry)},
                           {"properties", district_of(district)}});
        }
        Answer answer = json_answer({{"type", "FeatureCollection"},
                                     {"edition", context.reader().edition()},
                                     {"layer", layer->code},
                                     {"features", std::move(out)}},
                                    context);
        answer.content_type = "application/geo+json";
        return answer;
    }
    for (const auto& district : districts) {
        out.push_back(district_of(district));
    }
    return json_answer({{"edition", context.reader().edition()}, {"layer", layer->code}, {"districts", std::move(out)}},
                       context);
}

Answer get_districts_at(const Request& request, const Context& context, std::string_view layer_code) {
    if (const auto problem = wrong_parameter(request, {"point", "f"}, {"json"})) {
        return to_answer(*problem, context.language);
    }
    const auto* layer = context.reader().find_layer(layer_code);
    if (layer == nullptr) {
        return no_such_layer(layer_code, context);
    }
    const auto text = request.parameter("point");
    if (!text || text->empty()) {
        return to_answer({"missing_parameter", "point", "point=lon,lat says where."}, context.language);
    }
    const auto parts = split(*text, ',');
    const auto lon = parts.size() == 2 ? parse_number(parts[0]) : std::nullopt;
    const auto lat = parts.size() == 2 ? parse_number(parts[1]) : std::nullopt;
    if (!lon || !lat) {
        return to_answer({"bad_parameter", "point", "point is lon,lat, as in 139.7,35.6."}, context.language);
    }
    if (std::abs(*lon) > 180 || std::abs(*lat) > 90) {
        return to_answer(
            {"parameter_out_of_range", "point", "Longitude (-180 to 180) comes first, then latitude (-90 to 90)."},
            context.language);
    }
    ordered_json out = ordered_json::array();
    for (const auto index : context.reader().districts_at(*layer, {*lon, *lat})) {
        out.push_back(district_of(context.reader().districts()[index]));
    }
    return json_answer({{"edition", context.reader().edition()}, {"layer", layer->code}, {"districts", std::move(out)}},
                       context);
}

Answer get_policies(const Request& request, const Context& context) {
    if (const auto problem = wrong_parameter(request, {"f"}, {"json"})) {
        return to_answer(*problem, context.language);
    }
    ordered_json out = ordered_json::array();
    for (const auto& [policy, municipality, public_version] : context.reader().policies()) {
        ordered_json document(directory::to_document(policy, context.reader().taxonomy()));
        if (!municipality.empty()) {
            document["kept_by"] = municipality;
            document["public_version"] = public_version ? ordered_json(*public_version) : ordered_json();
        }
        out.push_back(std::move(document));
    }
    return json_answer({{"policies", std::move(out)}}, context);
}

} // namespace shirube::server
