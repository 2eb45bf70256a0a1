#include "directory/match/match.hpp"

#include "directory/match/candidates.hpp"
#include "directory/match/onward.hpp"
#include "directory/match/suitability.hpp"

#include <algorithm>
#include <map>
#include <span>
#include <tuple>

namespace shirube::directory {

namespace {

/// Twice as far as the first choice, and more than what one would call next door.
constexpr int k_farther_times = 2;
constexpr int k_farther_minutes = 10;
/// Threes of so many are looked at.
constexpr std::size_t k_most_combined = 40;

/// A candidate and what the tests made of it.
struct Judged {
    Candidate candidate;
    PairSet fits;
    PairSet fits_not;
    ReasonCode first_no = ReasonCode::none;
    RankKey key; ///< over all pairs that it fits
};

/// How it stands for one pair.
struct Standing {
    std::size_t judged = 0;
    RankKey key;
};

class Matching {
  public:
    Matching(const Reader& reader, const MatchRules& rules, const Family& family, Instant at)
        : asked_(reader, rules, family, at), standings_(asked_.pairs.size()) {
        wanted_.resize(reader.taxonomy().programmes().size());
        for (std::size_t pair = 0; pair < asked_.pairs.size(); ++pair) {
            for (const auto programme : rules.needs[asked_.pairs[pair].need].programmes) {
                wanted_[programme].set(pair);
            }
        }
    }

    MatchAnswer answer() {
        for (const auto& pair : asked_.pairs) {
            answer_.pairs.push_back({pair.person, pair.need});
        }
        judge_all();
        choose();
        list();
        combine_choices();
        tell_excluded();
        answer_.afterwards = onward(asked_, answer_);
        answer_.residence = asked_.municipality;
        return std::move(answer_);
    }

  private:
    /// Asks the processor for what judging those some places on will read: one after the other each would wait for
    /// memory, for its row and then for its place.
    void fetch_ahead(std::span<const std::uint32_t> services, std::size_t i) const {
        constexpr std::size_t k_rows = 16;
        constexpr std::size_t k_places = 8; // the row that says where is there by then
        if (i + k_rows < services.size()) {
            const ServiceRow& row = asked_.reader.services()[services[i + k_rows]];
            for (const void* const part :
                 {static_cast<const void*>(&row.site), static_cast<const void*>(&row.entry),
                  static_cast<const void*>(&row.features), static_cast<const void*>(&row.use_terms)}) {
                __builtin_prefetch(part);
            }
        }
        if (i + k_places < services.size()) {
            const auto site = asked_.reader.services()[services[i + k_places]].site;
            const SiteRow& place = asked_.reader.sites()[site];
            __builtin_prefetch(&place.position);
            __builtin_prefetch(&place.municipality);
        }
    }

    void judge_all() {
        const auto services = candidates_of(asked_);
        answer_.considered = services.size();
        judged_.reserve(services.size());
        std::vector<std::pair<std::size_t, RankKey>> keys;
        for (std::size_t i = 0; i < services.size(); ++i) {
            fetch_ahead(services, i);
            Judged judged{candidate_of(asked_, services[i]), {}, {}, ReasonCode::none, {}};
            keys.clear();
            const PairSet& wanted = wanted_[judged.candidate.row->programme];
            for (std::size_t pair = 0; pair < asked_.pairs.size(); ++pair) {
                if (!wanted[pair]) {
                    continue;
                }
                const auto judgement = judge(asked_, asked_.pairs[pair], judged.candidate);
                if (judgement.fits) {
                    judged.fits.set(pair);
                    keys.emplace_back(pair, key_of(pair, judgement, judged.candidate));
                } else {
                    judged.fits_not.set(pair);
                    judged.first_no = judged.first_no == ReasonCode::none ? judgement.first_no : judged.first_no;
                }
            }
            const int covers = static_cast<int>(keys.size());
            for (auto& [pair, key] : keys) {
                key.covers = covers;
                standings_[pair].push_back({judged_.size(), key});
                add(judged.key, key);
            }
            judged.key.covers = covers;
            judged.key.id = judged.candidate.row->id;
            judged_.push_back(std::move(judged));
        }
    }

