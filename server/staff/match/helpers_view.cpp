#include "server/staff/match/helpers_view.hpp"

#include "server/pages/words.hpp"

#include <string>

namespace shirube::server {

namespace {

using directory::HelperCountReading;
using directory::Openness;

std::string days_in_words(const HelperCountReading& told, const Texts& texts) {
    std::string words;
    for (int day = 0; day < 7; ++day) {
        if ((told.weekdays >> static_cast<unsigned>(day) & 1U) != 0) {
            words += (words.empty() ? "" : texts.get("condition.day_joint")) + weekday_in_words(day, texts);
        }
    }
    return words;
}

void fill_source(View row, const directory::Reader& reader, const directory::HelperCountRow& helpers) {
    const Texts& texts = row.texts();
    const auto& on = helpers.reading.counted_on;
    row.words("COUNTED", on ? texts.with("helpers.counted_on", {{"date", date_in_words(*on, texts)}})
                            : texts.get("helpers.undated"));
    if (helpers.list != directory::k_no_index) {
        const auto& list = reader.lists()[helpers.list];
        row.set_if_any("SOURCE", list.publisher.empty() ? list.name : list.publisher);
    }
}

} // namespace

void fill_helpers(View answer, const Context& context, std::span<const directory::PossibleHelpers> helpers) {
    if (helpers.empty()) {
        return;
    }
    const auto& reader = context.reader();
    const Texts& texts = answer.texts();
    View list = answer.include("HELPERS", "staff-match-helpers.html").section("WHO_COULD_COME");
    for (const auto& possible : helpers) {
        const auto& counted = reader.helper_counts()[possible.row];
        const HelperCountReading& told = counted.reading;
        View row = list.section("COUNT");
        row.set("ORGANIZATION", told.organization);
        if (const auto programme = reader.taxonomy().by_code(told.programme)) {
            row.words_if_any("PROGRAMME", reader.taxonomy().at(*programme).label.in(texts.language()));
        } else {
            row.show("NO_PROGRAMME");
        }
        row.set_if_any("AREA", told.area);
        row.show_if(told.area.empty(), "WHOLE");
        row.show_if(possible.here == Openness::maybe, "AREA_UNSURE");
        row.words_if_any("DAYS", days_in_words(told, texts));
        row.show_if(told.weekdays == 0, "DAYS_UNSURE");
        row.set_if_any("HOURS", told.hours);
        row.show_if(!told.skill.empty() || !told.note.empty(), "CAN_DO");
        row.set_if_any("SKILL", told.skill);
        row.words("NUMBER", told.count ? texts.with("helpers.count", {{"n", grouped(*told.count)}})
                                       : texts.get("helpers.count_unknown"));
        row.set_if_any("NOTE", told.note);
        fill_source(row, reader, counted);
    }
}

} // namespace shirube::server
