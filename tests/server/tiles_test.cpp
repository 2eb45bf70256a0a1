#include "server/tiles/tiles.hpp"

#include "directory/snapshot/snapshot.hpp"
#include "server/tiles/tile_source.hpp"
#include "tests/server/tiles_decoder.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>
#include <gdal_priv.h>
#include <nlohmann/json.hpp>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace shirube;
using namespace shirube::server;
using directory::PositionQuality;
using directory::Status;

namespace {

constexpr geo::LonLat k_station{139.7002, 35.6895};

directory::ProgrammeIndex programme(std::string_view code) {
    return directory::Taxonomy::shipped().by_code(code).value();
}

/// A directory as the store would read it, filled row by row.
class Town {
  public:
    Town() {
        directory::ListRow list;
        list.name = "places";
        list.publisher = "潮見野市 <子ども課> & 友";
        state_.lists.push_back(list);
    }

    directory::ServiceRow& add_service(geo::LonLat position, std::string_view code,
                                       PositionQuality quality = PositionQuality::exact) {
        const std::size_t number = state_.services.size();
        directory::SiteRow site;
        site.id = fmt::format("site-{:06}", number);
        site.name = fmt::format("{}番館", number);
        site.position = position;
        site.quality = quality;
        state_.sites.push_back(site);
        directory::ServiceRow service;
        service.id = fmt::format("svc-{:06}", number);
        service.site = static_cast<std::uint32_t>(number);
        service.list = 0;
        service.programme = programme(code);
        state_.services.push_back(service);
        return state_.services.back();
    }

    directory::DistrictRow& add_district(const geo::Box& box) {
        directory::DistrictRow district;
        district.layer = "chugakkoku";
        district.code = fmt::format("99201-{:03}", state_.districts.size());
        district.name = fmt::format("第{}中学校", state_.districts.size() + 1);
        district.municipality = "99201";
        district.municipality_name = "潮見野市";
        district.geometry = {
            {{{box.west, box.south}, {box.east, box.south}, {box.east, box.north}, {box.west, box.north}}, {}}};
        district.list = 0;
        state_.districts.push_back(district);
        return state_.districts.back();
    }

    Loaded load() const {
        const directory::Reader reader(
            directory::Snapshot::build(state_, directory::Taxonomy::shipped(), directory::Holidays::shipped()));
        return {reader, nullptr, std::make_shared<const TileSource>(reader)};
    }

  private:
    directory::State state_;
};

Context at(const Loaded& loaded, std::string_view instant) {
    return {loaded, directory::parse_instant(instant).value(), "ja"};
}

test::DecodedLayer only_layer(const Answer& answer) {
    REQUIRE(answer.status == 200);
    REQUIRE(answer.content_type == "application/vnd.mapbox-vector-tile");
    const auto layers = test::decode_tile(answer.content());
    REQUIRE(layers.size() <= 1);
    return layers.empty() ? test::DecodedLayer{} : layers[0];
}

/// All tiles of a zoom that a box meets.
std::vector<geo::TileId> tiles_of(const geo::Box& box, std::uint32_t zoom) {
    const geo::TileId low = geo::tile_at({box.west, box.north}, zoom);
    const geo::TileId high = geo::tile_at({box.east, box.south}, zoom);
    std::vector<geo::TileId> tiles;
    for (std::uint32_t x = low.x; x <= high.x; ++x) {
        for (std::uint32_t y = low.y; y <= high.y; ++y) {
            tiles.push_back({zoom, x, y});
        }
    }
    return tiles;
}

constexpr geo::Box k_city{139.60, 35.60, 139.80, 35.75};

Loaded busy_city(std::size_t count) {
    std::mt19937_64 random(4);
    std::uniform_real_distribution<double> lon(k_city.west, k_city.east);
    std::uniform_real_distribution<double> lat(k_city.south, k_city.north);
    Town town;
    for (std::size_t number = 0; number < count; ++number) {
        const double east = lon(random);
        town.add_service({east, lat(random)}, number % 3 == 0 ? "jidokan_small" : "kodomo_shokudo");
    }
    return town.load();
}

} // namespace

