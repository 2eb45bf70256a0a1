#include "importers/population/age_columns.hpp"

#include "importers/cleaning/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace shirube::importers {

namespace {

bool same_ages(const MeshColumn& a, const MeshColumn& b) {
    return a.kind == b.kind && a.from_age_years == b.from_age_years && a.to_age_years == b.to_age_years;
}

enum class Sex : std::uint8_t { men, women };

} // namespace

AgeColumns::AgeColumns(std::span<const std::string> labels) {
    // Of several columns with one meaning the first is taken.
    std::vector<Summands> whole;
    const auto known = [](std::vector<Summands>& among, const MeshColumn& column) {
        return std::ranges::find_if(among, [&](const Summands& other) { return same_ages(other.meaning, column); });
    };
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const MeshColumn column = understand_mesh_label(labels[i]);
        if (column.kind != MeshColumn::Kind::other && known(whole, column) == whole.end()) {
            whole.push_back({column, {i}});
        }
    }
    std::array<std::vector<Summands>, 2> by_sex;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (const auto part = understand_label_by_sex(labels[i])) {
            auto& of_sex = by_sex[static_cast<std::size_t>(part->women ? Sex::women : Sex::men)];
            if (known(of_sex, part->column) == of_sex.end()) {
                of_sex.push_back({part->column, {i}});
            }
        }
    }
    for (const Summands& men : by_sex[0]) {
        const auto women = known(by_sex[1], men.meaning);
        if (women != by_sex[1].end() && known(whole, men.meaning) == whole.end()) {
            whole.push_back({men.meaning, {men.columns.front(), women->columns.front()}});
        }
    }

    std::vector<MeshColumn> meanings;
    for (const Summands& summands : whole) {
        meanings.push_back(summands.meaning);
    }
    keep_bands_apart(meanings);
    for (std::size_t i = 0; i < whole.size(); ++i) {
        if (meanings[i].kind == MeshColumn::Kind::total) {
            total_ = whole[i];
        } else if (meanings[i].kind == MeshColumn::Kind::band) {
            bands_.push_back(whole[i]);
        }
    }
    std::ranges::sort(bands_, {}, [](const Summands& band) { return band.columns.front(); });
}

void AgeColumns::read(std::span<const std::string> cells, directory::PopulationReading& reading,
                      const Unreadable& unreadable) const {
    const auto sum = [&](const Summands& summands) {
        std::optional<std::int64_t> people = 0;
        for (const std::size_t column : summands.columns) {
            const std::string_view cell = column < cells.size() ? std::string_view{cells[column]} : std::string_view{};
            const auto count = parse_people(cell);
            if (!count || !*count) { // an empty cell says nothing where a count belongs
                unreadable(column, cell);
            }
            const bool known = count && *count && (*count)->value;
            people = known && people ? std::optional(*people + *(*count)->value) : std::nullopt;
        }
        return people;
    };
    if (total_) {
        reading.total = sum(*total_);
    }
    for (const Summands& band : bands_) {
        reading.bands.push_back({band.meaning.from_age_years, band.meaning.to_age_years, sum(band)});
    }
}

std::string AgeColumns::understood(std::size_t column) const {
    const auto holds = [&](const Summands& summands) {
        return std::ranges::find(summands.columns, column) != summands.columns.end();
    };
    if (total_ && holds(*total_)) {
        return "total";
    }
    for (const Summands& band : bands_) {
        if (holds(band)) {
            return band.meaning.to_age_years
                       ? fmt::format("ages {}-{}", band.meaning.from_age_years, *band.meaning.to_age_years - 1)
                       : fmt::format("ages {} and over", band.meaning.from_age_years);
        }
    }
    return {};
}

} // namespace shirube::importers
