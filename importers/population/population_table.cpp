#include "importers/population/population_table.hpp"

#include "importers/columns/wanted_tables.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace shirube::importers {

namespace {

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

} // namespace

Walk PopulationTable::take(Record& record) {
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

std::optional<FileProblem> PopulationTable::header_problem() const {
    if (problem_) {
        return problem_;
    }
    if (mesh_ || small_areas_ || towns_) {
        return std::nullopt;
    }
    return FileProblem{.code = codes_ ? "mesh_labels_missing" : "mesh_header_unknown", .row = codes_ ? 2 : 0};
}

std::string_view PopulationTable::profile() const {
    if (mesh_) {
        return datum_ == MeshDatum::tokyo ? k_mesh_tokyo_profile : k_mesh_profile;
    }
    return small_areas_ ? k_small_area_profile : k_town_population_profile;
}

std::vector<TownRow> PopulationTable::finish() {
    if (explanation_) {
        std::move(*explanation_).tell(intake_);
    }
    if (small_areas_) {
        return small_areas_->finish();
    }
    return towns_ ? towns_->finish() : std::vector<TownRow>{};
}

Walk PopulationTable::refuse(std::string_view code, std::int64_t row) {
    problem_ = FileProblem{.code = std::string(code), .row = row};
    return Walk::stop;
}

Walk PopulationTable::take_header(Record& record) {
    if (is_blank(record.cells)) {
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

Walk PopulationTable::take_labels(Record& record) {
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
std::vector<std::string> PopulationTable::understood_codes() const {
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

void PopulationTable::explain(std::span<const std::string> labels, const AgeColumns& ages,
                              std::vector<std::string> understood) {
    // The bureau's tables have two rows of names: codes, and what they count.
    std::vector<std::string> names;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const std::string label(trimmed(labels[i]));
        const std::string code = codes_ && i < codes_->codes().size() ? codes_->codes()[i] : std::string();
        names.push_back(code.empty() || label.empty() ? code + label : code + " " + label);
    }
    intake_.remember_columns(intake_.file(), intake_.sheet(), names);
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

} // namespace shirube::importers