TEST_CASE("A service stands in one tile of every zoom from 12 on, at its place to a tile unit") {
    const Loaded loaded = busy_city(300);
    const directory::Reader& reader = loaded.reader;
    for (const std::uint32_t zoom : {12U, 13U, 14U, 16U}) {
        std::map<std::string, int> seen;
        for (const geo::TileId id : tiles_of(k_city, zoom)) {
            for (const auto& feature : only_layer(tile({}, at(loaded, "2026-11-21"), "services", id)).features) {
                ++seen[feature.property("id")];
                const auto service = reader.find_service(feature.property("id")).value();
                REQUIRE(feature.id == service);
                const auto place = geo::to_tile(*reader.sites()[reader.services()[service].site].position, id);
                REQUIRE(std::abs(feature.rings[0][0].first - place.x) <= 1);
                REQUIRE(std::abs(feature.rings[0][0].second - place.y) <= 1);
            }
        }
        REQUIRE(seen.size() == 300);
        REQUIRE(std::all_of(seen.begin(), seen.end(), [](const auto& one) { return one.second == 1; }));
    }
}

TEST_CASE("A service says what it is") {
    Town town;
    town.add_service(k_station, "jidokan_small");
    town.add_service(k_station, "kodomo_shokudo", PositionQuality::town).status = Status::suspended;
    const Loaded loaded = town.load();
    const auto layer = only_layer(tile({}, at(loaded, "2026-11-21"), "services", geo::tile_at(k_station, 15)));
    REQUIRE(layer.name == "services");
    REQUIRE(layer.features.size() == 2);
    REQUIRE(layer.features[0].properties == std::map<std::string, std::string>{{"id", "svc-000000"},
                                                                               {"name", "0番館"},
                                                                               {"programme", "jidokan_small"},
                                                                               {"family", "places"},
                                                                               {"status", "active"}});
    REQUIRE(layer.features[1].properties == std::map<std::string, std::string>{{"id", "svc-000001"},
                                                                               {"name", "1番館"},
                                                                               {"programme", "kodomo_shokudo"},
                                                                               {"family", "food"},
                                                                               {"status", "suspended"},
                                                                               {"quality", "town"}});
}

TEST_CASE("Below zoom 12 services of one programme in one cell are one point that says how many") {
    constexpr std::size_t k_services = 4000;
    const Loaded loaded = busy_city(k_services);
    for (const std::uint32_t zoom : {0U, 5U, 8U, 10U, 11U}) {
        std::map<std::string, std::uint64_t> counts;
        std::size_t points = 0;
        for (const geo::TileId id : tiles_of(k_city, zoom)) {
            std::set<std::tuple<int, int, std::string>> cells;
            for (const auto& feature : only_layer(tile({}, at(loaded, "2026-11-21"), "services", id)).features) {
                const auto [x, y] = feature.rings[0][0];
                REQUIRE((x >= 0 && x < 4096 && y >= 0 && y < 4096));
                REQUIRE(cells.emplace(x / 128, y / 128, feature.property("programme")).second);
                const std::uint64_t count = std::stoull(feature.property("count"));
                counts[feature.property("programme")] += count;
                REQUIRE(feature.properties.contains("id") == (count == 1));
                REQUIRE(feature.properties.contains("name") == (count == 1));
                ++points;
            }
        }
        INFO("zoom " << zoom);
        REQUIRE(counts == std::map<std::string, std::uint64_t>{{"jidokan_small", 1334}, {"kodomo_shokudo", 2666}});
        REQUIRE(points < k_services);
    }
}

TEST_CASE("What is closed on the day is on no tile, and what will open is there as planned") {
    Town town;
    auto& closed = town.add_service(k_station, "jidokan");
    closed.valid_to = directory::parse_day("2026-03-31");
    auto& planned = town.add_service(k_station, "shien_kyoten");
    planned.status = Status::planned;
    planned.valid_from = directory::parse_day("2027-04-01");
    town.add_service(k_station, "kodomo_shokudo").status = Status::closed;
    const Loaded loaded = town.load();
    const auto seen_on = [&](std::string_view day, std::uint32_t zoom) {
        std::map<std::string, std::string> seen;
        Request request;
        request.query = {{"at", std::string(day)}};
        const auto layer =
            only_layer(tile(request, at(loaded, "2026-11-21"), "services", geo::tile_at(k_station, zoom)));
        for (const auto& feature : layer.features) {
            seen[feature.property("programme")] = feature.property("status");
        }
        return seen;
    };
    using Seen = std::map<std::string, std::string>;
    for (const std::uint32_t zoom : {9U, 14U}) {
        REQUIRE(seen_on("2026-03-01", zoom) == Seen{{"jidokan", "active"}, {"shien_kyoten", "planned"}});
        REQUIRE(seen_on("2026-11-21", zoom) == Seen{{"shien_kyoten", "planned"}});
        REQUIRE(seen_on("2027-04-01", zoom) == Seen{{"shien_kyoten", "active"}});
    }
}

