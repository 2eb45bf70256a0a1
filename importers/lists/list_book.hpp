// The lists of one import, as files are added to them: names, claims and what the command line says of their source.
#pragma once

#include "directory/batch.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace shirube::importers {

class ListBook {
  public:
    /// \param covers claims of the command line; empty: each list's own
    ListBook(Intake& intake, std::vector<directory::Claim> covers);

    /// Adds what a file held, as a list of its own or to the one list that was named. A row whose key an earlier row of
    /// the list has is kept under a key of its own and flagged, the very same row counted once; of population it is
    /// rejected, so that nobody is counted twice.
    void add(const std::filesystem::path& path, directory::BatchList list);

    /// The lists as they stand, for what belongs to rows of several files.
    [[nodiscard]] std::vector<directory::BatchList>& lists() noexcept { return lists_; }

    /// The lists, finished.
    [[nodiscard]] std::vector<directory::BatchList> take();

  private:
    /// Where a key was met first, and how often since.
    struct Met {
        std::string file;
        std::int64_t row = 0;
        std::vector<std::size_t> contents{}; ///< hashes of the rows of the key
        int times = 1;
    };
    using Keys = std::map<std::string, Met>;

    void append(directory::BatchList& to, std::vector<directory::BatchRow> rows);
    void doubt_claims(const directory::BatchList& list);
    void add_headers(directory::BatchList& list) const;
    void part(directory::BatchRow& row, Keys& keys, Met& met);

    Intake& intake_;
    std::vector<directory::Claim> covers_;
    std::vector<directory::BatchList> lists_;
    std::map<std::string, Keys> keys_; ///< by list
};

} // namespace shirube::importers
