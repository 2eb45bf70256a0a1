#include "importers/population/age_columns.hpp"

#include "importers/cleaning/figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

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
            whole.push_back({column, {i}, {}});
        }
    }
    std::array<std::vector<Summands>, 2> by_sex;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (const auto part = understand_label_by_sex(labels[i])) {
            auto& of_sex = by_sex[static_cast<std::size_t>(part->women ? Sex::women : Sex::men)];
            if (known(of_sex, part->column) == of_sex.end()) {
                of_sex.push_back({part->column, {i}, {}});
            }
        }
    }
    for (const Summands& men : by_sex[0]) {
        const auto women = known(by_sex[1], men.meaning);
        if (women != by_sex[1].end() && known(whole, men.meaning) == whole.end()) {
            whole.push_back({men.meaning, {men.columns.front(), women->columns.front()}, {}});
        }
    }

    add_between_open(whole);

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

void AgeColumns::add_between_open(std::vector<Summands>& whole) {
    // The census tells 15 and over and 18 and over, and with them pupils of 15 to 17, whom no other column counts.
    constexpr int k_grown_up = 18;
    std::vector<Summands> open;
    std::ranges::copy_if(whole, std::back_inserter(open), [](const Summands& of) {
        return of.meaning.kind == MeshColumn::Kind::band && !of.meaning.to_age_years &&
               of.meaning.from_age_years <= k_grown_up;
    });
    std::ranges::sort(open, {}, [](const Summands& of) { return of.meaning.from_age_years; });
    for (std::size_t i = 1; i < open.size(); ++i) {
        Summands between{open[i - 1].meaning, open[i - 1].columns, open[i].columns};
        between.meaning.to_age_years = open[i].meaning.from_age_years;
        const bool is_told =
            std::ranges::any_of(whole, [&](const Summands& of) { return same_ages(of.meaning, between.meaning); });
        if (!is_told) {
            whole.push_back(std::move(between));
        }
    }
}

void AgeColumns::read(std::span<const std::string> cells, directory::PopulationReading& reading,
                      const Unreadable& unreadable) const {
    const auto people_in = [&](std::size_t column) -> std::optional<std::int64_t> {
        const std::string_view cell = column < cells.size() ? std::string_view{cells[column]} : std::string_view{};
        const auto count = parse_people(cell);
        if (!count || !*count) { // an empty cell says nothing where a count belongs
            unreadable(column, cell);
        }
        return count && *count ? (*count)->value : std::nullopt;
    };
    const auto sum = [&](const Summands& summands) {
        std::optional<std::int64_t> people = 0;
        for (const std::size_t column : summands.columns) {
            const auto more = people_in(column);
            people = more && people ? std::optional(*people + *more) : std::nullopt;
        }
        for (const std::size_t column : summands.less) {
            const auto fewer = people_in(column);
            people = fewer && people && *people >= *fewer ? std::optional(*people - *fewer) : std::nullopt;
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
