// The forms that a file of ours went through, each an embedded file FOLDER/NNNN.sql: the store's, and that of accounts.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace shirube::directory {

struct Migration {
    std::int64_t version = 0;
    std::string_view sql;
};

/// By version. \param folder with its slash
std::vector<Migration> migrations_of(std::string_view folder);

} // namespace shirube::directory
