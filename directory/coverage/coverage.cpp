#include "directory/coverage.hpp"

#include "directory/coverage/claims.hpp"
#include "directory/coverage/reach.hpp"
#include "directory/coverage/tiers.hpp"
#include "directory/designated_city.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace shirube::directory {

namespace {

std::vector<ProgrammeIndex> expand(const Policy& policy, const Taxonomy& taxonomy) {
    std::set<ProgrammeIndex> all;
    for (const auto programme : policy.any_of) {
        for (const auto below : taxonomy.with_descendants(programme)) {
            all.insert(below);
        }
    }
    return {all.begin(), all.end()};
}

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
    Computation(const Reader& reader, const Policy& policy, const Layer& layer, Instant at)
        : reader_(reader), policy_(policy), layer_(layer), day_(at.day), claims_(reader, policy, at.day) {
        out_.policy = &policy;
        out_.layer = &layer;
        out_.at = at;
        out_.lists = claims_.lists();
        out_.districts.resize(layer.count);
        outreach_.resize(layer.count);
        for (std::uint32_t i = 0; i < layer.count; ++i) {
            out_.districts[i].district = layer.first + i;
            municipalities_.insert(district(i).municipality);
        }
    }

    Coverage run() {
        const auto programmes = expand(policy_, reader_.taxonomy());
        for (const auto programme : programmes) {
            for (const auto service : reader_.located_services_of(programme)) {
                count(service);
            }
        }
        for (const auto service : reader_.unlocated_services()) {
            if (std::ranges::binary_search(programmes, reader_.services()[service].programme)) {
                count(service);
            }
        }
        add_children(programmes);
        decide_tiers();
        add_totals();
        number_blank_areas();
        return std::move(out_);
    }

  private:
    [[nodiscard]] const DistrictRow& district(std::uint32_t place) const {
        return reader_.districts()[layer_.first + place];
    }

    /// Under the policy, on the day: a place that stands, is confirmed, and is not outreach.
    [[nodiscard]] bool counts_as_standing(std::uint32_t service) const {
        const ServiceRow& row = reader_.services()[service];
        const Status status = reader_.status_on(service, day_);
        const bool stands =
            status == Status::active || status == Status::pilot || (policy_.count_planned && status == Status::planned);
        return stands && is_confirmed(row) && !reader_.taxonomy().at(row.programme).outreach;
    }

    [[nodiscard]] bool is_confirmed(const ServiceRow& service) const noexcept {
        return policy_.count_unconfirmed || service.certainty == Certainty::confirmed;
    }

    /// The districts of this layer a service belongs to: those its list says it serves, else those it lies in.
    [[nodiscard]] std::vector<Membership> districts_of(std::uint32_t service) const {
        std::vector<Membership> found;
        const auto of_layer = [&](std::uint32_t index) {
            return index >= layer_.first && index < layer_.first + layer_.count;
        };
        for (const auto index : reader_.serves(service)) {
            if (of_layer(index)) {
                found.push_back({index - layer_.first, true});
            }
        }
        if (!found.empty()) {
            return found;
        }
        for (const auto& membership : reader_.memberships(service)) {
            if (of_layer(membership.district)) {
                found.push_back({membership.district - layer_.first, membership.sure});
            }
        }
        return found;
    }

    void count(std::uint32_t service) {
        const ServiceRow& row = reader_.services()[service];
        const Status status = reader_.status_on(service, day_);
        if (status == Status::closed || status == Status::suspended) {
            return;
        }
        const auto districts = districts_of(service);
        const bool standing = counts_as_standing(service);
        const bool outreach = reader_.taxonomy().at(row.programme).outreach;
        if (status != Status::planned || policy_.count_planned) {
            count_place(row, districts);
        }
        for (const auto& membership : districts) {
            DistrictCoverage& of = out_.districts[membership.district];
            if (status == Status::planned && !policy_.count_planned) {
                ++of.services_planned;
            } else if (!membership.sure || !is_confirmed(row)) {
                ++of.services_possible;
            } else if (outreach) {
                ++of.services_outreach;
                outreach_[membership.district].add(rhythm_of(reader_.rules(service)));
            } else if (standing) {
                ++of.services;
            }
        }
        const bool surely_counted = standing && std::ranges::any_of(districts, [&](const Membership& m) {
                                        return m.sure && is_counted(m.district);
                                    });
        if (surely_counted) {
            ++places_in_counted_;
        }
    }

