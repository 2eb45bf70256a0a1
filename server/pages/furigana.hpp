// Text for HTML, and readings over kanji for やさしい日本語.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

/// The text with the five characters that mean something in HTML replaced.
std::string escape_html(std::string_view text);

/// Sets readings over kanji. A reading comes from the text itself, written behind the word as 児童館（じどうかん）, or
/// from a list of common words (土曜日: どようび). What has neither stays as it is; nothing is guessed.
class Furigana {
  public:
    /// \param json {"土曜日": "どようび", "#日": "にち", …}; a word that begins with # is read so behind a digit
    /// \throws std::runtime_error where it is not such an object
    static Furigana from_json(std::string_view json);

    /// static/i18n/furigana.json
    static const Furigana& shipped();

    /// Escaped HTML with <ruby>. \param text UTF-8
    [[nodiscard]] std::string to_html(std::string_view text) const;

  private:
    struct Word {
        std::u32string base;
        std::u32string reading;
    };
    using Words = std::vector<Word>; ///< by base

    Words words_;
    Words counters_; ///< behind a digit
};

} // namespace shirube::server
