// Kanji that are one letter to a reader and several to a computer.
#pragma once

namespace shirube::directory {

/// Today's form of a CJK radical or of an old or local form of a kanji (⺠ → 民, 澤 → 沢, 邉 → 辺); 0 where `c` is
/// none. The forms are those of names and places, not all of the old orthography: 廣 and 広 are one, 藝 and 芸 are one,
/// but pairs that differ in meaning (e.g. 弁's four old forms) are left alone.
char32_t modern_kanji(char32_t c) noexcept;

} // namespace shirube::directory
