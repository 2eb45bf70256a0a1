#include "importers/resources/resources.hpp"

#include "importers/files/csv.hpp"
#include "importers/files/input_file.hpp"
#include "importers/files/table_file.hpp"
#include "importers/files/vector_file.hpp"
#include "importers/layouts/mapping.hpp"
#include "importers/layouts/recognise.hpp"
#include "importers/lists/claims.hpp"
#include "importers/report/issue_codes.hpp"
#include "importers/report/rejects.hpp"
#include "importers/templates/list_templates.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

namespace shirube::importers {

namespace {

/// A point file as a table: attributes, then longitude and latitude as two columns of our own.
struct PointTable {
    Table table;
    std::vector<std::vector<Issue>> doubts; ///< a record's, noted before any layout sees it
};

Issue doubt(const Intake& intake, std::string_view code, std::int64_t row, std::string column = {}) {
    return {.row = row,
            .column = std::move(column),
            .code = std::string(code),
            .message = issue_sentence(code, intake.options().language)};
}

PointTable table_of(VectorFile file, const Intake& intake) {
    PointTable points;
    Table& table = points.table;
    table.header = std::move(file.columns);
    table.header.emplace_back(k_longitude_column);
    table.header.emplace_back(k_latitude_column);
    for (VectorFeature& feature : file.features) {
        std::vector<Issue> doubts;
        Record record{.row = feature.row, .cells = std::move(feature.values)};
        if (const auto* position = std::get_if<geo::LonLat>(&feature.shape)) {
            record.cells.push_back(fmt::format("{}", position->lon));
            record.cells.push_back(fmt::format("{}", position->lat));
        } else {
            record.cells.resize(record.cells.size() + 2);
            doubts.push_back(doubt(intake,
                                   feature.note == ShapeNote::as_is && feature.shape.index() == 0
                                       ? "geometry_missing"
                                       : "geometry_not_point",
                                   feature.row));
        }
        if (file.datum == Datum::tokyo) {
            doubts.push_back(doubt(intake, "tokyo_datum", feature.row));
        }
        for (const std::size_t column : feature.cut_values) {
            doubts.push_back(doubt(intake, "attribute_cut", feature.row, table.header[column]));
        }
        table.records.push_back(std::move(record));
        points.doubts.push_back(std::move(doubts));
    }
    return points;
}

std::expected<PointTable, FileProblem> read_points(const std::filesystem::path& path, std::string_view bytes,
                                                   const Intake& intake) {
    auto file = read_vector_file(path, bytes, intake.limits());
    if (!file) {
        return std::unexpected(std::move(file.error()));
    }
    return table_of(std::move(*file), intake);
}

/// A zip holds a geographic file or tables; portals hand out both, sometimes under the name of a .csv.
std::expected<std::vector<PointTable>, FileProblem> read_sources(const std::filesystem::path& path,
                                                                 std::string_view bytes, const Intake& intake) {
    const ContentKind kind = content_kind_of(bytes);
    std::vector<PointTable> sources;
    if (kind == ContentKind::json || kind == ContentKind::shapefile || kind == ContentKind::archive) {
        auto points = read_points(path, bytes, intake);
        if (points) {
            points->table.file = path.string();
            sources.push_back(std::move(*points));
            return sources;
        }
        if (kind != ContentKind::archive || points.error().code != "vector_wrong_kind") {
            return std::unexpected(std::move(points.error()));
        }
    }
    auto tables = read_tables(path, bytes, intake.limits());
    if (!tables) {
        return std::unexpected(std::move(tables.error()));
    }
    for (Table& table : *tables) {
        sources.push_back({.table = std::move(table), .doubts = {}});
    }
    return sources;
}

/// Reads the records of one table through its layout.
class ResourceRows {
  public:
    ResourceRows(const Table& table, const ResourceLayout& layout, const LayoutContext& context,
                 FurtherSchedules& further, Intake& intake)
        : table_(table), layout_(layout), context_(context), further_(further), intake_(intake) {}

