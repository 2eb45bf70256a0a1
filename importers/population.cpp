#include "importers/population.hpp"

#include "geo/mesh.hpp"
#include "importers/archive.hpp"
#include "importers/csv.hpp"
#include "importers/decode.hpp"
#include "importers/input_file.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_set>
#include <utility>
#include <vector>

namespace shirube::importers {

namespace {

constexpr std::string_view k_key = "KEY_CODE";
constexpr std::string_view k_mark = "HTKSYORI";  ///< 秘匿処理: 0 none, 1 holds others' detail, 2 suppressed
constexpr std::string_view k_target = "HTKSAKI"; ///< 秘匿先情報: the cell that holds this one's detail
constexpr std::string_view k_sources = "GASSAN"; ///< 合算地域: the cells whose detail this one holds
constexpr std::string_view k_suppressed = "*";

struct Header {
    std::vector<std::string> codes;
    std::vector<std::string> labels;
    std::vector<MeshColumn> columns;

    [[nodiscard]] std::string_view cell(const Record& record, std::string_view code) const {
        const auto found = std::ranges::find(codes, code);
        const auto at = static_cast<std::size_t>(found - codes.begin());
        return at < codes.size() && at < record.cells.size() ? trimmed(record.cells[at]) : std::string_view();
    }
};

/// Fills a header's columns from its labels; of several columns with one meaning the first is taken.
void understand(Header& header) {
    for (std::size_t i = 0; i < header.codes.size(); ++i) {
        MeshColumn column;
        if (i < header.labels.size()) {
            column = understand_mesh_label(header.labels[i]);
        }
        const bool known = std::ranges::any_of(header.columns, [&](const MeshColumn& other) {
            return other.kind == column.kind && other.from_age_years == column.from_age_years &&
                   other.to_age_years == column.to_age_years;
        });
        header.columns.push_back(known ? MeshColumn{} : column);
    }
    keep_bands_apart(header.columns);
}

/// Digits alone are a count; anything else is unknown, never zero.
std::optional<std::int64_t> parse_count(std::string_view text) {
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (text.empty() || error != std::errc() || end != text.data() + text.size() || count < 0) {
        return std::nullopt;
    }
    return count;
}

/// Reads the records of one file, header rows first.
class MeshRows {
  public:
    MeshRows(Intake& intake, std::vector<directory::BatchRow>& rows) : intake_(intake), rows_(rows) {}

    Walk take(Record& record) {
        if (header_.columns.empty()) {
            return take_header(record);
        }
        if (is_blank(record.cells)) {
            intake_.count(Bin::blank);
            return Walk::go_on;
        }
        if (record.row % 20'000 == 0) {
            intake_.step("rows", static_cast<std::size_t>(record.row), 0);
        }
        take_cell(record);
        return Walk::go_on;
    }

    /// What kept the header from being understood, if anything.
    [[nodiscard]] std::optional<FileProblem> header_problem() const {
        if (header_.codes.empty()) {
            return FileProblem{.code = "mesh_header_unknown"};
        }
        if (header_.columns.empty() || !labelled_) {
            return FileProblem{.code = "mesh_labels_missing", .row = 2};
        }
        const bool has_ages = std::ranges::any_of(
            header_.columns, [](const MeshColumn& column) { return column.kind == MeshColumn::Kind::band; });
        return has_ages ? std::nullopt : std::optional(FileProblem{.code = "mesh_ages_missing"});
    }

  private:
    Walk take_header(Record& record) {
        if (is_blank(record.cells)) {
            return Walk::go_on;
        }
        if (header_.codes.empty()) {
            if (trimmed(record.cells.front()) != k_key) {
                return Walk::stop;
            }
            for (const std::string& cell : record.cells) {
                header_.codes.emplace_back(trimmed(cell));
            }
            return Walk::go_on;
        }
        labelled_ = !geo::parse_mesh(trimmed(record.cells.front()));
        header_.labels = std::move(record.cells);
        understand(header_);
        return header_problem() ? Walk::stop : Walk::go_on;
    }

    void reject(std::string_view code, const Record& record, std::string_view column, std::string_view cell,
                std::string_view why) {
        intake_.note(code, {.row = record.row, .column = std::string(column), .value = std::string(cell)}, why);
        intake_.count(Bin::rejected);
    }

    void flag(std::string_view code, const Record& record, std::string_view column, std::string_view cell) {
        flagged_ = true;
        intake_.note(code, {.row = record.row, .column = std::string(column), .value = std::string(cell)}, cell);
    }

