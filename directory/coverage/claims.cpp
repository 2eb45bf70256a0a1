#include "directory/coverage/claims.hpp"

#include "directory/coverage/lists_in_force.hpp"
#include "directory/programme_tree.hpp"

#include <algorithm>
#include <set>

namespace shirube::directory {

namespace {

using std::chrono::year_month_day;

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
    return Day{date.year() / date.month() / std::chrono::last};
}

Claims::Claims(const Reader& reader, const Policy& policy, const LayerMunicipalities& municipalities, Day day)
    : by_municipality_(municipalities.size()) {
    const Taxonomy& taxonomy = reader.taxonomy();
    std::vector<std::set<ProgrammeIndex>> complete(municipalities.size());
    for (const std::uint32_t i : reader.lists().indices()) {
        const ListRow& list = reader.lists()[i];
        const bool expired = is_too_old(list, policy.list_valid_months, day);
        const bool later = is_of_a_later_year(list, day);
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
                cover.later = cover.later || later;
                if (claim.complete && !expired && !later) {
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
                return taxonomy.at(asked).outreach || is_spoken_for(taxonomy, complete[i], asked);
            });
    }
}

} // namespace shirube::directory
