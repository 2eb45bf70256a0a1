#include "directory/store/derive.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace shirube::directory {

namespace {

std::unique_ptr<DerivedKind> derive_kind(ImportKind kind, DerivationContext& context) {
    switch (kind) {
        case ImportKind::resources:
            return derive_resources(context);
        case ImportKind::districts:
            return derive_districts(context);
        case ImportKind::population:
            return derive_population(context);
        case ImportKind::gazetteer:
            return derive_gazetteer(context);
        case ImportKind::needs:
            return derive_needs(context);
        case ImportKind::holidays:
            return derive_holidays(context);
        case ImportKind::corrections:
            return derive_corrections(context);
        case ImportKind::landmarks:
            return derive_landmarks(context);
        case ImportKind::relations:
            return derive_relations(context);
        case ImportKind::helpers:
            return derive_helpers(context);
    }
    std::unreachable();
}

} // namespace

Derivation::Derivation(Database& database, const Taxonomy& taxonomy, const StoreSecret& secret)
    : context_(database, taxonomy, secret) {}

DerivedKind& Derivation::kind_of(ImportKind kind) {
    auto& known = kinds_[kind];
    if (!known) {
        known = derive_kind(kind, context_);
    }
    return *known;
}

SourceRow Derivation::row_of(std::int64_t row_id, const std::vector<std::int64_t>& stale) {
    SourceRow row = context_.row(row_id);
    row.is_stale = std::ranges::binary_search(stale, row_id);
    return row;
}

void Derivation::apply(const RowChanges& changes, const RowReadings& read, const RowTick& tick) {
    DerivedKind& kind = kind_of(changes.kind);
    for (const auto row_id : changes.left) {
        kind.leave(row_of(row_id, changes.stale_before));
    }
    std::size_t come = 0;
    for (const auto row_id : changes.came) {
        SourceRow row = row_of(row_id, changes.stale_now);
        const auto known = std::ranges::lower_bound(read, row_id, {}, &RowReadings::value_type::first);
        row.read = known != read.end() && known->first == row_id ? known->second : nullptr;
        kind.come(row);
        if (constexpr std::size_t k_at_once = 512; tick && ++come % k_at_once == 0) {
            tick(k_at_once);
        }
    }
    if (changes.redated) {
        kind.redated(changes.list_id);
    }
    context_.touch_list(changes.list_id);
    applied_.emplace_back(changes.list_id, changes.kind);
}

EntityChanges Derivation::finish(std::function<void(double share)> told) {
    context_.on_share(std::move(told));
    if (!context_.corrected().empty()) {
        kind_of(ImportKind::resources); // what a correction speaks of is derived anew
    }
    for (const auto& [kind, derived] : kinds_) {
        derived->finish();
    }
    std::int64_t standing = 0;
    std::set<std::int64_t> counted;
    for (const auto& [list_id, kind] : applied_) {
        if (counted.insert(list_id).second) {
            standing += kind_of(kind).entities_of(list_id);
        }
    }
    return context_.tally().changes(standing);
}

} // namespace shirube::directory
