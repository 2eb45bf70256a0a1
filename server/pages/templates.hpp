// The templates of static/templates, compiled once for each language, and the values put into them.
//
// Before ctemplate sees a template, these are replaced:
//   [[key]]          a text of the interface, escaped, with readings in やさしい日本語; its {name} becomes {{NAME}},
//                    its {name_html} becomes {{NAME_HTML:none}}
//   [[@key]]         the same as plain text, for attributes, titles and options
//   [[icon:name]]    the pictogram static/icons/name.svg, inline, so that it takes the colour of the words beside it
//   [[asset:path]]   the address of a file below /static/
// ctemplate escapes every value by where it stands. Values whose names end in _HTML are markup already (readings,
// icons, data blocks); only View::words, View::icon and View::data_block make them, and templates write them as
// {{NAME_HTML:none}}.
#pragma once

#include "server/pages/texts.hpp"

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace ctemplate {
class TemplateDictionary;
}

namespace shirube::server {

/// A place to put values: a page, an included template, or one turn of a repeated section.
class View {
  public:
    View(ctemplate::TemplateDictionary& dictionary, const Texts& texts) : dictionary_(&dictionary), texts_(&texts) {}

    void set(std::string_view name, std::string_view value);
    template <std::integral T>
    void set(std::string_view name, T value) {
        set(name, std::to_string(value));
    }

    /// Sets NAME_HTML to words of ours (never of a visitor), with readings where the language has them.
    void words(std::string_view name, std::string_view text);
    /// Sets NAME_HTML to a pictogram.
    void icon(std::string_view name, std::string_view icon);

    /// Sets NAME_HTML to JSON for a script element that is data. \param json of in_data_block()
    void data_block(std::string_view name, std::string_view json);

    /// Shows a section once.
    void show(std::string_view section);
    void show_if(bool condition, std::string_view section) {
        if (condition) {
            show(section);
        }
    }
    /// Sets the value and shows the section NAME_SHOWN; does nothing where the value is empty.
    void set_if_any(std::string_view name, std::string_view value);
    void words_if_any(std::string_view name, std::string_view text);

    /// Shows a section once more, with values of its own.
    View section(std::string_view name);
    /// Fills {{>NAME}} with a template.
    View include(std::string_view name, std::string_view file);

    [[nodiscard]] const Texts& texts() const noexcept { return *texts_; }

  private:
    ctemplate::TemplateDictionary* dictionary_;
    const Texts* texts_;
};

/// Puts `dictionary` into templates/layout.html of the language.
std::string render_layout(const ctemplate::TemplateDictionary& dictionary, const Texts& texts);

/// Compiles every template in every language.
/// \throws std::runtime_error naming the template and what it misses
void compile_templates();

} // namespace shirube::server
