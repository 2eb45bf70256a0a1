// What rivals of a coverage map are asked, and what they answer: figures by district, whatever they are worked out
// with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::bench {

/// The parameters of the questions, straight lines in metres.
inline constexpr double k_reach_m = 1200;
inline constexpr double k_sigma_m = 500;

enum class GapQuestion : std::uint8_t {
    presence, ///< how many places of the programme
    reach,    ///< how many children live within k_reach_m of one
    supply    ///< what the children there can use of their capacity: E2SFCA, exp(-d²/2σ²) up to k_reach_m
};

struct GapFigures {
    std::int64_t services = 0;
    std::int64_t children = 0;
    double value = 0; ///< of reach: children within it; of supply: children × capacity a child
};

/// One way of answering one question.
struct GapPlan {
    std::string name;
    GapQuestion question = GapQuestion::presence;
    std::string sql;
};

/// A plan is given up after so long: it is not the better one.
inline constexpr int k_patience_s = 60;
struct TookTooLong {};

class GapRival {
  public:
    GapRival() = default;
    GapRival(const GapRival&) = delete;
    GapRival& operator=(const GapRival&) = delete;
    virtual ~GapRival() = default;

    [[nodiscard]] virtual std::string_view name() const = 0;
    [[nodiscard]] virtual const std::vector<GapPlan>& plans() const = 0;
    /// By district, in the order of their codes; of the programme it was made for.
    /// \param plan place in plans() \throws TookTooLong
    virtual std::vector<GapFigures> answer(std::size_t plan) = 0;
};

} // namespace shirube::bench
