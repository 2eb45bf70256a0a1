// Further schedules and venues of children's cafeterias: a file (…_tsuika.csv) or a sheet (追加情報) beside the list of
// the places themselves. Its rows carry no name: they speak of a place by the list's ID, or by the number that the
// place's row has under 追加情報NO.
#pragma once

#include "directory/batch.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"

#include <cstdint>
#include <expected>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <vector>

namespace shirube::importers {

/// Whether a table holds further schedules: a number and dates, no names.
bool is_further_schedules(std::span<const std::string> header);

/// Those of one import, kept until every file is read, because either may come first.
class FurtherSchedules {
  public:
    /// A row of a list of places, by which further rows find it.
    struct Parent {
        std::string file;
        std::string sheet;
        std::int64_t row = 0;
        std::string id;
        std::vector<std::string> numbers; ///< its 追加情報NO
    };

    void know(Parent parent) { parents_.push_back(std::move(parent)); }
    void keep(Table table) { tables_.push_back(std::move(table)); }

    /// Adds each row to the list of its place: a row of its own without a service, whose schedules become the place's
    /// first service's, with their venue. A row that finds no place is rejected. A table finds the list that stands in
    /// the same file, or in the file of the same name without its ending; else the only one there is.
    /// Problems: header_further_schedules where the import holds no list of places.
    std::expected<void, FileProblem> join(std::vector<directory::BatchList>& lists, Intake& intake);

  private:
    using PlaceInFile = std::tuple<std::string, std::string, std::int64_t>;
    struct Found {
        directory::BatchRow* row = nullptr;
        directory::BatchList* list = nullptr;
        int further = 0;
    };

    [[nodiscard]] std::vector<const Parent*> parents_of(const Table& table) const;
    void join(const Table& table, const std::vector<const Parent*>& parents, Intake& intake);
    void add(const Table& table, const Record& record, Found& found, Intake& intake);

    std::vector<Parent> parents_;
    std::vector<Table> tables_;
    std::map<PlaceInFile, Found> places_;
    std::map<directory::BatchList*, std::vector<directory::BatchRow>> added_;
};

} // namespace shirube::importers
