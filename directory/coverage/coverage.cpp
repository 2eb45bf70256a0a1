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
#include <set>

namespace shirube::directory {

namespace {

std::optional<double> ratio(double part, std::optional<std::int64_t> whole) {
    if (!whole || *whole == 0) {
        return std::nullopt;
    }
    return part / static_cast<double>(*whole);
}

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
        const auto reach =
            reach_of_layer(work_, geo::nearest_distances(work_.children->centres, places.for_all), places);
        add_supply();
        if (policy_.need) {
            add_need();
        }
        for (std::uint32_t i = 0; i < layer_.count; ++i) {
            out_.districts[i].nearest_m_median = reach.nearest_m_median[i];
        }
        add_children(reach.covered);
        decide_tiers();
        add_totals();
        if (least_told > 1 && reader_.audience().is_public()) {
            withhold_small_children(out_, least_told);
        }
        number_blank_areas();
        return std::move(out_);
    }

    /// The totals alone. \param covered children within reach, by district
    CoverageTotals totals(std::span<const std::optional<std::int64_t>> covered) {
        add_children(covered);
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
        if (!site.municipality.empty() || row.list == k_no_index || reader_.lists()[row.list].claims.empty()) {
            unlocated_in_.insert(site.municipality);
            return;
        }
        for (const Claim& claim : reader_.lists()[row.list].claims) {
            unlocated_in_.insert(claim.municipality);
        }
    }

    /// By municipality of the layer: whether a place that nobody can locate may be in it.
    [[nodiscard]] std::vector<bool> may_hold_unlocated() const {
        const auto& municipalities = work_.municipalities;
        std::vector<bool> may(municipalities.size());
        const auto note = [&](std::optional<std::size_t> municipality) {
            if (municipality) {
                may[*municipality] = true;
            }
        };
        for (const std::string& area : unlocated_in_) {
            if (area.empty()) {
                may.assign(may.size(), true);
                break;
            }
            municipalities.for_each_in(area, note);
            // What is somewhere in a ward may be anywhere in what its districts say of the whole city.
            constexpr std::size_t k_prefecture_digits = 2;
            note(municipalities.find(designated_city_of(area)));
            note(municipalities.find(std::string_view(area).substr(0, k_prefecture_digits)));
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
        const auto supply = supply_of_layer(work_, counted_);
        out_.supply = supply.basis;
        for (std::uint32_t i = 0; i < layer_.count; ++i) {
            out_.districts[i].supply_ratio = supply.ratio[i];
        }
    }

    void add_children(std::span<const std::optional<std::int64_t>> covered) {
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
                continue;
            }
            of.children_covered = covered[i];
            if (of.children_covered) {
                of.share_covered = ratio(static_cast<double>(*of.children_covered), of.children);
            }
            of.per_1000_children = ratio(1000.0 * static_cast<double>(of.services), of.children);
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

    /// Whether so many of the children as the policy asks are within reach.
    [[nodiscard]] Holds reaches(const DistrictCoverage& of) const {
        if (!policy_.reach_share || of.children == 0) {
            return Holds::yes;
        }
        if (!of.share_covered) {
            return Holds::maybe;
        }
        return *of.share_covered >= *policy_.reach_share ? Holds::yes : Holds::no;
    }

    void decide_tiers() {
        functions_.decide();
        const auto may_hold = may_hold_unlocated();
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
            const bool perhaps_here = may_hold[work_.municipalities.of(i)];
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
            of.notes.emplace_back("reach_unknown");
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
        bool covered_known = true;
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
            covered_known = covered_known && of.children_covered;
        }
        if (totals.districts_children_unknown == 0) {
            totals.children = totals.children_known;
        }
        if (totals.districts > 0) {
            totals.children_covered = covered_known ? std::optional(covered) : std::nullopt;
            totals.share_with_any = static_cast<double>(with_any) / static_cast<double>(totals.districts);
            totals.share_with_any_at_most =
                static_cast<double>(perhaps_with_any) / static_cast<double>(totals.districts);
            totals.places_per_district =
                static_cast<double>(places_in_counted_) / static_cast<double>(totals.districts);
        }
        if (totals.children_covered) {
            totals.share_covered = ratio(static_cast<double>(*totals.children_covered), totals.children);
        }
        if (totals.districts > 0) {
            totals.per_1000_children = ratio(1000.0 * static_cast<double>(places_in_counted_), totals.children);
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

    const Groundwork& work_;
    const Reader& reader_;
    const Policy& policy_;
    const Layer& layer_;
    Day day_;
    std::span<const Counted> counted_;
    Claims claims_;
    Functions functions_;
    std::set<std::string> unlocated_in_; ///< municipalities and prefectures with a place that nobody can locate
    std::vector<Outreach> outreach_;     ///< by district
    std::int64_t places_in_counted_ = 0;
    Coverage out_;
};

} // namespace

Coverage compute_coverage(const Reader& reader, const Policy& policy, const Layer& layer, Instant at,
                          std::int64_t least_told) {
    const Groundwork work(reader, policy, layer);
    const auto counted = counted_on(work.candidates, at.day);
    return Computation(work, counted, at).whole(least_told);
}

CoverageTotals totals_on(const Groundwork& work, std::span<const Counted> counted, Day day,
                         std::span<const std::optional<std::int64_t>> covered) {
    return Computation(work, counted, {day, 0}).totals(covered);
}

} // namespace shirube::directory
