// The frame of tables by municipality: as JSON or CSV by ?f=, with what every line of a table says of where it is from.
#pragma once

#include "server/api/answers.hpp"
#include "server/context.hpp"

#include <cstdint>
#include <expected>
#include <string>
#include <vector>

namespace shirube::server {

enum class TableForm : std::uint8_t { json, csv };

/// ?f=, else Accept. \returns bad_parameter where it is neither
std::expected<TableForm, Problem> table_form_asked(const Request& request);

/// \param name of the file, without its ending
Answer table_answer(std::string text, TableForm form, const Context& context, directory::Day day,
                    std::string_view name);

/// "児童館一覧（2026-04-01） / …"
std::string lists_in_a_cell(const directory::Reader& reader, const std::vector<std::uint32_t>& lists);

/// Of each list its name, publisher, licence and date.
nlohmann::ordered_json list_documents(const directory::Reader& reader, const std::vector<std::uint32_t>& lists);

nlohmann::ordered_json label_document(const directory::Label& label);

} // namespace shirube::server
