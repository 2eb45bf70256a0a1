#include "importers/files/zip_directory.hpp"

#include <cstddef>
#include <optional>

namespace shirube::importers {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t k_end_bytes = 22;
constexpr std::size_t k_locator_bytes = 20;
constexpr std::size_t k_end_64_bytes = 56;
constexpr std::size_t k_entry_bytes = 46;

/// What lies outside of the archive is 0.
std::uint64_t little_endian(std::string_view bytes, std::size_t at, std::size_t size) {
    if (at > bytes.size() || size > bytes.size() - at) {
        return 0;
    }
    std::uint64_t value = 0;
    for (std::size_t i = size; i > 0; --i) {
        value = (value << 8U) | static_cast<unsigned char>(bytes[at + i - 1]);
    }
    return value;
}

bool stands_at(std::string_view bytes, std::uint64_t at, std::string_view signature) {
    return at <= bytes.size() && bytes.substr(at).starts_with(signature);
}

struct Place {
    std::uint64_t begin = 0;
    std::uint64_t entries = 0;
};

/// Archives of more than 65,535 members or 4 GiB have a second end before the first, and a pointer to it.
std::optional<Place> place_in_large(std::string_view bytes, std::size_t end) {
    if (end < k_locator_bytes || !stands_at(bytes, end - k_locator_bytes, "PK\x06\x07"sv)) {
        return std::nullopt;
    }
    const auto end_64 = little_endian(bytes, end - k_locator_bytes + 8, 8);
    if (!stands_at(bytes, end_64, "PK\x06\x06"sv) || bytes.size() - end_64 < k_end_64_bytes) {
        return std::nullopt;
    }
    return Place{little_endian(bytes, end_64 + 48, 8), little_endian(bytes, end_64 + 32, 8)};
}

std::optional<Place> place_of(std::string_view bytes) {
    const std::size_t end = bytes.rfind("PK\x05\x06"sv);
    if (end == std::string_view::npos || bytes.size() - end < k_end_bytes) {
        return std::nullopt;
    }
    if (const auto large = place_in_large(bytes, end)) {
        return large;
    }
    const Place stated{little_endian(bytes, end + 16, 4), little_endian(bytes, end + 10, 2)};
    // Where a program stands before the archive, places are counted from the archive's own beginning.
    const auto size = little_endian(bytes, end + 12, 4);
    const bool is_shifted = size <= end && !stands_at(bytes, stated.begin, "PK\x01\x02"sv);
    return is_shifted ? Place{end - size, stated.entries} : stated;
}

} // namespace

ZipDirectory read_zip_directory(std::string_view bytes) {
    ZipDirectory directory;
    const auto place = place_of(bytes);
    if (!place) {
        return directory;
    }
    std::uint64_t at = place->begin;
    for (std::uint64_t left = place->entries; left > 0; --left) {
        if (!stands_at(bytes, at, "PK\x01\x02"sv) || bytes.size() - at < k_entry_bytes) {
            return directory;
        }
        const auto name = little_endian(bytes, at + 28, 2);
        directory.entries.push_back({.name = bytes.substr(at + k_entry_bytes, name),
                                     .crc = static_cast<std::uint32_t>(little_endian(bytes, at + 16, 4))});
        at += k_entry_bytes + name + little_endian(bytes, at + 30, 2) + little_endian(bytes, at + 32, 2);
    }
    directory.is_whole = true;
    return directory;
}

} // namespace shirube::importers
