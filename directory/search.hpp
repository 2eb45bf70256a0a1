// The question a search asks and the answer it gets, free of HTTP. Answered by a Reader from the snapshot alone.
#pragma once

#include "directory/calendar.hpp"
#include "directory/codes.hpp"
#include "directory/life_stage.hpp"
#include "directory/schedule.hpp"
#include "directory/taxonomy.hpp"
#include "geo/lonlat.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shirube::directory {

/// `best` is by distance, where what the lists leave open counts as k_unsure_m of the way each: whether it is open when
/// it was asked, and whether it is for the age.
enum class Sort : std::uint8_t { distance, name, updated, best };

/// Some six minutes' walk: as much as a call costs that finds nobody.
inline constexpr double k_unsure_m = 500;

/// Ages asked for, months, half open: a two-year-old is [24, 36), "8m" is [8, 9).
struct AgeRange {
    int from_months = 0;
    int to_months = 0;
};

/// All filters combine with AND; what is empty does not filter. A service whose list does not state an age, or a time,
/// is kept (unknown is not "no"); a service whose list does not state entry, fee, transport or a feature is not kept
/// where that is asked for (unknown is not "free").
struct SearchQuery {
    Instant at; ///< the instant the answer holds for
    std::optional<geo::LonLat> near;
    std::optional<double> radius_m; ///< only with `near`
    std::optional<geo::Box> bbox;
    std::vector<std::uint32_t> within;      ///< district indices of the Reader; any of them, surely or possibly
    std::string text;                       ///< words, all of which must be found in the folded names
    std::vector<ProgrammeIndex> programmes; ///< any of them; families already expanded
    std::uint8_t for_whom = 0;              ///< any of these bits
    std::optional<AgeRange> age;
    std::uint8_t weekdays = 0;   ///< any of these bits, Monday the lowest
    std::optional<int> minute;   ///< time of day, with `weekdays` or `open_day`, or alone (any day)
    std::optional<Day> open_day; ///< at whatever hour, or at `minute`
    std::optional<Instant> open_at;
    std::optional<Entry> entry;
    std::optional<Fee> fee;               ///< with `residents_of`: what those pay, where terms for them say so
    std::uint8_t transports = 0;          ///< any of these bits, by Transport
    bool without_phone = false;           ///< one can just come, or begin in writing: by LINE or a form on the web
    std::uint8_t features = 0;            ///< all of these bits
    std::string municipality;             ///< whose own it is, see directory/whose_service.hpp; wards are their city's
    std::optional<LifeStage> stage;       ///< for which it is, surely or possibly, see directory/life_stage.hpp
    std::string residents_of;             ///< a municipality whose residents may use it (or where nothing is said)
    std::optional<Contract> use_contract; ///< with `residents_of`: the terms on which they may, as stated
    Sort sort = Sort::name;
    std::size_t limit = 20;
    std::size_t offset = 0;

    [[nodiscard]] bool asks_for_time() const noexcept { return weekdays != 0 || minute || open_day || open_at; }
};

struct Hit {
    std::uint32_t service = 0;       ///< index into Reader::services()
    double distance_m = -1;          ///< geodesic; negative where no `near` was asked or the place has no position
    Openness open = Openness::maybe; ///< meaningful only where a time was asked
};

struct SearchResult {
    std::size_t number_matched = 0; ///< services with a position, over all pages
    std::vector<Hit> hits;          ///< this page
    std::size_t without_position_matched = 0;
    std::vector<Hit> without_position; ///< those that serve the place asked about but have no point; first `limit`
};

} // namespace shirube::directory
