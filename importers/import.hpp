// One import from files to the store: decode, read, recognise, clean, locate, link, apply, report.
#pragma once

#include "directory/store.hpp"
#include "importers/report/problem.hpp"
#include "importers/report/report.hpp"

#include <cstddef>
#include <expected>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace shirube::importers {

enum class Completeness : std::uint8_t { unstated, partial, complete };

/// What happens to rows of a municipality that does not allow its data to be used again.
enum class TermsPolicy : std::uint8_t { refuse, flag };

struct ImportOptions {
    directory::ImportKind kind = directory::ImportKind::resources;
    std::vector<std::filesystem::path> files; ///< files, or folders for the gazetteer
    std::string profile;                      ///< empty: recognised
    std::string municipality;                 ///< 5 or 6 digits, leading zero may be missing
    /// Whose staff may see what a list of resources hides; empty: that of each place. Of relations, whose they are:
    /// others' are turned away.
    std::string owner;
    std::string layer; ///< of districts; empty: what the file's edition holds
    std::string list;  ///< name of the list; empty: one list a file, named by profile and file stem
    std::map<std::string, std::string> list_of_profile{}; ///< where `list` is empty: names by profile
    std::string publisher;                                ///< empty: as the layout knows it
    std::string source;
    std::string licence;
    std::string as_of;  ///< ISO date, year or month
    std::string covers; ///< PROGRAMMES@MUNICIPALITIES, several separated by ';'
    Completeness completeness = Completeness::unstated;
    std::filesystem::path terms; ///< the sheet of terms per municipality; empty: nobody was asked
    TermsPolicy terms_policy = TermsPolicy::refuse;
    double within_km = 30; ///< of landmarks of the whole country: how far from the gazetteer's towns; 0: all of them
    bool dry_run = false;
    bool explain = false;
    bool keep_rejects = false; ///< resources only: rejected rows come back in the report
    std::string language = "ja";
};

/// Told what is being done, for a progress bar: step name, done, of (0 where unknown).
using Progress = std::function<void(std::string_view step, std::size_t done, std::size_t of)>;

/// Reads, understands and applies. All files are one import in one transaction: either all of it or nothing.
/// \throws directory::StoreError where the store fails
std::expected<Report, ImportFailure> run_import(directory::Store& store, const ImportOptions& options,
                                                const Progress& progress);

} // namespace shirube::importers
