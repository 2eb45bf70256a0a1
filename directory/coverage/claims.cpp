#include "directory/coverage/claims.hpp"

#include "directory/designated_city.hpp"
#include "directory/programme_tree.hpp"

#include <algorithm>
#include <set>

namespace shirube::directory {

namespace {

using std::chrono::last;
using std::chrono::months;
using std::chrono::year_month_day;

bool has_expired(const ListRow& list, const Policy& policy, Day day) {
    const auto as_of = end_of_date(list.as_of);
    if (!as_of) {
        return false;
    }
    year_month_day limit = year_month_day{*as_of} + months{policy.list_valid_months};
    if (!limit.ok()) {
        limit = limit.year() / limit.month() / last;
    }
    return std::chrono::sys_days{limit} < day;
}

/// Programmes of which complete claims speak, in one municipality.
using Complete = std::set<ProgrammeIndex>;

/// A programme is spoken for by a claim on it, on something above it, or on everything below it.
bool is_complete(const Taxonomy& taxonomy, const Complete& complete, ProgrammeIndex programme) {
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
        if (!is_complete(taxonomy, complete, child)) {
            return false;
        }
    }
    return has_children;
}

bool concerns(const Taxonomy& taxonomy, const Policy& policy, ProgrammeIndex programme) {
    return std::ranges::any_of(policy.any_of, [&](ProgrammeIndex asked) {
        return is_within(taxonomy, programme, asked) || is_within(taxonomy, asked, programme);
    });
}

/// Lists come in order, so a repeated one stands last.
void add_once(std::vector<std::uint32_t>& lists, std::uint32_t list) {
    if (lists.empty() || lists.back() != list) {
        lists.push_back(list);
    }
}

} // namespace

std::optional<Day> end_of_date(std::string_view text) {
    if (const auto day = parse_day(text)) {
        return day;
    }
    if (text.size() == 4) {
        return parse_day(std::string{text} + "-12-31");
    }
    if (text.size() != 7) {
        return std::nullopt;
    }
    const auto first = parse_day(std::string{text} + "-01");
    if (!first) {
        return std::nullopt;
    }
    const year_month_day date{*first};
    return Day{date.year() / date.month() / last};
}

Claims::Claims(const Reader& reader, const Policy& policy, const LayerMunicipalities& municipalities, Day day)
    : by_municipality_(municipalities.size()) {
    const Taxonomy& taxonomy = reader.taxonomy();
    std::vector<Complete> complete(municipalities.size());
    for (const std::uint32_t i : reader.lists().indices()) {
        const ListRow& list = reader.lists()[i];
        const bool expired = has_expired(list, policy, day);
        for (const auto& claim : list.claims) {
            const auto programme = taxonomy.by_code(claim.programme);
            if (!programme || !concerns(taxonomy, policy, *programme)) {
                continue;
            }
            add_once(lists_, i);
            municipalities.for_each_in(claim.municipality, [&](std::size_t municipality) {
                ListCover& cover = by_municipality_[municipality];
                cover.any = true;
                cover.partial = cover.partial || !claim.complete;
                cover.expired = cover.expired || expired;
                if (claim.complete && !expired) {
                    cover.undated = cover.undated || list.as_of.empty();
                    complete[municipality].insert(*programme);
                }
            });
        }
    }
    for (std::size_t i = 0; i < by_municipality_.size(); ++i) {
        // Outreach that no list speaks of does not stop a complete list of standing places from saying "none".
        by_municipality_[i].absence_known =
            by_municipality_[i].any && std::ranges::all_of(policy.any_of, [&](ProgrammeIndex asked) {
                return taxonomy.at(asked).outreach || is_complete(taxonomy, complete[i], asked);
            });
    }
}

} // namespace shirube::directory
