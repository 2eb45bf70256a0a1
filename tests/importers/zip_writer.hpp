// Zip archives for tests, made by zlib through GDAL.
#pragma once

#include <cpl_vsi.h>

#include <stdexcept>
#include <string>
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

} // namespace shirube::importers::test
