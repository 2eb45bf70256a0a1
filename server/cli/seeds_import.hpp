// Offers, needs and askings out of a table: each row is kept by itself, and what is wrong with one is told by its row
// and column.
#pragma once

#include "directory/calendar.hpp"
#include "directory/reader.hpp"
#include "server/staff/seeds/seed_tables.hpp"

#include <filesystem>
#include <string>

namespace shirube::server {

struct SeedsImport {
    std::filesystem::path store;
    std::filesystem::path file;
    SeedTable table = SeedTable::offers;
    std::string owner;
    directory::Day today{};
    std::string language;
};

/// The same file twice changes nothing where its rows have numbers (整理番号). \param reader of the owner's staff
/// \returns the exit status. \throws directory::SeedsError
int import_seeds(const SeedsImport& asked, const directory::Reader& reader);

} // namespace shirube::server