    /// Of several pairs the best in each respect, and all that is open.
    static void add(RankKey& all, const RankKey& one) {
        all.open += one.open;
        all.rule = std::min(all.rule, one.rule);
        all.step = std::min(all.step, one.step);
        all.place = all.covers == 0 ? one.place : std::min(all.place, one.place);
        all.minutes = std::min(all.minutes, one.minutes);
        all.covers = one.covers;
    }

    RankKey key_of(std::size_t number, const Judgement& judgement, const Candidate& candidate) const {
        const AskedPair& pair = asked_.pairs[number];
        RankKey key;
        key.open = judgement.open;
        if (const auto rule = pair.rules.preference(candidate.offer)) {
            key.rule = static_cast<int>(*rule);
        }
        if (const auto step = pair.rules.step(candidate.row->programme)) {
            key.step = static_cast<int>(*step);
        }
        const auto way = way_of(asked_, pair, candidate);
        key.place = way ? static_cast<int>(way->rank) : 0;
        key.minutes = candidate.offer.comes_home ? 0 : way ? way->minutes : RankKey::k_last;
        key.id = candidate.row->id;
        return key;
    }

    /// The best of each pair; where all of them lie together, the last gives way to the best that lies farther.
    void choose() {
        chosen_.resize(asked_.pairs.size());
        for (std::size_t pair = 0; pair < asked_.pairs.size(); ++pair) {
            auto& standings = standings_[pair];
            std::ranges::sort(standings, stands_before, &Standing::key);
            auto& chosen = chosen_[pair];
            chosen.assign(standings.begin(),
                          standings.begin() + static_cast<std::ptrdiff_t>(std::min(standings.size(), k_choices_each)));
            farther_.push_back(take_farther(standings, chosen));
        }
    }

    /// \return whether the last of the chosen is there because it lies farther
    static bool take_farther(const std::vector<Standing>& standings, std::vector<Standing>& chosen) {
        if (chosen.size() < k_choices_each) {
            return false;
        }
        const int nearest = std::ranges::min(chosen, {}, [](const Standing& of) { return of.key.minutes; }).key.minutes;
        const auto is_farther = [&](const Standing& of) {
            return of.key.minutes != RankKey::k_last &&
                   of.key.minutes >= std::max(k_farther_minutes, k_farther_times * nearest);
        };
        if (std::ranges::any_of(chosen, is_farther)) {
            return false;
        }
        const auto found = std::ranges::find_if(standings, is_farther);
        if (found == standings.end()) {
            return false;
        }
        chosen.back() = *found;
        return true;
    }

    /// All that was chosen, once, by its rank over all pairs.
    void list() {
        std::vector<std::size_t> listed;
        for (const auto& chosen : chosen_) {
            for (const auto& standing : chosen) {
                listed.push_back(standing.judged);
            }
        }
        std::ranges::sort(listed,
                          [&](std::size_t a, std::size_t b) { return stands_before(judged_[a].key, judged_[b].key); });
        const auto [first, last] = std::ranges::unique(listed);
        listed.erase(first, last);
        std::map<std::size_t, std::size_t> entry_of;
        for (const auto judged : listed) {
            entry_of.emplace(judged, answer_.shortlist.size());
            answer_.shortlist.push_back(entry(judged_[judged]));
        }
        for (std::size_t pair = 0; pair < chosen_.size(); ++pair) {
            auto& choices = answer_.choices.emplace_back();
            for (const auto& standing : chosen_[pair]) {
                choices.push_back({entry_of.at(standing.judged), standing.key, false});
            }
            if (farther_[pair]) {
                choices.back().is_farther = true;
            }
        }
    }

    [[nodiscard]] ShortlistEntry entry(const Judged& judged) const {
        ShortlistEntry entry;
        entry.service = judged.candidate.service;
        entry.key = judged.key;
        entry.comes_home = judged.candidate.offer.comes_home;
        for (std::size_t pair = 0; pair < asked_.pairs.size(); ++pair) {
            if (!judged.fits[pair]) {
                continue;
            }
            const auto way = way_of(asked_, asked_.pairs[pair], judged.candidate);
            if (way &&
                (!entry.way || std::pair(way->rank, way->minutes) < std::pair(entry.way->rank, entry.way->minutes))) {
                entry.way = way;
            }
        }
        entry.fits = reasons_of(judged, judged.fits);
        entry.fits_not = reasons_of(judged, judged.fits_not);
        return entry;
    }

