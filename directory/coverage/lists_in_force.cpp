#include "directory/coverage/lists_in_force.hpp"

#include "directory/coverage/claims.hpp"
#include "directory/programme_tree.hpp"

#include <algorithm>
#include <chrono>
#include <string>

namespace shirube::directory {

using std::chrono::year_month_day;

bool is_too_old(const ListRow& list, int valid_months, Day day) {
    const auto as_of = end_of_date(list.as_of);
    if (!as_of) {
        return false;
    }
    year_month_day limit = year_month_day{*as_of} + std::chrono::months{valid_months};
    if (!limit.ok()) {
        limit = limit.year() / limit.month() / std::chrono::last;
    }
    return std::chrono::sys_days{limit} < day;
}

bool is_of_a_later_year(const ListRow& list, Day day) {
    const auto as_of = start_of_date(list.as_of);
    const year_month_day date{day};
    const Day april{date.year() / std::chrono::April / 1};
    const Day next = april > day ? april : Day{(date.year() + std::chrono::years{1}) / std::chrono::April / 1};
    return as_of && *as_of >= next;
}

bool may_have_begun_since(const Reader& reader, const ServiceRow& service, Day day) {
    if (service.valid_from || service.list == k_no_index) {
        return false;
    }
    const auto is_later = [&](std::uint32_t list) { return is_of_a_later_year(reader.lists()[list], day); };
    return is_later(service.list) && std::ranges::all_of(service.other_lists, is_later);
}

bool is_spoken_for(const Taxonomy& taxonomy, const std::set<ProgrammeIndex>& complete, ProgrammeIndex programme) {
    if (std::ranges::any_of(complete,
                            [&](ProgrammeIndex claimed) { return is_within(taxonomy, programme, claimed); })) {
        return true;
    }
    bool has_children = false;
    for (std::size_t i = programme + std::size_t{1}; i < taxonomy.programmes().size(); ++i) {
        const auto child = static_cast<ProgrammeIndex>(i);
        if (taxonomy.at(child).parent != programme) {
            continue;
        }
        has_children = true;
        if (!is_spoken_for(taxonomy, complete, child)) {
            return false;
        }
    }
    return has_children;
}

std::optional<Day> start_of_date(std::string_view text) {
    if (const auto day = parse_day(text)) {
        return day;
    }
    return parse_day(std::string{text} + (text.size() == 4 ? "-01-01" : "-01"));
}

} // namespace shirube::directory
