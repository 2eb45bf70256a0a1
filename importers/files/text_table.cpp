#include "importers/files/text_table.hpp"

#include "importers/files/archive.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/decode.hpp"
#include "importers/files/input_file.hpp"

#include <utility>

namespace shirube::importers {

std::expected<Table, FileProblem> read_text_table(const std::filesystem::path& path, std::string_view bytes,
                                                  const Limits& limits) {
    const auto refuse = [&](FileProblem problem) { return std::unexpected(in_file(std::move(problem), path)); };
    ArchiveMember member;
    if (content_kind_of(bytes) == ContentKind::archive) {
        auto text = read_only_text(bytes, limits);
        if (!text) {
            return refuse(std::move(text.error()));
        }
        member = std::move(*text);
        bytes = member.bytes;
    }
    switch (content_kind_of(bytes)) {
        case ContentKind::text:
            break;
        case ContentKind::workbook:
            return refuse({.code = "workbook_unread"});
        case ContentKind::json:
            return refuse({.code = "content_wrong_kind", .a = "JSON"});
        case ContentKind::pdf:
            return refuse({.code = "content_wrong_kind", .a = "PDF"});
        case ContentKind::archive:
            return refuse({.code = "content_wrong_kind", .a = "zip"});
        case ContentKind::shapefile:
        case ContentKind::database:
            return refuse({.code = "content_wrong_kind", .a = "SQLite / Shapefile"});
    }
    const auto decoded = decode(bytes);
    if (!decoded) {
        return refuse(decoded.error());
    }
    auto table = read_table(decoded->text, limits);
    if (!table) {
        return refuse(std::move(table.error()));
    }
    table->file = path.string();
    return std::move(*table);
}

} // namespace shirube::importers