    /// Where a service went: the four bins add up to all of those that concern the layer's municipalities.
    void count_place(const ServiceRow& row, const std::vector<Membership>& districts) {
        CoverageTotals& totals = out_.totals;
        const SiteRow& site = reader_.sites()[row.site];
        const bool concerns = !districts.empty() || municipalities_.contains(site.municipality) ||
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

    [[nodiscard]] bool may_hold_unlocated(const std::string& municipality) const {
        return std::ranges::any_of(unlocated_in_, [&](const std::string& area) {
            return area.empty() || lies_in(municipality, area) || lies_in(area, municipality);
        });
    }

    /// 休校, or a district that is not any more, or not yet.
    [[nodiscard]] bool is_set_apart(std::uint32_t place) const {
        const DistrictRow& row = district(place);
        return row.status == DistrictStatus::suspended || (row.valid_from && day_ < *row.valid_from) ||
               (row.valid_to && *row.valid_to < day_);
    }

    [[nodiscard]] bool is_counted(std::uint32_t place) const {
        return !is_set_apart(place) && claims_.in(district(place).municipality).any;
    }

    void add_children(const std::vector<ProgrammeIndex>& programmes) {
        auto children = children_of_layer(reader_, policy_, layer_, programmes,
                                          [&](std::uint32_t service) { return counts_as_standing(service); });
        out_.children_basis = std::move(children.basis);
        out_.children_outside = children.outside;
        out_.children_unplaced = children.unplaced;
        for (std::uint32_t i = 0; i < layer_.count; ++i) {
            DistrictCoverage& of = out_.districts[i];
            of.children = children.districts[i].children;
            of.nearest_m_median = children.districts[i].nearest_m_median;
            if (of.children && children.districts[i].estimated) {
                of.notes.emplace_back("children_estimated");
            }
            if (children.unplaced_in.contains(district(i).municipality)) {
                of.notes.emplace_back("children_unplaced");
            }
            // Without a list that speaks of the programmes nobody knows who is reached.
            if (!claims_.in(district(i).municipality).any) {
                continue;
            }
            of.children_covered = children.districts[i].covered;
            if (of.children_covered) {
                of.share_covered = ratio(static_cast<double>(*of.children_covered), of.children);
            }
            of.per_1000_children = ratio(1000.0 * static_cast<double>(of.services), of.children);
        }
    }

    void decide_tiers() {
        for (std::uint32_t i = 0; i < layer_.count; ++i) {
            DistrictCoverage& of = out_.districts[i];
            const ListCover& cover = claims_.in(district(i).municipality);
            Evidence evidence;
            evidence.suspended = is_set_apart(i);
            evidence.covered_by_any_list = cover.any;
            evidence.standing = of.services;
            evidence.outreach_enough = outreach_[i].sessions_a_month >= policy_.outreach_per_month;
            // A list that knows of a place and not where it is does not say that there is none here.
            const bool perhaps_here = may_hold_unlocated(district(i).municipality);
            evidence.doubtful = of.services_possible + of.services_planned + (outreach_[i].more_perhaps ? 1 : 0) +
                                (perhaps_here ? 1 : 0);
            evidence.absence_known = cover.absence_known;
            of.tier = tier_of(evidence);
            if (cover.partial && !cover.absence_known) {
                of.notes.emplace_back("list_partial");
            }
            if (cover.expired) {
                of.notes.emplace_back("list_expired");
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
            if (of.services > 0) {
                ++with_any;
            }
            if (of.services > 0 || of.tier == Tier::unconfirmed) {
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

    void number_blank_areas() {
        for (std::uint32_t i = 0; i < layer_.count; ++i) {
            if (out_.districts[i].tier != Tier::blank) {
                continue;
            }
            const auto& geometry = district(i).geometry;
            out_.blank_areas.push_back({0, layer_.first + i,
                                        geometry.empty() ? std::nullopt : std::optional(geo::point_inside(geometry)),
                                        out_.districts[i].children});
        }
        std::ranges::stable_sort(out_.blank_areas, std::greater<>{},
                                 [](const BlankArea& area) { return area.children.value_or(-1); });
        int number = 0;
        for (auto& area : out_.blank_areas) {
            area.number = ++number;
        }
    }

    const Reader& reader_;
    const Policy& policy_;
    const Layer& layer_;
    Day day_;
    Claims claims_;
    std::set<std::string> municipalities_;
    std::set<std::string> unlocated_in_; ///< municipalities and prefectures with a place that nobody can locate
    std::vector<Outreach> outreach_;     ///< by district
    std::int64_t places_in_counted_ = 0;
    Coverage out_;
};

} // namespace

Coverage compute_coverage(const Reader& reader, const Policy& policy, const Layer& layer, Instant at) {
    return Computation(reader, policy, layer, at).run();
}

} // namespace shirube::directory