TEST_CASE("A place without a position, or one that is kept back, is on no tile") {
    Town town;
    town.add_service(k_station, "jidokan", PositionQuality::withheld);
    town.add_service(k_station, "jidokan", PositionQuality::none);
    const Loaded loaded = town.load();
    for (const std::uint32_t zoom : {0U, 11U, 12U, 22U}) {
        const Answer answer = tile({}, at(loaded, "2026-11-21"), "services", geo::tile_at(k_station, zoom));
        REQUIRE(answer.status == 200);
        REQUIRE(answer.content().empty());
    }
    const auto document = nlohmann::json::parse(tile_json({}, at(loaded, "2026-11-21"), "services").content());
    REQUIRE(!document.contains("bounds"));
}

TEST_CASE("Districts are cut to the tile, wound as the format asks, and say who they are") {
    Town town;
    for (int number = 0; number < 4; ++number) {
        const double west = 139.60 + 0.05 * number;
        town.add_district({west, 35.60, west + 0.05, 35.70});
    }
    town.add_district({139.60, 35.70, 139.80, 35.75}).status = directory::DistrictStatus::suspended;
    const Loaded loaded = town.load();
    for (const std::uint32_t zoom : {8U, 11U, 13U, 15U}) {
        std::set<std::string> seen;
        for (const geo::TileId id : tiles_of(k_city, zoom)) {
            const auto layer = only_layer(tile({}, at(loaded, "2026-11-21"), "chugakkoku", id));
            REQUIRE((layer.name.empty() || layer.name == "districts"));
            for (const auto& feature : layer.features) {
                seen.insert(feature.property("code"));
                REQUIRE(loaded.reader.districts()[feature.id.value()].code == feature.property("code"));
                REQUIRE(feature.property("municipality") == "99201");
                REQUIRE(feature.property("municipality_name") == "潮見野市");
                REQUIRE(feature.property("status") ==
                        (feature.property("code") == "99201-004" ? "suspended" : "active"));
                for (const auto& ring : feature.rings) {
                    REQUIRE(test::twice_signed_surface(ring) > 0);
                    for (const auto& [x, y] : ring) {
                        REQUIRE((x >= -64 && x <= 4096 + 64 && y >= -64 && y <= 4096 + 64));
                    }
                }
            }
        }
        INFO("zoom " << zoom);
        REQUIRE(seen.size() == 5);
    }
}

