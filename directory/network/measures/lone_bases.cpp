#include "directory/network/measures/lone_bases.hpp"

#include "directory/coverage/municipal_index.hpp"
#include "directory/designated_city.hpp"
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

/// Services of some programmes that stand on the day, wherever they are, and how one of others is in their company.
/// What is far from whoever is asked about is not looked at: a country's page asks of one town.
class Partners {
  public:
    Partners(const Reader& reader, const NetworkView& view, Day day, std::vector<ProgrammeIndex> programmes,
             double reach_m)
        : reader_(reader), view_(view), day_(day), programmes_(std::move(programmes)), reach_m_(reach_m) {
        for (const auto& list : reader.lists()) {
            for (const auto& claim : list.claims) {
                if (speaks_of_them(claim)) {
                    claimed_in_.insert(claim.municipality);
                }
            }
        }
    }

    /// \param own those of the service's own kind
    [[nodiscard]] Companion company_of(std::uint32_t service, const Partners& own) const {
        Companion found{.service = service};
        const auto position = position_of(service);
        const Linked linked = linked_to(service, own);
        found.linked = nearest_of(linked.meant, position);
        if (position) {
            look_around(service, *position, found);
        }
        const std::string municipality = municipality_of(reader_, service);
        if (linked.is_any) {
            found.company = Company::linked;
        } else if (found.nearest != k_no_index) {
            found.company = Company::near;
        } else if (position && reader_.network().speaks_of(municipality) && knows_them_in(municipality)) {
            found.company = Company::alone;
        }
        return found;
    }

  private:
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

    void look_around(std::uint32_t service, geo::LonLat position, Companion& found) const {
        std::vector<NearService> near;
        for (const auto programme : programmes_) {
            reader_.add_services_within(programme, position, reach_m_, near);
        }
        const auto key = [&](const NearService& at) {
            return std::pair<double, std::string_view>(at.distance_m, reader_.services()[at.service].id);
        };
        const NearService* best = nullptr;
        for (const auto& at : near) {
            if (at.service != service && is_one(at.service) && (best == nullptr || key(at) < key(*best))) {
                best = &at;
            }
        }
        if (best != nullptr) {
            found.nearest = best->service;
            found.nearest_m = best->distance_m;
        }
    }

    const Reader& reader_;
    const NetworkView& view_;
    Day day_;
    std::vector<ProgrammeIndex> programmes_;
    double reach_m_;
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
    const NetworkView view = view_of(reader, scope);
    const auto base_programmes = programmes_of(reader.taxonomy(), k_bases);
    const auto place_programmes = programmes_of(reader.taxonomy(), k_places);
    const Partners places(reader, view, scope.day, place_programmes, reach_m);
    const Partners bases(reader, view, scope.day, base_programmes, reach_m);
    LoneBases found;
    for (const auto service : services_in(reader, scope)) {
        const auto programme = reader.services()[service].programme;
        if (std::ranges::binary_search(base_programmes, programme)) {
            found.bases.push_back(places.company_of(service, bases));
        } else if (std::ranges::binary_search(place_programmes, programme)) {
            found.places.push_back(bases.company_of(service, places));
        }
    }
    return found;
}

std::uint32_t count_of(const std::vector<Companion>& of, Company company) {
    return static_cast<std::uint32_t>(std::ranges::count(of, company, &Companion::company));
}

} // namespace shirube::directory
