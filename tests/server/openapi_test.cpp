// The OpenAPI document says what the server does: no address and no parameter more, none less, and its schemas hold
// for the answers of a town made here.
#include "directory/snapshot/snapshot.hpp"
#include "server/pages/texts.hpp"
#include "server/problem.hpp"
#include "server/router.hpp"
#include "server/search_query.hpp"
#include "server/staff/staff_routes.hpp"
#include "server/tiles/tile_source.hpp"
#include "tests/server/support/openapi_document.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace shirube::server {

namespace {

using nlohmann::json;
using tests::misfits;
using tests::resolved;

const json& document() { return tests::openapi_document(); }

const directory::Instant k_now = *directory::parse_instant("2026-11-21T14:00");

std::string source_text(const std::string& path) {
    std::ifstream in(std::string{SHIRUBE_SOURCE_DIR} + "/" + path, std::ios::binary);
    REQUIRE(in);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// "/api/v1/resources/{id}" and the router's {"api", "v1", "resources", "*"} in one form: "/api/v1/resources/*".
std::string pattern_of(const std::string& path) {
    // The router looks at suffixes itself: ".json" and ".mvt" belong to a part.
    return std::regex_replace(path, std::regex(R"(\{[^}]*\}(\.[a-z]+)?)"), "*");
}

std::set<std::string> documented_calls() {
    std::set<std::string> calls;
    for (const auto& [path, item] : document().at("paths").items()) {
        for (const auto& [method, operation] : item.items()) {
            calls.insert(method + " " + pattern_of(path));
        }
    }
    return calls;
}

/// Read out of the router's own table: a route that is added there without a word here fails.
std::set<std::string> routed_calls() {
    std::set<std::string> calls{"get /api/v1/openapi.json", "get /healthz"}; // answered before an edition is loaded
    const std::string source = source_text("server/router.cpp");
    const std::regex row(R"(\{Method::(get|post),\s*\{([^}]*)\},)");
    const std::regex part(R"re("([^"]*)")re");
    for (std::sregex_iterator it(source.begin(), source.end(), row), end; it != end; ++it) {
        const std::string parts = (*it)[2];
        std::string path;
        for (std::sregex_iterator p(parts.begin(), parts.end(), part); p != end; ++p) {
            path += "/" + std::string{(*p)[1]};
        }
        calls.insert(std::string{(*it)[1]} + " " + (path.empty() ? "/" : path));
    }
    for (const auto& route : staff_routes()) {
        if (route.pattern.starts_with("/api/")) { // the pages of staff are for people alone
            calls.insert((route.method == Method::get ? "get " : "post ") + std::string{route.pattern});
        }
    }
    return calls;
}

/// Two services in one of two districts, one of them without a point, and a list that speaks for all.
directory::State town() {
    directory::State state;
    directory::ListRow list;
    list.name = "児童館一覧";
    list.as_of = "2026-04";
    list.claims = {{"jidokan", "99201", true}};
    state.lists.push_back(list);
    state.organizations.push_back({"o1", "潮見野市", "市"});
    const auto add_site = [&](std::string id, std::optional<geo::LonLat> position) {
        directory::SiteRow site;
        site.id = std::move(id);
        site.name = "みなと児童館";
        site.municipality = "99201";
        site.municipality_name = "潮見野市";
        site.position = position;
        site.quality = position ? directory::PositionQuality::exact : directory::PositionQuality::none;
        state.sites.push_back(std::move(site));
    };
    add_site("p1", geo::LonLat{137.15, 33.12});
    add_site("p2", std::nullopt);
    for (std::uint32_t i = 0; i < 2; ++i) {
        directory::ServiceRow service;
        service.id = "s" + std::to_string(i + 1);
        service.site = i;
        service.list = 0;
        service.organization = i == 0 ? 0 : directory::k_no_index;
        service.programme = *directory::Taxonomy::shipped().by_code("jidokan");
        service.entry = directory::Entry::register_first;
        service.schedules.push_back({{directory::ScheduleState::dated, 1U << 5U, 0, 0x0fff, 0, 600, 1020}, "", "土"});
        state.services.push_back(std::move(service));
    }
    for (const double west : {137.1, 137.2}) {
        directory::DistrictRow district;
        district.layer = "chugakkoku";
        district.name = west < 137.15 ? "みなと中学校" : "若葉台中学校";
        district.code = "99201-" + district.name;
        district.municipality = "99201";
        district.municipality_name = "潮見野市";
        district.geometry = {{{{west, 33.1}, {west + 0.1, 33.1}, {west + 0.1, 33.2}, {west, 33.2}}, {}}};
        district.list = 0;
        state.districts.push_back(std::move(district));
    }
    directory::DistrictRow nowhere; // known by its addresses alone
    nowhere.layer = "chugakkoku";
    nowhere.name = "谷中学校";
    nowhere.code = "99201-谷中学校";
    nowhere.municipality = "99201";
    nowhere.municipality_name = "潮見野市";
    nowhere.list = 0;
    nowhere.valid_from = directory::parse_day("2026-04-01");
    directory::AddressRule rule;
    rule.municipality = "99201";
    rule.town = "谷町";
    nowhere.addresses = {rule};
    state.districts.push_back(std::move(nowhere));
    directory::TownReading place;
    place.prefecture = "標県";
    place.municipality = "99201";
    place.municipality_name = "潮見野市";
    place.town = "港町一丁目";
    place.position = {137.15, 33.12};
    place.accuracy_m = 300;
    state.towns.push_back(place);
    directory::NeedRow births;
    births.reading.indicator = "出生数";
    births.reading.layer = "chugakkoku";
    births.reading.name = state.districts.front().name;
    births.reading.value = 61;
    births.list = 0;
    state.needs.push_back(births);
    directory::RelationRow refers;
    refers.id = "r1";
    refers.reading.kind = directory::RelationKind::refers;
    refers.reading.from = {.name = "潮見野市", .municipality = "99201", .layer = {}};
    refers.reading.to = {.name = "うみねこの会", .municipality = "99201", .layer = {}};
    refers.reading.referrals.informed = 12;
    refers.reading.terms.text = "火・木";
    refers.list = 0;
    directory::RelationRow coordinates;
    coordinates.id = "r2";
    coordinates.reading.kind = directory::RelationKind::coordinates;
    coordinates.reading.from = refers.reading.from;
    coordinates.reading.to = {
        .kind = directory::PartyKind::district, .name = "みなと中学校", .municipality = "99201", .layer = "chugakkoku"};
    coordinates.list = 0;
    state.relations = {refers, coordinates};
    directory::ForumRow council;
    council.id = "f1";
    council.reading.kind = directory::ForumKind::protection_council;
    council.reading.name = "要対協";
    council.reading.municipality = "99201";
    council.reading.members = {directory::PartyReading{.name = "うみねこの会", .municipality = {}, .layer = {}}};
    council.reading.times_per_year = 4;
    council.list = 0;
    state.forums = {council};
    return state;
}

const Loaded& loaded() {
    static const Loaded value = [] {
        auto state = town();
        const auto towns = state.towns;
        const directory::Reader reader(directory::Snapshot::build(std::move(state), directory::Taxonomy::shipped(),
                                                                  directory::Holidays::shipped()));
        return Loaded{reader, std::make_shared<const importers::Locator>(towns),
                      std::make_shared<const TileSource>(reader)};
    }();
    return value;
}

Answer ask(const std::string& target) {
    const auto parsed = parse_target(target);
    REQUIRE(parsed);
    Request request;
    request.path = parsed->path;
    request.query = parsed->query;
    return route(request, &loaded(), k_now);
}

json parameters_of(const std::string& path) {
    json out = json::object();
    for (const auto& parameter : document().at("paths").at(path).at("get").at("parameters")) {
        const json& one = resolved(parameter);
        if (one.at("in") == "query") {
            out[one.at("name").get<std::string>()] = one;
        }
    }
    return out;
}

} // namespace

TEST_CASE("every address of the router stands in the OpenAPI document, and no other") {
    const auto routed = routed_calls();
    REQUIRE(routed.size() > 15);
    CHECK(documented_calls() == routed);
}

TEST_CASE("every parameter of the search is documented, and every documented one is known") {
    const std::string source = source_text("server/search_query.cpp");
    std::set<std::string> known;
    const std::regex row(R"re(Parameter\{"([a-z_]+)")re");
    for (std::sregex_iterator it(source.begin(), source.end(), row), end; it != end; ++it) {
        known.insert((*it)[1]);
    }
    REQUIRE(known.size() > 20);
    std::set<std::string> documented;
    const json parameters = parameters_of("/api/v1/resources");
    for (const auto& [name, parameter] : parameters.items()) {
        documented.insert(name);
        INFO(name);
        const auto query = read_search_query({{name, "\x01"}}, loaded().reader, k_now);
        CHECK((query || query.error().code != "unknown_parameter"));
    }
    CHECK(documented == known);
}

TEST_CASE("values that the document lists are values that the search takes") {
    const json parameters = parameters_of("/api/v1/resources");
    for (const auto& [name, parameter] : parameters.items()) {
        const json schema =
            parameter.at("schema").contains("items") ? parameter.at("schema").at("items") : parameter.at("schema");
        for (const auto& value : schema.value("enum", json::array())) {
            INFO(name << "=" << value);
            Query query{{"near", "137.15,33.12"}, {name, value.get<std::string>()}};
            if (name == "use_contract") { // terms are those of somebody's residents
                query.emplace_back("residents_of", "99201");
            }
            CHECK(read_search_query(query, loaded().reader, k_now).has_value());
        }
        for (const auto& [bound, beyond] : {std::pair{"minimum", -1}, std::pair{"maximum", 1}}) {
            if (!schema.contains(bound)) {
                continue;
            }
            const auto at = schema.at(bound).get<int>();
            INFO(name << " " << bound << " " << at);
            const auto with = [&](int number) {
                return read_search_query({{"near", "137.15,33.12"}, {name, std::to_string(number)}}, loaded().reader,
                                         k_now);
            };
            CHECK(with(at).has_value());
            const auto outside = with(at + beyond);
            REQUIRE_FALSE(outside.has_value());
            CHECK(outside.error().code == "parameter_out_of_range");
        }
    }
}

TEST_CASE("problems have the codes that the document lists") {
    std::set<std::string> documented;
    for (const auto& code : document().at("/components/schemas/Problem/properties/code/enum"_json_pointer)) {
        documented.insert(code.get<std::string>());
    }
    std::set<std::string> known;
    for (const auto& kind : problem_kinds()) {
        known.insert(std::string{kind.code});
    }
    CHECK(documented == known);
}

TEST_CASE("the document's examples fit its schemas") {
    std::size_t checked = 0;
    const auto look = [&](const json& content) {
        for (const auto& [type, media] : content.items()) {
            if (media.contains("example")) {
                ++checked;
                CHECK(misfits(media.at("schema"), media.at("example")) == std::vector<std::string>{});
            }
        }
    };
    for (const auto& [path, item] : document().at("paths").items()) {
        for (const auto& [method, operation] : item.items()) {
            for (const auto& [status, response] : operation.at("responses").items()) {
                INFO(method << " " << path << " " << status);
                look(resolved(response).value("content", json::object()));
            }
        }
    }
    CHECK(checked > 20);
}

TEST_CASE("answers fit the schemas of the document, member by member") {
    struct Row {
        const char* target;
        const char* path;
        const char* status = "200";
    };
    const auto row = GENERATE(
        Row{"/api/v1/resources?near=137.15,33.12&day=sat", "/api/v1/resources"},
        Row{"/api/v1/resources", "/api/v1/resources"},
        Row{"/api/v1/resources?limit=1&q=%E5%85%90%E7%AB%A5", "/api/v1/resources"},
        Row{"/api/v1/resources?near=139.7", "/api/v1/resources", "400"},
        Row{"/api/v1/resources/s1", "/api/v1/resources/{id}"}, Row{"/api/v1/resources/s2", "/api/v1/resources/{id}"},
        Row{"/api/v1/resources/nothing", "/api/v1/resources/{id}", "404"},
        Row{"/api/v1/suggest?q=%E6%B8%AF", "/api/v1/suggest"},
        Row{"/api/v1/suggest?q=%E5%85%90%E7%AB%A5", "/api/v1/suggest"},
        Row{"/api/v1/geocode?q=%E6%B8%AF%E7%94%BA", "/api/v1/geocode"}, Row{"/api/v1/taxonomy", "/api/v1/taxonomy"},
        Row{"/api/v1/layers", "/api/v1/layers"},
        Row{"/api/v1/layers/chugakkoku/districts", "/api/v1/layers/{layer}/districts"},
        Row{"/api/v1/layers/chugakkoku/districts?f=geojson", "/api/v1/layers/{layer}/districts"},
        Row{"/api/v1/layers/chugakkoku/at?point=137.15,33.12", "/api/v1/layers/{layer}/at"},
        Row{"/api/v1/policies", "/api/v1/policies"},
        Row{"/api/v1/coverage?policy=jidokan_per_chugakkoku", "/api/v1/coverage"},
        Row{"/api/v1/coverage?policy=base_per_chugakkoku&f=geojson", "/api/v1/coverage"},
        Row{"/api/v1/needs", "/api/v1/needs"}, Row{"/api/v1/stages", "/api/v1/stages"},
        Row{"/api/v1/stages?by=department", "/api/v1/stages"}, Row{"/api/v1/stages?by=size", "/api/v1/stages", "400"},
        Row{"/api/v1/network", "/api/v1/network"}, Row{"/api/v1/network?forum=f1&kind=member_of", "/api/v1/network"},
        Row{"/api/v1/network?reach=x", "/api/v1/network", "400"}, Row{"/api/v1/relations", "/api/v1/relations"},
        Row{"/api/v1/relations?limit=1", "/api/v1/relations"},
        Row{"/api/v1/relations?cursor=x", "/api/v1/relations", "400"}, Row{"/api/v1/matrix", "/api/v1/matrix"},
        Row{"/api/v1/matrix?year=x", "/api/v1/matrix", "400"},
        Row{"/api/v1/needs?indicator=%E5%87%BA%E7%94%9F%E6%95%B0&layer=chugakkoku", "/api/v1/needs"},
        Row{"/api/v1/needs?indicator=nothing", "/api/v1/needs", "400"},
        Row{"/api/v1/coverage", "/api/v1/coverage", "400"}, Row{"/tiles/services.json", "/tiles/{layer}.json"},
        Row{"/tiles/chugakkoku.json", "/tiles/{layer}.json"});
    INFO(row.target);
    const auto answer = ask(row.target);
    REQUIRE(std::to_string(answer.status) == row.status);
    const json& response = resolved(document().at("paths").at(row.path).at("get").at("responses").at(row.status));
    REQUIRE(response.at("content").contains(std::string{answer.content_type}));
    const json& schema = response.at("content").at(std::string{answer.content_type}).at("schema");
    CHECK(misfits(schema, json::parse(answer.content())) == std::vector<std::string>{});
}

TEST_CASE("every note on a district that the API may give has words on the pages, in every language", "[openapi]") {
    const json& notes =
        document().at(json::json_pointer("/components/schemas/DistrictCoverage/properties/notes/items/enum"));
    REQUIRE(notes.size() >= 7);
    for (const std::string_view language : {"ja", "ja-easy", "en"}) {
        for (const auto& note : notes) {
            INFO(language << " " << note);
            CHECK_NOTHROW(Texts::in(language).get("note." + note.get<std::string>()));
        }
    }
}

} // namespace shirube::server
