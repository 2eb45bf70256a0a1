#include "directory/store/derive/merge_readings.hpp"

#include <string>

namespace shirube::directory {

namespace {

template <class T>
void take_if_empty(T& into, const T& from) {
    if (into.empty()) {
        into = from;
    }
}

template <class T>
void take_if_unset(std::optional<T>& into, const std::optional<T>& from) {
    if (!into) {
        into = from;
    }
}

template <class Code>
void take_if_unknown(Code& into, std::string& text, Code from, const std::string& from_text) {
    if (into == Code::unknown && text.empty()) {
        into = from;
        text = from_text;
    }
}

template <class Code>
void take_if_unknown(Code& into, Code from) {
    if (into == Code::unknown) {
        into = from;
    }
}

bool is_better(PositionQuality a, PositionQuality b) { return a < b; } // exact, block, town, municipality, …

} // namespace

void fill_unknown(SiteReading& into, const SiteReading& from) {
    take_if_empty(into.public_name, from.public_name);
    take_if_empty(into.kana, from.kana);
    if (into.quality == PositionQuality::withheld) {
        return;
    }
    if (into.address.empty()) {
        into.address = from.address;
        take_if_empty(into.building, from.building);
    }
    if (from.position && (!into.position || is_better(from.quality, into.quality))) {
        into.position = from.position;
        into.quality = from.quality;
        into.accuracy_m = from.accuracy_m;
        into.located_by = from.located_by;
    }
    if (into.municipality.empty()) {
        into.municipality = from.municipality;
        into.municipality_name = from.municipality_name;
    }
}

void fill_unknown(ServiceReading& into, const ServiceReading& from) {
    if (!into.from_age_months && !into.to_age_months && into.stage.empty()) {
        into.from_age_months = from.from_age_months;
        into.to_age_months = from.to_age_months;
        into.stage = from.stage;
    }
    if (into.for_whom.empty() && into.for_whom_text.empty()) {
        into.for_whom = from.for_whom;
        into.for_whom_text = from.for_whom_text;
    }
    take_if_unknown(into.entry, into.entry_text, from.entry, from.entry_text);
    take_if_unknown(into.fee, into.fee_text, from.fee, from.fee_text);
    take_if_unknown(into.transport, from.transport);
    take_if_unset(into.capacity, from.capacity);
    take_if_unknown(into.contract, from.contract);
    take_if_empty(into.department, from.department);
    take_if_empty(into.features, from.features);
    take_if_empty(into.serves, from.serves);
    if (into.usable_by.empty()) { // terms belong to the municipalities they were stated with
        into.usable_by = from.usable_by;
        into.use_terms = from.use_terms;
    }
    take_if_empty(into.phone, from.phone);
    take_if_empty(into.url, from.url);
    take_if_empty(into.note, from.note);
    take_if_unset(into.last_confirmed_on, from.last_confirmed_on);
    take_if_empty(into.schedules, from.schedules);
}

} // namespace shirube::directory
