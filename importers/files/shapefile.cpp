#include "importers/files/shapefile.hpp"

#include "importers/files/input_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <system_error>
#include <utility>

// Layouts: ESRI Shapefile Technical Description (July 1998); dBASE III table file.

namespace shirube::importers {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_shp_header = 100;
constexpr std::size_t k_shp_record_header = 8;
constexpr std::size_t k_dbf_least_header = 32;

std::uint32_t byte_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

std::uint32_t big_endian(std::string_view bytes, std::size_t at) {
    return byte_at(bytes, at) << 24U | byte_at(bytes, at + 1) << 16U | byte_at(bytes, at + 2) << 8U |
           byte_at(bytes, at + 3);
}

std::uint32_t little_endian(std::string_view bytes, std::size_t at, std::size_t count) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        value |= byte_at(bytes, at + i) << (8U * i);
    }
    return value;
}

void put_big_endian(std::string& bytes, std::size_t value) {
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        bytes.push_back(static_cast<char>(value >> shift & 0xffU));
    }
}

std::unexpected<FileProblem> truncated(std::string_view member, std::size_t whole_records) {
    return std::unexpected(FileProblem{.code = "shapefile_truncated",
                                       .a = std::string(member),
                                       .b = fmt::format("{}", whole_records),
                                       .row = static_cast<std::int64_t>(whole_records) + 1});
}

/// Walks the geometry records and appends an index entry for each.
std::expected<std::size_t, FileProblem> walk_shp(std::string_view shp, std::string& index) {
    if (shp.size() < k_shp_header) {
        return truncated(".shp", 0);
    }
    if (big_endian(shp, 0) != 9994) {
        return std::unexpected(FileProblem{.code = "vector_wrong_kind"});
    }
    // Lengths count 16-bit words.
    const std::size_t end = std::size_t{2} * big_endian(shp, 24);
    std::size_t records = 0;
    for (std::size_t at = k_shp_header; at < end;) {
        if (at + k_shp_record_header > shp.size()) {
            return truncated(".shp", records);
        }
        const std::size_t content = std::size_t{2} * big_endian(shp, at + 4);
        if (content < 4 || at + k_shp_record_header + content > std::min(end, shp.size())) {
            return truncated(".shp", records);
        }
        put_big_endian(index, at / 2);
        put_big_endian(index, content / 2);
        at += k_shp_record_header + content;
        ++records;
    }
    return records;
}

std::expected<std::size_t, FileProblem> count_dbf(std::string_view dbf) {
    if (dbf.size() < k_dbf_least_header) {
        return truncated(".dbf", 0);
    }
    const std::size_t records = little_endian(dbf, 4, 4);
    const std::size_t header = little_endian(dbf, 8, 2);
    const std::size_t record = little_endian(dbf, 10, 2);
    if (header < k_dbf_least_header || header > dbf.size() || record == 0) {
        return truncated(".dbf", 0);
    }
    const std::size_t whole = (dbf.size() - header) / record;
    if (whole < records) {
        return truncated(".dbf", whole);
    }
    return records;
}

std::string lower_case(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

/// The file of the same stem with that extension in any case; empty where there is none.
fs::path beside(const fs::path& path, std::string_view extension) {
    std::error_code error;
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        if (entry.path().stem() == path.stem() && lower_case(entry.path().extension().string()) == extension) {
            return entry.path();
        }
    }
    return {};
}

} // namespace

std::expected<Shapefile, FileProblem> gather_shapefile(const fs::path& path, std::string shp, const Limits& limits) {
    Shapefile shapefile;
    shapefile.shp = std::move(shp);
    const std::array<std::pair<std::string_view, std::string*>, 3> members{
        {{".dbf", &shapefile.dbf}, {".prj", &shapefile.prj}, {".cpg", &shapefile.cpg}}};
    for (const auto& [extension, bytes] : members) {
        const fs::path member = beside(path, extension);
        if (member.empty()) {
            continue;
        }
        auto read = read_file(member, limits);
        if (!read) {
            return std::unexpected(std::move(read.error()));
        }
        *bytes = std::move(*read);
    }
    if (shapefile.dbf.empty()) {
        return std::unexpected(FileProblem{.code = "shapefile_member_missing", .a = ".dbf"});
    }
    return shapefile;
}

std::expected<void, FileProblem> check_and_index(Shapefile& shapefile) {
    std::string entries;
    const auto shapes = walk_shp(shapefile.shp, entries);
    if (!shapes) {
        return std::unexpected(shapes.error());
    }
    const auto rows = count_dbf(shapefile.dbf);
    if (!rows) {
        return std::unexpected(rows.error());
    }
    if (*shapes != *rows) {
        return std::unexpected(FileProblem{
            .code = "shapefile_inconsistent", .a = fmt::format("{}", *shapes), .b = fmt::format("{}", *rows)});
    }
    // The index begins with the same header, but for its length.
    std::string length;
    put_big_endian(length, (k_shp_header + entries.size()) / 2);
    shapefile.shx = shapefile.shp.substr(0, k_shp_header);
    shapefile.shx.replace(24, 4, length);
    shapefile.shx += entries;
    return {};
}

Encoding encoding_of(const Shapefile& shapefile) {
    if (lower_case(shapefile.cpg).find("utf") != std::string::npos) {
        return Encoding::utf8;
    }
    const std::size_t header = little_endian(shapefile.dbf, 8, 2);
    return first_invalid_utf8(std::string_view(shapefile.dbf).substr(header)) ? Encoding::cp932 : Encoding::utf8;
}

} // namespace shirube::importers
