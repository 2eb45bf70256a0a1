#include "directory/coverage.hpp"

#include "directory/coverage/claims.hpp"
#include "directory/coverage/counting.hpp"
#include "directory/coverage/day_totals.hpp"
#include "directory/coverage/functions.hpp"
#include "directory/coverage/groundwork.hpp"
#include "directory/coverage/need_weight.hpp"
#include "directory/coverage/reach.hpp"
#include "directory/coverage/supply.hpp"
#include "directory/coverage/tiers.hpp"
#include "directory/coverage/withheld.hpp"
#include "directory/designated_city.hpp"
#include "geo/nearest.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

namespace shirube::directory {

namespace {

std::optional<double> ratio(std::optional<std::int64_t> part, std::optional<std::int64_t> whole) {
    if (!part || !whole || *whole == 0) {
        return std::nullopt;
    }
    return static_cast<double>(*part) / static_cast<double>(*whole);
}

std::optional<double> per_1000(std::optional<std::int64_t> places, std::optional<std::int64_t> children) {
    const auto each = ratio(places, children);
    return each ? std::optional(1000 * *each) : std::nullopt;
}

/// How many places are somewhere.
struct Unlocated {
    std::int64_t standing = 0;
    std::int64_t outreach = 0;
};

/// What a district's outreach services do together.
struct Outreach {
    double sessions_a_month = 0;
    bool more_perhaps = false; ///< one of them comes nobody knows when

    void add(const Rhythm& rhythm) noexcept {
        sessions_a_month += rhythm.sessions_a_month;
        more_perhaps = more_perhaps || rhythm.more_perhaps;
    }
};

class Computation {
  public:
    Computation(const Groundwork& work, std::span<const Counted> counted, Instant at)
        : work_(work),
          reader_(work.reader),
          policy_(work.policy),
          layer_(work.layer),
          day_(at.day),
          counted_(counted),
          claims_(reader_, policy_, work.municipalities, at.day),
          functions_(reader_, policy_, layer_, work.municipalities, at.day) {
        out_.policy = &policy_;
        out_.layer = &layer_;
        out_.at = at;
        out_.lists = claims_.lists();
        out_.districts.resize(layer_.count);
        outreach_.resize(layer_.count);
        for (std::uint32_t i = 0; i < layer_.count; ++i) {
            out_.districts[i].district = layer_.first + i;
        }
        for (std::size_t i = 0; i < counted.size(); ++i) {
            if (counted[i] != Counted::out) {
                count(i);
            }
        }
    }

    Coverage whole(std::int64_t least_told) {
        const auto places = counted_places(work_, counted_);
        auto known_m = geo::nearest_distances(work_.children->centres, places.for_all);
        const auto nearest_m = nearest_m_medians(work_, known_m, places);
        for (std::uint32_t i = 0; i < layer_.count; ++i) {
            out_.districts[i].nearest_m_median = nearest_m[i];
        }
        add_supply();
        if (policy_.need) {
            add_need();
        }
        settle_unlocated();
        add_children(reach_of_layer(work_, reach_of_cells(work_, std::move(known_m), places, longest_reach_m(policy_)),
                                    places, may_be_anywhere()));
        decide_tiers();
        add_totals();
        if (least_told > 1 && reader_.audience().is_public()) {
            withhold_small_children(out_, least_told);
        }
        number_blank_areas();
        note_unknown_districts();
        return std::move(out_);
    }

    /// The totals alone.
    CoverageTotals totals(const ReachOfCells& cells, const CountedPlaces& places) {
        settle_unlocated();
        add_children(reach_of_layer(work_, cells, places, may_be_anywhere()));
        decide_tiers();
        add_totals();
        return out_.totals;
    }

  private:
    [[nodiscard]] const DistrictRow& district(std::uint32_t place) const { return work_.district(place); }
    [[nodiscard]] const ListCover& cover_of(std::uint32_t place) const {
        return claims_.in(work_.municipalities.of(place));
    }

