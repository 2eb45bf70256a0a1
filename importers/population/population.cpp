#include "importers/population/population.hpp"

#include "importers/columns/row_cells.hpp"
#include "importers/files/archive.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/decode.hpp"
#include "importers/files/input_file.hpp"
#include "importers/population/age_columns.hpp"
#include "importers/population/mesh_rows.hpp"
#include "importers/population/town_rows.hpp"

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

/// Walks over one file: finds out what it is by its header, then hands records on.
class PopulationText {
  public:
    PopulationText(Intake& intake, std::string_view stem, MeshDatum datum, std::vector<directory::BatchRow>& rows)
        : intake_(intake), stem_(stem), datum_(datum), rows_(rows) {}

    Walk take(Record& record) {
        if (!mesh_ && !small_areas_ && !towns_) {
            return take_header(record);
        }
        if (is_blank(record.cells)) {
            intake_.count(Bin::blank);
            return Walk::go_on;
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
        if (TownColumns::of(record.cells).town == TownColumns::k_none) {
            return Walk::stop;
        }
        AgeColumns ages(record.cells);
        if (!ages.has_ages()) {
            return refuse("mesh_ages_missing", record.row);
        }
        explain(record.cells, ages);
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
        explain(record.cells, ages);
        if (codes_->has(CensusHeader::k_level) || codes_->has(CensusHeader::k_city)) {
            small_areas_.emplace(intake_, *codes_, std::move(ages));
        } else {
            mesh_.emplace(intake_, *codes_, std::move(ages), datum_, prefecture_of(stem_), rows_);
        }
        return Walk::go_on;
    }

    void explain(std::span<const std::string> labels, const AgeColumns& ages) {
        if (!intake_.options().explain) {
            return;
        }
        for (std::size_t i = 0; i < labels.size(); ++i) {
            const auto label = trimmed(labels[i]);
            intake_.report().columns.push_back({.file = intake_.file(),
                                                .column = label.empty() && codes_ && i < codes_->codes().size()
                                                              ? codes_->codes()[i]
                                                              : std::string(label),
                                                .understood = ages.understood(i)});
        }
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
};

/// Which grid the file's cells lie on: what --profile says, else what its name says.
MeshDatum datum_of(std::string_view stem, std::string_view profile) {
    const bool old = profile == k_mesh_tokyo || stem.find("日本測地系") != std::string_view::npos;
    return old ? MeshDatum::tokyo : MeshDatum::world;
}

} // namespace

std::expected<directory::BatchList, FileProblem> read_population(const std::filesystem::path& path,
                                                                 std::string_view bytes, const Locator& locator,
                                                                 Intake& intake) {
    const auto refuse = [&path](FileProblem problem) { return std::unexpected(in_file(std::move(problem), path)); };
    const std::string& profile = intake.options().profile;
    static constexpr std::array k_profiles{k_mesh, k_mesh_tokyo, k_small_area, k_town_population};
    if (!profile.empty() && std::ranges::find(k_profiles, profile) == k_profiles.end()) {
        return std::unexpected(wrong_use("profile_unknown", profile,
                                         "estat-mesh, estat-mesh-tokyo-datum, estat-small-area, area-age-population"));
    }
    ArchiveMember member;
    std::string stem = path.stem().string();
    if (content_kind_of(bytes) == ContentKind::archive) {
        auto text = read_only_text(bytes, intake.limits());
        if (!text) {
            return refuse(std::move(text.error()));
        }
        member = std::move(*text);
        bytes = member.bytes;
        stem = std::filesystem::path(member.name).stem().string();
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
    const MeshDatum datum = datum_of(stem, profile);
    PopulationText text(intake, stem, datum, list.rows);
    const auto walked = for_each_record(decoded->text, delimiter_of(decoded->text), intake.limits(),
                                        [&text](Record& record) { return text.take(record); });
    if (!walked) {
        return refuse_member(walked.error());
    }
    if (auto problem = text.header_problem()) {
        return refuse_member(std::move(*problem));
    }
    list.profile = text.profile();
    if (!profile.empty() && profile != list.profile) {
        return refuse_member({.code = "profile_misfits", .a = profile, .b = std::string(list.profile)});
    }
    list.publisher = list.profile == k_town_population ? "" : k_bureau;
    list.as_of = census_of(stem);
    if (list.profile == k_mesh_tokyo) {
        intake.note("mesh_tokyo_datum", {});
    }
    auto towns = text.finish();
    if (!towns.empty()) {
        if (list.profile == k_town_population) {
            list.as_of = towns.front().date;
        }
        list.rows = place_towns(std::move(towns), locator, intake);
    }
    list.name = std::string(list.profile) + ":" + stem;
    return list;
}

} // namespace shirube::importers
