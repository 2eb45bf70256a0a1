#include "directory/match/helpers.hpp"

#include "directory/designated_city.hpp"
#include "directory/district_book.hpp"
#include "directory/match/suitability.hpp"

#include <algorithm>
#include <functional>
#include <set>
#include <string_view>
#include <tuple>

namespace shirube::directory {

namespace {

/// Districts of the layers that the counts name, and where each stands in the reader.
class AreaBook {
  public:
    explicit AreaBook(const Reader& reader) : book_(names(reader, places_)) {}

    /// The place in Reader::districts().
    [[nodiscard]] std::optional<std::uint32_t> find(const HelperCountReading& helpers) const {
        const auto found = book_.find(helpers.layer, helpers.area, helpers.area, helpers.municipality);
        return found ? std::optional(places_[*found]) : std::nullopt;
    }

  private:
    static std::vector<DistrictName> names(const Reader& reader, std::vector<std::uint32_t>& places) {
        std::set<std::string_view> layers;
        for (const auto& row : reader.helper_counts()) {
            layers.insert(row.reading.layer);
        }
        std::vector<DistrictName> all;
        const auto districts = reader.districts();
        for (std::uint32_t i = 0; i < districts.size(); ++i) {
            const auto& district = districts[i];
            if (layers.contains(district.layer)) {
                places.push_back(i);
                all.push_back(
                    {district.layer, district.code, district.name, district.municipality, !district.geometry.empty()});
            }
        }
        return all;
    }

    std::vector<std::uint32_t> places_; ///< before the book: it is filled while that is made
    DistrictBook book_;
};

Openness is_here(const Asked& asked, const AreaBook& areas, const HelperCountReading& helpers) {
    if (asked.municipality.empty()) {
        return Openness::maybe;
    }
    if (designated_city_of(helpers.municipality) != asked.municipality) {
        return Openness::no;
    }
    if (helpers.layer.empty()) {
        return Openness::yes;
    }
    const auto district = areas.find(helpers);
    if (!district || asked.home_districts.empty() || asked.reader.districts()[*district].geometry.empty()) {
        return Openness::maybe;
    }
    return std::ranges::binary_search(asked.home_districts, *district) ? Openness::yes : Openness::no;
}

std::optional<Openness> is_then(const Asked& asked, const HelperCountReading& helpers) {
    if (!asked.family.when) {
        return std::nullopt;
    }
    if (helpers.weekdays == 0) {
        return Openness::maybe;
    }
    return (helpers.weekdays & asked.family.when->weekdays) != 0 ? Openness::yes : Openness::no;
}

/// The needs that lead to what they come for; where their list does not say, to anybody who comes.
std::vector<std::size_t> pairs_for(const Asked& asked, const std::optional<ProgrammeIndex>& programme) {
    std::vector<std::size_t> pairs;
    for (std::size_t pair = 0; pair < asked.pairs.size(); ++pair) {
        const auto& wanted = asked.rules.needs[asked.pairs[pair].need].programmes;
        const bool is_wanted = std::ranges::any_of(wanted, [&](ProgrammeIndex one) {
            return !asked.refused[one] && (programme ? one == *programme : asked.rules.comes_home[one]);
        });
        if (is_wanted) {
            pairs.push_back(pair);
        }
    }
    return pairs;
}

} // namespace

std::vector<PossibleHelpers> who_could_come(const Reader& reader, const MatchRules& rules, const Family& family,
                                            Instant at) {
    std::vector<PossibleHelpers> all;
    const auto rows = reader.helper_counts();
    if (rows.empty()) {
        return all;
    }
    const Asked asked(reader, rules, family, at);
    const AreaBook areas(reader);
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        const HelperCountReading& helpers = rows[i].reading;
        const auto programme = reader.taxonomy().by_code(helpers.programme);
        if (!helpers.programme.empty() && !programme) {
            continue; // a newer program knew it
        }
        PossibleHelpers possible{i, is_here(asked, areas, helpers), is_then(asked, helpers), programme.has_value(),
                                 pairs_for(asked, programme)};
        if (possible.here != Openness::no && possible.then != Openness::no && !possible.pairs.empty()) {
            all.push_back(std::move(possible));
        }
    }
    std::ranges::stable_sort(all, std::greater<>{}, [](const PossibleHelpers& one) {
        return std::tuple(one.here, one.then.value_or(Openness::yes), one.names_programme);
    });
    return all;
}

} // namespace shirube::directory
