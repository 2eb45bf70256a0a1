#include "directory/coverage/programme_claims.hpp"

#include "directory/coverage/lists_in_force.hpp"
#include "directory/designated_city.hpp"
#include "directory/policy.hpp"
#include "directory/programme_tree.hpp"

#include <algorithm>
#include <optional>

namespace shirube::directory {

ProgrammeClaims::ProgrammeClaims(const Reader& reader, std::span<const Municipality> municipalities, Day day)
    : taxonomy_(reader.taxonomy()), said_(municipalities.size()) {
    const int valid_months = Policy{}.list_valid_months;
    for (const std::uint32_t i : reader.lists().indices()) {
        const ListRow& list = reader.lists()[i];
        const bool speaks_of_the_day = !is_too_old(list, valid_months, day) && !is_of_a_later_year(list, day);
        bool is_heard = false;
        for (const auto& claim : list.claims) {
            std::optional<ProgrammeIndex> programme; // looked for where it matters: of a country's claims few do
            for (std::size_t m = 0; m < municipalities.size(); ++m) {
                const std::string& code = municipalities[m].code;
                const bool is_of_all = lies_in(code, claim.municipality);
                // A ward's list says nothing of the rest of its city.
                if (!is_of_all && designated_city_of(claim.municipality) != code) {
                    continue;
                }
                if (!programme && !(programme = taxonomy_.by_code(claim.programme))) {
                    break;
                }
                is_heard = true;
                said_[m].any.insert(*programme);
                if (is_of_all && claim.complete && speaks_of_the_day) {
                    said_[m].complete.insert(*programme);
                }
            }
        }
        if (is_heard) {
            lists_.push_back(i);
        }
    }
}

Spoken ProgrammeClaims::of(std::size_t municipality, ProgrammeIndex programme) const {
    const Said& said = said_[municipality];
    const bool any = std::ranges::any_of(said.any, [&](ProgrammeIndex claimed) {
        return is_within(taxonomy_, programme, claimed) || is_within(taxonomy_, claimed, programme);
    });
    return {any, any && is_spoken_for(taxonomy_, said.complete, programme)};
}

} // namespace shirube::directory
