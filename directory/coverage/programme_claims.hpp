// What lists say they know, programme by programme and municipality by municipality: whether "none" is a fact.
#pragma once

#include "directory/coverage/municipality.hpp"
#include "directory/reader.hpp"

#include <cstdint>
#include <set>
#include <span>
#include <vector>

namespace shirube::directory {

/// What a list may say of a programme in a municipality on a day.
struct Spoken {
    bool any = false;         ///< some list speaks of it
    bool is_complete = false; ///< complete lists in force hold all there is: what they do not name is not there
};

class ProgrammeClaims {
  public:
    /// \param day a complete list speaks for the fiscal year of its date and later, for two years; one without a date
    /// is taken as in force, as in coverage
    ProgrammeClaims(const Reader& reader, std::span<const Municipality> municipalities, Day day);

    /// \param municipality by its place among those given
    [[nodiscard]] Spoken of(std::size_t municipality, ProgrammeIndex programme) const;

    /// The lists that speak of anything in one of the municipalities, in the order of Reader::lists().
    [[nodiscard]] const std::vector<std::uint32_t>& lists() const noexcept { return lists_; }

  private:
    struct Said {
        std::set<ProgrammeIndex> any;
        std::set<ProgrammeIndex> complete;
    };
    const Taxonomy& taxonomy_;
    std::vector<Said> said_; ///< by municipality
    std::vector<std::uint32_t> lists_;
};

} // namespace shirube::directory
