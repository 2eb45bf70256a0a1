// The sheet of terms that comes with the editions of the National Land Numerical Information: what each municipality
// allows to be done with its part of the data.
#pragma once

#include "importers/files/limits.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/report/problem.hpp"

#include <cstdint>
#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace shirube::importers {

/// What the sheet says of a municipality's data.
enum class Terms : std::uint8_t {
    open,        ///< may be used again
    conditional, ///< may be used under conditions that the sheet names
    refused,     ///< may not, or not commercially, or not passed on
    unknown      ///< the sheet says nothing that can be understood
};

/// One municipality's answer, with the sheet's own words.
struct TermsAnswer {
    Terms terms = Terms::unknown;
    std::string words;
};

/// The code under which an answer is told of a row (terms_refused, terms_conditional, terms_unknown); empty: nothing.
std::string_view issue_of(Terms terms) noexcept;

/// The one of two answers that allows less; what says nothing allows more than any refusal or condition.
TermsAnswer stricter(TermsAnswer one, TermsAnswer other);

class TermsSheet {
  public:
    /// Reads a table or a workbook: the first of its tables that has a column of municipality codes and one of terms.
    /// Problems: those of read_file and read_tables, header_unknown_terms
    static std::expected<TermsSheet, FileProblem> read(const std::filesystem::path& path, const Limits& limits);

    /// The same of tables that were read already. Problems: header_unknown_terms
    static std::expected<TermsSheet, FileProblem> of(std::span<const Table> tables);

    /// A ward's terms are its city's where the sheet does not name the ward, and a municipality's its prefecture's
    /// (12000) where it names neither.
    /// \param layer shogakkoku and chugakkoku have columns of their own in the sheet; any other layer has those that
    ///        are of neither
    [[nodiscard]] TermsAnswer of(std::string_view municipality, std::string_view layer) const;

    [[nodiscard]] std::size_t municipalities() const noexcept { return rows_.size(); }

  private:
    struct Row {
        TermsAnswer elementary;
        TermsAnswer middle;
        TermsAnswer both;
    };
    std::unordered_map<std::string, Row> rows_; ///< by 5-digit code
};

} // namespace shirube::importers
