// What stands before what in a shortlist: a table of criteria looked at one after another, never one figure of all of
// them, so that of any two services it can be said which criterion decided.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace shirube::directory {

enum class Criterion : std::uint8_t {
    covers,  ///< how many of the family's needs it meets; more first
    rule,    ///< which preference of the rules it meets, by its place; none last
    step,    ///< how easily it is accepted, by the rules' order; what it does not name last
    open,    ///< how many facts that decide are not known; fewer first
    place,   ///< whether it is near the place of the family that counts first
    minutes, ///< the way; none where somebody comes, unknown last
    listing  ///< nothing parts the two: the order of the directory
};
inline constexpr std::size_t k_criteria = 6; ///< but for the listing

std::string_view code_of(Criterion) noexcept;

struct RankKey {
    static constexpr int k_last = std::numeric_limits<int>::max();

    int covers = 0;
    int rule = k_last; ///< by its place in the rules
    int step = k_last;
    int open = 0;
    int place = 0;
    int minutes = k_last;
    std::string_view id{}; ///< of the service: the order of the directory

    /// As the criterion tells it; nothing where there is none.
    [[nodiscard]] std::optional<int> value(Criterion criterion) const noexcept;
};

/// The first criterion in which the two differ.
Criterion deciding(const RankKey& a, const RankKey& b) noexcept;
bool stands_before(const RankKey& a, const RankKey& b) noexcept;

} // namespace shirube::directory
