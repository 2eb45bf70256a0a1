// Landmarks in: stations, schools, halls and postal codes, by which people say where they are. Layouts: n02-station,
// p29-school, ken-all, landmarks-template.
#pragma once

#include "directory/batch.hpp"
#include "importers/landmarks/landmark_layout.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <filesystem>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// Reads a file into lists, one for each layout its tables have, and those that take mended rows. Lists of the state
/// that hold the whole country keep what lies near the gazetteer's towns (LandmarkDesk::within_m), postal codes those
/// of its municipalities; the rest is out of scope. Problems: those of files, archives, encodings, tables and vector
/// files, landmarks_header_unknown, landmarks_of_resources, gazetteer_missing, profile_unknown (wrong use).
std::expected<std::vector<directory::BatchList>, FileProblem> read_landmarks(const std::filesystem::path& path,
                                                                             std::string_view bytes,
                                                                             const LandmarkDesk& desk, Intake& intake);

} // namespace shirube::importers
