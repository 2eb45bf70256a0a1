#include "importers/files/workbook.hpp"

#include "importers/files/csv.hpp"
#include "importers/files/gdal.hpp"
#include "importers/files/input_file.hpp"
#include "importers/files/workbook_parts.hpp"

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

namespace shirube::importers {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_spreadsheet_digits = 15;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Whether the whole of `text` is a number with a point or a signed exponent: nothing else can carry noise.
bool is_noisy_number(std::string_view text) {
    std::size_t digits = 0;
    bool point = false;
    bool exponent = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_digit(c)) {
            digits += !exponent && (digits > 0 || c != '0') ? 1 : 0;
        } else if (c == '.' && !point && !exponent && i > 0) {
            point = true;
        } else if (c == 'E' && !exponent && i > 0 && i + 2 < text.size() &&
                   (text[i + 1] == '-' || text[i + 1] == '+')) {
            exponent = true;
            ++i;
        } else if (c != '-' || i != 0) {
            return false;
        }
    }
    return exponent || (point && digits > k_spreadsheet_digits);
}

/// "PT18H30M00S", a time of day in ODS, as XLSX's come: "18:30:00".
std::optional<std::string> plain_time(std::string_view text) {
    if (!text.starts_with("PT")) {
        return std::nullopt;
    }
    std::string time;
    const char* at = text.data() + 2;
    const char* const end = text.data() + text.size();
    for (const char unit : {'H', 'M', 'S'}) {
        int value = 0;
        const auto [stop, error] = std::from_chars(at, end, value);
        if (error != std::errc{} || stop == end || *stop != unit) {
            return std::nullopt;
        }
        time += fmt::format("{}{:02}", time.empty() ? "" : ":", value);
        at = stop + 1;
    }
    return at == end ? std::optional(std::move(time)) : std::nullopt;
}

std::unexpected<FileProblem> unreadable(const GdalErrors& errors, std::string_view otherwise) {
    const std::string& said = errors.first();
    return std::unexpected(
        FileProblem{.code = "workbook_unreadable", .a = said.empty() ? std::string(otherwise) : said});
}

/// A sheet's cells, one record at a time.
class Sheet {
  public:
    Sheet(OGRLayer& layer, const Limits& limits) : layer_(layer), limits_(limits) {}

    std::expected<Table, FileProblem> read(std::size_t& cells_left, const GdalErrors& errors) {
        Table table;
        table.sheet = layer_.GetName();
        layer_.ResetReading();
        while (const OGRFeatureUniquePtr feature{layer_.GetNextFeature()}) {
            auto record = read(*feature);
            if (!record) {
                return std::unexpected(std::move(record.error()));
            }
            if (record->cells.size() > cells_left) {
                return std::unexpected(
                    FileProblem{.code = "table_too_big", .a = fmt::format("{}", limits_.table_cells)});
            }
            cells_left -= record->cells.size();
            add(table, std::move(*record));
        }
        if (layer_.GetLayerDefn()->GetFieldCount() >= k_most_of_gdal && !errors.first().empty()) {
            return std::unexpected(FileProblem{.code = "too_many_columns", .a = fmt::format("{}", k_most_of_gdal)});
        }
        if (errors.failed()) {
            return unreadable(errors, "");
        }
        return table;
    }

  private:
    static constexpr int k_most_of_gdal = 2000; ///< columns past this GDAL leaves out with a warning

    /// Cells up to the last that is not empty.
    std::expected<Record, FileProblem> read(OGRFeature& feature) const {
        Record record{.row = feature.GetFID(), .cells = {}};
        int fields = feature.GetFieldCount();
        while (fields > 0 && !feature.IsFieldSetAndNotNull(fields - 1)) {
            --fields;
        }
        if (static_cast<std::size_t>(fields) > limits_.columns) {
            return std::unexpected(
                FileProblem{.code = "too_many_columns", .a = fmt::format("{}", limits_.columns), .row = record.row});
        }
        record.cells.reserve(static_cast<std::size_t>(fields));
        for (int i = 0; i < fields; ++i) {
            std::string cell = feature.GetFieldAsString(i);
            if (cell.size() > limits_.cell_bytes) {
                return std::unexpected(FileProblem{
                    .code = "cell_too_long", .a = fmt::format("{}", limits_.cell_bytes), .row = record.row});
            }
            auto time = plain_time(cell);
            record.cells.push_back(time ? std::move(*time) : plain_number(std::move(cell)));
        }
        if (is_blank(record.cells)) {
            record.cells = {};
        }
        return record;
    }

    /// The first record that is not blank is the header; a sheet's rows are as wide as that, blank ones hold nothing.
    static void add(Table& table, Record record) {
        if (table.header.empty()) {
            table.header = std::move(record.cells);
            return;
        }
        if (!record.cells.empty() && record.cells.size() < table.header.size()) {
            record.cells.resize(table.header.size());
        }
        table.records.push_back(std::move(record));
    }

    OGRLayer& layer_;
    const Limits& limits_;
};

