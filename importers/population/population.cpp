#include "importers/population/population.hpp"

#include "importers/columns/wanted_tables.hpp"
#include "importers/files/archive.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/decode.hpp"
#include "importers/files/input_file.hpp"
#include "importers/files/table_file.hpp"
#include "importers/files/workbook.hpp"
#include "importers/population/age_columns.hpp"
#include "importers/population/mesh_rows.hpp"
#include "importers/population/town_rows.hpp"
#include "importers/report/explanation.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace shirube::importers {

namespace {

constexpr std::string_view k_mesh = "estat-mesh";
constexpr std::string_view k_mesh_tokyo = "estat-mesh-tokyo-datum";
constexpr std::string_view k_small_area = "estat-small-area";
constexpr std::string_view k_town_population = "area-age-population";
constexpr std::string_view k_bureau = "総務省統計局";

/// The day of the census a table is of, for the tables of people by age that are published most.
std::string_view census_of(std::string_view stem) {
    struct Table {
        std::string_view id;
        std::string_view day;
    };
    static constexpr std::array<Table, 9> k_tables{{{"T000386", "2000-10-01"},
                                                    {"T000387", "2005-10-01"},
                                                    {"T000609", "2010-10-01"},
                                                    {"T000847", "2015-10-01"},
                                                    {"T001101", "2020-10-01"},
                                                    {"T001141", "2020-10-01"},
                                                    {"T001142", "2020-10-01"},
                                                    {"T001196", "2020-10-01"},
                                                    {"T001082", "2020-10-01"}}};
    for (const Table& table : k_tables) {
        if (stem.find(table.id) != std::string_view::npos) {
            return table.day;
        }
    }
    return {};
}

/// tblT001171S13: the prefecture whose people alone a file counts. Cells on the border stand in the files of both, each
/// with its own people; files of primary meshes (tblT001141H5339) hold whole cells.
std::string prefecture_of(std::string_view stem) {
    std::size_t digits = 0;
    while (digits < stem.size() && stem[stem.size() - 1 - digits] >= '0' && stem[stem.size() - 1 - digits] <= '9') {
        ++digits;
    }
    const bool of_prefecture = digits == 2 && stem.size() > 3 && stem.starts_with("tblT");
    return of_prefecture ? std::string(stem.substr(stem.size() - 2)) : std::string{};
}

bool is_blank_of_labels(const Record& record) { return is_blank(record.cells); }

/// Walks over one table: finds out what it is by its header, then hands records on.
class PopulationTable {
  public:
    PopulationTable(Intake& intake, std::string_view stem, MeshDatum datum, std::vector<directory::BatchRow>& rows)
        : intake_(intake), stem_(stem), datum_(datum), rows_(rows) {}

    /// Titles may stand above the header; past them a table that none was found in is of something else.
    Walk take(Record& record) {
        if (!mesh_ && !small_areas_ && !towns_) {
            return take_header(record);
        }
        if (is_blank(record.cells)) {
            intake_.count(Bin::blank);
            return Walk::go_on;
        }
        if (explanation_) {
            explanation_->see(record.cells);
        }
        if (record.row % 20'000 == 0) {
            intake_.step("rows", static_cast<std::size_t>(record.row), 0);
        }
        if (mesh_) {
            mesh_->take(record);
        } else if (small_areas_) {
            small_areas_->take(record);
        } else {
            towns_->take(record);
        }
        return Walk::go_on;
    }

    /// What kept the header from being understood, if anything.
    [[nodiscard]] std::optional<FileProblem> header_problem() const {
        if (problem_) {
            return problem_;
        }
        if (mesh_ || small_areas_ || towns_) {
            return std::nullopt;
        }
        return FileProblem{.code = codes_ ? "mesh_labels_missing" : "mesh_header_unknown", .row = codes_ ? 2 : 0};
    }

    [[nodiscard]] std::string_view profile() const {
        if (mesh_) {
            return datum_ == MeshDatum::tokyo ? k_mesh_tokyo : k_mesh;
        }
        return small_areas_ ? k_small_area : k_town_population;
    }

    /// The towns of a table of towns; the rows of cells stand already.
    std::vector<TownRow> finish() {
        if (explanation_) {
            std::move(*explanation_).tell(intake_);
        }
        if (small_areas_) {
            return small_areas_->finish();
        }
        return towns_ ? towns_->finish() : std::vector<TownRow>{};
    }

  private:
    Walk refuse(std::string_view code, std::int64_t row) {
        problem_ = FileProblem{.code = std::string(code), .row = row};
        return Walk::stop;
    }

