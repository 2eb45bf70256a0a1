// Any text as a date and as a time of day: what is read is a day of four-digit years, a minute of two days.
#include "importers/cleaning/dates.hpp"
#include "importers/cleaning/times.hpp"

#include <cstdint>
#include <cstdlib>

using namespace shirube;
using namespace shirube::importers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view cell(reinterpret_cast<const char*>(data), size);
    const auto date = parse_date_span(cell);
    if (date && *date) {
        const bool ordered = (*date)->first <= (*date)->last;
        const bool written = directory::parse_day(directory::to_string((*date)->first)) == (*date)->first &&
                             directory::parse_day(directory::to_string((*date)->last)) == (*date)->last;
        if (!ordered || !written) {
            std::abort();
        }
    }
    const auto time = parse_time_of_day(cell);
    if (time && *time && (**time < 0 || **time > 1440)) {
        std::abort();
    }
    const auto end = parse_end_of_session(cell);
    if (end && *end && (**end < 0 || **end > 2160)) {
        std::abort();
    }
    return 0;
}
