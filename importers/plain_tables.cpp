#include "importers/plain_tables.hpp"

#include "importers/archive.hpp"
#include "importers/csv.hpp"
#include "importers/decode.hpp"
#include "importers/input_file.hpp"

#include <string>
#include <utility>

namespace shirube::importers {

std::expected<std::vector<Table>, FileProblem> read_plain_tables(const std::filesystem::path& path,
                                                                 std::string_view bytes, const Limits& limits) {
    const ContentKind kind = content_kind_of(bytes);
    if (kind == ContentKind::workbook) {
        return std::unexpected(in_file({.code = "workbook_unread"}, path));
    }
    std::string member;
    if (kind == ContentKind::archive) {
        auto only = read_only_text(bytes, limits);
        if (!only) {
            return std::unexpected(in_file(std::move(only.error()), path));
        }
        member = std::move(only->bytes);
        bytes = member;
    }
    const auto decoded = decode(bytes);
    if (!decoded) {
        return std::unexpected(in_file(decoded.error(), path));
    }
    auto table = read_table(decoded->text, limits);
    if (!table) {
        return std::unexpected(in_file(std::move(table.error()), path));
    }
    std::vector<Table> tables;
    tables.push_back(std::move(*table));
    return tables;
}

} // namespace shirube::importers