    /// \param candidate one that is not out
    void count(std::size_t candidate) {
        const Counted counted = counted_[candidate];
        const auto service = work_.candidates.all()[candidate].service;
        const auto districts = work_.districts_of(candidate);
        if (counted != Counted::planned) {
            count_place(reader_.services()[service], districts);
        }
        bool surely_counted = false;
        for (const auto& membership : districts) {
            DistrictCoverage& of = out_.districts[membership.district];
            if (counted == Counted::planned) {
                ++of.services_planned;
            } else if (!membership.sure || counted == Counted::possible) {
                ++of.services_possible;
                functions_.note_possible(membership.district, service);
            } else if (counted == Counted::outreach) {
                ++of.services_outreach;
                outreach_[membership.district].add(rhythm_of(reader_.rules(service)));
            } else {
                ++of.services;
                functions_.note_standing(membership.district, service);
                surely_counted = surely_counted || is_counted(membership.district);
            }
        }
        if (surely_counted) {
            ++places_in_counted_;
        }
        const bool may_stand = counted == Counted::standing || counted == Counted::possible;
        if (may_stand &&
            std::ranges::any_of(districts, [&](const Membership& of) { return is_counted(of.district); })) {
            ++places_perhaps_in_counted_;
        }
    }

    /// Where a service went: the four bins add up to all of those that concern the layer's municipalities.
    void count_place(const ServiceRow& row, std::span<const Membership> districts) {
        CoverageTotals& totals = out_.totals;
        const SiteRow& site = reader_.sites()[row.site];
        const bool concerns = !districts.empty() || work_.municipalities.find(site.municipality) ||
                              (site.municipality.empty() && !site.position);
        if (!concerns) {
            return;
        }
        ++totals.services;
        if (std::ranges::any_of(districts, &Membership::sure)) {
            ++totals.services_assigned;
        } else if (!districts.empty()) {
            ++totals.services_possible;
        } else if (!site.position) {
            ++totals.services_unlocated;
            note_unlocated(row, site);
        } else {
            ++totals.services_outside;
        }
    }

    /// Where a place without a position may be: in its municipality, else in any that its list speaks of.
    void note_unlocated(const ServiceRow& row, const SiteRow& site) {
        std::vector<std::string> areas;
        if (!site.municipality.empty() || row.list == k_no_index || reader_.lists()[row.list].claims.empty()) {
            areas.push_back(site.municipality);
        } else {
            for (const Claim& claim : reader_.lists()[row.list].claims) {
                areas.push_back(claim.municipality);
            }
        }
        std::ranges::sort(areas);
        const auto [first, last] = std::ranges::unique(areas);
        areas.erase(first, last);
        Unlocated& of = unlocated_[std::move(areas)];
        ++(reader_.taxonomy().at(row.programme).outreach ? of.outreach : of.standing);
    }

    /// By municipality of the layer: how many of the places that nobody can locate may be in it.
    void settle_unlocated() {
        const auto& municipalities = work_.municipalities;
        unlocated_in_.assign(municipalities.size(), {});
        std::vector<bool> is_counted_in(municipalities.size());
        for (std::uint32_t i = 0; i < layer_.count; ++i) {
            is_counted_in[municipalities.of(i)] = is_counted_in[municipalities.of(i)] || is_counted(i);
        }
        for (const auto& [areas, unlocated] : unlocated_) {
            std::set<std::size_t> may_hold;
            for (const std::string& area : areas) {
                add_municipalities(area, may_hold);
            }
            for (const auto municipality : may_hold) {
                unlocated_in_[municipality].outreach += unlocated.outreach;
                unlocated_in_[municipality].standing += unlocated.standing;
            }
            if (std::ranges::any_of(may_hold, [&](std::size_t municipality) { return is_counted_in[municipality]; })) {
                places_perhaps_in_counted_ += unlocated.standing;
            }
        }
    }

