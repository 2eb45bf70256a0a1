#include "directory/network/measures/lone_bases.hpp"

#include "directory/coverage/municipal_index.hpp"
#include "directory/designated_city.hpp"
#include "directory/network/measures/measured_scope.hpp"
#include "directory/programme_tree.hpp"
#include "directory/who_runs.hpp"
#include "geo/distance.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace shirube::directory {

namespace {

constexpr std::array<std::string_view, 3> k_bases{"ikusei_kyoten", "shien_kyoten", "daisan_no_ibasho"};
constexpr std::array<std::string_view, 2> k_places{"nintei_ibasho", "kodomo_shokudo"};

/// Those programmes and their kinds, ascending.
std::vector<ProgrammeIndex> programmes_of(const Taxonomy& taxonomy, std::span<const std::string_view> codes) {
    std::vector<ProgrammeIndex> programmes;
    for (const auto code : codes) {
        for (const auto below : taxonomy.with_descendants(taxonomy.by_code(code).value())) {
            programmes.push_back(below);
        }
    }
    std::ranges::sort(programmes);
    return programmes;
}

/// Less than a degree of latitude has anywhere, in metres.
constexpr double k_least_m_per_lat = 110'000;

double accuracy_at(const SiteRow& site) { return std::max(site.accuracy_m.value_or(0), 0.0); }

/// Places known roughly that may lie within reach of some of these services: in one walk through a country's places,
/// so that nobody's surroundings have to be searched as far as the least accurate of all might lie.
std::vector<std::uint32_t> rough_sites_around(const Reader& reader, std::span<const std::uint32_t> services,
                                              double reach_m) {
    geo::Box box = geo::Box::empty();
    double own_m = 0;
    for (const auto service : services) {
        const auto site = reader.services()[service].site;
        if (site != k_no_index && reader.sites()[site].position) {
            box.expand(*reader.sites()[site].position);
            own_m = std::max(own_m, accuracy_at(reader.sites()[site]));
        }
    }
    std::vector<std::uint32_t> rough;
    if (box.is_empty()) {
        return rough;
    }
    for (const auto site : reader.sites().indices()) {
        const SiteRow& row = reader.sites()[site];
        const double accuracy_m = accuracy_at(row);
        if (!row.position || accuracy_m == 0) {
            continue;
        }
        const double radius_m = reach_m + own_m + accuracy_m;
        const double lat = radius_m / k_least_m_per_lat;
        if (row.position->lat >= box.south - lat && row.position->lat <= box.north + lat &&
            geo::LocalMetric(*row.position).box_around(radius_m).intersects(box)) {
            rough.push_back(site);
        }
    }
    return rough;
}

/// Services of some programmes that stand on the day, wherever they are, and how one of others is in their company.
/// What is far from whoever is asked about is not looked at: a country's page asks of one town.
class Partners {
  public:
    /// \param rough_sites see rough_sites_around()
    Partners(const Reader& reader, const NetworkView& view, Day day, std::vector<ProgrammeIndex> programmes,
             double reach_m, std::span<const std::uint32_t> rough_sites)
        : reader_(reader), view_(view), day_(day), programmes_(std::move(programmes)), reach_m_(reach_m) {
        for (const auto& list : reader.lists()) {
            for (const auto& claim : list.claims) {
                if (speaks_of_them(claim)) {
                    claimed_in_.insert(claim.municipality);
                }
            }
        }
        for (const auto site : rough_sites) {
            const SiteRow& row = reader.sites()[site];
            for (const auto service : reader.who_runs().run_at(site)) {
                if (is_one(service)) {
                    rough_.push_back({.service = service, .position = *row.position, .accuracy_m = accuracy_at(row)});
                    most_rough_m_ = std::max(most_rough_m_, rough_.back().accuracy_m);
                }
            }
        }
        std::ranges::sort(rough_, {}, [](const Rough& rough) { return rough.position.lat; });
    }

    /// \param own those of the service's own kind
    [[nodiscard]] Companion company_of(std::uint32_t service, const Partners& own) const {
        Companion found{.service = service};
        const auto position = position_of(service);
        const Linked linked = linked_to(service, own);
        found.linked = nearest_of(linked.meant, position);
        const bool is_surely_near = position && look_around(service, *position, found);
        const std::string municipality = municipality_of(reader_, service);
        if (linked.is_any) {
            found.company = Company::linked;
        } else if (is_surely_near) {
            found.company = Company::near;
        } else if (position && found.nearest == k_no_index && reader_.network().speaks_of(municipality) &&
                   knows_them_in(municipality)) {
            found.company = Company::alone;
        }
        return found;
    }

