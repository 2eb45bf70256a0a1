#include "tests/server/support/leak_part.hpp"

#include "directory/publication.hpp"
#include "directory/store/sqlite.hpp"
#include "directory/taxonomy.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace shirube::tests {

namespace {

using namespace directory;

std::string owner_of_row(const ResourceReading& reading) {
    return reading.owner.empty() ? reading.site.municipality : reading.owner;
}

Visibility default_of(const std::string& programme) {
    const Taxonomy& taxonomy = Taxonomy::shipped();
    return taxonomy.at(*taxonomy.by_code(programme)).visibility;
}

bool is_of(const Audience& audience, const std::string& owner) {
    return std::ranges::find(audience.owners, owner, &SeenOwner::owner) != audience.owners.end();
}

/// Nothing where the audience may see no service of the row.
std::optional<ResourceReading> part_of(ResourceReading reading, const Audience& audience) {
    const std::string owner = owner_of_row(reading);
    std::erase_if(reading.services, [&](const ServiceReading& service) {
        return !audience.may_see(service.visibility.value_or(default_of(service.programme)), owner);
    });
    if (reading.services.empty()) {
        return std::nullopt;
    }
    if (!is_of(audience, owner)) {
        keep_public_part(reading);
        reading.owner.clear();
        for (ServiceReading& service : reading.services) {
            service.consent.reset();
        }
    }
    return reading;
}

bool holds(const Agreement& agreement, Day today) {
    return agreement.since <= today && (!agreement.until || today <= *agreement.until);
}

/// What happens to a store in the order of the steps; an import of nothing is left out with its undo.
template <class BatchOf>
void apply_steps(Store& store, const std::vector<Step>& steps, const BatchOf& batch_of) {
    std::map<std::pair<std::size_t, std::size_t>, std::int64_t> imports;
    for (const Step& step : steps) {
        const std::pair key{step.list, step.edition};
        if (!step.undo) {
            if (const std::optional<Batch> batch = batch_of(step)) {
                imports[key] = store.append(*batch).import_id;
            }
        } else if (const auto known = imports.find(key); known != imports.end()) {
            store.undo(known->second);
        }
    }
}

/// \param all whether the staff's versions are there too
void keep(Store& store, const LeakPolicy& policy, bool all) {
    const bool has_hidden = all && !policy.hidden.empty();
    if ((policy.shown.empty() || (policy.retired && !all)) && !has_hidden) {
        return;
    }
    // By the document alone, so that two stores of one secret have the same id.
    const DocumentVersion first{1, policy.shown.empty() ? policy.hidden : policy.shown, "2026-11-01T00:00:00Z",
                                "planner"};
    const auto id = store.add_document(DocumentKind::policy, policy.municipality, first);
    if (!policy.shown.empty()) {
        store.publish_document(id, 1);
        if (has_hidden) {
            store.add_document_version(id, 1, {0, policy.hidden, "2026-11-02T00:00:00Z", "planner"});
        }
    }
    if (policy.retired) {
        store.retire_document(id, true);
    }
}

void keep(Store& store, const LeakRules& rules) {
    store.add_document(DocumentKind::match_rules, rules.municipality,
                       {1, rules.hidden, "2026-11-01T00:00:00Z", "steward"});
}

} // namespace

Audience audience_in(const LeakTown& town, const std::string& municipality, Visibility up_to, Day today) {
    Audience audience{municipality, {{municipality, up_to}}};
    for (const Agreement& agreement : town.agreements) {
        if (agreement.to != municipality || !holds(agreement, today)) {
            continue;
        }
        const auto known = std::ranges::find(audience.owners, agreement.from, &SeenOwner::owner);
        const auto shared = std::min(up_to, agreement.up_to);
        if (known == audience.owners.end()) {
            audience.owners.push_back({agreement.from, shared});
        } else {
            known->up_to = std::max(known->up_to, shared);
        }
    }
    return audience;
}

