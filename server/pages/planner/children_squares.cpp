#include "server/pages/planner/children_squares.hpp"

#include "directory/coverage/layer_children.hpp"
#include "server/pages/drawing_text.hpp"
#include "server/pages/planner/planner_words.hpp"
#include "server/pages/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <utility>

namespace shirube::server {

namespace {

using Square = ChildrenSquares::Square;

/// More would cover the map, and weigh more than the page.
constexpr std::size_t k_most_squares = 4000;
/// Side of the bins that cells are put together in where there are more.
constexpr double k_bin = 12;
/// The largest square, where cells stand far apart.
constexpr double k_widest = 26;

/// Neighbours as one, in the middle of their children.
std::vector<Square> binned(const std::vector<Square>& squares) {
    struct Bin {
        double x = 0;
        double y = 0;
        std::int64_t children = 0;
    };
    std::map<std::pair<int, int>, Bin> bins;
    for (const auto& square : squares) {
        Bin& bin =
            bins[{static_cast<int>(std::floor(square.y / k_bin)), static_cast<int>(std::floor(square.x / k_bin))}];
        const auto weight = static_cast<double>(square.children);
        bin.x += square.x * weight;
        bin.y += square.y * weight;
        bin.children += square.children;
    }
    std::vector<Square> out;
    out.reserve(bins.size());
    for (const auto& [place, bin] : bins) {
        const auto weight = static_cast<double>(bin.children);
        out.push_back({bin.x / weight, bin.y / weight, bin.children});
    }
    return out;
}

/// How far apart neighbours stand: the least step between two that follow each other, for cells keep neighbours
/// together.
double pitch_of(const std::vector<Square>& squares) {
    double pitch = k_widest;
    for (std::size_t i = 1; i < squares.size(); ++i) {
        const double step =
            std::max(std::abs(squares[i].x - squares[i - 1].x), std::abs(squares[i].y - squares[i - 1].y));
        if (step > 1) {
            pitch = std::min(pitch, step);
        }
    }
    return pitch;
}

} // namespace

double ChildrenSquares::side_of(std::int64_t children) const noexcept {
    return units_per_root * std::sqrt(static_cast<double>(children));
}

std::int64_t ChildrenSquares::most() const noexcept {
    return squares.empty() ? 0 : std::ranges::max_element(squares, {}, &Square::children)->children;
}

std::string ChildrenSquares::path() const {
    std::string path;
    path.reserve(squares.size() * 24);
    std::string side_text;
    std::int64_t children_of_text = -1;
    for (const auto& square : squares) {
        const double side = side_of(square.children);
        if (square.children != std::exchange(children_of_text, square.children)) {
            side_text.clear();
            append_tenths(side_text, side);
        }
        path += 'M';
        append_tenths(path, square.x - side / 2);
        path += ' ';
        append_tenths(path, square.y - side / 2);
        path += 'h';
        path += side_text;
        path += 'v';
        path += side_text;
        path += "h-";
        path += side_text;
        path += 'z';
    }
    return path;
}

ChildrenSquares children_squares(const directory::LayerChildren& children, const CoverageDrawing& drawing,
                                 std::int64_t least_told) {
    ChildrenSquares out;
    for (std::size_t i = 0; i < children.centres.size(); ++i) {
        const auto point = drawing.place(children.centres[i]);
        out.squares.push_back({point.x, point.y, static_cast<std::int64_t>(children.people[i])});
    }
    double pitch = pitch_of(out.squares);
    if (out.squares.size() > k_most_squares) {
        out.squares = binned(out.squares);
        pitch = k_bin;
    }
    std::erase_if(out.squares,
                  [&](const Square& square) { return square.children < std::max<std::int64_t>(least_told, 1); });
    if (!out.squares.empty()) {
        // One tower block must not make every other square a speck: the widest is that of the 98th in a hundred.
        std::vector<std::int64_t> counts;
        std::ranges::transform(out.squares, std::back_inserter(counts), &Square::children);
        const auto high = counts.begin() + static_cast<std::ptrdiff_t>((counts.size() - 1) * 98 / 100);
        std::ranges::nth_element(counts, high);
        out.units_per_root = std::min(0.9 * pitch, k_widest) / std::sqrt(static_cast<double>(*high));
    }
    return out;
}

void fill_children(View body, const directory::Reader& reader, const directory::Coverage& coverage,
                   const CoverageDrawing& drawing, std::int64_t least_told) {
    const auto children = reader.children_of(*coverage.layer, coverage.policy->counted_children());
    if (!children->knows_anybody()) {
        return;
    }
    const auto squares = children_squares(*children, drawing, reader.audience().is_public() ? least_told : 1);
    if (squares.squares.empty()) {
        return;
    }
    View section = body.section("CHILDREN_SQUARES");
    section.set("PATH", squares.path());
    const auto& frame = drawing.frame();
    section.set("FRAME", fmt::format("{:.6f},{:.6f},{:.9f},{:.9f}", frame.lon, frame.lat, frame.lon_per_unit,
                                     frame.lat_per_unit));
    // Two to read the others by: the largest round number there is, and about a fifth of it.
    std::int64_t round = 1;
    std::int64_t fifth = 1;
    for (std::int64_t ten = 1; ten <= squares.most(); ten *= 10) {
        for (const auto& [large, small] : {std::pair{1, 0}, std::pair{2, 5}, std::pair{5, 10}}) {
            if (large * ten <= squares.most()) {
                round = large * ten;
                fifth = std::max<std::int64_t>(large == 1 ? ten / 5 : small * ten / 10, 1);
            }
        }
    }
    double at = 0;
    for (const std::int64_t count : {fifth, round}) {
        View key = section.section("CHILDREN_KEY");
        const double side = squares.side_of(count);
        const auto words = grouped(count);
        key.set("X", decimal(at, 1));
        key.set("Y", decimal(-side / 2, 1));
        key.set("SIDE", decimal(side, 1));
        key.set("TEXT_X", decimal(at + side + 6, 1));
        key.set("COUNT", words);
        constexpr double k_size = 22; // as the styles have it
        constexpr double k_apart = 40;
        at += side + 6 + k_size * width_in_ems(body.texts().with("planner.children_key", {{"count", words}})) + k_apart;
    }
    body.show("CHILDREN_SQUARES_SHOWN");
}

} // namespace shirube::server
