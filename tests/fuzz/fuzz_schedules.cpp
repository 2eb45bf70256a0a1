// The six schedule cells, with line feeds between them: whatever they hold, schedules are whole and can be told.
#include "importers/cleaning/schedules.hpp"

#include <array>
#include <cstdint>
#include <cstdlib>

using namespace shirube;
using namespace shirube::importers;

namespace {

bool is_whole(const directory::ScheduleRule& rule) {
    const bool has_days = rule.weekdays != 0 || rule.days_of_month != 0;
    const bool in_range = rule.weekdays < 128 && rule.ordinals < 64 && rule.months != 0 && rule.months <= 0x0fff &&
                          (rule.days_of_month >> 31U) == 0;
    const bool times = (!rule.from_minute || (*rule.from_minute >= 0 && *rule.from_minute <= 1440)) &&
                       (!rule.to_minute || (*rule.to_minute >= 0 && *rule.to_minute <= 2880)) &&
                       (!rule.from_minute || !rule.to_minute || *rule.to_minute > *rule.from_minute);
    const bool usual = !rule.usually || rule.state == directory::ScheduleState::dated;
    return in_range && times && usual && (rule.state != directory::ScheduleState::dated || has_days);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view rest(reinterpret_cast<const char*>(data), size);
    std::array<std::string_view, 6> cells;
    for (std::string_view& cell : cells) {
        const std::size_t end = rest.find('\n');
        cell = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    }
    for (const auto bare : {BareWeekdays::some_of_them, BareWeekdays::every_week}) {
        const auto reading =
            read_schedules({.frequency = cells[0],
                            .weekdays = cells[1],
                            .days = cells[2],
                            .from = cells[3],
                            .to = cells[4],
                            .remark = cells[5],
                            .bare_weekdays = bare,
                            .subject = size % 2 == 0 ? ProseSubject::cafeteria : ProseSubject::anything});
        for (const directory::Schedule& schedule : reading.schedules) {
            if (!is_whole(schedule.rule)) {
                std::abort();
            }
            for (const auto* language : {"ja", "ja-easy", "en"}) {
                directory::in_words(schedule, language);
            }
        }
    }
    return 0;
}
