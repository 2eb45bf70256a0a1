#include "directory/age_profile.hpp"

#include "directory/snapshot/children.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <tuple>

namespace shirube::directory {

namespace {

/// Children by year of age in one town; nothing where a year is not told.
std::optional<std::array<std::int64_t, k_profile_years>> years_of(const CellRow& town) {
    std::array<std::int64_t, k_profile_years> years{};
    for (int year = 0; year < k_profile_years; ++year) {
        const auto band = std::ranges::find_if(town.bands, [&](const BandReading& of) {
            return of.from_age_years == year && of.to_age_years == year + 1;
        });
        if (band == town.bands.end() || !band->count) {
            return std::nullopt;
        }
        years[static_cast<std::size_t>(year)] = *band->count;
    }
    return years;
}

/// The narrowest band that holds a year of age, among those that tell a count or stand at zero for another cell.
const BandReading* band_with(const CellRow& cell, int year) {
    const BandReading* best = nullptr;
    for (const auto& band : cell.bands) {
        const bool holds = band.from_age_years <= year && band.to_age_years && *band.to_age_years > year;
        const auto width = [](const BandReading& of) { return *of.to_age_years - of.from_age_years; };
        if (holds && (best == nullptr || width(band) < width(*best))) {
            best = &band;
        }
    }
    return best;
}

/// The cell with the bands that lie between its open ones: of 15 and over and 18 and over, 15 to 17.
CellRow with_differences(const CellRow& cell) {
    CellRow out = cell;
    std::vector<BandReading> open;
    for (const auto& band : cell.bands) {
        if (!band.to_age_years && band.count) {
            open.push_back(band);
        }
    }
    std::ranges::sort(open, {}, &BandReading::from_age_years);
    for (std::size_t i = 1; i < open.size(); ++i) {
        if (open[i - 1].from_age_years < open[i].from_age_years && *open[i - 1].count >= *open[i].count) {
            out.bands.push_back(
                {open[i - 1].from_age_years, open[i].from_age_years, *open[i - 1].count - *open[i].count});
        }
    }
    return out;
}

} // namespace

std::vector<AgeProfile> age_profiles(std::span<const CellCandidate> candidates, std::span<const ListRow> lists) {
    struct Sum {
        AgeProfile profile;
        bool whole = true; ///< every town tells every year
    };
    std::map<std::pair<std::string, std::uint32_t>, Sum> sums; ///< by municipality and list
    for (const auto& candidate : candidates) {
        const CellRow& town = candidate.cell;
        if (!town.mesh.empty() || town.municipality.empty() || town.list == k_no_index) {
            continue;
        }
        Sum& sum = sums[{town.municipality, town.list}];
        sum.profile.municipality = town.municipality;
        sum.profile.list = town.list;
        if (!town.suppressed_into.empty()) {
            continue; // its people are in another town's figures
        }
        const auto years = years_of(town);
        sum.whole = sum.whole && years;
        for (std::size_t year = 0; years && year < years->size(); ++year) {
            sum.profile.children[year] += (*years)[year];
        }
    }
    std::vector<AgeProfile> out;
    const auto order = [&](const AgeProfile& of) {
        const ListRow& list = lists[of.list];
        return std::tuple(std::string_view{list.as_of}, std::string_view{list.name});
    };
    for (const auto& [key, sum] : sums) {
        const bool anybody = std::ranges::any_of(sum.profile.children, [](std::int64_t count) { return count > 0; });
        if (!sum.whole || !anybody) {
            continue;
        }
        if (!out.empty() && out.back().municipality == sum.profile.municipality) {
            const auto [kept_as_of, kept_name] = order(out.back());
            const auto [as_of, name] = order(sum.profile);
            if (as_of > kept_as_of || (as_of == kept_as_of && name < kept_name)) {
                out.back() = sum.profile;
            }
        } else {
            out.push_back(sum.profile);
        }
    }
    return out;
}

std::optional<std::vector<std::int64_t>> AgeSpread::years_of(std::int64_t count, int band_from, int band_to,
                                                             const AgeProfile& profile) {
    const std::span years(profile.children.data() + band_from, static_cast<std::size_t>(band_to - band_from));
    double all = 0;
    for (const auto children : years) {
        all += static_cast<double>(children);
    }
    std::vector<std::int64_t> out(years.size(), 0);
    if (count == 0) {
        return out;
    }
    if (all == 0) {
        return std::nullopt;
    }
    auto& owed = owed_[{&profile, band_from, band_to}];
    owed.resize(years.size(), 0);
    std::int64_t left = count;
    for (std::size_t i = 0; i < years.size(); ++i) {
        owed[i] += static_cast<double>(count) * static_cast<double>(years[i]) / all;
        out[i] = std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(owed[i])));
        left -= out[i];
    }
    const auto short_of = [&](std::size_t i) { return owed[i] - static_cast<double>(out[i]); };
    for (; left > 0; --left) { // to whom most is owed
        std::size_t most = 0;
        for (std::size_t i = 1; i < out.size(); ++i) {
            most = short_of(i) > short_of(most) ? i : most;
        }
        ++out[most];
    }
    for (; left < 0; ++left) { // from whom least is, of those who have somebody
        std::size_t least = out.size();
        for (std::size_t i = 0; i < out.size(); ++i) {
            least = out[i] > 0 && (least == out.size() || short_of(i) < short_of(least)) ? i : least;
        }
        --out[least];
    }
    for (std::size_t i = 0; i < out.size(); ++i) {
        owed[i] -= static_cast<double>(out[i]);
    }
    return out;
}

std::optional<ChildrenOfCell> children_by_age(const CellRow& cell, int from_years, int to_years,
                                              const AgeProfile* profile, AgeSpread& spread) {
    if (const auto exact = children_in(cell, from_years, to_years)) {
        return ChildrenOfCell{*exact, false};
    }
    const CellRow finer = with_differences(cell);
    if (const auto exact = children_in(finer, from_years, to_years)) {
        return ChildrenOfCell{*exact, false};
    }
    if (profile == nullptr || to_years > k_profile_years) {
        return std::nullopt;
    }
    ChildrenOfCell out{0, true};
    for (int year = from_years; year < to_years;) {
        const BandReading* band = band_with(finer, year);
        if (band == nullptr || *band->to_age_years > k_profile_years) {
            return std::nullopt;
        }
        if (!band->count && (cell.suppressed_into.empty() || cell.carrier_missing)) {
            return std::nullopt;
        }
        const int end = std::min(to_years, *band->to_age_years);
        const auto years =
            spread.years_of(band->count.value_or(0), band->from_age_years, *band->to_age_years, *profile);
        if (!years) {
            return std::nullopt;
        }
        for (int inside = year; inside < end; ++inside) {
            out.count += (*years)[static_cast<std::size_t>(inside - band->from_age_years)];
        }
        year = end;
    }
    return out;
}

} // namespace shirube::directory