    void read(Record record, std::vector<Issue> doubts, directory::BatchList& list) {
        if (is_blank(record.cells)) {
            intake_.count(Bin::blank);
            return;
        }
        std::string cells = verbatim_cells(record.cells);
        const std::vector<std::string> written =
            intake_.options().keep_rejects ? record.cells : std::vector<std::string>{};
        fit_to_header(record, doubts);
        RowOutcome outcome = layout_.read(table_.header, record, context_);
        if (outcome.bin == Bin::rejected) {
            give_back(record.row, written, outcome.issues);
        }
        if (outcome.bin == Bin::rejected || outcome.bin == Bin::out_of_scope || outcome.bin == Bin::blank) {
            keep_issues(outcome.issues, record.row);
            intake_.count(outcome.bin);
            return;
        }
        if (!doubts.empty()) {
            outcome.bin = Bin::flagged;
        }
        std::ranges::move(doubts, std::back_inserter(outcome.issues));
        take(std::move(outcome), record, std::move(cells), list);
    }

    /// What a list covers that does not say so itself: the layout's programmes, else those its rows speak of, at the
    /// municipalities it is about.
    [[nodiscard]] std::vector<directory::Claim> default_claims() const {
        std::vector<std::string> programmes = layout_.default_programmes();
        if (programmes.empty()) {
            programmes.assign(programmes_.begin(), programmes_.end());
        }
        return claims_of(programmes, municipalities());
    }

  private:
    /// Missing cells are empty; surplus ones are told, and kept in the verbatim row only.
    void fit_to_header(Record& record, std::vector<Issue>& doubts) const {
        const std::size_t width = table_.header.size();
        const std::size_t cells = record.cells.size();
        // Empty cells at the end are what a spreadsheet leaves behind; nothing is lost with them.
        const bool surplus = cells > width && !is_blank(std::span(record.cells).subspan(width));
        if (surplus || cells < width) {
            const std::string_view code = surplus ? "row_too_long" : "row_too_short";
            Issue issue = doubt(intake_, code, record.row);
            issue.message =
                issue_sentence(code, context_.language, fmt::format("{}", surplus ? cells - width : width - cells));
            doubts.push_back(std::move(issue));
        }
        record.cells.resize(width);
    }

    /// Keeps a rejected row for whoever asked for them.
    void give_back(std::int64_t row, const std::vector<std::string>& written, const std::vector<Issue>& issues) {
        const RejectedTable of{.list = {},
                               .profile = std::string(layout_.profile()),
                               .file = intake_.file(),
                               .sheet = table_.sheet,
                               .header = table_.header,
                               .rows = {}};
        intake_.reject(of, {.row = row, .cells = written, .issues = issues});
    }

    void keep_issues(std::vector<Issue>& issues, std::int64_t row) {
        for (Issue& issue : issues) {
            if (issue.row == 0) {
                issue.row = row;
            }
            if (layout_.is_contact(issue.column)) {
                issue.value.clear();
            }
            intake_.keep(std::move(issue));
        }
    }

    void take(RowOutcome outcome, const Record& record, std::string cells, directory::BatchList& list) {
        directory::BatchRow row;
        row.key = std::move(outcome.key);
        keep_issues(outcome.issues, record.row);
        intake_.count(outcome.bin);
        count_place(outcome.reading->site);
        const std::string& where = outcome.covers.empty() ? outcome.reading->site.municipality : outcome.covers;
        if (!where.empty()) {
            ++rows_by_municipality_[where];
        }
        if (!outcome.source_class.empty()) {
            ++intake_.report().by_class[outcome.source_class];
        }
        for (const directory::ServiceReading& service : outcome.reading->services) {
            programmes_.insert(service.programme);
        }
        if (!outcome.id.empty() || !outcome.further.empty()) {
            further_.know({.file = intake_.file(),
                           .sheet = intake_.sheet(),
                           .row = record.row,
                           .id = std::move(outcome.id),
                           .numbers = std::move(outcome.further)});
        }
        row.file = intake_.file();
        row.sheet = intake_.sheet();
        row.row = record.row;
        row.cells = std::move(cells);
        row.flagged = outcome.bin == Bin::flagged;
        row.reading = std::move(*outcome.reading);
        list.rows.push_back(std::move(row));
    }

    /// A city's list often names a few places beyond its border; that does not make it a list of its neighbours too.
    [[nodiscard]] std::set<std::string> municipalities() const {
        if (!context_.municipality.empty()) {
            return {context_.municipality};
        }
        std::set<std::string> all;
        std::int64_t rows = 0;
        for (const auto& [municipality, count] : rows_by_municipality_) {
            all.insert(municipality);
            rows += count;
        }
        for (const auto& [municipality, count] : rows_by_municipality_) {
            if (count * 4 > rows * 3) {
                return {municipality};
            }
        }
        return all;
    }

