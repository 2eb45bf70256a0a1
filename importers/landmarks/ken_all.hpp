// Japan Post's list of postal codes (郵便番号データ): KEN_ALL.CSV in CP932 with half-width kana, where a long town runs
// over several rows, and utf_ken_all.csv with one row a town. Fifteen columns, no header, the whole country.
#pragma once

#include "importers/landmarks/landmark_layout.hpp"

namespace shirube::importers {

/// Layout ken-all.
const LandmarkLayoutKind& postal_codes();

/// Puts the columns' names above a table whose first line is already a row of the list. Leaves any other as it is.
void give_postal_header(Table& table);

/// The town of a row without what only says which part of it is meant: "大通西（１～１９丁目）" → "大通西". Empty where
/// the code stands for a whole municipality: "以下に掲載がない場合", "標町の次に番地がくる場合", "沖島村一円".
/// \param municipality its name, with or without its 郡
std::string postal_town(std::string_view cell, std::string_view municipality);

} // namespace shirube::importers
