// The records of one table, read through its layout into rows of a list.
#pragma once

#include "directory/batch.hpp"
#include "importers/files/source_tables.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/report/intake.hpp"
#include "importers/resources/resources.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace shirube::importers {

class ResourceRows {
  public:
    ResourceRows(const Table& table, const ResourceLayout& layout, const LayoutContext& context,
                 const ResourceDesk& desk, Intake& intake)
        : table_(table), layout_(layout), context_(context), desk_(desk), intake_(intake) {}

    /// A row that is taken is added to `list`; every row ends in one bin with its reasons.
    void read(Record record, std::span<const RowDoubt> doubts, directory::BatchList& list);

    /// What a list covers that does not say so itself: the layout's programmes, else those its rows speak of, at the
    /// municipalities it is about. Claims are public where their programme is: a row that is kept from the public makes
    /// none.
    [[nodiscard]] std::vector<directory::Claim> default_claims() const;

  private:
    [[nodiscard]] std::vector<Issue> issues_of(std::span<const RowDoubt> doubts, std::int64_t row) const;
    void fit_to_header(Record& record, std::vector<Issue>& doubts) const;
    void give_back(std::int64_t row, const std::vector<std::string>& written, const std::vector<Issue>& issues);
    void keep_issues(std::vector<Issue>& issues, std::int64_t row);
    void judge_terms(RowOutcome& outcome, std::int64_t row) const;
    void protect_by_name(RowOutcome& outcome) const;
    void take(RowOutcome outcome, const Record& record, std::string cells, directory::BatchList& list);
    /// Rows by municipality: codes of 5 digits, or of 2 for a prefecture.
    using RowsByMunicipality = std::map<std::string, std::int64_t>;

    [[nodiscard]] std::set<std::string> municipalities(const RowsByMunicipality& rows) const;
    void count_for_claims(const directory::ResourceReading& reading, const std::string& where);
    void count_place(const directory::SiteReading& site);

    const Table& table_;
    const ResourceLayout& layout_;
    const LayoutContext& context_;
    const ResourceDesk& desk_;
    Intake& intake_;
    RowsByMunicipality rows_for_everyone_;
    RowsByMunicipality rows_by_programme_; ///< and of those that are hidden by their programme
    std::set<std::string> programmes_;
};

} // namespace shirube::importers