    void count_place(const directory::SiteReading& site) {
        if (site.position) {
            ++intake_.report().located[std::string(directory::code_of(site.quality))];
        } else {
            ++intake_.report().unlocated;
        }
    }

    const Table& table_;
    const ResourceLayout& layout_;
    const LayoutContext& context_;
    FurtherSchedules& further_;
    Intake& intake_;
    std::map<std::string, std::int64_t> rows_by_municipality_; ///< codes of 5 digits, or of 2 for a prefecture
    std::set<std::string> programmes_;
};

/// Up to three different values of a column; contacts show none.
std::vector<std::string> samples_of(const Table& table, std::size_t column) {
    std::vector<std::string> samples;
    for (const Record& record : table.records) {
        const std::string_view cell = column < record.cells.size() ? trimmed(record.cells[column]) : "";
        if (!cell.empty() && std::ranges::find(samples, cell) == samples.end()) {
            samples.emplace_back(cell);
        }
        if (samples.size() == 3) {
            break;
        }
    }
    return samples;
}

void explain(const Table& table, const Recognised& recognised, Intake& intake) {
    for (std::size_t i = 0; i < table.header.size(); ++i) {
        ColumnExplained column{.file = intake.file(), .sheet = intake.sheet(), .column = table.header[i]};
        if (i < recognised.fit.understood.size()) {
            column.understood = recognised.fit.understood[i];
        }
        if (!recognised.layout->is_contact(table.header[i])) {
            column.samples = samples_of(table, i);
        }
        intake.report().columns.push_back(std::move(column));
    }
}

/// Sheets with a filled example for whoever writes the list: their rows are invented.
bool is_example(std::string_view sheet) {
    constexpr std::array<std::string_view, 5> k_words{"記入例", "入力例", "記載例", "見本", "example"};
    return std::ranges::any_of(k_words,
                               [sheet](std::string_view word) { return sheet.find(word) != std::string_view::npos; });
}

/// A sheet of our templates that tells whoever writes the list how.
bool is_for_the_writer(const Table& table) {
    return !table.header.empty() && trimmed(table.header.front()).starts_with(k_unread_sheet);
}

/// One file's tables on their way into lists.
class ResourceFile {
  public:
    /// \param mapped reads every table; null: tables are recognised
    ResourceFile(const LayoutContext& context, const ResourceLayout* mapped, FurtherSchedules& further, Intake& intake)
        : context_(context), mapped_(mapped), further_(further), intake_(intake) {}

    std::expected<std::vector<directory::BatchList>, FileProblem> read(std::vector<PointTable> sources) {
        std::erase_if(sources, [this](PointTable& source) {
            const bool is_further = is_further_schedules(source.table.header);
            if (is_further) {
                further_.keep(std::move(source.table));
            }
            return is_further || is_for_the_writer(source.table);
        });
        if (sources.empty()) {
            return lists_;
        }
        std::vector<std::expected<Recognised, FileProblem>> recognised;
        std::vector<std::optional<std::string>> mends;
        for (PointTable& source : sources) {
            mends.push_back(take_rejects(source.table));
            recognised.push_back(recognise_table(source.table));
        }
        const auto is_known = [](const auto& one) { return one.has_value(); };
        if (std::ranges::none_of(recognised, is_known)) {
            return std::unexpected(of_table(recognised.front().error(), sources.front().table));
        }
        for (std::size_t i = 0; i < sources.size(); ++i) {
            intake_.begin_table(sources[i].table.file, sources[i].table.sheet);
            if (!recognised[i]) {
                pass_over(sources[i].table, "sheet_unknown");
            } else if (is_example(sources[i].table.sheet) && sources.size() > 1) {
                pass_over(sources[i].table, "sheet_example");
            } else {
                take(sources[i], *recognised[i], mends[i]);
            }
        }
        return std::move(lists_);
    }

  private:
    [[nodiscard]] std::expected<Recognised, FileProblem> recognise_by(const std::vector<std::string>& header) const {
        if (mapped_ == nullptr) {
            return recognise(header, intake_.options().profile);
        }
        HeaderFit fit = mapped_->fit(header);
        if (!fit.missing.empty()) {
            return std::unexpected(FileProblem{.code = "profile_misfits",
                                               .a = std::string(mapped_->profile()),
                                               .b = fmt::format("{}", fmt::join(fit.missing, ", "))});
        }
        return Recognised{.layout = mapped_, .fit = std::move(fit)};
    }

