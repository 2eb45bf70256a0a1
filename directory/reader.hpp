// The only way to a snapshot. A handler is given a Reader of one audience; what that audience may not have is not
// hidden behind it, it is not there.
#pragma once

#include "directory/rows.hpp"
#include "directory/search.hpp"
#include "directory/state.hpp"
#include "directory/taxonomy.hpp"
#include "geo/cell_shares.hpp"
#include "geo/lonlat.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

class Snapshot;
struct OfferedPolicy;
struct LayerChildren;
struct CountedChildren;
struct MatchRules;
class Network;
class KeptCoverages;
class MunicipalIndex;
class WhoRuns;

/// One district a service belongs to.
struct Membership {
    std::uint32_t district = 0; ///< index into Reader::districts()
    bool sure = false;          ///< false: the place's town touches more than this one
};

/// A layer of districts, e.g. chugakkoku.
struct Layer {
    std::string code;
    std::uint32_t first = 0; ///< its districts are [first, first + count) of Reader::districts()
    std::uint32_t count = 0;
};

/// What is offered while somebody types.
struct Suggestion {
    enum class Kind : std::uint8_t { service, programme, district, town, landmark };
    Kind kind = Kind::service;
    std::string label;
    std::string detail; ///< the municipality, or the programme of a service
    std::string id;     ///< service id, programme code, "layer:code", a landmark's kind; empty for a town
    std::optional<geo::LonLat> position;
};

/// A landmark, and how far it is.
struct NearLandmark {
    std::uint32_t landmark = 0; ///< index into Reader::landmarks()
    double distance_m = 0;      ///< geodesic
};

/// A service, and how far it is from the point that was asked about.
struct NearService {
    std::uint32_t service = 0; ///< index into Reader::services()
    double distance_m = 0;     ///< geodesic
};

class Reader {
  public:
    explicit Reader(std::shared_ptr<const Snapshot> snapshot) noexcept;

    /// The edition of that state, kept as what differs from this one. \pre this is the public's
    [[nodiscard]] Reader overlaid(State state) const;

    /// The digest that names this edition: the same content has the same name, in whatever order it was imported.
    [[nodiscard]] const std::string& edition() const noexcept;
    [[nodiscard]] const Taxonomy& taxonomy() const noexcept;
    /// Whose edition it is.
    [[nodiscard]] const Audience& audience() const noexcept;

    [[nodiscard]] SearchResult search(const SearchQuery& query) const;

    [[nodiscard]] Rows<ServiceRow> services() const noexcept;              ///< by id
    [[nodiscard]] Rows<SiteRow> sites() const noexcept;                    ///< by id
    [[nodiscard]] Rows<OrganizationRow> organizations() const noexcept;    ///< by id
    [[nodiscard]] Rows<ListRow> lists() const noexcept;                    ///< by kind and name
    [[nodiscard]] std::span<const DistrictRow> districts() const noexcept; ///< by layer and code
    [[nodiscard]] std::span<const CellRow> cells() const noexcept;
    [[nodiscard]] std::span<const AgeProfile> age_profiles() const noexcept; ///< by municipality
    [[nodiscard]] std::span<const TownReading> towns() const noexcept;
    [[nodiscard]] std::span<const LandmarkRow> landmarks() const noexcept; ///< by kind, name, municipality, detail
    [[nodiscard]] std::span<const NeedRow> needs() const noexcept;         ///< by indicator, unit, layer, area, period
    [[nodiscard]] std::span<const HolidayRow> holidays()
        const noexcept; ///< that were imported; empty: the shipped hold
    /// Who is tied to whom, of this audience; made with the edition. See directory/network/network.hpp.
    [[nodiscard]] const Network& network() const noexcept;
    [[nodiscard]] std::span<const RelationRow> relations() const noexcept;        ///< by id
    [[nodiscard]] std::span<const ForumRow> forums() const noexcept;              ///< by id
    [[nodiscard]] std::span<const HelperCountRow> helper_counts() const noexcept; ///< of the audience's municipality
    /// The public holidays that hold: the imported ones, else the shipped.
    [[nodiscard]] const Holidays& calendar() const noexcept;
    [[nodiscard]] std::span<const Layer> layers() const noexcept;

    /// Those that come with the program, then those that municipalities keep, see directory/policy/policy_book.hpp:
    /// what this audience may have, and only where it may see their programmes.
    [[nodiscard]] std::span<const OfferedPolicy> policies() const noexcept;
    /// Null where it is offered none of that id.
    [[nodiscard]] const OfferedPolicy* find_policy(std::string_view id) const noexcept;

    /// By which a caseworker's search is answered: those that the audience's own municipality keeps, what was kept last
    /// first, then those that come with the program; never empty. See directory/match/match_rules.hpp.
    [[nodiscard]] std::span<const std::shared_ptr<const MatchRules>> match_rules() const noexcept;

