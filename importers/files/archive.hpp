// Zip archives, read in memory and bounded. Nothing is ever unpacked to a disk, so member names are only names.
#pragma once

#include "importers/files/limits.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

struct ArchiveMember {
    std::string name{}; ///< path inside the archive, in UTF-8 (from CP932 where it is not)
    std::string bytes{};
};

/// Unpacks the members for which `wanted` answers true. Sizes are counted as they come, never believed.
/// Problems: archive_damaged, archive_member_damaged (a: which), archive_too_many_members, archive_too_big.
std::expected<std::vector<ArchiveMember>, FileProblem> read_archive(std::string_view bytes, const Limits& limits,
                                                                    bool (*wanted)(std::string_view name));

} // namespace shirube::importers
