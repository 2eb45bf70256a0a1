#include "importers/gazetteer/gazetteer_files.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <string>
#include <system_error>

namespace shirube::importers {

namespace {

namespace fs = std::filesystem;

constexpr int k_levels = 3;

bool ends_with_any(std::string_view name, std::span<const std::string_view> endings) {
    std::string lower(name.substr(name.size() - std::min<std::size_t>(name.size(), 5)));
    std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::ranges::any_of(endings, [&](std::string_view ending) { return lower.ends_with(ending); });
}

bool is_shadow(std::string_view name) { return name.starts_with("__MACOSX/"); }

std::vector<fs::path> files_of_level(const fs::path& folder, int levels, std::error_code& error) {
    constexpr std::array<std::string_view, 3> endings{".json", ".csv", ".zip"};
    std::vector<fs::path> files;
    std::vector<fs::path> folders;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
        std::error_code unreadable;
        if (entry.is_directory(unreadable)) {
            folders.push_back(entry.path());
        } else if (entry.is_regular_file(unreadable) && ends_with_any(entry.path().filename().string(), endings)) {
            files.push_back(entry.path());
        }
    }
    if (!files.empty() || levels == 1) {
        return files;
    }
    for (const fs::path& below : folders) {
        auto found = files_of_level(below, levels - 1, error);
        files.insert(files.end(), found.begin(), found.end());
    }
    return files;
}

} // namespace

std::expected<std::vector<fs::path>, FileProblem> gazetteer_files(const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found) {
        return std::unexpected(in_file({.code = "file_missing"}, path));
    }
    if (!fs::is_directory(status)) {
        return std::vector{path};
    }
    auto files = files_of_level(path, k_levels, error);
    if (error) {
        return std::unexpected(in_file({.code = "file_unreadable", .a = error.message()}, path));
    }
    if (files.empty()) {
        return std::unexpected(in_file({.code = "folder_without_gazetteer"}, path));
    }
    std::ranges::sort(files);
    return files;
}

bool is_gazetteer_text(std::string_view name) {
    constexpr std::array<std::string_view, 1> endings{".csv"};
    return !is_shadow(name) && ends_with_any(name, endings);
}

bool is_gazetteer_member(std::string_view name) {
    constexpr std::array<std::string_view, 2> endings{".csv", ".zip"};
    return !is_shadow(name) && ends_with_any(name, endings);
}

} // namespace shirube::importers
