// What a Store holds. Shared by the files of directory/store/ and nobody else.
#pragma once

#include "directory/store.hpp"
#include "directory/store/identity.hpp"
#include "directory/store/sqlite.hpp"

namespace shirube::directory {

struct Store::Impl {
    Impl(const std::filesystem::path& path, OpenMode mode);
    void derive_what_older_forms_lack();

    mutable Database database;
    StoreSecret secret{}; ///< only where the store may be written
};

/// As the store writes times: UTC, to the second.
std::string utc_now();

} // namespace shirube::directory