  private:
    /// One known roughly.
    struct Rough {
        std::uint32_t service = 0;
        geo::LonLat position;
        double accuracy_m = 0;
    };

    [[nodiscard]] bool is_one(std::uint32_t service) const {
        if (!std::ranges::binary_search(programmes_, reader_.services()[service].programme)) {
            return false;
        }
        const auto status = reader_.status_on(service, day_);
        return status == Status::active || status == Status::pilot;
    }

    [[nodiscard]] bool speaks_of_them(const Claim& claim) const {
        const auto claimed = reader_.taxonomy().by_code(claim.programme);
        return claimed && std::ranges::any_of(programmes_, [&](ProgrammeIndex programme) {
                   return is_within(reader_.taxonomy(), programme, *claimed);
               });
    }

    /// Whether one is known to be a municipality's; asked of each once.
    [[nodiscard]] bool are_some_of(const std::string& municipality) const {
        const auto [known, is_new] = some_of_.try_emplace(municipality, false);
        if (is_new) {
            const auto& index = reader_.municipal_index();
            const Municipality* found = index.find(municipality);
            known->second = found != nullptr && std::ranges::any_of(index.services_of(index.place_of(*found)),
                                                                    [&](const MunicipalService& of) {
                                                                        return of.is_own && is_one(of.service);
                                                                    });
        }
        return known->second;
    }

    [[nodiscard]] bool knows_them_in(const std::string& municipality) const {
        return are_some_of(municipality) ||
               std::ranges::any_of(claimed_in_, [&](const std::string& area) { return lies_in(municipality, area); });
    }

    [[nodiscard]] std::uint32_t organization_of(std::uint32_t service) const {
        const auto organization = reader_.services()[service].organization;
        return organization == k_no_index ? k_no_index : reader_.organizations().standing(organization);
    }

    [[nodiscard]] std::optional<geo::LonLat> position_of(std::uint32_t service) const {
        const auto site = reader_.services()[service].site;
        return site == k_no_index ? std::nullopt : reader_.sites()[site].position;
    }

    /// Whether one organization runs several of these: what ties it ties none of them in particular.
    [[nodiscard]] bool runs_several(std::uint32_t organization) const {
        return std::ranges::count_if(reader_.who_runs().run_by(organization),
                                     [&](std::uint32_t service) { return is_one(service); }) > 1;
    }

    struct Linked {
        bool is_any = false;
        std::vector<std::uint32_t> meant; ///< of those alone that no other of their kind is run beside
    };

    /// By a tie from one to the other, whichever way, or by running both: of the place, and of its organization where
    /// that runs no other of the service's kind.
    [[nodiscard]] Linked linked_to(std::uint32_t service, const Partners& own) const {
        const Network& network = reader_.network();
        Linked linked;
        const auto add = [&](const auto& services, bool are_meant) {
            for (const auto one : services) {
                if (one != service && is_one(one)) {
                    linked.is_any = true;
                    if (are_meant) {
                        linked.meant.push_back(one);
                    }
                }
            }
        };
        const auto organization = organization_of(service);
        const bool is_its_only_one = organization != k_no_index && !own.runs_several(organization);
        if (is_its_only_one) {
            add(reader_.who_runs().run_by(organization), !runs_several(organization));
        }
        for (const auto node : nodes_of_service(reader_, service)) {
            if (network.nodes()[node].kind == PartyKind::organization && !is_its_only_one) {
                continue;
            }
            for (const auto edge : network.edges_of(node)) {
                if (view_.has_edge(edge)) {
                    const auto& tie = network.edges()[edge];
                    const auto other = tie.from == node ? tie.to : tie.from;
                    add(services_of_node(reader_, other), !runs_several_at(other));
                }
            }
        }
        return linked;
    }

    /// The same of whoever a tie leads to.
    [[nodiscard]] bool runs_several_at(std::uint32_t node) const {
        const NetworkNode& of = reader_.network().nodes()[node];
        return of.kind == PartyKind::organization &&
               std::ranges::any_of(of.rows, [&](std::uint32_t row) { return runs_several(row); });
    }

    /// The nearest of some; where a distance is unknown, that of the smallest id among them.
    [[nodiscard]] std::uint32_t nearest_of(const std::vector<std::uint32_t>& some,
                                           const std::optional<geo::LonLat>& from) const {
        std::uint32_t best = k_no_index;
        std::pair<double, std::string_view> least;
        for (const auto service : some) {
            const auto to = position_of(service);
            const std::pair<double, std::string_view> key{
                from && to ? geo::distance_m(*from, *to) : std::numeric_limits<double>::infinity(),
                reader_.services()[service].id};
            if (best == k_no_index || key < least) {
                best = service;
                least = key;
            }
        }
        return best;
    }

