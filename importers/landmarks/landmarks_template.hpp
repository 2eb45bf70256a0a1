// Our own table of landmarks: what a municipality's people say where they are by, written by hand.
#pragma once

#include "importers/landmarks/landmark_layout.hpp"

namespace shirube::importers {

/// Layout landmarks-template.
const LandmarkLayoutKind& landmarks_template();

/// A column that only a list of places of help has; empty where the header has none. Such a list may hold rows that are
/// not for everybody, and landmarks are.
std::string column_of_resources(std::span<const std::string> header);

} // namespace shirube::importers