    /// What is somewhere in an area, or nobody knows where, may be in these.
    void add_municipalities(const std::string& area, std::set<std::size_t>& to) const {
        const auto& municipalities = work_.municipalities;
        if (area.empty()) {
            for (std::size_t i = 0; i < municipalities.size(); ++i) {
                to.insert(i);
            }
            return;
        }
        municipalities.for_each_in(area, [&](std::size_t municipality) { to.insert(municipality); });
        // What is somewhere in a ward may be anywhere in what its districts say of the whole city.
        constexpr std::size_t k_prefecture_digits = 2;
        for (const auto found : {municipalities.find(designated_city_of(area)),
                                 municipalities.find(std::string_view(area).substr(0, k_prefecture_digits))}) {
            if (found) {
                to.insert(*found);
            }
        }
    }

    /// By municipality of the layer: whether there may be a standing place of which nobody knows where, because its
    /// list does not say, or because lists do not say what there is.
    [[nodiscard]] std::vector<bool> may_be_anywhere() const {
        std::vector<bool> may(work_.municipalities.size());
        for (std::uint32_t i = 0; i < may.size(); ++i) {
            may[i] = !claims_.in(i).absence_known || unlocated_in_[i].standing > 0;
        }
        return may;
    }

    /// 休校, or a district that is not any more, or not yet.
    [[nodiscard]] bool is_set_apart(std::uint32_t place) const {
        const DistrictRow& row = district(place);
        return row.status == DistrictStatus::suspended || (row.valid_from && day_ < *row.valid_from) ||
               (row.valid_to && *row.valid_to < day_);
    }

    [[nodiscard]] bool is_counted(std::uint32_t place) const { return !is_set_apart(place) && cover_of(place).any; }

    void add_supply() {
        if (!policy_.supply || !work_.children->knows_anybody()) {
            return;
        }
        const auto supply = supply_of_layer(work_, counted_, day_);
        out_.supply = supply.basis;
        for (std::uint32_t i = 0; i < layer_.count; ++i) {
            out_.districts[i].supply_ratio = supply.ratio[i];
            out_.districts[i].supply = supply.held[i];
        }
    }

    void add_children(const ReachOfLayer& reach) {
        const LayerChildren& children = *work_.children;
        out_.children_basis = children.basis;
        out_.children_outside = children.outside;
        out_.children_unplaced = children.unplaced;
        for (std::uint32_t i = 0; i < layer_.count; ++i) {
            DistrictCoverage& of = out_.districts[i];
            of.children = children.districts[i].children;
            if (of.children && children.districts[i].estimated) {
                of.notes.emplace_back("children_estimated");
            }
            if (children.unplaced_in.contains(district(i).municipality)) {
                of.notes.emplace_back("children_unplaced");
            }
            // Without a list that speaks of the programmes nobody knows who is reached.
            if (!cover_of(i).any) {
                of.supply_ratio.reset();
                of.supply.reset();
                continue;
            }
            if (cover_of(i).absence_known) {
                of.services_at_most =
                    of.services + of.services_possible + unlocated_in_[work_.municipalities.of(i)].standing;
            }
            of.children_covered = reach.covered[i];
            of.children_covered_at_most = reach.covered_at_most[i];
            of.share_covered = ratio(of.children_covered, of.children);
            of.share_covered_at_most = ratio(of.children_covered_at_most, of.children);
            of.per_1000_children = per_1000(of.services_told(), of.children);
            of.per_1000_children_at_most = per_1000(of.services_at_most, of.children);
            if (of.supply_ratio && reach.is_supply_doubtful[i]) {
                of.notes.emplace_back("supply_unconfirmed");
                if (*of.supply_ratio == 0) {
                    of.supply_ratio.reset(); // none is sure, and there may be some
                    of.supply.reset();
                }
            }
        }
    }

    void add_need() {
        const auto need = need_of_layer(reader_, policy_, layer_, *work_.children, day_);
        out_.need = CoverageNeed{need.sample, need.total, need.is_plan};
        for (std::uint32_t i = 0; i < layer_.count; ++i) {
            DistrictCoverage& of = out_.districts[i];
            of.need = need.districts[i].value;
            if (of.need && need.districts[i].estimated) {
                of.notes.emplace_back("need_estimated");
            }
            if (need.districts[i].withheld) {
                of.notes.emplace_back("need_withheld");
            }
        }
    }

