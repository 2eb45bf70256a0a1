// Geolonia's JSON: ja/<prefecture>/<municipality>.json, an array of towns with their points.
#pragma once

#include "importers/gazetteer/town_lists.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

class Geolonia {
  public:
    explicit Geolonia(Intake& intake) : intake_(intake) {}

    /// Reads one municipality's file. \param path tells prefecture and municipality
    /// Problems: file_too_big, json_malformed (row = line), gazetteer_wrong_kind.
    std::expected<void, FileProblem> read(const std::filesystem::path& path, std::string_view bytes);

    /// The lists. \param municipality 5-digit code of the only file's; empty where there are several or none was named
    [[nodiscard]] std::vector<directory::BatchList> take(const std::string& municipality);

  private:
    Intake& intake_;
    std::vector<FoundTown> towns_;
};

} // namespace shirube::importers
