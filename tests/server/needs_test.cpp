// Figures of need as they leave the house: null where nobody says, apart where units differ, in three languages.
#include "directory/snapshot/snapshot.hpp"
#include "server/router.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <memory>
#include <string>

namespace shirube::server {

namespace {

using nlohmann::json;

constexpr directory::Instant k_now{directory::Day{std::chrono::days{20'778}}, 600}; // 2026-11-21

directory::NeedRow births(const std::string& name, std::optional<double> value, directory::Unit unit) {
    directory::NeedRow row;
    row.reading.indicator = "出生数";
    row.reading.unit = unit;
    row.reading.layer = "chugakkoku";
    row.reading.name = name;
    row.reading.from = directory::parse_day("2025-04-01");
    row.reading.to = directory::parse_day("2026-03-31");
    row.reading.value = value;
    row.list = 0;
    return row;
}

const Loaded& loaded() {
    static const Loaded value = [] {
        directory::State state;
        directory::ListRow list;
        list.name = "需要";
        list.publisher = "潮見野市";
        list.as_of = "2026-04-01";
        list.kind = directory::ImportKind::needs;
        state.lists = {list};
        for (const std::string name : {"浜中学校", "丘中学校", "<b>島中学校"}) {
            directory::DistrictRow district;
            district.layer = "chugakkoku";
            district.code = name;
            district.name = name;
            district.municipality = "99201";
            district.geometry = {{{{137.0, 33.0}, {137.1, 33.0}, {137.1, 33.1}, {137.0, 33.0}}, {}}};
            state.districts.push_back(district);
        }
        std::ranges::sort(state.districts, {}, &directory::DistrictRow::code);
        state.needs = {births("浜中学校", 1234, directory::Unit::persons),
                       births("浜中学校", 7.5, directory::Unit::households),
                       births("丘中学校", std::nullopt, directory::Unit::persons),
                       births("星中学校", 3, directory::Unit::persons)};
        state.needs[2].reading.suppressed = true;
        state.needs[0].reading.source = "<script>人口動態";
        const directory::Reader reader(directory::Snapshot::build(std::move(state), directory::Taxonomy::shipped(),
                                                                  directory::Holidays::shipped()));
        return Loaded{reader, nullptr};
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

json needs(const std::string& query) {
    const auto answer = ask("/api/v1/needs" + query);
    REQUIRE(answer.status == 200);
    return json::parse(answer.content());
}

const std::string k_births = "?indicator=%E5%87%BA%E7%94%9F%E6%95%B0";

} // namespace

TEST_CASE("Indicators are listed with their units, and two units are two series") {
    const auto document = needs("");
    CHECK(document.at("indicators").size() == 2);
    CHECK(document.at("series").empty());
    const auto asked = needs(k_births);
    REQUIRE(asked.at("series").size() == 2);
    CHECK(asked.at("series")[0].at("unit") == "persons");
    CHECK(asked.at("series")[1].at("unit") == "households");
}

TEST_CASE("Every district has a value or null, and a district that no list has stands behind them") {
    const auto document = needs(k_births);
    std::map<std::string, json> values;
    for (const auto& value : document.at("series")[0].at("values")) {
        values[value.at("name").get<std::string>()] = value;
    }
    REQUIRE(values.size() == 4);
    CHECK(values.at("浜中学校").at("value") == 1234);
    CHECK(values.at("浜中学校").at("source").at("publisher") == "潮見野市");
    CHECK(values.at("浜中学校").at("from") == "2025-04-01");
    CHECK(values.at("丘中学校").at("value").is_null());
    CHECK(values.at("丘中学校").at("suppressed") == true);
    CHECK(values.at("<b>島中学校").at("value").is_null());
    CHECK(values.at("<b>島中学校").at("suppressed") == false);
    CHECK(values.at("星中学校").at("known_area") == false);
    CHECK(values.at("浜中学校").at("known_area") == true);
    CHECK(document.at("series")[1].at("values")[0].contains("value"));
}

TEST_CASE("Before its period a figure is not there, and another layer has none") {
    const auto before = needs(k_births + "&at=2020-01-01");
    for (const auto& value : before.at("series")[0].at("values")) {
        CHECK(value.at("value").is_null());
    }
    CHECK(needs(k_births + "&layer=mesh").at("series").empty());
    CHECK(ask("/api/v1/needs?indicator=x").status == 400);
    CHECK(ask("/api/v1/needs?what=x").status == 400);
    CHECK(ask("/api/v1/needs?at=x").status == 400);
}

TEST_CASE("The district's page shows figures of need in its three languages, and no list's text is markup") {
    const std::string page = "/districts/chugakkoku/%E6%B5%9C%E4%B8%AD%E5%AD%A6%E6%A0%A1?lang=";
    for (const auto& [language, heading] : {std::pair{"ja", "需要を示す数"}, std::pair{"en", "Figures of need"}}) {
        const std::string html = std::string(ask(page + language).content());
        CHECK(html.find(heading) != std::string::npos);
        CHECK(html.find("1,234") != std::string::npos);
        CHECK(html.find("7.5") != std::string::npos);
        CHECK(html.find("<script>人口") == std::string::npos);
        CHECK(html.find("&lt;script&gt;") != std::string::npos);
    }
    CHECK(ask(page + "ja-easy").status == 200);
    const std::string other =
        std::string(ask("/districts/chugakkoku/%3Cb%3E%E5%B3%B6%E4%B8%AD%E5%AD%A6%E6%A0%A1?lang=en").content());
    CHECK(other.find("Figures of need") == std::string::npos);
}

} // namespace shirube::server
