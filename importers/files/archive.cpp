#include "importers/files/archive.hpp"

#include "importers/files/decode.hpp"
#include "importers/files/gdal.hpp"
#include "importers/files/zip_directory.hpp"

#include <cpl_vsi.h>
#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <memory>
#include <set>

namespace shirube::importers {

namespace {

struct CloseFolder {
    void operator()(VSIDIR* folder) const noexcept { VSICloseDir(folder); }
};
struct CloseFile {
    void operator()(VSILFILE* file) const noexcept { VSIFCloseL(file); }
};

std::unexpected<FileProblem> damaged(const GdalErrors& errors, std::string_view member) {
    return std::unexpected(
        FileProblem{.code = "archive_damaged", .a = errors.first().empty() ? std::string(member) : errors.first()});
}

/// Appends a member's bytes, stopping at the limit: what an archive says of its sizes need not be true.
std::expected<std::string, FileProblem> unpack(const std::string& path, std::size_t left, const Limits& limits,
                                               const GdalErrors& errors) {
    const std::unique_ptr<VSILFILE, CloseFile> file(VSIFOpenL(path.c_str(), "rb"));
    if (!file) {
        return damaged(errors, path);
    }
    std::string bytes;
    std::array<char, 1U << 16U> block{};
    while (const std::size_t got = VSIFReadL(block.data(), 1, block.size(), file.get())) {
        bytes.append(block.data(), got);
        if (bytes.size() > left) {
            return std::unexpected(FileProblem{.code = "archive_too_big", .a = fmt::format("{}", limits.file_bytes)});
        }
    }
    if (errors.failed()) {
        return damaged(errors, path);
    }
    return bytes;
}

/// The checksums that an archive states of its members. By value and not by name: GDAL shows names otherwise than the
/// directory does, and what is damaged does not by chance have the checksum of another member.
std::set<std::uint32_t> checksums_of(std::string_view bytes) {
    std::set<std::uint32_t> checksums;
    for (const ZipEntry& entry : read_zip_directory(bytes).entries) {
        checksums.insert(entry.crc);
    }
    return checksums;
}

std::uint32_t checksum_of(std::string_view bytes) {
    return static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
}

/// Windows writes names in the code page of its language and no flag that says so.
std::string name_of(const std::string& bytes) {
    return first_invalid_utf8(bytes) ? decode_attribute(bytes, Encoding::cp932).text : bytes;
}

} // namespace

std::expected<std::vector<ArchiveMember>, FileProblem> read_archive(std::string_view bytes, const Limits& limits,
                                                                    bool (*wanted)(std::string_view name)) {
    const GdalErrors errors;
    const GdalOption names_as_they_are("CPL_ZIP_ENCODING", "UTF-8");
    MemoryFolder memory;
    const std::string root = fmt::format("/vsizip/{{{}}}", memory.add("archive.zip", bytes));
    const std::unique_ptr<VSIDIR, CloseFolder> folder(VSIOpenDir(root.c_str(), -1, nullptr));
    if (!folder) {
        return damaged(errors, "zip");
    }
    const auto checksums = checksums_of(bytes);
    std::vector<ArchiveMember> members;
    std::size_t entries = 0;
    std::size_t left = limits.file_bytes;
    while (const VSIDIREntry* entry = VSIGetNextDirEntry(folder.get())) {
        if (++entries > limits.archive_entries) {
            return std::unexpected(
                FileProblem{.code = "archive_too_many_members", .a = fmt::format("{}", limits.archive_entries)});
        }
        const std::string name = entry->pszName;
        if (VSI_ISDIR(entry->nMode) || !wanted(name)) {
            continue;
        }
        if (entry->bSizeKnown != FALSE && entry->nSize > left) { // so it says itself: nothing need be unpacked
            return std::unexpected(FileProblem{.code = "archive_too_big", .a = fmt::format("{}", limits.file_bytes)});
        }
        auto unpacked = unpack(fmt::format("{}/{}", root, name), left, limits, errors);
        if (!unpacked) {
            return std::unexpected(std::move(unpacked.error()));
        }
        // GDAL looks at none where a member is stored as it is.
        if (!checksums.contains(checksum_of(*unpacked))) {
            return std::unexpected(FileProblem{.code = "archive_member_damaged", .a = name_of(name)});
        }
        left -= unpacked->size();
        members.push_back({.name = name_of(name), .bytes = std::move(*unpacked)});
    }
    return members;
}

} // namespace shirube::importers
