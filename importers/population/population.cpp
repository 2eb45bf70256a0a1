#include "importers/population/population.hpp"

#include "importers/columns/wanted_tables.hpp"
#include "importers/files/archive.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/decode.hpp"
#include "importers/files/input_file.hpp"
#include "importers/files/table_file.hpp"
#include "importers/files/workbook.hpp"
#include "importers/population/population_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace shirube::importers {

namespace {

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

/// Which grid the file's cells lie on: what --profile says, else what its name says.
MeshDatum datum_of(std::string_view stem, std::string_view profile) {
    const bool old = profile == k_mesh_tokyo_profile || stem.find("日本測地系") != std::string_view::npos;
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
        list_.publisher = list_.profile == k_town_population_profile ? "" : k_bureau;
        list_.as_of = census_of(stem_);
        if (list_.profile == k_mesh_tokyo_profile) {
            intake_.note("mesh_tokyo_datum", {});
        }
        auto towns = table_.finish();
        if (!towns.empty()) {
            if (list_.profile == k_town_population_profile) {
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
    static constexpr std::array k_profiles{k_mesh_profile, k_mesh_tokyo_profile, k_small_area_profile,
                                           k_town_population_profile};
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
