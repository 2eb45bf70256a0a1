#include "server/cli/text_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <string_view>
#include <utility>

namespace shirube::server {

namespace {

/// fmt knows how wide letters are and fills up to a width; what it does not have to fill is the text's own.
std::size_t width_of(std::string_view text) {
    const std::size_t at_most = text.size() * 2 + 1;
    return at_most - (fmt::formatted_size("{:<{}}", text, at_most) - text.size());
}

} // namespace

void TextTable::add(std::vector<std::string> cells) {
    assert(cells.size() == columns_.size());
    rows_.push_back(std::move(cells));
}

std::string TextTable::text() const {
    std::vector<std::size_t> widths;
    std::vector<std::string> heads;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        std::size_t width = width_of(columns_[i].head);
        for (const auto& row : rows_) {
            width = std::max(width, width_of(row[i]));
        }
        widths.push_back(width);
        heads.push_back(columns_[i].head);
    }
    std::string out;
    const auto write = [&](const std::vector<std::string>& cells) {
        std::string line;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const auto* pattern = columns_[i].side == Side::right ? "{}{:>{}}" : "{}{:<{}}";
            line += fmt::format(fmt::runtime(pattern), i == 0 ? "" : "  ", cells[i], widths[i]);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    };
    write(heads);
    std::ranges::for_each(rows_, write);
    return out;
}

} // namespace shirube::server