    /// Whether so many of the children as the policy asks are within reach: surely, or surely not.
    [[nodiscard]] Holds reaches(const DistrictCoverage& of) const {
        if (!policy_.reach_share || of.children == 0) {
            return Holds::yes;
        }
        if (!of.share_covered || !of.share_covered_at_most) {
            return Holds::maybe;
        }
        return *of.share_covered >= *policy_.reach_share          ? Holds::yes
               : *of.share_covered_at_most < *policy_.reach_share ? Holds::no
                                                                  : Holds::maybe;
    }

    void decide_tiers() {
        functions_.decide();
        for (std::uint32_t i = 0; i < layer_.count; ++i) {
            DistrictCoverage& of = out_.districts[i];
            const ListCover& cover = cover_of(i);
            Evidence evidence;
            evidence.suspended = is_set_apart(i);
            evidence.covered_by_any_list = cover.any;
            evidence.standing = of.services;
            evidence.function = functions_.of(i);
            evidence.reach = reaches(of);
            evidence.outreach_enough = outreach_[i].sessions_a_month >= policy_.outreach_per_month;
            // A list that knows of a place and not where it is does not say that there is none here.
            const Unlocated& unlocated = unlocated_in_[work_.municipalities.of(i)];
            const bool perhaps_here = unlocated.standing + unlocated.outreach > 0;
            evidence.doubtful = of.services_possible + of.services_planned + (outreach_[i].more_perhaps ? 1 : 0) +
                                (perhaps_here ? 1 : 0);
            evidence.absence_known = cover.absence_known;
            of.tier = tier_of(evidence);
            of.functions_missing = functions_.missing(i);
            of.constituents_missing = functions_.constituents_missing(i);
            note_reasons(of, cover, evidence, perhaps_here);
        }
    }

    static void note_reasons(DistrictCoverage& of, const ListCover& cover, const Evidence& evidence,
                             bool perhaps_here) {
        if (cover.partial && !cover.absence_known) {
            of.notes.emplace_back("list_partial");
        }
        if (cover.expired) {
            of.notes.emplace_back("list_expired");
        }
        if (cover.later) {
            of.notes.emplace_back("list_later");
        }
        if (cover.undated) {
            of.notes.emplace_back("list_undated");
        }
        if (of.services_planned > 0) {
            of.notes.emplace_back("planned");
        }
        if (of.tier == Tier::unconfirmed && perhaps_here) {
            of.notes.emplace_back("unlocated_nearby");
        }
        if (of.services > 0 && evidence.function == Holds::maybe) {
            of.notes.emplace_back("function_unconfirmed");
        }
        if (of.services > 0 && evidence.reach == Holds::maybe) {
            of.notes.emplace_back(of.share_covered ? "reach_unconfirmed" : "reach_unknown");
        }
        if (!of.constituents_missing.empty()) {
            of.notes.emplace_back("constituent_missing");
        }
    }

