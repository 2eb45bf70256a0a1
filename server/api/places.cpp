// GET /suggest and GET /geocode: names while typing, and places from an address.
#include "server/api/answers.hpp"
#include "server/api/api.hpp"
#include "server/numbers.hpp"
#include "server/pages/texts.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace shirube::server {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t k_most_text = 300;
constexpr std::int64_t k_most_limit = 50;

struct Asked {
    std::string_view text;
    std::size_t limit = 10;
};

std::expected<Asked, Problem> read_asked(const Request& request, std::initializer_list<std::string_view> forms) {
    if (const auto problem = wrong_parameter(request, {"q", "limit", "f"}, forms)) {
        return std::unexpected(*problem);
    }
    Asked asked;
    const auto text = request.parameter("q");
    if (!text || text->empty()) {
        return std::unexpected(Problem{"missing_parameter", "q", "q says what was typed."});
    }
    if (text->size() > k_most_text) {
        return std::unexpected(Problem{"parameter_out_of_range", "q", "q may have 300 bytes."});
    }
    asked.text = *text;
    if (const auto limit = request.parameter("limit")) {
        const auto value = parse_whole(*limit);
        if (!value) {
            return std::unexpected(Problem{"bad_parameter", "limit", "limit is a whole number."});
        }
        if (*value < 1 || *value > k_most_limit) {
            return std::unexpected(Problem{"parameter_out_of_range", "limit", "limit must lie from 1 to 50."});
        }
        asked.limit = static_cast<std::size_t>(*value);
    }
    return asked;
}

/// A kind of help as the public calls it, in the language asked for; names of others are as they are.
std::pair<std::string, std::string> words_of(const directory::Suggestion& suggestion, const Context& context) {
    using Kind = directory::Suggestion::Kind;
    const auto& reader = context.reader();
    const auto called = [&](directory::ProgrammeIndex programme) {
        return reader.taxonomy().at(programme).public_label.in(context.language);
    };
    if (suggestion.kind == Kind::programme) {
        if (const auto programme = reader.taxonomy().by_code(suggestion.id)) {
            return {called(*programme), suggestion.detail};
        }
    }
    if (suggestion.kind == Kind::service) {
        if (const auto service = reader.find_service(suggestion.id)) {
            return {suggestion.label, called(reader.services()[*service].programme)};
        }
    }
    return {suggestion.label, suggestion.detail};
}

std::string_view kind_of(directory::Suggestion::Kind kind) noexcept {
    using Kind = directory::Suggestion::Kind;
    switch (kind) {
        case Kind::service:
            return "service";
        case Kind::programme:
            return "programme";
        case Kind::district:
            return "district";
        case Kind::town:
            return "town";
        case Kind::landmark:
            return "landmark";
    }
    return "";
}

ordered_json position_or_null(const std::optional<geo::LonLat>& position) {
    if (!position) {
        return nullptr;
    }
    return {std::round(position->lon * 1e6) / 1e6, std::round(position->lat * 1e6) / 1e6};
}

/// `{"chugakkoku":["99201-…"]}` of the memberships that are sure, or of those that are not.
ordered_json districts_of(const directory::Reader& reader, const std::vector<directory::Membership>& memberships,
                          bool sure) {
    ordered_json layers = ordered_json::object();
    for (const auto& membership : memberships) {
        if (membership.sure == sure) {
            const auto& district = reader.districts()[membership.district];
            layers[district.layer].push_back(district.code);
        }
    }
    return layers;
}

/// \param typed the address that was asked about; empty where the candidate only resembles it
ordered_json candidate_of(const directory::Reader& reader, const importers::Location& location,
                          std::string_view typed) {
    directory::SiteRow place;
    place.address = typed.empty() ? location.matched : std::string(typed);
    place.municipality = location.municipality;
    place.municipality_name = location.municipality_name;
    place.position = location.position;
    place.accuracy_m = location.accuracy_m;
    const auto memberships = reader.memberships_of(place);
    return {{"type", "Feature"},
            {"geometry", geometry_of(location.position)},
            {"properties",
             {{"label", location.matched.empty() ? location.municipality_name : location.matched},
              {"municipality", text_or_null(location.municipality)},
              {"municipality_name", text_or_null(location.municipality_name)},
              {"position_quality", directory::code_of(location.quality)},
              {"accuracy_m", std::round(location.accuracy_m)},
              {"districts", districts_of(reader, memberships, true)},
              {"districts_possible", districts_of(reader, memberships, false)}}}};
}

} // namespace

Answer get_suggest(const Request& request, const Context& context) {
    const auto asked = read_asked(request, {"json"});
    if (!asked) {
        return to_answer(asked.error(), context.language);
    }
    ordered_json suggestions = ordered_json::array();
    for (const auto& suggestion : context.reader().suggest(asked->text, asked->limit)) {
        const auto [label, detail] = words_of(suggestion, context);
        suggestions.push_back({{"kind", kind_of(suggestion.kind)},
                               {"label", label},
                               {"detail", text_or_null(detail)},
                               {"id", text_or_null(suggestion.id)},
                               {"position", position_or_null(suggestion.position)}});
    }
    return json_answer({{"edition", context.reader().edition()}, {"suggestions", std::move(suggestions)}}, context);
}

Answer post_suggest(const Request& request, const Context& context) {
    auto fields = parse_query(request.body);
    if (!fields) {
        return to_answer({"bad_parameter", fields.error(), "The bytes of a field are malformed."}, context.language);
    }
    Request asked;
    asked.path = request.path;
    asked.accept = request.accept;
    asked.query = std::move(*fields);
    std::erase_if(asked.query, [](const auto& field) { return field.second.empty(); });
    Context in_language = context;
    if (const auto language = asked.parameter("lang");
        language && std::ranges::find(k_languages, *language) != k_languages.end()) {
        in_language.language = *language;
    }
    Answer answer = get_suggest(asked, in_language);
    answer.caching = Caching::none;
    return answer;
}

Answer get_geocode(const Request& request, const Context& context) {
    const auto asked = read_asked(request, {"json", "geojson"});
    if (!asked) {
        return to_answer(asked.error(), context.language);
    }
    ordered_json features = ordered_json::array();
    const auto& locator = *context.loaded.locator;
    if (const auto exact = locator.locate(asked->text, {})) {
        features.push_back(candidate_of(context.reader(), *exact, asked->text));
    }
    if (features.empty()) {
        for (const auto& location : locator.candidates(asked->text, asked->limit)) {
            features.push_back(candidate_of(context.reader(), location, {}));
        }
    }
    Answer answer = json_answer({{"type", "FeatureCollection"},
                                 {"edition", context.reader().edition()},
                                 {"numberReturned", features.size()},
                                 {"features", std::move(features)}},
                                context);
    answer.content_type = "application/geo+json";
    return answer;
}

} // namespace shirube::server
