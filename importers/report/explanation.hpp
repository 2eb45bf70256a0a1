// What each column of a table was understood as, with values that stand in it, for --explain.
#pragma once

#include "importers/layouts/layout.hpp"
#include "importers/report/intake.hpp"

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// Gathers up to three different values of each column while rows go by. Contacts show none, not even within a text.
class Explanation {
  public:
    using IsContact = std::function<bool(std::string_view column)>;

    /// \param columns as the file writes them
    /// \param understood the field each is, in the layout's words; empty, or left out at the end: not understood
    Explanation(std::span<const std::string> columns, std::span<const std::string> understood,
                const IsContact& is_contact);

    void see(std::span<const std::string> cells);

    /// Adds the columns to the report, under the file and sheet at hand.
    void tell(Intake& intake) &&;

  private:
    std::vector<ColumnExplained> columns_;
    std::vector<std::size_t> open_; ///< columns that still want values
};

/// The columns of a table that is held whole, where --explain asks for them. `is_contact` is the layout's; without one
/// columns are judged by their names.
void explain(const Table& table, std::span<const std::string> understood, Intake& intake,
             const Explanation::IsContact& is_contact = {});

} // namespace shirube::importers
