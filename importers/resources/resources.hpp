// Lists of resources in: any table or point file whose header a layout knows.
#pragma once

#include "directory/batch.hpp"
#include "directory/taxonomy.hpp"
#include "importers/lists/terms.hpp"
#include "importers/locating/locator.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"
#include "importers/resources/further_schedules.hpp"

#include <expected>
#include <filesystem>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// What reading lists of resources needs beside the file.
struct ResourceDesk {
    const directory::Taxonomy& taxonomy;
    const Locator& locator;
    FurtherSchedules& further;         ///< further schedules of places are kept here until every file is read
    const TermsSheet* terms = nullptr; ///< what municipalities allow; none: not asked
};

/// Reads every table of a file into lists, one for each layout they have, without their claims' completeness. A table
/// that no layout knows is out of scope where another of the file's is known. Problems: those of files, encodings,
/// archives, tables, workbooks, vector files, mappings and the recogniser.
std::expected<std::vector<directory::BatchList>, FileProblem> read_resources(const std::filesystem::path& path,
                                                                             std::string_view bytes,
                                                                             const ResourceDesk& desk, Intake& intake);

} // namespace shirube::importers
