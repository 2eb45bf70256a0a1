#pragma once

#include "geo/lonlat.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace shirube::geo {

/// The levels of the standard grid square (JIS X 0410) in which the census publishes children: the third mesh of 30″ ×
/// 45″, its half and its quarter.
enum class MeshLevel { km1, m500, m250 };

/// A grid square: its digits read as a number (8, 9 or 10 of them), and its level.
struct MeshCode {
    std::uint64_t value = 0;
    MeshLevel level = MeshLevel::km1;

    friend bool operator==(const MeshCode&, const MeshCode&) = default;
};

enum class MeshFault {
    wrong_length, ///< neither 8, 9 nor 10 characters
    not_a_digit,
    outside_japan, ///< the first four digits name a square outside 20–46° N, 122–154° E
    second_level,  ///< digits 5 and 6 run from 0 to 7
    quadrant,      ///< digits 9 and 10 run from 1 to 4
};

/// What is wrong with a code, and at which character (from 0).
struct MeshError {
    MeshFault fault = MeshFault::wrong_length;
    std::size_t position = 0;

    friend bool operator==(const MeshError&, const MeshError&) = default;
};

/// The fault as an English sentence.
std::string_view describe(MeshFault fault);

/// Reads the digits of a code, nothing before or after them.
std::expected<MeshCode, MeshError> parse_mesh(std::string_view digits);

/// The square's edges; those of neighbours are equal to the last bit.
/// \pre the code came from parse_mesh or mesh_at.
Box mesh_box(MeshCode code);

/// The square that holds the point; the southern and the western edge belong to it.
/// \pre 20 <= lat < 46, 122 <= lon < 154.
MeshCode mesh_at(LonLat point, MeshLevel level);

/// The 8, 9 or 10 digits.
std::string to_string(MeshCode code);

/// The share, 0 to 1, of a grid square (or of what it counts) that belongs to one area.
struct CellShare {
    std::uint32_t area = 0;
    double share = 0;

    friend bool operator==(const CellShare&, const CellShare&) = default;
};

} // namespace shirube::geo
