// The lists of one import, as files are added to them: names, claims and what the command line says of their source.
#pragma once

#include "directory/batch.hpp"
#include "importers/intake.hpp"
#include "importers/problem.hpp"

#include <expected>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace shirube::importers {

class ListBook {
  public:
    /// \param covers claims of the command line; empty: each list's own
    ListBook(Intake& intake, std::vector<directory::Claim> covers);

    /// Adds what a file held, as a list of its own or to the one list that was named. A row whose key another file of
    /// the list has is kept under a key of its own and flagged; of population it is rejected, so that nobody is
    /// counted twice.
    void add(const std::filesystem::path& path, directory::BatchList list);

    /// The lists, finished.
    [[nodiscard]] std::vector<directory::BatchList> take();

  private:
    void append(directory::BatchList& to, std::vector<directory::BatchRow> rows);

    Intake& intake_;
    std::vector<directory::Claim> covers_;
    std::vector<directory::BatchList> lists_;
    std::map<std::string, std::map<std::string, int>> keys_; ///< by list
};

} // namespace shirube::importers
