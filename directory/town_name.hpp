// Names of towns and municipalities as keys: gazetteers and addresses write one name in several ways.
#pragma once

#include <string>
#include <string_view>

namespace shirube::directory {

/// Numerals in kanji before the counters that addresses have beside 丁目 and 番地 (条, 線, 地割, and 丁 alone) made
/// Arabic: "北二十四条西" → "北24条西". fold_address() leaves them, and public ids hang on what it leaves.
std::string with_arabic_counters(std::string_view address);

/// A town's name as a key: fold_address() of it with its counters in Arabic numerals, without a 大字 or 字 before it.
std::string town_name_key(std::string_view town_and_koaza);

/// A municipality's name as a key, folded. A 町 or 村 has two: with its 郡, and without (印旛郡栄町, 栄町).
struct MunicipalityKey {
    std::string whole;
    std::string without_county; ///< equal to `whole` where the name has no 郡
};
MunicipalityKey municipality_key(std::string_view name);

} // namespace shirube::directory
