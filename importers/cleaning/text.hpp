// The text of a cell, freed from what tables and typists leave in it. Names keep their letters: only white space goes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// A cell as it may be shown.
struct CleanText {
    std::string text;      ///< without white space at its ends; line breaks, tabs and runs of blanks are one blank
    bool had_tabs = false; ///< tabs ran into the cell: columns of another table may have been pasted into it
};

/// Trims every kind of white space (full-width, no-break, zero-width, byte order marks) and joins lines.
CleanText clean_text(std::string_view cell);

/// The text for machines: NFKC (digits, letters, brackets and katakana in one width), every dash between as '-', every
/// wave as '~', circled numbers dropped. Letters keep their case, kanji their form.
std::string plain(std::string_view text);

/// plain(), as code points: what the readers of prose walk over.
std::u32string plain_points(std::string_view text);

/// Code points back to UTF-8.
std::string utf8(std::u32string_view points);

/// `text` with every occurrence of `what` replaced.
std::string replaced(std::string text, std::string_view what, std::string_view by);

/// At most `most` code points of `text`, an ellipsis after them where something was cut.
std::string shortened(std::string_view text, std::size_t most);

/// The parts of a cell that lists several things (; 、 or a line break between them), without blanks around them.
std::vector<std::string> parts_of(std::string_view cell);

} // namespace shirube::importers