    /// Lists often begin with a title, a date or a note: where the first line is no header, one of the next may be.
    [[nodiscard]] std::expected<Recognised, FileProblem> recognise_table(Table& table) const {
        constexpr std::size_t k_lines_above = 10;
        auto first = recognise_by(table.header);
        for (std::size_t i = 0; !first && i < std::min(k_lines_above, table.records.size()); ++i) {
            auto found = recognise_by(table.records[i].cells);
            if (!found) {
                continue;
            }
            table.header = std::move(table.records[i].cells);
            table.records.erase(table.records.begin(), table.records.begin() + static_cast<std::ptrdiff_t>(i) + 1);
            for (Record& record : table.records) {
                // A sheet has no ragged rows, only cells that were never written.
                if (!table.sheet.empty() && !record.cells.empty() && record.cells.size() < table.header.size()) {
                    record.cells.resize(table.header.size());
                }
            }
            return found;
        }
        return first;
    }

    [[nodiscard]] static FileProblem of_table(FileProblem problem, const Table& table) {
        if (problem.blame == Blame::command_line) {
            return problem;
        }
        if (!table.sheet.empty()) {
            problem.file = table.sheet;
        }
        return in_file(std::move(problem), table.file);
    }

    void pass_over(const Table& table, std::string_view code) {
        intake_.note(code, {});
        for (const Record& record : table.records) {
            intake_.count(is_blank(record.cells) ? Bin::blank : Bin::out_of_scope);
        }
    }

    void take(PointTable& source, const Recognised& recognised, const std::optional<std::string>& mends) {
        Table& table = source.table;
        if (intake_.options().explain) {
            explain(table, recognised, intake_);
        }
        directory::BatchList& list = list_of(*recognised.layout, mends ? mending_list(*mends, table) : std::string{});
        ResourceRows rows(table, *recognised.layout, context_, further_, intake_);
        const std::size_t of = table.records.size();
        source.doubts.resize(of);
        for (std::size_t i = 0; i < of; ++i) {
            if (i % 1000 == 0) {
                intake_.step("rows", i, of);
            }
            rows.read(std::move(table.records[i]), std::move(source.doubts[i]), list);
        }
        intake_.step("rows", of, of);
        std::ranges::move(rows.default_claims(), std::back_inserter(list.claims));
    }

    /// The list that takes a table's mended rows; who emptied the cell that names theirs gets one by the file's name.
    [[nodiscard]] static std::string mending_list(const std::string& list, const Table& table) {
        return name_of_mended(list.empty() ? std::filesystem::path(table.file).stem().string() : list);
    }

    directory::BatchList& list_of(const ResourceLayout& layout, const std::string& name) {
        const auto found = std::ranges::find_if(lists_, [&](const directory::BatchList& list) {
            return list.profile == layout.profile() && list.name == name;
        });
        if (found != lists_.end()) {
            return *found;
        }
        lists_.emplace_back().profile = layout.profile();
        lists_.back().name = name;
        return lists_.back();
    }

    const LayoutContext& context_;
    const ResourceLayout* mapped_;
    FurtherSchedules& further_;
    Intake& intake_;
    std::vector<directory::BatchList> lists_;
};

} // namespace

std::expected<std::vector<directory::BatchList>, FileProblem> read_resources(
    const std::filesystem::path& path, std::string_view bytes, const directory::Taxonomy& taxonomy,
    const Locator& locator, FurtherSchedules& further, Intake& intake) {
    std::unique_ptr<ResourceLayout> mapped;
    if (is_mapping_name(intake.options().profile)) {
        auto mapping = read_mapping(intake.options().profile, intake.limits());
        if (!mapping) {
            return std::unexpected(std::move(mapping.error()));
        }
        mapped = std::move(*mapping);
    }
    auto sources = read_sources(path, bytes, intake);
    if (!sources) {
        return std::unexpected(std::move(sources.error()));
    }
    const LayoutContext context{.taxonomy = taxonomy,
                                .locator = locator,
                                .municipality = intake.options().municipality,
                                .language = intake.options().language};
    return ResourceFile(context, mapped.get(), further, intake).read(std::move(*sources));
}

} // namespace shirube::importers
