#include "importers/report/rejects_file.hpp"

#include "importers/report/rejects.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace shirube::importers {

namespace {

namespace fs = std::filesystem;

std::string last_error() { return std::error_code(errno, std::generic_category()).message(); }

FileProblem unwritable(const fs::path& path, std::string why) {
    return in_file({.code = "rejects_unwritable", .a = std::move(why)}, path);
}

/// A file that nobody else may read from its first moment on, put in its place when it is whole.
class PrivateFile {
  public:
    explicit PrivateFile(const fs::path& path) : path_(path), draft_(path.string() + ".new") {
        std::error_code ignored;
        fs::remove(draft_, ignored); // of a run that was killed
        // A link that somebody laid there is not followed.
        descriptor_ = ::open(draft_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
    }
    PrivateFile(const PrivateFile&) = delete;
    PrivateFile& operator=(const PrivateFile&) = delete;
    ~PrivateFile() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
            std::error_code ignored;
            fs::remove(draft_, ignored);
        }
    }

    [[nodiscard]] bool is_open() const noexcept { return descriptor_ >= 0; }

    /// False with errno where it fails.
    bool write(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR) {
                continue;
            }
            if (written < 0) {
                return false;
            }
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return true;
    }

    bool keep() {
        const bool closed = ::close(std::exchange(descriptor_, -1)) == 0;
        const bool kept = closed && ::rename(draft_.c_str(), path_.c_str()) == 0;
        if (!kept) {
            const int why = errno;
            std::error_code ignored;
            fs::remove(draft_, ignored);
            errno = why;
        }
        return kept;
    }

  private:
    fs::path path_;
    fs::path draft_;
    int descriptor_ = -1;
};

std::expected<void, FileProblem> write_one(const fs::path& path, std::string_view bytes) {
    PrivateFile file(path);
    if (!file.is_open() || !file.write(bytes) || !file.keep()) {
        return std::unexpected(unwritable(path, last_error()));
    }
    return {};
}

/// How Excel counts letters.
std::size_t utf16_units(std::string_view text) {
    std::size_t units = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        units += (byte & 0xc0U) == 0x80U ? 0U : byte >= 0xf0U ? 2U : 1U;
    }
    return units;
}

bool has_too_long_cell(const SheetBook& book) {
    const auto too_long = [](const std::string& cell) {
        return cell.size() > k_xlsx_cell_letters && utf16_units(cell) > k_xlsx_cell_letters;
    };
    return std::ranges::any_of(book.sheets, [&](const Sheet& sheet) {
        return std::ranges::any_of(sheet.rows, [&](const auto& row) { return std::ranges::any_of(row, too_long); });
    });
}

/// Lists that somebody can mend; the others are published by the state, or are shapes.
bool is_kept_by_hand(directory::ImportKind kind) {
    return kind != directory::ImportKind::gazetteer && kind != directory::ImportKind::population;
}

/// Whether tables of other headers would be written under the file's name: "FILE-2.csv" beside "FILE.csv".
bool is_numbered_like(const fs::path& file, const fs::path& path) {
    const std::string name = file.filename().string();
    const std::string begin = path.stem().string() + "-";
    const std::string end = path.extension().string();
    std::error_code ignored;
    if (!name.starts_with(begin) || !name.ends_with(end) || name.size() <= begin.size() + end.size()) {
        return false;
    }
    const std::string_view number =
        std::string_view(name).substr(begin.size(), name.size() - begin.size() - end.size());
    const auto folder_of = [&](const fs::path& of) {
        return fs::weakly_canonical(fs::absolute(of, ignored), ignored).parent_path();
    };
    return std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; }) &&
           folder_of(file) == folder_of(path);
}

} // namespace

std::expected<void, FileProblem> check_rejects(const fs::path& path, const ImportOptions& options) {
    if (path.extension() != ".csv" && path.extension() != ".xlsx") {
        return std::unexpected(wrong_use("rejects_wrong_form", path.string()));
    }
    if (!is_kept_by_hand(options.kind)) {
        return std::unexpected(wrong_use("rejects_wrong_kind"));
    }
    std::error_code ignored;
    for (const fs::path& file : options.files) {
        if (file == path || fs::equivalent(file, path, ignored) || is_numbered_like(file, path)) {
            return std::unexpected(wrong_use("rejects_is_input", file.string()));
        }
    }
    if (!PrivateFile(path).is_open()) {
        return std::unexpected(unwritable(path, last_error()));
    }
    if (fs::is_directory(path, ignored)) {
        return std::unexpected(unwritable(path, std::error_code(EISDIR, std::generic_category()).message()));
    }
    return {};
}

std::expected<std::vector<fs::path>, FileProblem> write_rejects(const fs::path& path,
                                                                std::span<const RejectedTable> tables) {
    std::vector<fs::path> files;
    if (tables.empty()) {
        return files;
    }
    SheetBook book = rejects_book(tables);
    if (path.extension() == ".xlsx") {
        if (has_too_long_cell(book)) {
            return std::unexpected(
                in_file({.code = "rejects_cell_too_long", .a = fmt::format("{}", k_xlsx_cell_letters)}, path));
        }
        if (auto written = write_one(path, to_xlsx(book)); !written) {
            return std::unexpected(std::move(written.error()));
        }
        files.push_back(path);
        return files;
    }
    for (Sheet& sheet : book.sheets) {
        fs::path file = path;
        if (!files.empty()) {
            file.replace_filename(fmt::format("{}-{}.csv", path.stem().string(), files.size() + 1));
        }
        const SheetBook alone{.title = book.title, .sheets = {std::move(sheet)}};
        if (auto written = write_one(file, to_csv(alone)); !written) {
            return std::unexpected(std::move(written.error()));
        }
        files.push_back(std::move(file));
    }
    return files;
}

} // namespace shirube::importers