    void take_cell(Record& record) {
        flagged_ = false;
        const std::string_view key = header_.cell(record, k_key);
        const auto mesh = geo::parse_mesh(key);
        if (!mesh) {
            reject("mesh_code_malformed", record, k_key, key, geo::describe(mesh.error().fault));
            return;
        }
        if (!seen_.insert(mesh->value).second) {
            reject("mesh_code_repeated", record, k_key, key, {});
            return;
        }
        directory::PopulationReading reading;
        reading.mesh = key;
        read_suppression(record, reading);
        read_counts(record, reading);
        if (record.cells.size() > header_.codes.size()) {
            flagged_ = true;
            intake_.note("row_too_long", {.row = record.row},
                         std::to_string(record.cells.size() - header_.codes.size()));
        }
        directory::BatchRow row;
        row.key = reading.mesh;
        row.file = intake_.file();
        row.row = record.row;
        row.cells = verbatim_cells(record.cells);
        row.flagged = flagged_;
        row.reading = std::move(reading);
        rows_.push_back(std::move(row));
        intake_.count(flagged_ ? Bin::flagged : Bin::accepted);
    }

    void read_suppression(const Record& record, directory::PopulationReading& reading) {
        const std::string_view mark = header_.cell(record, k_mark);
        if (!mark.empty() && mark != "0" && mark != "1" && mark != "2") {
            flag("mesh_suppression_unknown", record, k_mark, mark);
        }
        const std::string_view target = header_.cell(record, k_target);
        if (geo::parse_mesh(target)) {
            reading.suppressed_into = target;
        } else if (!target.empty() || mark == "2") {
            flag("mesh_partner_malformed", record, k_target, target);
        }
        std::string_view sources = header_.cell(record, k_sources);
        while (!sources.empty()) {
            const std::size_t end = std::min(sources.find(';'), sources.size());
            const std::string_view source = trimmed(sources.substr(0, end));
            if (geo::parse_mesh(source)) {
                reading.carries.emplace_back(source);
            } else if (!source.empty()) {
                flag("mesh_partner_malformed", record, k_sources, source);
            }
            sources.remove_prefix(std::min(end + 1, sources.size()));
        }
    }

    void read_counts(const Record& record, directory::PopulationReading& reading) {
        for (std::size_t i = 0; i < header_.columns.size(); ++i) {
            const MeshColumn& column = header_.columns[i];
            if (column.kind == MeshColumn::Kind::other) {
                continue;
            }
            const std::string_view cell = i < record.cells.size() ? trimmed(record.cells[i]) : std::string_view();
            const auto count = parse_count(cell);
            if (!count && cell != k_suppressed) {
                flag("count_unreadable", record, header_.codes[i], cell);
            }
            if (column.kind == MeshColumn::Kind::total) {
                reading.total = count;
            } else {
                reading.bands.push_back({column.from_age_years, column.to_age_years, count});
            }
        }
    }

    Intake& intake_;
    std::vector<directory::BatchRow>& rows_;
    Header header_;
    bool labelled_ = false;
    bool flagged_ = false;
    std::unordered_set<std::uint64_t> seen_;
};

} // namespace

std::expected<directory::BatchList, FileProblem> read_population(const std::filesystem::path& path,
                                                                 std::string_view bytes, Intake& intake) {
    const auto refuse = [&path](FileProblem problem) { return std::unexpected(in_file(std::move(problem), path)); };
    ArchiveMember member;
    if (content_kind_of(bytes) == ContentKind::archive) {
        auto text = read_only_text(bytes, intake.limits());
        if (!text) {
            return refuse(std::move(text.error()));
        }
        member = std::move(*text);
        bytes = member.bytes;
    }
    const auto refuse_member = [&](FileProblem problem) {
        problem.file = member.name;
        return refuse(std::move(problem));
    };
    if (const ContentKind kind = content_kind_of(bytes); kind == ContentKind::workbook) {
        return refuse_member({.code = "workbook_unread"});
    }
    const auto decoded = decode(bytes);
    if (!decoded) {
        return refuse_member(decoded.error());
    }
    directory::BatchList list;
    list.profile = "estat-mesh";
    list.publisher = "総務省統計局";
    MeshRows rows(intake, list.rows);
    const auto walked = for_each_record(decoded->text, delimiter_of(decoded->text), intake.limits(),
                                        [&rows](Record& record) { return rows.take(record); });
    if (!walked) {
        return refuse_member(walked.error());
    }
    if (auto problem = rows.header_problem()) {
        return refuse_member(std::move(*problem));
    }
    return list;
}

} // namespace shirube::importers
