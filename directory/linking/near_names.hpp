// Names that somebody may have meant who wrote another one: a letter mistaken, left out or put in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// Names to be held against what was written, folded once.
class NearNames {
  public:
    /// \param alike how much of the longer one is the same in both at least, 0 to 1
    explicit NearNames(std::vector<std::string> names, double alike = 0);

    /// The likest that is at most two letters away, of names under six letters one; of several the first. Nothing where
    /// none is that near. One of the same name is none: not its letters are mistaken then. 北浜 is never near to 南浜,
    /// nor 第一 to 第二: that is the name of a neighbour, not a mistake. Time: names of about its length times both
    /// lengths.
    [[nodiscard]] std::optional<std::string> nearest(std::string_view written) const;

  private:
    std::vector<std::string> names_;
    std::vector<std::u32string> folded_;
    double alike_;
};

} // namespace shirube::directory
