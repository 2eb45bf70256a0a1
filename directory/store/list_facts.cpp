#include "directory/store/list_facts.hpp"

#include "directory/designated_city.hpp"
#include "directory/programme_tree.hpp"

#include <algorithm>

namespace shirube::directory {

namespace {

bool speaks_of(const Taxonomy& taxonomy, std::string_view claimed, std::string_view programme) {
    const auto above = taxonomy.by_code(claimed);
    const auto below = taxonomy.by_code(programme);
    return above && below && is_within(taxonomy, *below, *above);
}

} // namespace

bool speaks_of_absence(const std::vector<Claim>& claims, const Taxonomy& taxonomy, std::string_view programme,
                       std::string_view municipality) {
    return std::ranges::any_of(claims, [&](const Claim& claim) {
        return claim.complete && lies_in(municipality, claim.municipality) &&
               speaks_of(taxonomy, claim.programme, programme);
    });
}

std::vector<Claim> claims_of(Database& database, std::int64_t import_id, std::int64_t list_id) {
    Statement select(database, R"(SELECT programme, municipality, complete FROM claim
        WHERE import_id = ? AND list_id = ? ORDER BY programme, municipality)");
    select.bind(import_id, list_id);
    std::vector<Claim> claims;
    while (select.step()) {
        claims.push_back({std::string{select.text(0)}, std::string{select.text(1)}, select.integer(2) != 0});
    }
    return claims;
}

bool ListFacts::is_complete_in(std::string_view municipality, const Taxonomy& taxonomy, Visibility of_class) const {
    return std::ranges::any_of(claims, [&](const Claim& claim) {
        const auto programme = taxonomy.by_code(claim.programme);
        const bool shown = programme && taxonomy.at(*programme).visibility <= of_class;
        return claim.complete && lies_in(municipality, claim.municipality) && shown;
    });
}

ListBelief::ListBelief(Database& database)
    : database_(database),
      select_(database, R"(SELECT l.name, e.as_of, e.import_id FROM list l JOIN current_edition c USING (list_id)
          JOIN list_edition e ON e.import_id = c.import_id AND e.list_id = c.list_id WHERE l.list_id = ?)") {}

const ListFacts& ListBelief::of(std::int64_t list_id) {
    const auto found = known_.find(list_id);
    if (found != known_.end()) {
        return found->second;
    }
    ListFacts facts;
    select_.bind(list_id);
    if (select_.step()) {
        facts.name = select_.text(0);
        facts.as_of = select_.text(1);
        facts.claims = claims_of(database_, select_.integer(2), list_id);
    }
    return known_.emplace(list_id, std::move(facts)).first->second;
}

} // namespace shirube::directory
