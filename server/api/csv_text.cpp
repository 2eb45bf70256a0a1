#include "server/api/csv_text.hpp"

#include "importers/sheets/harmless_cell.hpp"

namespace shirube::server {

namespace {

template <class Cells, class Text>
void add_line(std::string& out, const Cells& cells, Text&& text) {
    bool first = true;
    for (const auto& cell : cells) {
        if (!first) {
            out += ',';
        }
        first = false;
        out += text(cell);
    }
    out += "\r\n";
}

} // namespace

std::string csv_cell(std::string_view text) {
    std::string out;
    const bool formula = importers::is_formula(text);
    const bool quote = formula || text.find_first_of(",\"\r\n") != std::string_view::npos;
    if (quote) {
        out += '"';
    }
    if (formula) {
        out += '\'';
    }
    for (const char character : text) {
        if (character == '"') {
            out += '"';
        }
        out += character;
    }
    if (quote) {
        out += '"';
    }
    return out;
}

std::string csv_value(const nlohmann::ordered_json& value) {
    if (value.is_null()) {
        return {};
    }
    return value.is_string() ? csv_cell(value.get<std::string>()) : value.dump();
}

void add_csv_line(std::string& out, const std::vector<std::string>& cells) { add_line(out, cells, csv_cell); }
void add_csv_line(std::string& out, const std::vector<nlohmann::ordered_json>& cells) {
    add_line(out, cells, csv_value);
}

} // namespace shirube::server