Batch part_of(const Batch& batch, const Audience& audience, const std::set<std::string>& ids) {
    Batch part = batch;
    for (BatchList& list : part.lists) {
        std::vector<BatchRow> rows;
        for (BatchRow& row : list.rows) {
            if (const auto* correction = std::get_if<CorrectionReading>(&row.reading)) {
                if (!ids.contains(correction->target) ||
                    (correction->is_decision() && !ids.contains(correction->other))) {
                    continue;
                }
            } else if (const auto* helpers = std::get_if<HelperCountReading>(&row.reading)) {
                if (audience.is_public() || audience.municipality != helpers->municipality) {
                    continue;
                }
            } else if (const auto* tie = std::get_if<RelationReading>(&row.reading)) {
                // Of the audiences that the maker gives, here once more: a tie is as its row says, a referral for
                // staff.
                const auto usual = tie->kind == RelationKind::refers ? Visibility::staff : Visibility::everyone;
                if (!audience.may_see(tie->visibility.value_or(usual), tie->owner)) {
                    continue;
                }
            } else if (const auto* forum = std::get_if<ForumReading>(&row.reading)) {
                if (!audience.may_see(forum->visibility.value_or(Visibility::everyone), forum->owner)) {
                    continue;
                }
            } else if (const auto* resource = std::get_if<ResourceReading>(&row.reading)) {
                auto seen = part_of(*resource, audience);
                if (!seen) {
                    continue;
                }
                row.reading = std::move(*seen);
            }
            rows.push_back(std::move(row));
        }
        list.rows = std::move(rows);
        std::erase_if(list.claims, [&](const Claim& claim) {
            return !audience.may_see(default_of(claim.programme), claim.municipality);
        });
    }
    return part;
}

void apply(Store& store, const LeakTown& town, const std::vector<Step>& steps) {
    apply_steps(store, steps, [&](const Step& step) { return std::optional(town.lists[step.list][step.edition]); });
    for (const Agreement& agreement : town.agreements) {
        Agreement open = agreement;
        open.until.reset();
        const auto id = store.add_agreement(open);
        if (agreement.until) {
            store.end_agreement(id, *agreement.until);
        }
    }
    for (const LeakPolicy& policy : town.policies) {
        keep(store, policy, true);
    }
    for (const LeakRules& rules : town.rules) {
        keep(store, rules);
    }
}

void apply_part(Store& store, const LeakTown& town, const std::vector<Step>& steps, const Audience& audience,
                const std::set<std::string>& ids, Day today) {
    std::map<std::size_t, Editions> parts;
    for (std::size_t i = 0; i < town.lists.size(); ++i) {
        Editions part;
        for (const Batch& batch : town.lists[i]) {
            part.push_back(part_of(batch, audience, ids));
        }
        const bool is_something = std::ranges::any_of(part, [](const Batch& batch) {
            return std::ranges::any_of(
                batch.lists, [](const BatchList& list) { return !list.rows.empty() || !list.claims.empty(); });
        });
        if (is_something) {
            parts.emplace(i, std::move(part));
        }
    }
    apply_steps(store, steps, [&](const Step& step) -> std::optional<Batch> {
        const auto part = parts.find(step.list);
        return part == parts.end() ? std::nullopt : std::optional(part->second[step.edition]);
    });
    for (const Agreement& agreement : town.agreements) {
        if (agreement.to == audience.municipality && holds(agreement, today)) {
            store.add_agreement(agreement);
        }
    }
    for (const LeakPolicy& policy : town.policies) {
        keep(store, policy, policy.municipality == audience.municipality);
    }
    for (const LeakRules& rules : town.rules) {
        if (rules.municipality == audience.municipality) {
            keep(store, rules);
        }
    }
}

std::set<std::string> ids_in(const std::filesystem::path& path) {
    Database database(path, Database::Mode::read_only);
    Statement select(database, "SELECT public_id FROM entity WHERE type IN ('service', 'site')");
    std::set<std::string> ids;
    while (select.step()) {
        ids.emplace(select.text(0));
    }
    return ids;
}

} // namespace shirube::tests