    Walk take_header(Record& record) {
        if (is_blank_of_labels(record)) {
            return Walk::go_on;
        }
        if (codes_) {
            return take_labels(record);
        }
        if (trimmed(record.cells.front()) == CensusHeader::k_key) {
            std::vector<std::string> codes;
            for (const std::string& cell : record.cells) {
                codes.emplace_back(trimmed(cell));
            }
            codes_.emplace(std::move(codes));
            return Walk::go_on;
        }
        const TownColumns columns = TownColumns::of(record.cells);
        if (columns.town == TownColumns::k_none) {
            return ++lines_above_ > k_lines_above ? Walk::stop : Walk::go_on;
        }
        AgeColumns ages(record.cells);
        if (!ages.has_ages()) {
            return refuse("mesh_ages_missing", record.row);
        }
        explain(record.cells, ages, columns.understood(record.cells.size()));
        towns_.emplace(intake_, std::move(record.cells), std::move(ages));
        return Walk::go_on;
    }

    Walk take_labels(Record& record) {
        const std::string_view first = trimmed(record.cells.front());
        if (!first.empty() && first.find_first_not_of("0123456789") == std::string_view::npos) {
            return refuse("mesh_labels_missing", 2);
        }
        AgeColumns ages(record.cells);
        if (!ages.has_ages()) {
            return refuse("mesh_ages_missing", 0);
        }
        explain(record.cells, ages, understood_codes());
        if (codes_->has(CensusHeader::k_level) || codes_->has(CensusHeader::k_city)) {
            small_areas_.emplace(intake_, *codes_, std::move(ages));
        } else {
            mesh_.emplace(intake_, *codes_, std::move(ages), datum_, prefecture_of(stem_), rows_);
        }
        return Walk::go_on;
    }

    /// What the columns that every table of the bureau has are.
    [[nodiscard]] std::vector<std::string> understood_codes() const {
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> k_words{
            {{CensusHeader::k_key, "メッシュ・町丁のコード"},
             {CensusHeader::k_level, "表章"},
             {CensusHeader::k_city, "市区町村名"},
             {CensusHeader::k_name, "町丁・字名"},
             {CensusHeader::k_mark, "秘匿処理"},
             {CensusHeader::k_target, "秘匿先"},
             {CensusHeader::k_sources, "合算地域"}}};
        std::vector<std::string> understood;
        for (const std::string& code : codes_->codes()) {
            const auto* word = std::ranges::find(k_words, code, &std::pair<std::string_view, std::string_view>::first);
            understood.emplace_back(word == k_words.end() ? std::string_view{} : word->second);
        }
        return understood;
    }

    void explain(std::span<const std::string> labels, const AgeColumns& ages, std::vector<std::string> understood) {
        if (!intake_.options().explain) {
            return;
        }
        std::vector<std::string> columns;
        understood.resize(labels.size());
        for (std::size_t i = 0; i < labels.size(); ++i) {
            const auto label = trimmed(labels[i]);
            columns.emplace_back(label.empty() && codes_ && i < codes_->codes().size() ? codes_->codes()[i]
                                                                                       : std::string(label));
            if (const std::string age = ages.understood(i); !age.empty()) {
                understood[i] = age;
            }
        }
        explanation_.emplace(columns, understood, Explanation::IsContact{});
    }

    Intake& intake_;
    std::string stem_;
    MeshDatum datum_;
    std::vector<directory::BatchRow>& rows_;
    std::optional<CensusHeader> codes_;
    std::optional<MeshRows> mesh_;
    std::optional<SmallAreaRows> small_areas_;
    std::optional<TownPopulationRows> towns_;
    std::optional<FileProblem> problem_;
    std::optional<Explanation> explanation_;
    std::size_t lines_above_ = 0;
};

/// Which grid the file's cells lie on: what --profile says, else what its name says.
MeshDatum datum_of(std::string_view stem, std::string_view profile) {
    const bool old = profile == k_mesh_tokyo || stem.find("日本測地系") != std::string_view::npos;
    return old ? MeshDatum::tokyo : MeshDatum::world;
}

/// One table on its way into a list; what keeps it from being one of ours is a problem without a place.
class PopulationSource {
  public:
    PopulationSource(std::string stem, const Locator& locator, Intake& intake)
        : stem_(std::move(stem)),
          locator_(locator),
          intake_(intake),
          table_(intake, stem_, datum_of(stem_, intake.options().profile), list_.rows) {}

    Walk take(Record& record) { return table_.take(record); }

    std::expected<directory::BatchList, FileProblem> finish() {
        if (auto problem = table_.header_problem()) {
            return std::unexpected(std::move(*problem));
        }
        const std::string& profile = intake_.options().profile;
        list_.profile = table_.profile();
        if (!profile.empty() && profile != list_.profile) {
            return std::unexpected(FileProblem{.code = "profile_misfits", .a = profile, .b = list_.profile});
        }
        list_.publisher = list_.profile == k_town_population ? "" : k_bureau;
        list_.as_of = census_of(stem_);
        if (list_.profile == k_mesh_tokyo) {
            intake_.note("mesh_tokyo_datum", {});
        }
        auto towns = table_.finish();
        if (!towns.empty()) {
            if (list_.profile == k_town_population) {
                list_.as_of = towns.front().date;
            }
            list_.rows = place_towns(std::move(towns), locator_, intake_);
        }
        list_.name = list_.profile + ":" + stem_;
        return std::move(list_);
    }

