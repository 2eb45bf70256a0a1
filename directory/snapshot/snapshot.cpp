#include "directory/snapshot/snapshot.hpp"

#include "directory/match/match_rules.hpp"
#include "directory/network/network.hpp"
#include "directory/reader.hpp"
#include "directory/snapshot/edition.hpp"

#include <algorithm>
#include <cassert>
#include <thread>
#include <utility>

namespace shirube::directory {

namespace {

FormerIds take_former_ids(State& state) {
    return {std::move(state.moved), std::move(state.ended), std::move(state.ended_sites)};
}

std::shared_ptr<const TieRows> take_ties(State& state) {
    return std::make_shared<const TieRows>(
        TieRows{std::move(state.relations), std::move(state.forums), std::move(state.helper_counts)});
}

} // namespace

std::shared_ptr<const Snapshot> Snapshot::build(State state, const Taxonomy& taxonomy, const Holidays& holidays) {
    std::shared_ptr<Snapshot> snapshot(new Snapshot(state.audience, taxonomy));
    const EditionRows all(state); // rows are handed on below, and stay where they are
    const auto part = std::make_shared<Part>(PartRows{std::move(state.lists), std::move(state.organizations),
                                                      std::move(state.sites), std::move(state.services)},
                                             nullptr);
    // Words and the edition's name stand on their own; the rest is a chain from districts to fragments.
    std::jthread beside([&] {
        part->index_words();
        snapshot->edition = edition_name(all);
    });
    snapshot->policies = offered_policies(state.policies, taxonomy, state.audience);
    snapshot->match_rules = offered_match_rules(state.match_rules, taxonomy);
    std::vector<NeedRow> needs = std::move(state.needs);
    snapshot->former = std::make_shared<const FormerIds>(take_former_ids(state));
    snapshot->ties = take_ties(state);
    snapshot->ground = std::make_shared<const Ground>(state, taxonomy, holidays);
    snapshot->needs = std::make_shared<const NeedIndex>(std::move(needs), snapshot->ground->districts);
    part->index_places(taxonomy, *snapshot->ground);
    beside.join();
    snapshot->base = part;
    snapshot->network = std::make_shared<const Network>(Reader(snapshot));
    return snapshot;
}

std::shared_ptr<const Snapshot> Snapshot::over(const std::shared_ptr<const Snapshot>& base, State state) {
    assert(base->audience.is_public() && base->overlay == nullptr);
    std::string edition;
    Difference difference(*base->base, state);
    {
        std::jthread beside([&] { edition = edition_name(EditionRows(state)); });
        if (!difference.has_same_ground(*base->ground)) {
            // Districts are no audience's own: the store has changed since the base was read, and will be read again.
            beside.join();
            return build(std::move(state), base->taxonomy, base->ground->shipped_holidays);
        }
    }
    std::shared_ptr<Snapshot> snapshot(new Snapshot(state.audience, base->taxonomy));
    snapshot->edition = std::move(edition);
    snapshot->policies = offered_policies(state.policies, base->taxonomy, state.audience);
    snapshot->match_rules = offered_match_rules(state.match_rules, base->taxonomy);
    snapshot->ground = base->ground;
    snapshot->needs = difference.has_same_needs(*base->needs)
                          ? base->needs
                          : std::make_shared<const NeedIndex>(difference.take_needs(), base->ground->districts);
    auto former = take_former_ids(state);
    snapshot->former = former == *base->former ? base->former : std::make_shared<const FormerIds>(std::move(former));
    difference.refer_ties();
    snapshot->ties = take_ties(state);
    snapshot->base = base->base;
    snapshot->overlay = std::make_unique<const Overlay>(base->base, difference.take(), base->taxonomy, *base->ground);
    snapshot->network = std::make_shared<const Network>(Reader(snapshot));
    return snapshot;
}

std::vector<std::uint32_t> Snapshot::merged(std::span<const std::uint32_t> of_base,
                                            std::span<const std::uint32_t> of_own) const {
    if (overlay == nullptr) {
        return {of_base.begin(), of_base.end()};
    }
    const RowOrder& order = overlay->orders.services;
    std::vector<std::uint32_t> all;
    all.reserve(of_base.size() + of_own.size());
    std::ranges::copy_if(of_base, std::back_inserter(all),
                         [&](std::uint32_t service) { return !order.masked[service]; });
    for (const auto service : of_own) {
        all.push_back(order.base_count + service);
    }
    std::ranges::sort(all, {}, [&](std::uint32_t service) { return order.key(service); });
    return all;
}

} // namespace shirube::directory