    [[nodiscard]] std::vector<PairReasons> reasons_of(const Judged& judged, const PairSet& pairs) const {
        std::vector<PairReasons> reasons;
        for (std::size_t pair = 0; pair < asked_.pairs.size(); ++pair) {
            if (pairs[pair]) {
                reasons.push_back({pair, explain(asked_, asked_.pairs[pair], judged.candidate)});
            }
        }
        return reasons;
    }

    /// Of the choices of each pair as many as can be looked at all together, the best of each before the second of any.
    void combine_choices() {
        std::vector<std::size_t> entries;
        for (std::size_t rank = 0; rank < k_choices_each; ++rank) {
            for (const auto& choices : answer_.choices) {
                if (rank < choices.size() && entries.size() < k_most_combined &&
                    std::ranges::find(entries, choices[rank].entry) == entries.end()) {
                    entries.push_back(choices[rank].entry);
                }
            }
        }
        std::ranges::sort(entries);
        std::vector<CombinedPart> parts;
        parts.reserve(entries.size());
        for (const auto entry : entries) {
            parts.push_back(part(answer_.shortlist[entry]));
        }
        PairSet all;
        for (std::size_t pair = 0; pair < answer_.choices.size(); ++pair) {
            all.set(pair, !answer_.choices[pair].empty());
        }
        answer_.combinations = combine(parts);
        for (auto& combination : answer_.combinations) {
            for (auto& i : combination.parts) {
                i = entries[i];
            }
        }
        answer_.combinations_cover_all = !answer_.combinations.empty() && answer_.combinations.front().covers == all;
    }

    [[nodiscard]] CombinedPart part(const ShortlistEntry& entry) const {
        CombinedPart part;
        for (const auto& fits : entry.fits) {
            part.covers.set(fits.pair);
        }
        part.site = asked_.reader.services()[entry.service].site;
        part.open = entry.key.open;
        part.is_somewhere = !entry.comes_home;
        part.minutes = entry.way ? entry.way->minutes : 0;
        return part;
    }

    void tell_excluded() {
        std::vector<std::pair<std::optional<double>, std::size_t>> excluded;
        std::map<ReasonCode, std::size_t> by_reason;
        for (std::size_t i = 0; i < judged_.size(); ++i) {
            if (judged_[i].fits.none()) {
                excluded.emplace_back(nearest_m(judged_[i].candidate), i);
                ++by_reason[judged_[i].first_no];
            }
        }
        const auto far_last = [&](const auto& a, const auto& b) {
            return std::tuple(!a.first, a.first.value_or(0), judged_[a.second].key.id) <
                   std::tuple(!b.first, b.first.value_or(0), judged_[b.second].key.id);
        };
        const auto told = static_cast<std::ptrdiff_t>(std::min(excluded.size(), k_most_excluded_told));
        std::ranges::partial_sort(excluded, excluded.begin() + told, far_last);
        excluded.resize(static_cast<std::size_t>(told));
        for (const auto& [distance_m, judged] : excluded) {
            ExcludedEntry entry{judged_[judged].candidate.service, distance_m, {}};
            entry.reasons = reasons_of(judged_[judged], judged_[judged].fits_not);
            for (auto& of : entry.reasons) {
                std::erase_if(of.reasons, [](const Reason& reason) { return reason.verdict() != Openness::no; });
            }
            answer_.excluded.push_back(std::move(entry));
        }
        answer_.excluded_by_reason.assign(by_reason.begin(), by_reason.end());
    }

    static std::optional<double> nearest_m(const Candidate& candidate) {
        std::optional<double> nearest;
        for (const auto& distance_m : candidate.offer.distance_m) {
            if (distance_m && (!nearest || *distance_m < *nearest)) {
                nearest = distance_m;
            }
        }
        return nearest;
    }

    Asked asked_;
    std::vector<PairSet> wanted_; ///< by programme: whose needs it may meet
    std::vector<Judged> judged_;
    std::vector<std::vector<Standing>> standings_; ///< by pair
    std::vector<std::vector<Standing>> chosen_;    ///< by pair
    std::vector<bool> farther_;                    ///< by pair: the last choice lies farther on purpose
    MatchAnswer answer_;
};

} // namespace

MatchAnswer match(const Reader& reader, const MatchRules& rules, const Family& family, Instant at) {
    return Matching(reader, rules, family, at).answer();
}

} // namespace shirube::directory
