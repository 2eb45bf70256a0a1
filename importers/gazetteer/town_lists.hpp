// Towns as a gazetteer's files bring them, made into lists.
#pragma once

#include "directory/batch.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// A town read, and the row it was read from (whose own reading is still empty).
struct FoundTown {
    directory::TownReading town;
    directory::BatchRow row;
};

/// How a kind of gazetteer is cut into lists. A newer edition of a list takes its place, so that a list holds what its
/// publisher hands out at once.
enum class ListCut : std::uint8_t {
    prefecture,                ///< "geolonia:東京都"
    prefecture_or_municipality ///< as the one before; where an import has one municipality alone,
                               ///< "isj-block:東京都青梅市"
};

struct GazetteerKind {
    std::string_view profile;
    std::string_view publisher;
    ListCut cut = ListCut::prefecture;
};

/// Lists in the order of their names. Every town gets its extent here, because that follows from its neighbours; an
/// accuracy_m that it brought is the least.
std::vector<directory::BatchList> lists_of(std::vector<FoundTown> towns, const GazetteerKind& kind);

} // namespace shirube::importers
