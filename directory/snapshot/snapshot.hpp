// One edition for one audience, in memory, immutable. The public's is built whole; another audience's is an overlay on
// it: it shares what is the same and holds what differs. Handlers see it through a Reader.
#pragma once

#include "directory/audience.hpp"
#include "directory/calendar.hpp"
#include "directory/coverage/kept_coverages.hpp"
#include "directory/policy/policy_book.hpp"
#include "directory/rows.hpp"
#include "directory/snapshot/ground.hpp"
#include "directory/snapshot/need_index.hpp"
#include "directory/snapshot/overlay.hpp"
#include "directory/snapshot/part.hpp"
#include "directory/state.hpp"
#include "directory/taxonomy.hpp"

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

namespace shirube::directory {

struct MatchRules;
class MunicipalIndex;
class Network;
class WhoRuns;

/// Ids that were given out and stand for nothing of their own now.
struct FormerIds {
    std::vector<MovedId> moved;
    std::vector<EndedId> ended;
    std::vector<EndedId> ended_sites;
    friend bool operator==(const FormerIds&, const FormerIds&) = default;
};

/// Ties, meetings and counts of helpers, which refer to lists alone.
struct TieRows {
    std::vector<RelationRow> relations;
    std::vector<ForumRow> forums;
    std::vector<HelperCountRow> helper_counts;
};

class Snapshot {
  public:
    /// Takes the state over and builds everything. Seconds at most: 200,000 services in well under two.
    static std::shared_ptr<const Snapshot> build(State state, const Taxonomy& taxonomy, const Holidays& holidays);

    /// The same edition, name and answers as build(), kept as what differs from the public's. The difference is taken
    /// from the base that is held: one of another state of the store costs memory and changes no answer.
    /// \param base a public edition
    static std::shared_ptr<const Snapshot> over(const std::shared_ptr<const Snapshot>& base, State state);

    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

    Audience audience;
    const Taxonomy& taxonomy;
    std::string edition;
    std::vector<OfferedPolicy> policies;                        ///< each audience has its own
    std::vector<std::shared_ptr<const MatchRules>> match_rules; ///< likewise
    // Shared with the base where they are the same, and immutable: nothing of an overlay gets into them.
    std::shared_ptr<const Ground> ground;
    std::shared_ptr<const NeedIndex> needs;
    std::shared_ptr<const FormerIds> former;
    std::shared_ptr<const TieRows> ties;
    std::shared_ptr<const Network> network; ///< each audience has its own: it knows others by their names
    std::shared_ptr<const Part> base;
    std::unique_ptr<const Overlay> overlay; ///< null: the base is all there is

    /// Made by whoever asks first.
    mutable std::once_flag municipal_index_asked;
    mutable std::shared_ptr<const MunicipalIndex> municipal_index;
    mutable std::once_flag who_runs_asked;
    mutable std::shared_ptr<const WhoRuns> who_runs;
    KeptCoverages kept_coverages; ///< each audience has its own: it counts what it may see

    /// Where a service is kept.
    struct Kept {
        const Part& part;
        std::uint32_t place;
    };
    [[nodiscard]] Kept kept(std::uint32_t service) const noexcept {
        const auto count = static_cast<std::uint32_t>(base->services.size());
        return service < count ? Kept{*base, service} : Kept{overlay->part, service - count};
    }
    [[nodiscard]] const ServiceRow& service(std::uint32_t index) const noexcept {
        const auto [part, place] = kept(index);
        return part.services[place];
    }

    // Keys that ascend with an order over both parts.
    [[nodiscard]] std::uint64_t name_key(std::uint32_t service) const noexcept {
        return overlay == nullptr ? base->columns.name_rank[service] : overlay->name_key(service);
    }
    [[nodiscard]] std::uint64_t id_key(std::uint32_t service) const noexcept {
        return overlay == nullptr ? service : overlay->orders.services.key(service);
    }

    /// Services of both parts, as either has them: those that are there, in the order of their ids.
    [[nodiscard]] std::vector<std::uint32_t> merged(std::span<const std::uint32_t> of_base,
                                                    std::span<const std::uint32_t> of_own) const;

  private:
    Snapshot(Audience whose, const Taxonomy& words) : audience(std::move(whose)), taxonomy(words) {}
};

} // namespace shirube::directory
