// What tests of the road in share: a scratch folder, a book to keep, real lists where they are.
#pragma once

#include "importers/report/intake.hpp"
#include "tests/scratch_folder.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

namespace shirube::importers::test {

namespace fs = std::filesystem;

/// A folder of its own, gone with its owner.
class ScratchFolder {
  public:
    ScratchFolder() : path_(tests::new_scratch_folder("shirube-test")) {}
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder() { fs::remove_all(path_); }

    [[nodiscard]] const fs::path& path() const { return path_; }

    fs::path write(const fs::path& name, std::string_view bytes) const {
        const fs::path file = path_ / name;
        fs::create_directories(file.parent_path());
        std::ofstream(file, std::ios::binary) << bytes;
        return file;
    }

    [[nodiscard]] std::size_t files() const {
        return static_cast<std::size_t>(
            std::distance(fs::recursive_directory_iterator(path_), fs::recursive_directory_iterator()));
    }

  private:
    fs::path path_;
};

inline std::string bytes_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// Everything a reader of lists needs to be called.
struct Desk {
    Report report;
    ImportOptions options;
    Limits limits;
    Progress progress;
    Intake intake{report, options, limits, progress};

    explicit Desk(directory::ImportKind kind) {
        options.kind = kind;
        options.language = "en";
        intake.begin_file("list");
    }

    [[nodiscard]] std::int64_t issues(const std::string& code) const {
        const auto found = report.issue_counts.find(code);
        return found == report.issue_counts.end() ? 0 : found->second;
    }

    [[nodiscard]] const Issue& issue(std::string_view code) const {
        return *std::ranges::find(report.issues, code, &Issue::code);
    }
};

/// A real list, or an empty path and a line that says why the test does nothing.
inline fs::path real_data(std::string_view relative) {
    fs::path path = fs::path(SHIRUBE_REAL_DATA) / relative;
    if (!fs::exists(path)) {
        std::cout << "SKIPPED: no real list at " << path << '\n';
        return {};
    }
    return path;
}

inline fs::path demo_data(std::string_view relative) { return fs::path(SHIRUBE_SOURCE_DIR) / "demo/town" / relative; }

} // namespace shirube::importers::test
