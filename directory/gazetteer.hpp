// Several gazetteers as one.
#pragma once

#include "directory/reading.hpp"

#include <cstddef>
#include <vector>

namespace shirube::directory {

/// A town as one list has it; 0 is the list that is believed first.
struct ListedTown {
    TownReading town;
    std::size_t list = 0;
};

/// Each town once, as the first list has it that knows it; towns of one name within that list all stay (Kyoto has
/// some). Blocks are the first list's that has blocks of the town, those on door plates (住居表示) and lots each by
/// themselves. A town whose blocks alone are known stands at their middle. A municipality is named as fully as any list
/// names it (西多摩郡日の出町, not 日の出町) and has the code that any list gives it.
/// In order of prefecture, code, municipality, town, koaza.
std::vector<TownReading> merge_gazetteers(std::vector<ListedTown> towns);

} // namespace shirube::directory
