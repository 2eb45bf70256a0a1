// The templates a steward fills in: lists with their columns, drop-downs from the code lists and the taxonomy, and
// examples that are plainly invented (importers/data/templates.json). Lists of resources are read by the layout
// shirube-template, the others by their kind of import.
#pragma once

#include "directory/batch.hpp"
#include "directory/taxonomy.hpp"
#include "importers/sheets/sheet_book.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

struct ListTemplate {
    std::string name;                               ///< in addresses and on the command line: support-bases
    std::vector<std::string> columns;               ///< headers, in order
    std::vector<std::string> programmes;            ///< codes that the drop-down of 事業 offers
    std::vector<std::vector<std::string>> examples; ///< rows under the columns
    directory::ImportKind kind = directory::ImportKind::resources;
    std::vector<std::vector<std::string>> about{}; ///< how the list is written, two cells a row
};

/// Every template, the general one first. Read once.
/// \throws std::runtime_error where the data file was built in wrongly
std::span<const ListTemplate> list_templates();

/// Nothing where there is none of that name.
const ListTemplate* find_template(std::string_view name);

enum class TemplateForm : std::uint8_t { csv, xlsx, ods };
std::string_view extension_of(TemplateForm) noexcept;
std::optional<TemplateForm> parse_template_form(std::string_view extension) noexcept;

/// The template as a workbook: the list, then two sheets that no import reads (the choices, and how to write each
/// column).
SheetBook template_book(const ListTemplate& of, const directory::Taxonomy& taxonomy);

/// The file to hand out; the same bytes for the same version of the program.
std::string template_file(const ListTemplate& of, TemplateForm form);

/// How the first cell of a sheet begins that no import reads.
inline constexpr std::string_view k_unread_sheet = "※この表は取り込みません";

} // namespace shirube::importers