    /// The nearest of those seen, by id among the equally far.
    class Nearest {
      public:
        explicit Nearest(const Reader& reader) : reader_(reader) {}

        void see(std::uint32_t service, double distance_m) {
            const std::pair<double, std::string_view> key{distance_m, reader_.services()[service].id};
            if (service_ == k_no_index || key < least_) {
                service_ = service;
                least_ = key;
            }
        }
        [[nodiscard]] bool is_any() const { return service_ != k_no_index; }
        void tell(Companion& found) const {
            found.nearest = service_;
            found.nearest_m = least_.first;
        }

      private:
        const Reader& reader_;
        std::uint32_t service_ = k_no_index;
        std::pair<double, std::string_view> least_;
    };

    /// \return whether one is surely within reach
    bool look_around(std::uint32_t service, geo::LonLat position, Companion& found) const {
        const SiteRow& own = reader_.sites()[reader_.services()[service].site];
        const double own_m = accuracy_at(own);
        Nearest sure(reader_);
        Nearest possible(reader_);
        const auto see = [&](std::uint32_t other, double distance_m, double accuracy_m) {
            const bool is_at_the_same_place = &reader_.sites()[reader_.services()[other].site] == &own;
            const double doubt_m = is_at_the_same_place ? 0 : own_m + accuracy_m;
            if (distance_m + doubt_m <= reach_m_) {
                sure.see(other, distance_m);
            } else if (distance_m - doubt_m <= reach_m_) {
                possible.see(other, distance_m);
            }
        };
        std::vector<NearService> near;
        for (const auto programme : programmes_) {
            reader_.add_services_within(programme, position, reach_m_ + own_m, near);
        }
        for (const auto& at : near) {
            const bool is_exact = accuracy_at(reader_.sites()[reader_.services()[at.service].site]) == 0;
            if (is_exact && at.service != service && is_one(at.service)) {
                see(at.service, at.distance_m, 0);
            }
        }
        const geo::LocalMetric metric(position);
        const geo::Box around = metric.box_around(reach_m_ + own_m + most_rough_m_);
        for (auto rough =
                 std::ranges::lower_bound(rough_, around.south, {}, [](const Rough& of) { return of.position.lat; });
             rough != rough_.end() && rough->position.lat <= around.north; ++rough) {
            const double lon = rough->position.lon; // a country lies beside the band: no distance is worked out to it
            if (lon >= around.west && lon <= around.east && rough->service != service) {
                see(rough->service, metric.distance_m(rough->position), rough->accuracy_m);
            }
        }
        if (sure.is_any() || possible.is_any()) {
            (sure.is_any() ? sure : possible).tell(found);
        }
        return sure.is_any();
    }

    const Reader& reader_;
    const NetworkView& view_;
    Day day_;
    std::vector<ProgrammeIndex> programmes_;
    double reach_m_;
    std::vector<Rough> rough_; ///< from south to north
    double most_rough_m_ = 0;
    std::set<std::string> claimed_in_;
    mutable std::map<std::string, bool> some_of_;
};

} // namespace

std::string_view code_of(Company company) noexcept {
    switch (company) {
        case Company::linked:
            return "linked";
        case Company::near:
            return "near";
        case Company::alone:
            return "alone";
        case Company::unknown:
            break;
    }
    return "unknown";
}

LoneBases lone_bases(const Reader& reader, const NetworkScope& scope, double reach_m) {
    const NetworkView view = view_of(reader, of_all_kinds(scope));
    const auto base_programmes = programmes_of(reader.taxonomy(), k_bases);
    const auto place_programmes = programmes_of(reader.taxonomy(), k_places);
    const auto is_of = [&](const std::vector<ProgrammeIndex>& programmes, std::uint32_t service) {
        return std::ranges::binary_search(programmes, reader.services()[service].programme);
    };
    auto asked = services_in(reader, scope);
    std::erase_if(asked, [&](std::uint32_t service) {
        return !is_of(base_programmes, service) && !is_of(place_programmes, service);
    });
    const auto rough_sites = rough_sites_around(reader, asked, reach_m);
    const Partners places(reader, view, scope.day, place_programmes, reach_m, rough_sites);
    const Partners bases(reader, view, scope.day, base_programmes, reach_m, rough_sites);
    LoneBases found;
    for (const auto service : asked) {
        if (is_of(base_programmes, service)) {
            found.bases.push_back(places.company_of(service, bases));
        } else {
            found.places.push_back(bases.company_of(service, places));
        }
    }
    return found;
}

std::uint32_t count_of(const std::vector<Companion>& of, Company company) {
    return static_cast<std::uint32_t>(std::ranges::count(of, company, &Companion::company));
}

} // namespace shirube::directory
