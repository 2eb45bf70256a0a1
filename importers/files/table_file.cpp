#include "importers/files/table_file.hpp"

#include "importers/files/archive.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/decode.hpp"
#include "importers/files/input_file.hpp"
#include "importers/files/workbook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <iterator>
#include <string>
#include <utility>

namespace shirube::importers {

namespace {

using Tables = std::expected<std::vector<Table>, FileProblem>;

Tables read_text(std::string_view bytes, const Limits& limits) {
    const auto decoded = decode(bytes);
    if (!decoded) {
        return std::unexpected(decoded.error());
    }
    auto table = read_table(decoded->text, limits);
    if (!table) {
        return std::unexpected(std::move(table.error()));
    }
    std::vector<Table> tables;
    tables.push_back(std::move(*table));
    return tables;
}

bool is_table_name(std::string_view name) {
    static constexpr std::array<std::string_view, 7> k_endings{".csv",  ".tsv", ".txt", ".xlsx",
                                                               ".xlsm", ".ods", ".xls"};
    std::string lower(name.substr(name.size() - std::min<std::size_t>(name.size(), 5)));
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    // Macintosh archives carry a shadow of each file.
    return !name.starts_with("__MACOSX/") &&
           std::ranges::any_of(k_endings, [&](std::string_view ending) { return lower.ends_with(ending); });
}

/// A file that lies in no archive.
Tables read_plain(std::string_view bytes, const Limits& limits) {
    switch (content_kind_of(bytes)) {
        case ContentKind::workbook:
            return read_workbook(bytes, limits);
        case ContentKind::database:
            return std::unexpected(FileProblem{.code = "content_wrong_kind", .a = "SQLite"});
        case ContentKind::pdf:
            return std::unexpected(FileProblem{.code = "content_wrong_kind", .a = "PDF"});
        case ContentKind::shapefile:
            return std::unexpected(FileProblem{.code = "content_wrong_kind", .a = "shapefile"});
        case ContentKind::archive:
            return std::unexpected(FileProblem{.code = "content_wrong_kind", .a = "zip"});
        case ContentKind::json:
        case ContentKind::text:
            break;
    }
    return read_text(bytes, limits);
}

Tables read_members(const std::filesystem::path& path, std::string_view bytes, const Limits& limits) {
    const auto members = read_table_members(bytes, limits);
    if (!members) {
        return std::unexpected(members.error());
    }
    std::vector<Table> all;
    for (const ArchiveMember& member : *members) {
        auto tables = read_plain(member.bytes, limits);
        if (!tables) {
            return std::unexpected(in_file(std::move(tables.error()), member.name));
        }
        for (Table& table : *tables) {
            table.file = fmt::format("{} ({})", path.string(), member.name);
        }
        std::ranges::move(*tables, std::back_inserter(all));
    }
    return all;
}

} // namespace

std::expected<std::vector<ArchiveMember>, FileProblem> read_table_members(std::string_view bytes,
                                                                          const Limits& limits) {
    auto members = read_archive(bytes, limits, is_table_name);
    if (members && members->empty()) {
        return std::unexpected(FileProblem{.code = "archive_without_table"});
    }
    return members;
}

std::expected<std::vector<Table>, FileProblem> read_tables(const std::filesystem::path& path, std::string_view bytes,
                                                           const Limits& limits) {
    auto tables =
        content_kind_of(bytes) == ContentKind::archive ? read_members(path, bytes, limits) : read_plain(bytes, limits);
    if (!tables) {
        return std::unexpected(in_file(std::move(tables.error()), path));
    }
    for (Table& table : *tables) {
        if (table.file.empty()) {
            table.file = path.string();
        }
    }
    return tables;
}

} // namespace shirube::importers
