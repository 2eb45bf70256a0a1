// Latin letters as kana: what somebody types on a foreign keyboard, or before the conversion is pressed.
#pragma once

#include <string>
#include <string_view>

namespace shirube::directory {

/// "kodomo", "Kodomo" and "KODOMO" as こども, in Hepburn's or the cabinet's spelling, by ICU. Empty where the text is
/// not Latin letters alone (blanks, hyphens and apostrophes aside), or where letters are left that are no kana.
std::string kana_of_romaji(std::string_view text);

} // namespace shirube::directory
