// Zip archives for tests, made by zlib through GDAL.
#pragma once

#include <cpl_vsi.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::importers::test {

inline std::string zip_of(const std::vector<std::pair<std::string, std::string>>& members) {
    const std::string path = "/vsimem/test-archive.zip";
    VSIUnlink(path.c_str());
    VSILFILE* archive = VSIFOpenL(("/vsizip/" + path).c_str(), "wb");
    for (const auto& [name, bytes] : members) {
        VSILFILE* member = VSIFOpenL(("/vsizip/" + path + "/" + name).c_str(), "wb");
        if (member == nullptr) {
            throw std::runtime_error("cannot write " + name);
        }
        if (!bytes.empty()) {
            VSIFWriteL(bytes.data(), 1, bytes.size(), member);
        }
        VSIFCloseL(member);
    }
    VSIFCloseL(archive);
    vsi_l_offset size = 0;
    GByte* bytes = VSIGetMemFileBuffer(path.c_str(), &size, FALSE);
    std::string result(reinterpret_cast<const char*>(bytes), size);
    VSIUnlink(path.c_str());
    return result;
}

/// The checksum of a zip's members (ISO 3309), a bit at a time.
inline std::uint32_t zip_checksum(std::string_view bytes) {
    std::uint32_t crc = 0xffffffffU;
    for (const char byte : bytes) {
        crc ^= static_cast<unsigned char>(byte);
        for (int bit = 0; bit < 8; ++bit) {
            crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0xedb88320U : 0U);
        }
    }
    return ~crc;
}

/// An archive whose members stand in it as they are, as a zip may hold what does not get smaller.
/// \param before what stands before the archive, as in one that unpacks itself
inline std::string stored_zip_of(const std::vector<std::pair<std::string, std::string>>& members,
                                 const std::string& before = {}) {
    const auto number = [](std::uint64_t value, int bytes) {
        std::string out;
        for (int i = 0; i < bytes; ++i) { // zeros beyond the eighth: some fields are written together
            out += i < 8 ? static_cast<char>(value >> (8U * static_cast<unsigned>(i)) & 0xffU) : '\0';
        }
        return out;
    };
    std::string archive;
    std::string directory;
    for (const auto& [name, bytes] : members) {
        // What both headers say: version, flags, method, time, checksum, sizes, lengths.
        const std::string facts = number(20, 2) + number(0, 2) + number(0, 2) + number(0, 4) +
                                  number(zip_checksum(bytes), 4) + number(bytes.size(), 4) + number(bytes.size(), 4) +
                                  number(name.size(), 2) + number(0, 2);
        directory += "PK\x01\x02" + number(20, 2) + facts + number(0, 10) + number(archive.size(), 4) + name;
        archive += "PK\x03\x04" + facts + name + bytes;
    }
    return before + archive + directory + "PK\x05\x06" + number(0, 4) + number(members.size(), 2) +
           number(members.size(), 2) + number(directory.size(), 4) + number(archive.size(), 4) + number(0, 2);
}

} // namespace shirube::importers::test
