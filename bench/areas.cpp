// 200,000 points to 10,000 polygons of 50 corners: our area index beside GEOS with prepared geometries and an STRtree.
#include "bench/country/country.hpp"
#include "bench/measure/measure.hpp"
#include "bench/rivals/geos_areas.hpp"
#include "geo/area_index.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <stdexcept>

using namespace shirube;
using namespace shirube::bench;

namespace {

Figure figure_of(std::string name, double ours_s, std::string rival, double theirs_s, std::string note) {
    Figure figure;
    figure.name = std::move(name);
    figure.ours = ours_s * 1'000;
    figure.unit = "ms";
    figure.better = Better::lower;
    figure.rival = std::move(rival);
    figure.theirs = theirs_s * 1'000;
    figure.note = std::move(note);
    return figure;
}

void require_same(const Pairs& ours, const Pairs& theirs, std::string_view way) {
    if (ours == theirs) {
        return;
    }
    Pairs differing;
    std::set_symmetric_difference(ours.begin(), ours.end(), theirs.begin(), theirs.end(),
                                  std::back_inserter(differing));
    throw std::runtime_error(fmt::format("{} pairs differ from GEOS ({})", differing.size(), way));
}

void run(const std::filesystem::path& figures) {
    const Country country = make_country();
    std::vector<geo::LonLat> points;
    points.reserve(country.places.size());
    for (const Place& place : country.places) {
        points.push_back(place.position);
    }
    const geo::AreaIndex index(country.districts);
    GeosAreas geos(country.districts, points);
    const Pairs ours = index.join(points);
    require_same(ours, geos.join(GeosLoop::points_outside), "a tree of polygons, point by point");
    require_same(ours, geos.join(GeosLoop::polygons_outside), "a tree of points, polygon by polygon");
    fmt::print("{} pairs, the same by every way\n", ours.size());

    constexpr std::chrono::milliseconds k_long(600);
    const double join_s = median_seconds([&] { (void)index.join(points); }, k_long);
    const double by_point_s = median_seconds([&] { (void)geos.join(GeosLoop::points_outside); }, k_long);
    const double by_polygon_s = median_seconds([&] { (void)geos.join(GeosLoop::polygons_outside); }, k_long);
    Figure by_point = figure_of("200,000 points to 10,000 polygons", join_s, "GEOS prepared, STRtree of polygons",
                                by_point_s, "One thread, indexes standing ready on both sides");
    Figure by_polygon = by_point;
    by_polygon.rival = "GEOS prepared, STRtree of points";
    by_polygon.theirs = by_polygon_s * 1'000;
    (by_point_s < by_polygon_s ? by_point : by_polygon).wanted_ratio = 1;
    report(by_point, figures);
    report(by_polygon, figures);

    const double build_s = median_seconds([&] { (void)geo::AreaIndex(country.districts).join(points); }, k_long);
    const double geos_build_s =
        median_seconds([&] { (void)GeosAreas(country.districts, points).join(GeosLoop::points_outside); }, k_long);
    report(figure_of("the same with making the indexes", build_s, "GEOS prepared, STRtree of polygons", geos_build_s,
                     "One thread, from coordinates in memory"),
           figures);
}

} // namespace

int main(int argc, char** argv) {
    std::filesystem::path figures;
    CLI::App app("Points to polygons: our index beside GEOS");
    app.add_option("--figures", figures, "file of JSON lines to add the figures to");
    CLI11_PARSE(app, argc, argv);
    try {
        run(figures);
    } catch (const std::exception& error) {
        fmt::print(stderr, "areas: {}\n", error.what());
        return 1;
    }
    return 0;
}