    void add_totals() {
        CoverageTotals& totals = out_.totals;
        std::int64_t with_any = 0;
        std::int64_t perhaps_with_any = 0;
        std::int64_t covered = 0;
        std::int64_t covered_at_most = 0;
        bool covered_known = true;
        bool all_listed = true;
        for (std::uint32_t i = 0; i < layer_.count; ++i) {
            const DistrictCoverage& of = out_.districts[i];
            ++totals.by_tier[static_cast<std::size_t>(of.tier)];
            if (!is_counted(i)) {
                continue;
            }
            ++totals.districts;
            // Of a set, one that has a part of it does not have it.
            const bool has = of.services > 0 && functions_.of(i) == Holds::yes;
            const bool may_have = of.services > 0 && functions_.of(i) != Holds::no;
            if (has) {
                ++with_any;
            }
            if (may_have || of.tier == Tier::unconfirmed) {
                ++perhaps_with_any;
            }
            if (of.children) {
                totals.children_known = totals.children_known.value_or(0) + *of.children;
            } else {
                ++totals.districts_children_unknown;
            }
            covered += of.children_covered.value_or(0);
            covered_at_most += of.children_covered_at_most.value_or(0);
            covered_known = covered_known && of.children_covered;
            all_listed = all_listed && of.services_at_most;
        }
        if (totals.districts_children_unknown == 0) {
            totals.children = totals.children_known;
        }
        if (totals.districts == 0) {
            return;
        }
        const auto districts = static_cast<double>(totals.districts);
        totals.share_with_any = static_cast<double>(with_any) / districts;
        totals.share_with_any_at_most = static_cast<double>(perhaps_with_any) / districts;
        if (covered_known) {
            totals.children_covered = covered;
            totals.children_covered_at_most = covered_at_most;
        }
        totals.share_covered = ratio(totals.children_covered, totals.children);
        totals.share_covered_at_most = ratio(totals.children_covered_at_most, totals.children);
        if (all_listed) {
            totals.places_per_district_at_most = static_cast<double>(places_perhaps_in_counted_) / districts;
            totals.per_1000_children_at_most = per_1000(places_perhaps_in_counted_, totals.children);
        }
        // None is a figure where lists say that there is none.
        if (places_in_counted_ > 0 || totals.places_per_district_at_most == 0.0) {
            totals.places_per_district = static_cast<double>(places_in_counted_) / districts;
            totals.per_1000_children = per_1000(places_in_counted_, totals.children);
        }
    }

    /// The largest need first where the policy weighs by one, else most children; unknown last.
    void number_blank_areas() {
        for (std::uint32_t i = 0; i < layer_.count; ++i) {
            if (out_.districts[i].tier != Tier::blank) {
                continue;
            }
            out_.blank_areas.push_back({0, layer_.first + i, reader_.label_point(layer_.first + i),
                                        out_.districts[i].children, out_.districts[i].need});
        }
        const bool by_need =
            std::ranges::any_of(out_.blank_areas, [](const BlankArea& area) { return area.need.has_value(); });
        std::ranges::stable_sort(out_.blank_areas, std::greater<>{}, [&](const BlankArea& area) {
            constexpr double unknown = -1;
            return by_need         ? area.need.value_or(unknown)
                   : area.children ? static_cast<double>(*area.children)
                                   : unknown;
        });
        int number = 0;
        for (auto& area : out_.blank_areas) {
            area.number = ++number;
        }
    }

    /// A way of going there that is given to a district that is not there is a slip of the pen, and changes nothing.
    void note_unknown_districts() {
        for (const auto& local : policy_.local_travel) {
            for (const auto& code : local.districts) {
                if (!reader_.find_district(layer_.code, code)) {
                    out_.unknown_districts.push_back(code);
                }
            }
        }
    }

    const Groundwork& work_;
    const Reader& reader_;
    const Policy& policy_;
    const Layer& layer_;
    Day day_;
    std::span<const Counted> counted_;
    Claims claims_;
    Functions functions_;
    /// Places that nobody can locate, by the municipalities, cities and prefectures that they may be in; an empty name
    /// is nobody knows which.
    std::map<std::vector<std::string>, Unlocated> unlocated_;
    std::vector<Unlocated> unlocated_in_; ///< by municipality of the layer, each in all that it may be in
    std::vector<Outreach> outreach_;      ///< by district
    std::int64_t places_in_counted_ = 0;
    std::int64_t places_perhaps_in_counted_ = 0; ///< with those, standing ones that may be in some counted district
    Coverage out_;
};

} // namespace

Coverage compute_coverage(const Reader& reader, const Policy& policy, const Layer& layer, Instant at,
                          std::int64_t least_told) {
    const Groundwork work(reader, policy, layer);
    const auto counted = counted_on(work.candidates, at.day);
    return Computation(work, counted, at).whole(least_told);
}

CoverageTotals totals_on(const Groundwork& work, std::span<const Counted> counted, Day day, const ReachOfCells& cells,
                         const CountedPlaces& places) {
    return Computation(work, counted, {day, 0}).totals(cells, places);
}

} // namespace shirube::directory