std::expected<std::vector<Table>, FileProblem> read_sheets(const std::string& path, const char* driver,
                                                           const Limits& limits) {
    register_drivers();
    const GdalErrors errors;
    const std::array<const char*, 2> drivers{driver, nullptr};
    const GDALDatasetUniquePtr dataset(
        GDALDataset::Open(path.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, drivers.data(), nullptr, nullptr));
    if (!dataset) {
        return unreadable(errors, driver);
    }
    const auto sheets = static_cast<std::size_t>(std::max(dataset->GetLayerCount(), 0));
    if (sheets > limits.sheets) {
        return std::unexpected(FileProblem{.code = "workbook_many_sheets", .a = fmt::format("{}", limits.sheets)});
    }
    std::vector<Table> tables;
    std::size_t cells_left = limits.table_cells;
    for (std::size_t i = 0; i < sheets; ++i) {
        OGRLayer& layer = *dataset->GetLayer(static_cast<int>(i));
        auto table = Sheet(layer, limits).read(cells_left, errors);
        if (!table) {
            table.error().file = layer.GetName();
            return std::unexpected(std::move(table.error()));
        }
        if (!table->header.empty()) {
            tables.push_back(std::move(*table));
        }
    }
    if (tables.empty()) {
        return std::unexpected(FileProblem{.code = "table_empty"});
    }
    return tables;
}

/// The library behind GDAL's XLS driver opens names on a disk only: the name leads to memory that no other process has.
class NamedMemory {
  public:
    explicit NamedMemory(std::string_view bytes) : file_(::memfd_create("workbook", MFD_CLOEXEC)) {
        while (file_ >= 0 && !bytes.empty()) {
            const ssize_t written = ::write(file_, bytes.data(), bytes.size());
            if (written <= 0) {
                return;
            }
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        std::string folder = (fs::temp_directory_path() / "shirube-XXXXXX").string();
        if (file_ < 0 || ::mkdtemp(folder.data()) == nullptr) {
            return;
        }
        folder_ = folder;
        std::error_code ignored;
        fs::create_symlink(fmt::format("/proc/self/fd/{}", file_), path(), ignored);
    }
    NamedMemory(const NamedMemory&) = delete;
    NamedMemory& operator=(const NamedMemory&) = delete;
    ~NamedMemory() {
        if (!folder_.empty()) {
            std::error_code ignored;
            fs::remove_all(folder_, ignored);
        }
        if (file_ >= 0) {
            ::close(file_);
        }
    }

    [[nodiscard]] fs::path path() const { return folder_ / "book.xls"; }

  private:
    int file_;
    fs::path folder_;
};

bool is_old_format(std::string_view bytes) { return bytes.starts_with("\xd0\xcf\x11\xe0"); }

/// Office puts what a password locks, XLSX too, into the container of old formats, as a stream of this name in UTF-16.
bool is_locked(std::string_view bytes) {
    using namespace std::string_view_literals;
    return bytes.find("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"sv) != std::string_view::npos;
}

std::expected<std::vector<Table>, FileProblem> read_old_workbook(std::string_view bytes, const Limits& limits) {
    if (is_locked(bytes)) {
        return std::unexpected(FileProblem{.code = "workbook_locked"});
    }
    if (bytes.size() > limits.workbook_bytes) {
        return std::unexpected(FileProblem{.code = "file_too_big", .a = fmt::format("{}", limits.workbook_bytes)});
    }
    const GdalOption headers("OGR_XLS_HEADERS", "DISABLE");
    const GdalOption types("OGR_XLS_FIELD_TYPES", "STRING");
    const NamedMemory memory(bytes);
    return read_sheets(memory.path().string(), "XLS", limits);
}

} // namespace

std::string plain_number(std::string text) {
    if (!is_noisy_number(text)) {
        return text;
    }
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value) || std::abs(value) > 1e20) {
        return text;
    }
    // First to as many digits as a spreadsheet counts, then without an exponent.
    std::array<char, 400> buffer{};
    auto rounded = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::scientific,
                                 static_cast<int>(k_spreadsheet_digits) - 1);
    std::from_chars(buffer.data(), rounded.ptr, value);
    rounded = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
    return {buffer.data(), rounded.ptr};
}

std::expected<std::vector<Table>, FileProblem> read_workbook(std::string_view bytes, const Limits& limits) {
    if (is_old_format(bytes)) {
        return read_old_workbook(bytes, limits);
    }
    const bool is_ods = !lists_member(bytes, "xl/workbook.xml");
    const auto parts = is_ods ? ods_parts(bytes, limits) : xlsx_parts(bytes, limits);
    if (!parts) {
        return std::unexpected(parts.error());
    }
    MemoryFolder memory;
    const std::string path = memory.add(is_ods ? "book.ods" : "book.xlsx", *parts);
    const GdalOption headers(is_ods ? "OGR_ODS_HEADERS" : "OGR_XLSX_HEADERS", "DISABLE");
    const GdalOption types(is_ods ? "OGR_ODS_FIELD_TYPES" : "OGR_XLSX_FIELD_TYPES", "STRING");
    return read_sheets(fmt::format("/vsitar/{{{}}}", path), is_ods ? "ODS" : "XLSX", limits);
}

} // namespace shirube::importers
