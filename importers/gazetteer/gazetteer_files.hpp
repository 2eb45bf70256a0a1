// Which files a path of a gazetteer stands for.
#pragma once

#include "importers/report/problem.hpp"

#include <expected>
#include <filesystem>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// The path itself where it is a file. Of a folder, the .json, .csv and .zip files in it; where it has none, those
/// of the folders in it, and so on for three levels; in order of their names.
/// Problems: file_missing, file_unreadable, folder_without_gazetteer.
std::expected<std::vector<std::filesystem::path>, FileProblem> gazetteer_files(const std::filesystem::path& path);

/// Whether an archive's member may be a table (.csv), and whether it may be one or an archive of them.
bool is_gazetteer_text(std::string_view name);
bool is_gazetteer_member(std::string_view name);

} // namespace shirube::importers
