// Gazetteers in: Geolonia's JSON, the ministry's position reference information (位置参照情報) by towns and by blocks,
// and the address base registry (アドレス・ベース・レジストリ), as files, zips or folders of them.
#pragma once

#include "directory/batch.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace shirube::importers {

/// A file read for the history.
struct FileDigest {
    std::string name{};
    std::string sha256{};
};

struct GazetteerInput {
    /// By kind and prefecture, see town_lists.hpp.
    std::vector<directory::BatchList> lists{};
    std::vector<FileDigest> files{};
};

/// Reads all files of one import together: the registry keeps names and positions in files of their own.
/// \param paths files, or folders: of a folder the .json, .csv and .zip files in it, where it has none those of the
/// folders in it, and so on for three levels
/// Problems: file_missing, folder_without_gazetteer, gazetteer_header_unknown, gazetteer_wrong_kind, profile_unknown,
/// profile_misfits, address_base_half, and those of files, archives, encodings, tables and JSON.
std::expected<GazetteerInput, FileProblem> read_gazetteer(std::span<const std::filesystem::path> paths, Intake& intake);

} // namespace shirube::importers