    [[nodiscard]] std::optional<std::uint32_t> find_service(std::string_view id) const;
    [[nodiscard]] std::optional<std::uint32_t> find_site(std::string_view id) const;
    /// Where an id leads that was given out for what is now part of another; a site's or a service's.
    [[nodiscard]] const MovedId* find_moved(std::string_view id) const;
    /// What a complete list no longer has, by the id it had.
    [[nodiscard]] const EndedId* find_ended(std::string_view id) const;
    [[nodiscard]] const EndedId* find_ended_site(std::string_view id) const;
    /// Where the children a policy counts live: see directory/coverage/layer_children.hpp. Kept with the edition.
    /// \param layer one of layers()
    [[nodiscard]] std::shared_ptr<const LayerChildren> children_of(const Layer& layer,
                                                                   const CountedChildren& counted) const;
    /// The services of every municipality, see directory/coverage/municipal_index.hpp. Made when it is first asked for,
    /// and kept with the edition.
    [[nodiscard]] const MunicipalIndex& municipal_index() const;
    /// The services of every organization, see directory/who_runs.hpp. Likewise made when it is first asked for.
    [[nodiscard]] const WhoRuns& who_runs() const;
    /// What the offered policies say of a day, see directory/coverage/kept_coverages.hpp.
    [[nodiscard]] const KeptCoverages& kept_coverages() const noexcept;
    /// Where each of cells() lies, a town the square around its circle; empty where nobody knows.
    [[nodiscard]] std::span<const geo::Box> cell_boxes() const noexcept;
    /// How a cell's people are shared among the districts of one of layers(); areas are places within the layer.
    [[nodiscard]] std::span<const geo::CellShare> cell_shares(const Layer& layer, std::uint32_t cell) const;
    /// Services at a site, by index, in the order of their ids.
    [[nodiscard]] std::vector<std::uint32_t> services_at(std::uint32_t site) const;
    /// Services in a district, surely or possibly, by index, in the order of their ids.
    [[nodiscard]] std::vector<std::uint32_t> services_in(std::uint32_t district) const;
    /// Services of a programme that have a position, by index, in the order of their ids.
    [[nodiscard]] std::vector<std::uint32_t> located_services_of(ProgrammeIndex programme) const;
    /// Services of a programme at most so far from a point (up to geo::LocalMetric::k_reach_m), in no order, behind
    /// what `found` holds already.
    void add_services_within(ProgrammeIndex programme, geo::LonLat point, double radius_m,
                             std::vector<NearService>& found) const;
    /// Services without a position, by index, in the order of their ids.
    [[nodiscard]] std::vector<std::uint32_t> unlocated_services() const;
    /// Those of them that are of any of these programmes.
    [[nodiscard]] std::vector<std::uint32_t> unlocated_services_of(std::span<const ProgrammeIndex> programmes) const;
    /// The district a figure speaks of; k_no_index where it speaks of none, or of one that no list has.
    [[nodiscard]] std::uint32_t district_of_need(std::uint32_t need) const;
    /// Figures that speak of a district, by index.
    [[nodiscard]] std::span<const std::uint32_t> needs_of(std::uint32_t district) const;
    [[nodiscard]] const Layer* find_layer(std::string_view code) const;
    [[nodiscard]] std::optional<std::uint32_t> find_district(std::string_view layer, std::string_view code) const;

    /// Where a district's label stands (geo::point_inside), kept with the edition; nothing where nobody knows its area.
    [[nodiscard]] std::optional<geo::LonLat> label_point(std::uint32_t district) const;

    /// Landmarks called so, folded, by their place in landmarks(): one of several lines may stand there several times.
    [[nodiscard]] std::vector<std::uint32_t> landmarks_called(std::string_view name) const;

    /// The nearest of a kind; nothing where none lies within `within_m`.
    [[nodiscard]] std::optional<NearLandmark> nearest_landmark(LandmarkKind kind, geo::LonLat point,
                                                               double within_m) const;

    /// Every district of `layer` that holds the point (choice zones: several), ascending; a boundary tie goes to the
    /// lowest code.
    [[nodiscard]] std::vector<std::uint32_t> districts_at(const Layer& layer, geo::LonLat point) const;

    /// Every district of `layer` of which some part lies within the radius, ascending.
    [[nodiscard]] std::vector<std::uint32_t> districts_within(const Layer& layer, geo::LonLat point,
                                                              double radius_m) const;

    /// The districts of every layer a place belongs to that is no service's: by its address where a table speaks of it,
    /// else by its position and accuracy; ascending.
    [[nodiscard]] std::vector<Membership> memberships_of(const SiteRow& place) const;

    /// The districts of a layer a service lies in: one surely, or several surely (overlap) or possibly (town-level).
    [[nodiscard]] std::span<const Membership> memberships(std::uint32_t service) const; ///< over all layers, ascending
    /// The districts a service is meant for by its list (`serves`); empty: not stated.
    [[nodiscard]] std::span<const std::uint32_t> serves(std::uint32_t service) const;

    /// The times of a service, without their venues and texts.
    [[nodiscard]] std::span<const ScheduleRule> rules(std::uint32_t service) const;

    /// Where the service stands on a day: planned becomes active, a dated end becomes closed.
    [[nodiscard]] Status status_on(std::uint32_t service, Day day) const;

    /// The service's GeoJSON feature up to (and without) what depends on the question; see server/api/feature.hpp.
    [[nodiscard]] std::string_view feature_fragment(std::uint32_t service) const;

    /// What staff's features have behind that; empty for the public.
    [[nodiscard]] std::string feature_for_staff(std::uint32_t service) const;

    /// Asks the processor for what rendering these hits will read, all of it at once: read one after another, each
    /// would wait for memory. Changes no answer.
    void fetch_ahead(std::span<const Hit> hits) const noexcept;

    /// At most `most` suggestions for what was typed, folded, two characters suffice.
    [[nodiscard]] std::vector<Suggestion> suggest(std::string_view text, std::size_t most) const;

  private:
    std::shared_ptr<const Snapshot> snapshot_;
};

} // namespace shirube::directory
