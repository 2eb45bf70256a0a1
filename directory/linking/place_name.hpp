// What a place's name says when it is held against another's: what it is called, what kind of place it is, which one of
// several (第二, 北), and whether it is a branch.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// Kinds of places that a name's last words tell. Two kinds are never one place: a club in a school is called by its
/// own name, and so is a children's cafeteria in a community centre.
enum class PlaceKind : std::uint8_t {
    unknown,
    elementary_school,
    middle_school,
    other_school,
    kindergarten,
    nursery,
    childrens_centre, ///< 認定こども園: what nurseries and kindergartens become
    after_school_club,
    childrens_hall,
    community_centre,
    library,
    cafeteria,
    pantry,
    plaza,
    support_centre,
    health_centre,
    infant_home,
    childrens_home,
    mothers_home,
    consultation,
    foster_support,
    clinic,
    sick_child_care
};

struct PlaceName {
    std::u32string core; ///< folded, without the municipality, the corporate form and the runner's name
    std::u32string stem; ///< the core without its kind, numbers, directions kept
    PlaceKind kind = PlaceKind::unknown;
    std::vector<std::u32string> ordinals; ///< 第二, 2, A: which one of several; in Arabic digits, in order
    bool is_branch = false;               ///< 分館, 分室, 支所, …
    bool is_main = false;                 ///< 本館, 本園, …
};

/// \param name as written
/// \param municipality_name as written, with or without its 郡
/// \param organization who runs it as written; empty where unknown
PlaceName read_place_name(std::string_view name, std::string_view municipality_name, std::string_view organization);

/// How alike two texts are: 1 minus their edit distance over the longer one's length. 1 for two empty ones.
double likeness(std::u32string_view a, std::u32string_view b);

/// 0 to 1; stems weigh more than whole names, because kinds are shared by many.
double name_likeness(const PlaceName& a, const PlaceName& b);

/// 東, 上, 新, …: a letter that alone tells one place from its neighbour.
bool is_direction(char32_t letter) noexcept;

/// 北 against 南, 上 against 下: the names differ by a word that tells neighbours apart.
bool differ_by_direction(const PlaceName& a, const PlaceName& b);

} // namespace shirube::directory
