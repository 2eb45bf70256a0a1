// Folding: the key under which names, addresses and words are compared. What is shown is always what the source wrote.
#pragma once

#include <string>
#include <string_view>

namespace shirube::directory {

/// Folds UTF-8 text for comparison: NFKC and lower case; katakana to hiragana; CJK radicals (⺠⻑⻘⻄) and old forms
/// (戶, 澤, 廣 …) to today's; こども/子ども/子供 alike; ヶ/ケ/か/が between kanji alike; dashes, dots, spaces and
/// punctuation dropped, long-vowel marks kept. Invalid UTF-8 becomes U+FFFD, never an error.
std::string fold(std::string_view text);

/// As fold(), and digits written in kanji before 丁目/番/号 made Arabic ("三丁目" → "3丁目"), 丁目/番地/号 and dashes
/// between digits made "-": the key under which addresses are compared.
std::string fold_address(std::string_view text);

} // namespace shirube::directory
