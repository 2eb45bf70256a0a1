#include "importers/sheets/zip_file.hpp"

#include <zlib.h>

#include <cassert>
#include <cstdint>
#include <limits>
#include <new>
#include <stdexcept>
#include <utility>

namespace shirube::importers {

namespace {

// Field by field as APPNOTE.TXT 6.3.9 lays them out, little-endian.
void put16(std::string& to, unsigned value) {
    to += static_cast<char>(value & 0xffU);
    to += static_cast<char>((value >> 8U) & 0xffU);
}

void put32(std::string& to, std::uint32_t value) {
    put16(to, value & 0xffffU);
    put16(to, value >> 16U);
}

constexpr unsigned k_stored = 0;
constexpr unsigned k_deflated = 8;
constexpr unsigned k_version = 20;               // deflate
constexpr unsigned k_utf8_names = 1U << 11U;     // general purpose bit 11
constexpr unsigned k_first_day = (1U << 5U) | 1; // 1980-01-01

std::string deflated(std::string_view bytes) {
    z_stream stream{};
    // A raw stream (negative window bits), as zip wants it.
    if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::bad_alloc();
    }
    std::string out(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
    stream.next_in = const_cast<Bytef*>(reinterpret_cast<const Bytef*>(bytes.data())); // zlib reads only
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    [[maybe_unused]] const int ended = ::deflate(&stream, Z_FINISH);
    assert(ended == Z_STREAM_END && "deflateBound() made room for all of it");
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

} // namespace

void ZipFile::store(std::string_view name, std::string_view bytes) { add(name, bytes, bytes, k_stored); }

void ZipFile::deflate(std::string_view name, std::string_view bytes) { add(name, bytes, deflated(bytes), k_deflated); }

void ZipFile::add(std::string_view name, std::string_view plain, std::string_view packed, unsigned method) {
    // Without Zip64, which nothing that we write needs.
    if (bytes_.size() + packed.size() + plain.size() > std::numeric_limits<std::int32_t>::max()) {
        throw std::length_error("an archive of more than 2 GiB");
    }
    const auto crc = static_cast<std::uint32_t>(
        crc32(0, reinterpret_cast<const Bytef*>(plain.data()), static_cast<uInt>(plain.size())));
    const auto at = static_cast<std::uint32_t>(bytes_.size());
    const auto put_common = [&](std::string& to) {
        put16(to, k_version);
        put16(to, k_utf8_names);
        put16(to, method);
        put16(to, 0);
        put16(to, k_first_day);
        put32(to, crc);
        put32(to, static_cast<std::uint32_t>(packed.size()));
        put32(to, static_cast<std::uint32_t>(plain.size()));
        put16(to, static_cast<unsigned>(name.size()));
        put16(to, 0);
    };
    put32(bytes_, 0x04034b50);
    put_common(bytes_);
    bytes_ += name;
    bytes_ += packed;
    put32(directory_, 0x02014b50);
    put16(directory_, k_version);
    put_common(directory_);
    put16(directory_, 0); // comment
    put16(directory_, 0); // disk
    put16(directory_, 0);
    put32(directory_, 0);
    put32(directory_, at);
    directory_ += name;
    ++members_;
}

std::string ZipFile::finish() {
    const auto at = static_cast<std::uint32_t>(bytes_.size());
    bytes_ += directory_;
    put32(bytes_, 0x06054b50);
    put16(bytes_, 0);
    put16(bytes_, 0);
    put16(bytes_, members_);
    put16(bytes_, members_);
    put32(bytes_, static_cast<std::uint32_t>(directory_.size()));
    put32(bytes_, at);
    put16(bytes_, 0);
    return std::move(bytes_);
}

} // namespace shirube::importers
