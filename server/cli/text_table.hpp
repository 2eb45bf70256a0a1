// A table for a terminal.
#pragma once

#include <string>
#include <vector>

namespace shirube::server {

class TextTable {
  public:
    enum class Side : unsigned char { left, right };
    struct Column {
        std::string head;
        Side side = Side::left;
    };

    explicit TextTable(std::vector<Column> columns) : columns_(std::move(columns)) {}

    /// A cell a column.
    void add(std::vector<std::string> cells);

    /// Heads and rows, a line each, as wide as their widest cells. An East Asian letter takes two columns of a
    /// terminal.
    [[nodiscard]] std::string text() const;

  private:
    std::vector<Column> columns_;
    std::vector<std::vector<std::string>> rows_;
};

} // namespace shirube::server
