// Services with their places, and everything that is found by them: columns, trees of positions, folded text, written
// fragments. The whole of one edition, or what an overlay has of its own over the part below it, whose rows its own may
// refer to.
#pragma once

#include "directory/snapshot/columns.hpp"
#include "directory/snapshot/fragments.hpp"
#include "directory/snapshot/ground.hpp"
#include "directory/snapshot/memberships.hpp"
#include "directory/snapshot/text_index.hpp"
#include "directory/state.hpp"
#include "directory/taxonomy.hpp"
#include "geo/point_index.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace shirube::directory {

/// Services with a position, indexed; items of `points` are places in `services`.
struct LocatedServices {
    std::vector<std::uint32_t> services;
    geo::PointIndex points;
};

/// What a part is made of, each in the order a State has it. References are indices over the part below and this one:
/// the rows below come first.
struct PartRows {
    std::vector<ListRow> lists;
    std::vector<OrganizationRow> organizations;
    std::vector<SiteRow> sites;
    std::vector<ServiceRow> services;
};

class Part {
  public:
    /// \param below null: the rows refer to each other alone. It has nothing below it in its turn.
    Part(PartRows rows, std::shared_ptr<const Part> below);
    Part(const Part&) = delete;
    Part& operator=(const Part&) = delete;

    // Two halves of about the same work, which touch nothing of each other: each is called once, on any thread.
    void index_words();
    void index_places(const Taxonomy& taxonomy, const Ground& ground);

    // By the index that rows refer with.
    [[nodiscard]] const ListRow& list(std::uint32_t index) const noexcept {
        return index < first_list ? below->lists[index] : lists[index - first_list];
    }
    [[nodiscard]] const OrganizationRow& organization(std::uint32_t index) const noexcept {
        return index < first_organization ? below->organizations[index] : organizations[index - first_organization];
    }
    [[nodiscard]] const SiteRow& site(std::uint32_t index) const noexcept {
        return index < first_site ? below->sites[index] : sites[index - first_site];
    }
    [[nodiscard]] std::span<const Membership> memberships_of_site(std::uint32_t index) const noexcept {
        return index < first_site ? below->site_memberships[index] : site_memberships[index - first_site];
    }

    // By place in services, which is what everything below speaks of.
    [[nodiscard]] const SiteRow& site_of(std::uint32_t service) const noexcept { return site(services[service].site); }
    [[nodiscard]] std::span<const Membership> memberships(std::uint32_t service) const noexcept {
        return memberships_of_site(services[service].site);
    }
    /// Services at a site, ascending; none at one of a part above.
    [[nodiscard]] std::span<const std::uint32_t> services_at(std::uint32_t index) const;

    const std::shared_ptr<const Part> below;
    const std::vector<ListRow> lists;
    const std::vector<OrganizationRow> organizations;
    const std::vector<SiteRow> sites;
    const std::vector<ServiceRow> services;
    // The indices of the first of these.
    const std::uint32_t first_list;
    const std::uint32_t first_organization;
    const std::uint32_t first_site;
    const std::uint32_t first_service;

    Columns columns;
    TextIndex text;                            ///< a document a service
    LocatedServices located;                   ///< all of them
    std::vector<LocatedServices> by_programme; ///< by ProgrammeIndex
    std::vector<std::uint32_t> unlocated;      ///< services without a position, ascending
    std::vector<std::uint8_t> has_position;    ///< by service: whoever asks need not go by its row to its site
    Lists<Membership> site_memberships;        ///< by place in sites
    Lists<std::uint32_t> served;               ///< by service
    Lists<std::uint32_t> services_of_district; ///< surely or possibly
    Fragments fragments;

  private:
    void index_positions(const Taxonomy& taxonomy);
    void index_districts(const Ground& ground);
    [[nodiscard]] LocatedServices index_points(std::vector<std::uint32_t> chosen) const;

    // One of the two: an overlay has few services, and the sites it could have them at are as many as the base's.
    Lists<std::uint32_t> services_of_site_;       ///< by place in sites; where nothing is below
    std::vector<std::uint32_t> services_by_site_; ///< where something is
};

} // namespace shirube::directory
