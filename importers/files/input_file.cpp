#include "importers/files/input_file.hpp"

#include "importers/files/zip_directory.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <system_error>

namespace shirube::importers {

namespace {

namespace fs = std::filesystem;

bool is_workbook_archive(std::string_view bytes) {
    // The names of an OpenDocument's kind stand unpacked at its very start.
    return bytes.substr(0, 200).find("application/vnd.oasis.opendocument.spreadsheet") != std::string_view::npos ||
           lists_member(bytes, "xl/workbook.xml") || lists_member(bytes, "content.xml");
}

} // namespace

// Looking for the name anywhere in the archive would also find it in a workbook that lies in it unpacked.
bool lists_member(std::string_view bytes, std::string_view wanted) {
    const auto directory = read_zip_directory(bytes);
    return std::ranges::find(directory.entries, wanted, &ZipEntry::name) != directory.entries.end();
}

ContentKind content_kind_of(std::string_view bytes) {
    using namespace std::string_view_literals;
    if (bytes.starts_with("PK\x03\x04"sv) || bytes.starts_with("PK\x05\x06"sv)) {
        return is_workbook_archive(bytes) ? ContentKind::workbook : ContentKind::archive;
    }
    if (bytes.starts_with("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv)) {
        return ContentKind::workbook;
    }
    if (bytes.starts_with("\x00\x00\x27\x0a"sv)) {
        return ContentKind::shapefile;
    }
    if (bytes.starts_with("SQLite format 3\0"sv)) {
        return ContentKind::database;
    }
    if (bytes.starts_with("%PDF-"sv)) {
        return ContentKind::pdf;
    }
    while (bytes.starts_with("\xef\xbb\xbf"sv)) {
        bytes.remove_prefix(3);
    }
    const std::size_t first = bytes.find_first_not_of(" \t\r\n");
    if (first != std::string_view::npos && (bytes[first] == '{' || bytes[first] == '[')) {
        return ContentKind::json;
    }
    return ContentKind::text;
}

std::expected<std::string, FileProblem> read_file(const fs::path& path, const Limits& limits) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found) {
        return std::unexpected(in_file({.code = "file_missing"}, path));
    }
    if (error) {
        return std::unexpected(in_file({.code = "file_unreadable", .a = error.message()}, path));
    }
    if (fs::is_directory(status)) {
        return std::unexpected(in_file({.code = "file_is_folder"}, path));
    }
    std::ifstream stream(path, std::ios::binary);
    if (!stream) {
        const std::error_code reason(errno, std::generic_category());
        return std::unexpected(in_file({.code = "file_unreadable", .a = reason.message()}, path));
    }
    const auto too_big = [&] {
        return std::unexpected(in_file({.code = "file_too_big", .a = fmt::format("{}", limits.file_bytes)}, path));
    };
    std::string bytes;
    if (fs::is_regular_file(status)) {
        const std::uintmax_t size = fs::file_size(path, error);
        if (!error && size > limits.file_bytes) {
            return too_big(); // gigabytes of zeros need not be read to be refused
        }
        bytes.reserve(error ? 0 : static_cast<std::size_t>(size));
    }
    // Read as it comes all the same: the size that a pipe or a growing file states means nothing.
    std::array<char, 1U << 16U> block{};
    while (stream.read(block.data(), block.size()), stream.gcount() > 0) {
        bytes.append(block.data(), static_cast<std::size_t>(stream.gcount()));
        if (bytes.size() > limits.file_bytes) {
            return too_big();
        }
    }
    if (stream.bad()) {
        return std::unexpected(in_file({.code = "file_unreadable", .a = "I/O"}, path));
    }
    if (bytes.empty()) {
        return std::unexpected(in_file({.code = "file_empty"}, path));
    }
    return bytes;
}

std::string digest_of(std::string_view bytes) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    std::array<char, crypto_hash_sha256_BYTES * 2 + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    return {hex.data(), hex.size() - 1};
}

} // namespace shirube::importers
