// Whether two places that rows state are one: parts that are named, weighed and added up, and objections that no
// weight outdoes. Pure: no store, no order of imports.
#pragma once

#include "directory/codes.hpp"
#include "directory/linking/place_address.hpp"
#include "directory/linking/place_name.hpp"
#include "geo/lonlat.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// A place as one row states it, or several with the same folded name and address.
struct StatedPlace {
    std::string id; ///< public id of the place as stated; links are the same for the same ids, in whatever order
    std::string shown_name; ///< as written
    PlaceName name;
    std::optional<PlaceName> public_name{}; ///< what it is called where its own name is not to be used
    PlaceAddress address;
    std::string municipality;                     ///< 5-digit code; empty where unknown
    std::vector<std::string> phones;              ///< digits only, ascending
    std::optional<geo::LonLat> position;          ///< only where it is better than a town
    std::vector<std::int64_t> lists;              ///< that speak of it, ascending
    Visibility visibility = Visibility::everyone; ///< who may see at least one of its rows
    std::string owner{};                          ///< of a hidden one: whose staff may see it
};

enum class Verdict : std::uint8_t { apart, doubt, link };

/// What speaks against two places being one.
enum class Objection : std::uint8_t {
    none,
    // Surely apart: no third place may join them either.
    other_municipality,
    ordinals,  ///< 第一 and 第二
    direction, ///< 北 and 南
    branch,    ///< 分館 and what it is a branch of
    kind,      ///< a school and the club in it
    house_numbers,
    same_list, ///< one list tells them apart
    decided,   ///< a person said so
    // Not to be linked without a person.
    one_ordinal, ///< 第二 and none
    one_direction,
    main,        ///< 本館 and none
    one_kind,    ///< はまなす and はまなす児童館
    converted,   ///< 保育園 and こども園
    other_words, ///< the names' own parts differ
    far,         ///< their positions are too far apart
    moved,       ///< another town, or another number in it, for what else is the same
};

[[nodiscard]] constexpr bool is_surely_apart(Objection objection) noexcept {
    return objection != Objection::none && objection <= Objection::decided;
}

/// How two places compare; the parts are what is shown to a person.
struct Score {
    double name = 0; ///< 0 to 1
    AddressMatch address = AddressMatch::unknown;
    std::optional<bool> phone; ///< whether they share one; empty where one has none
    std::optional<double> distance_m;
    double total = 0;
    Objection objection = Objection::none;
    Verdict verdict = Verdict::apart;
    bool decided = false; ///< a person said that they are one
};

inline constexpr double k_link_total = 8;
inline constexpr double k_doubt_total = 5;

/// Of two places that go by the same name in public it is that name which is compared: the other is their programme's,
/// and other lists need not know it.
Score compare(const StatedPlace& a, const StatedPlace& b);

/// "very similar names, address equal, 40 m". `language` is ja or en.
std::string in_words(const Score& score, std::string_view language);

std::string_view code_of(Objection objection) noexcept;
std::string_view code_of(AddressMatch match) noexcept;

} // namespace shirube::directory