  private:
    std::string stem_;
    const Locator& locator_;
    Intake& intake_;
    directory::BatchList list_;
    PopulationTable table_;
};

/// The tables of one file, each a list of its own.
class PopulationTables {
  public:
    PopulationTables(const std::filesystem::path& path, const Locator& locator, Intake& intake)
        : path_(path), locator_(locator), intake_(intake) {}

    /// \param member of an archive; empty: the file itself
    std::expected<void, FileProblem> read(const std::string& member, std::string_view bytes) {
        const std::string file = member.empty() ? path_.string() : fmt::format("{} ({})", path_.string(), member);
        const std::string stem = (member.empty() ? path_ : std::filesystem::path(member)).stem().string();
        if (content_kind_of(bytes) == ContentKind::workbook) {
            auto sheets = read_workbook(bytes, intake_.limits());
            if (!sheets) {
                return std::unexpected(placed(std::move(sheets.error()), member));
            }
            for (Table& sheet : *sheets) {
                sheet.file = file;
                read_sheet(sheet, member, stem);
            }
            return {};
        }
        const auto decoded = decode(bytes);
        if (!decoded) {
            return std::unexpected(placed(decoded.error(), member));
        }
        // Texts of millions of cells are walked over, never held.
        intake_.begin_table(file, {});
        PopulationSource source(stem, locator_, intake_);
        const auto walked = for_each_record(decoded->text, delimiter_of(decoded->text), intake_.limits(),
                                            [&source](Record& record) { return source.take(record); });
        if (!walked) {
            return std::unexpected(placed(walked.error(), member));
        }
        add(source.finish(), member, {});
        return {};
    }

    std::expected<std::vector<directory::BatchList>, FileProblem> finish() {
        if (lists_.empty()) {
            return std::unexpected(unknown_ ? std::move(*unknown_) : in_file({.code = "table_empty"}, path_));
        }
        for (const Passed& table : passed_) {
            intake_.begin_table(table.file, table.sheet);
            intake_.note("sheet_unknown", {});
        }
        return std::move(lists_);
    }

  private:
    struct Passed {
        std::string file;
        std::string sheet;
    };

    void read_sheet(Table& sheet, const std::string& member, const std::string& stem) {
        if (is_for_the_writer(sheet)) {
            return;
        }
        intake_.begin_table(sheet.file, sheet.sheet);
        PopulationSource source(stem, locator_, intake_);
        Record header{.row = 1, .cells = std::move(sheet.header)};
        bool goes_on = source.take(header) == Walk::go_on;
        for (std::size_t i = 0; goes_on && i < sheet.records.size(); ++i) {
            goes_on = source.take(sheet.records[i]) == Walk::go_on;
        }
        add(source.finish(), member, sheet.sheet);
    }

    void add(std::expected<directory::BatchList, FileProblem> list, const std::string& member,
             const std::string& sheet) {
        if (list) {
            lists_.push_back(std::move(*list));
            return;
        }
        passed_.push_back({intake_.file(), sheet});
        if (!unknown_) {
            unknown_ = placed(std::move(list.error()), member.empty() ? sheet : member);
        }
    }

    [[nodiscard]] FileProblem placed(FileProblem problem, const std::string& part) const {
        if (!part.empty()) {
            problem.file = part;
        }
        return in_file(std::move(problem), path_);
    }

    const std::filesystem::path& path_;
    const Locator& locator_;
    Intake& intake_;
    std::vector<directory::BatchList> lists_;
    std::vector<Passed> passed_;
    std::optional<FileProblem> unknown_; ///< of the first table that is none of ours
};

} // namespace

std::expected<std::vector<directory::BatchList>, FileProblem> read_population(const std::filesystem::path& path,
                                                                              std::string_view bytes,
                                                                              const Locator& locator, Intake& intake) {
    const std::string& profile = intake.options().profile;
    static constexpr std::array k_profiles{k_mesh, k_mesh_tokyo, k_small_area, k_town_population};
    if (!profile.empty() && std::ranges::find(k_profiles, profile) == k_profiles.end()) {
        return std::unexpected(wrong_use("profile_unknown", profile, fmt::format("{}", fmt::join(k_profiles, ", "))));
    }
    PopulationTables tables(path, locator, intake);
    if (content_kind_of(bytes) != ContentKind::archive) {
        if (auto read = tables.read({}, bytes); !read) {
            return std::unexpected(std::move(read.error()));
        }
        return tables.finish();
    }
    auto members = read_table_members(bytes, intake.limits());
    if (!members) {
        return std::unexpected(in_file(std::move(members.error()), path));
    }
    for (const ArchiveMember& member : *members) {
        if (auto read = tables.read(member.name, member.bytes); !read) {
            return std::unexpected(std::move(read.error()));
        }
    }
    return tables.finish();
}

} // namespace shirube::importers
