#include "tests/server/support/small_town.hpp"

#include "directory/blocks.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "importers/locating/locator.hpp"
#include "server/router.hpp"
#include "server/tiles/tile_source.hpp"

#include <fmt/format.h>

#include <memory>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

namespace shirube::tests {

namespace {

using directory::ServiceRow;
using directory::SiteRow;

directory::DistrictRow district(std::string code, std::string name, geo::Box box) {
    directory::DistrictRow out;
    out.layer = "chugakkoku";
    out.code = std::move(code);
    out.name = std::move(name);
    out.municipality = "99201";
    out.municipality_name = "潮見野市";
    out.geometry = {{{{box.west, box.south}, {box.east, box.south}, {box.east, box.north}, {box.west, box.north}}, {}}};
    return out;
}

SiteRow site(std::string id, std::string name, std::optional<geo::LonLat> position) {
    SiteRow out;
    out.id = std::move(id);
    out.name = std::move(name);
    out.address = "潮見野市港町1-1";
    out.municipality = "99201";
    out.municipality_name = "潮見野市";
    out.position = position;
    out.quality = position ? directory::PositionQuality::exact : directory::PositionQuality::none;
    return out;
}

ServiceRow service(std::string id, std::uint32_t at, std::uint32_t list, std::string_view programme) {
    ServiceRow out;
    out.id = std::move(id);
    out.site = at;
    out.organization = 0;
    out.list = list;
    out.programme = directory::Taxonomy::shipped().by_code(programme).value();
    return out;
}

ServiceRow saturday_cafeteria(std::string id, std::uint32_t at) {
    auto out = service(std::move(id), at, 0, "kodomo_shokudo");
    out.from_age_months = 0;
    out.to_age_months = 18 * 12;
    out.entry = directory::Entry::drop_in;
    out.fee = directory::Fee::free;
    out.transport = directory::Transport::none;
    out.features = 1U << static_cast<unsigned>(directory::Feature::parking);
    out.for_whom = 1U << static_cast<unsigned>(directory::ForWhom::parents);
    directory::Schedule schedule;
    schedule.rule.state = directory::ScheduleState::dated;
    schedule.rule.weekdays = 1U << 5U;
    schedule.rule.from_minute = std::int16_t{10 * 60};
    schedule.rule.to_minute = std::int16_t{14 * 60};
    schedule.text = "毎週土曜日 \"10時\"から14時";
    out.schedules = {schedule};
    return out;
}

directory::TownReading town(std::string name, geo::LonLat position) {
    directory::TownReading out;
    out.prefecture = "標県";
    out.municipality = "99201";
    out.municipality_name = "潮見野市";
    out.town = std::move(name);
    out.position = position;
    out.accuracy_m = 300;
    return out;
}

} // namespace

directory::State small_state() {
    using Kind = directory::ImportKind;
    directory::State state;
    state.lists = {{"こども食堂一覧",
                    "own",
                    "潮見野市",
                    "市の台帳",
                    "CC BY 4.0",
                    "",
                    Kind::resources,
                    {{"kodomo_shokudo", "99201", false}}},
                   {"児童館一覧",
                    "own",
                    "潮見野市",
                    "市の台帳",
                    "CC BY 4.0",
                    "2026-04-01",
                    Kind::resources,
                    {{"jidokan", "99201", true}}}};
    state.organizations = {{"o1", "潮見野市", "市"}};
    for (std::size_t i = 0; i < k_centres; ++i) {
        const auto number = fmt::format("{:02}", i + 1);
        state.sites.push_back(
            site("s" + number, "児童館" + number, geo::LonLat{137.001 + 0.001 * static_cast<double>(i), 33.01}));
        state.services.push_back(service("v" + number, static_cast<std::uint32_t>(i), 1, "jidokan_small"));
    }
    state.sites.push_back(site("s26", "みなと<食堂> \"ごはん\" \\ \x01", geo::LonLat{137.0105, 33.0105}));
    state.services.push_back(saturday_cafeteria("v26", 25));
    state.sites.push_back(site("s27", "場所のない食堂", std::nullopt));
    state.services.push_back(service("v27", 26, 0, "kodomo_shokudo"));
    state.districts = {
        district("99201-higashi", "東中学校", {137.0155, 33.0, 137.04, 33.02}),
        district("99201-nishi", "西中学校", {137.0, 33.0, 137.0205, 33.02}),
        district("99201-shiki", "=HYPERLINK(\"http://example.jp\",\"中\")", {137.1, 33.0, 137.12, 33.02})};
    state.towns = {town("北浜", {137.02, 33.015}), town("港町一丁目", {137.01, 33.01})};
    state.towns[1].blocks = std::make_shared<const std::string>(
        directory::pack_blocks({{.number = "7", .is_shown = true, .position = {137.012, 33.011}, .accuracy_m = 60}}));
    return state;
}

server::Loaded loaded_of(directory::State state) {
    const directory::Reader reader(
        directory::Snapshot::build(std::move(state), directory::Taxonomy::shipped(), directory::Holidays::shipped()));
    const std::vector<directory::TownReading> towns(reader.towns().begin(), reader.towns().end());
    return {reader, std::make_shared<const importers::Locator>(towns),
            std::make_shared<const server::TileSource>(reader)};
}

directory::Instant saturday_morning() { return {directory::parse_day("2026-11-21").value(), 10 * 60}; }

server::Request request_for(std::string_view target, std::string_view accept) {
    auto parsed = server::parse_target(target);
    if (!parsed) {
        throw std::invalid_argument("The test's target is malformed: " + std::string(target));
    }
    server::Request request;
    request.path = std::move(parsed->path);
    request.query = std::move(parsed->query);
    request.accept = accept;
    return request;
}

server::Answer SmallTown::ask(const server::Request& request) const {
    return server::route(request, &loaded_, saturday_morning());
}

server::Answer SmallTown::get(std::string_view target, std::string_view accept) const {
    return ask(request_for(target, accept));
}

nlohmann::json SmallTown::json(std::string_view target) const { return nlohmann::json::parse(get(target).content()); }

const SmallTown& the_small_town() {
    static const SmallTown town;
    return town;
}

std::string header_of(const server::Answer& answer, std::string_view name) {
    for (const auto& [key, value] : answer.headers) {
        if (key == name) {
            return value;
        }
    }
    return {};
}

} // namespace shirube::tests
