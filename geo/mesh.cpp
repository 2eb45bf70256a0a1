#include "geo/mesh.hpp"

#include <cassert>
#include <cmath>

namespace shirube::geo {
namespace {

// JIS X 0410: the first mesh is 40′ × 1°, named by latitude × 1.5 and longitude - 100; the second is an eighth of it
// each way, the third a tenth of that, the half and the quarter halve it again.
constexpr int k_first_lon_0 = 100;
constexpr double k_first_per_lat = 1.5;
constexpr int k_thirds_per_first = 80;
constexpr int k_south_first = 30; // 20° N
constexpr int k_north_first = 68; // 45° 20′ to 46° N
constexpr int k_west_first = 22;  // 122° E
constexpr int k_east_first = 53;  // 153° to 154° E

/// A square by its rows from the equator and its columns from 100° E, counted in squares of its level.
struct Cell {
    int row;
    int column;
};

int cells_per_third(MeshLevel level) {
    switch (level) {
        case MeshLevel::km1:
            return 1;
        case MeshLevel::m500:
            return 2;
        case MeshLevel::m250:
            return 4;
    }
    return 1;
}

double rows_per_degree(MeshLevel level) { return k_first_per_lat * k_thirds_per_first * cells_per_third(level); }

double columns_per_degree(MeshLevel level) { return k_thirds_per_first * cells_per_third(level); }

double lat_of_row(int row, MeshLevel level) { return row / rows_per_degree(level); }

double lon_of_column(int column, MeshLevel level) { return k_first_lon_0 + column / columns_per_degree(level); }

/// The number of the stretch that holds the value, where edge_of(n) is the lower edge of stretch n. A quotient alone
/// would put some edges into the stretch before, by the rounding of one division.
template <class EdgeOf>
int stretch_of(double value, int guess, EdgeOf&& edge_of) {
    while (edge_of(guess) > value) {
        --guess;
    }
    while (edge_of(guess + 1) <= value) {
        ++guess;
    }
    return guess;
}

std::size_t digit_count(MeshLevel level) {
    switch (level) {
        case MeshLevel::km1:
            return 8;
        case MeshLevel::m500:
            return 9;
        case MeshLevel::m250:
            return 10;
    }
    return 8;
}

Cell cell_of(MeshCode code) {
    const std::string digits = to_string(code);
    const auto digit = [&](std::size_t at) { return digits[at] - '0'; };
    Cell cell{((digit(0) * 10 + digit(1)) * 8 + digit(4)) * 10 + digit(6),
              ((digit(2) * 10 + digit(3)) * 8 + digit(5)) * 10 + digit(7)};
    for (std::size_t at = 8; at < digits.size(); ++at) {
        // 1 south-west, 2 south-east, 3 north-west, 4 north-east
        const int quadrant = digit(at) - 1;
        cell = {cell.row * 2 + quadrant / 2, cell.column * 2 + quadrant % 2};
    }
    return cell;
}

} // namespace

std::string_view describe(MeshFault fault) {
    switch (fault) {
        case MeshFault::wrong_length:
            return "A mesh code has 8, 9 or 10 digits.";
        case MeshFault::not_a_digit:
            return "A mesh code is written in the digits 0 to 9 alone.";
        case MeshFault::outside_japan:
            return "The first four digits name a square outside Japan.";
        case MeshFault::second_level:
            return "The fifth and the sixth digit of a mesh code run from 0 to 7.";
        case MeshFault::quadrant:
            return "The ninth and the tenth digit of a mesh code run from 1 to 4.";
    }
    return "The mesh code is not valid.";
}

std::expected<MeshCode, MeshError> parse_mesh(std::string_view digits) {
    if (digits.size() < 8 || digits.size() > 10) {
        return std::unexpected(MeshError{MeshFault::wrong_length, digits.size()});
    }
    std::uint64_t value = 0;
    for (std::size_t at = 0; at < digits.size(); ++at) {
        if (digits[at] < '0' || digits[at] > '9') {
            return std::unexpected(MeshError{MeshFault::not_a_digit, at});
        }
        value = value * 10 + static_cast<std::uint64_t>(digits[at] - '0');
    }
    const auto number_at = [&](std::size_t at) { return (digits[at] - '0') * 10 + digits[at + 1] - '0'; };
    if (number_at(0) < k_south_first || number_at(0) > k_north_first) {
        return std::unexpected(MeshError{MeshFault::outside_japan, 0});
    }
    if (number_at(2) < k_west_first || number_at(2) > k_east_first) {
        return std::unexpected(MeshError{MeshFault::outside_japan, 2});
    }
    for (const std::size_t at : {4U, 5U}) {
        if (digits[at] > '7') {
            return std::unexpected(MeshError{MeshFault::second_level, at});
        }
    }
    for (std::size_t at = 8; at < digits.size(); ++at) {
        if (digits[at] < '1' || digits[at] > '4') {
            return std::unexpected(MeshError{MeshFault::quadrant, at});
        }
    }
    const MeshLevel level = digits.size() == 8   ? MeshLevel::km1
                            : digits.size() == 9 ? MeshLevel::m500
                                                 : MeshLevel::m250;
    return MeshCode{value, level};
}

Box mesh_box(MeshCode code) {
    const Cell cell = cell_of(code);
    return {lon_of_column(cell.column, code.level), lat_of_row(cell.row, code.level),
            lon_of_column(cell.column + 1, code.level), lat_of_row(cell.row + 1, code.level)};
}

MeshCode mesh_at(LonLat point, MeshLevel level) {
    assert(point.lat >= 20 && point.lat < 46 && point.lon >= 122 && point.lon < 154);
    const int row = stretch_of(point.lat, static_cast<int>(point.lat * rows_per_degree(level)),
                               [&](int at) { return lat_of_row(at, level); });
    const int column = stretch_of(point.lon, static_cast<int>((point.lon - k_first_lon_0) * columns_per_degree(level)),
                                  [&](int at) { return lon_of_column(at, level); });
    const int fine = cells_per_third(level);
    const Cell third{row / fine, column / fine};
    std::uint64_t value = 0;
    const auto append = [&](int number, unsigned factor) {
        value = value * factor + static_cast<std::uint64_t>(number);
    };
    append(third.row / k_thirds_per_first, 100);
    append(third.column / k_thirds_per_first, 100);
    append(third.row / 10 % 8, 10);
    append(third.column / 10 % 8, 10);
    append(third.row % 10, 10);
    append(third.column % 10, 10);
    for (int half = fine / 2; half > 0; half /= 2) {
        append(1 + 2 * (row / half % 2) + column / half % 2, 10);
    }
    return {value, level};
}

std::string to_string(MeshCode code) {
    std::string digits(digit_count(code.level), '0');
    std::uint64_t rest = code.value;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, rest /= 10) {
        *digit = static_cast<char>('0' + rest % 10);
    }
    return digits;
}

} // namespace shirube::geo
