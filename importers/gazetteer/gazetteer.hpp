// Gazetteer in: Geolonia's folders of JSON, ja/<prefecture>/<municipality>.json, one list a prefecture.
#pragma once

#include "directory/batch.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <filesystem>
#include <string>
#include <vector>

namespace shirube::importers {

/// A file read for the history.
struct FileDigest {
    std::string name{};
    std::string sha256{};
};

struct GazetteerInput {
    std::vector<directory::BatchList> lists{}; ///< one a prefecture, named "geolonia:<prefecture>"
    std::vector<FileDigest> files{};
};

/// \param path the ja/ folder, a prefecture's folder or one municipality's file
/// Problems: file_missing, folder_without_json, json_malformed (row = line), gazetteer_wrong_kind, file_too_big.
std::expected<GazetteerInput, FileProblem> read_gazetteer(const std::filesystem::path& path, Intake& intake);

} // namespace shirube::importers