TEST_CASE("GDAL reads the same districts and services where they are") {
    Town town;
    town.add_district({139.69, 35.68, 139.695, 35.685});
    auto& ring_road = town.add_district({139.68, 35.67, 139.72, 35.70});
    ring_road.geometry[0].holes = {{{139.69, 35.68}, {139.695, 35.68}, {139.695, 35.685}, {139.69, 35.685}}};
    town.add_service(k_station, "jidokan");
    const Loaded loaded = town.load();
    const geo::TileId id = geo::tile_at(k_station, 13);

    GDALAllRegister();
    const auto open = [&](std::string_view layer) {
        const std::string bytes(tile({}, at(loaded, "2026-11-21"), layer, id).content());
        const std::string path = fmt::format("/vsimem/{}/{}/{}/{}.mvt", layer, id.z, id.x, id.y);
        auto* copy = static_cast<GByte*>(CPLMalloc(bytes.size()));
        std::copy(bytes.begin(), bytes.end(), copy);
        VSIFCloseL(VSIFileFromMemBuffer(path.c_str(), copy, bytes.size(), TRUE));
        const char* const drivers[] = {"MVT", nullptr};
        return std::unique_ptr<GDALDataset>(
            GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_VERBOSE_ERROR, drivers));
    };
    const double metres_a_unit = 40'075'017.0 / 4096 / (1U << id.z);

    const auto districts = open("chugakkoku");
    REQUIRE(districts);
    OGRLayer* areas = districts->GetLayerByName("districts");
    REQUIRE(areas != nullptr);
    REQUIRE(areas->GetFeatureCount() == 2);
    for (const auto& feature : *areas) {
        const auto* geometry = feature->GetGeometryRef();
        REQUIRE(geometry->IsValid());
        const bool is_ring = std::string(feature->GetFieldAsString("code")) == "99201-001";
        const auto* multi = geometry->toMultiPolygon();
        REQUIRE(multi->getNumGeometries() == 1);
        REQUIRE(multi->getGeometryRef(0)->getNumInteriorRings() == (is_ring ? 1 : 0));
        REQUIRE(std::string(feature->GetFieldAsString("name")) == (is_ring ? "第2中学校" : "第1中学校"));
        if (!is_ring) {
            // In EPSG:3857, where a degree of longitude is 111,319.49 m.
            OGREnvelope envelope;
            geometry->getEnvelope(&envelope);
            REQUIRE(envelope.MinX == Approx(139.69 * 111'319.4908).margin(metres_a_unit));
            REQUIRE(envelope.MaxX == Approx(139.695 * 111'319.4908).margin(metres_a_unit));
        }
    }

    const auto services = open("services");
    REQUIRE(services);
    OGRLayer* points = services->GetLayerByName("services");
    REQUIRE(points != nullptr);
    REQUIRE(points->GetFeatureCount() == 1);
    const auto feature = std::unique_ptr<OGRFeature>(points->GetNextFeature());
    REQUIRE(feature->GetGeometryRef()->toPoint()->getX() == Approx(k_station.lon * 111'319.4908).margin(metres_a_unit));
    REQUIRE(std::string(feature->GetFieldAsString("programme")) == "jidokan");
}

TEST_CASE("The same edition gives the same bytes, in a second source too") {
    const Loaded first = busy_city(2000);
    const Loaded second = busy_city(2000);
    for (const std::uint32_t zoom : {3U, 9U, 12U}) {
        for (const geo::TileId id : tiles_of(k_city, zoom)) {
            const Answer a = tile({}, at(first, "2026-11-21T09:00"), "services", id);
            const Answer b = tile({}, at(second, "2026-11-21T18:30"), "services", id);
            REQUIRE(!a.content().empty());
            REQUIRE(a.content() == b.content());
            REQUIRE(a.etag_basis == b.etag_basis);
        }
    }
    const auto next_day = tile({}, at(first, "2026-11-22"), "services", {3, 7, 3});
    REQUIRE(next_day.etag_basis != tile({}, at(first, "2026-11-21"), "services", {3, 7, 3}).etag_basis);
}

TEST_CASE("A tile that is not there, a layer nobody knows and a parameter nobody takes are told apart") {
    Town town;
    town.add_district(k_city);
    const Loaded loaded = town.load();
    const Context context = at(loaded, "2026-11-21");
    REQUIRE(tile({}, context, "services", {23, 0, 0}).status == 404);
    REQUIRE(tile({}, context, "services", {3, 8, 0}).status == 404);
    REQUIRE(tile({}, context, "chugakkoku", {0, 0, 1}).status == 404);
    REQUIRE(tile({}, context, "chugakkoku", {22, 0, 0}).status == 200);
    REQUIRE(tile({}, context, "shogakkoku", {0, 0, 0}).status == 404);
    REQUIRE(tile_json({}, context, "shogakkoku").status == 404);
    Request request;
    request.query = {{"near", "139.7,35.6"}};
    const Answer unknown = tile(request, context, "services", {0, 0, 0});
    REQUIRE(unknown.status == 400);
    REQUIRE(nlohmann::json::parse(unknown.content()).at("parameter") == "near");
    REQUIRE(tile_json(request, context, "services").status == 400);
    request.query = {{"at", "yesterday"}};
    REQUIRE(tile(request, context, "services", {0, 0, 0}).status == 400);
    request.query = {{"lang", "en"}};
    REQUIRE(tile(request, context, "services", {0, 0, 0}).status == 200);
}

TEST_CASE("TileJSON says where the tiles are, what is in them, whose they are, and no markup of others") {
    Town town;
    town.add_district(k_city);
    town.add_service(k_station, "jidokan");
    const Loaded loaded = town.load();
    const Context context = at(loaded, "2026-11-21");
    const auto districts = nlohmann::json::parse(tile_json({}, context, "chugakkoku").content());
    REQUIRE(districts.at("tilejson") == "3.0.0");
    REQUIRE(districts.at("tiles") == nlohmann::json{"/tiles/chugakkoku/{z}/{x}/{y}.mvt"});
    REQUIRE(districts.at("vector_layers").at(0).at("id") == "districts");
    REQUIRE(districts.at("vector_layers").at(0).at("fields").size() == 5);
    REQUIRE(districts.at("attribution") == "潮見野市 &lt;子ども課&gt; &amp; 友");
    const auto bounds = districts.at("bounds").get<std::vector<double>>();
    REQUIRE(bounds.size() == 4);
    REQUIRE(bounds[0] == Approx(k_city.west));
    REQUIRE(bounds[1] == Approx(k_city.south));
    REQUIRE(bounds[2] == Approx(k_city.east));
    REQUIRE(bounds[3] == Approx(k_city.north));
    const auto services = nlohmann::json::parse(tile_json({}, context, "services").content());
    REQUIRE(services.at("vector_layers").at(0).at("id") == "services");
    REQUIRE(services.at("vector_layers").at(0).at("fields").contains("count"));
    REQUIRE(services.at("bounds").at(0).get<double>() <= k_station.lon);
    REQUIRE(services.at("bounds").at(2).get<double>() >= k_station.lon);
}
