// A folder of a test's own. Its name is new: one made of a process's number would be somebody else's leftovers as soon
// as the number comes round again.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace shirube::tests {

/// Made empty. Whoever asks for it removes it.
inline std::filesystem::path new_scratch_folder(const std::string& name) {
    std::string path = (std::filesystem::temp_directory_path() / (name + "-XXXXXX")).string();
    if (::mkdtemp(path.data()) == nullptr) {
        throw std::runtime_error("No folder can be made for a test: " + path);
    }
    return path;
}

} // namespace shirube::tests
