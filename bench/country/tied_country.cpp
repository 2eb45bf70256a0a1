#include "bench/country/tied_country.hpp"

#include "bench/country/dice.hpp"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::bench {

namespace {

using directory::PartyReading;
using directory::RelationKind;
using directory::State;

constexpr std::uint64_t k_ties_seed = k_seed + 41;
constexpr std::size_t k_services_each = 6;
constexpr std::uint32_t k_tie_across_in = 10; ///< one tie in so many leads into another town
constexpr std::size_t k_members = 8;
constexpr std::array<std::string_view, 7> k_kinds{"shien_kyoten", "ikusei_kyoten", "kodomo_shokudo", "nintei_ibasho",
                                                  "jidokan",      "riyosha_shien", "short_stay"};

/// Makes the state piece by piece: who runs what first, then who is tied to whom.
class Maker {
  public:
    explicit Maker(const Country& country) : country_(country), of_town_(country.towns.size()) {}

    State make() {
        add_services();
        add_ties();
        add_forums();
        return std::move(state_);
    }

  private:
    /// The town's places by sixes, in their order.
    void add_services() {
        std::vector<std::size_t> in_town(country_.towns.size());
        for (const Place& place : country_.places) {
            if (in_town[place.town]++ % k_services_each == 0) {
                of_town_[place.town].push_back(static_cast<std::uint32_t>(state_.organizations.size()));
                town_of_.push_back(place.town);
                state_.organizations.push_back({fmt::format("o{:06}", state_.organizations.size()),
                                                fmt::format("社会福祉法人第{}の会", state_.organizations.size()), ""});
            }
            const std::size_t number = state_.services.size();
            directory::SiteRow site;
            site.id = fmt::format("p{:06}", number);
            site.name = fmt::format("第{}の館", number);
            site.municipality = municipality_code(place.town);
            site.position = place.position;
            site.quality = directory::PositionQuality::exact;
            directory::ServiceRow service;
            service.id = fmt::format("s{:06}", number);
            service.site = static_cast<std::uint32_t>(number);
            service.organization = of_town_[place.town].back();
            service.programme = *directory::Taxonomy::shipped().by_code(k_kinds.at(place.programme % k_kinds.size()));
            state_.sites.push_back(std::move(site));
            state_.services.push_back(std::move(service));
        }
    }

    [[nodiscard]] PartyReading party(std::uint32_t organization) const {
        return {.name = state_.organizations[organization].name,
                .municipality = municipality_code(town_of_[organization]),
                .layer = {}};
    }

    std::uint32_t one_of(const std::vector<std::uint32_t>& organizations) {
        return organizations[dice_.below(static_cast<std::uint32_t>(organizations.size()))];
    }

    void add_ties() {
        const auto count = static_cast<std::uint32_t>(state_.organizations.size());
        for (std::size_t i = 0; i < std::size_t{count} * 5 / 2; ++i) {
            directory::RelationRow row;
            row.id = fmt::format("r{:06}", i);
            row.reading.kind = dice_.below(2) == 0 ? RelationKind::refers : RelationKind::entrusts;
            const std::uint32_t from = dice_.below(count);
            const bool is_across = dice_.below(k_tie_across_in) == 0;
            const std::uint32_t to = is_across ? dice_.below(count) : one_of(of_town_[town_of_[from]]);
            row.reading.from = party(from);
            row.reading.to = party(to);
            row.reading.referrals.informed = dice_.below(100);
            state_.relations.push_back(std::move(row));
        }
    }

    void add_forums() {
        for (std::uint32_t town = 0; town < of_town_.size(); ++town) {
            for (int each = 0; each < 2 && !of_town_[town].empty(); ++each) {
                directory::ForumRow row;
                row.id = fmt::format("f{:06}", state_.forums.size());
                row.reading.name = fmt::format("会議{}", state_.forums.size());
                row.reading.municipality = municipality_code(town);
                for (std::size_t member = 0; member < k_members; ++member) {
                    row.reading.members.push_back(party(one_of(of_town_[town])));
                }
                state_.forums.push_back(std::move(row));
            }
        }
    }

    const Country& country_;
    Dice dice_{k_ties_seed};
    State state_;
    std::vector<std::uint32_t> town_of_; ///< by organization
    std::vector<std::vector<std::uint32_t>> of_town_;
};

} // namespace

State tied_country(const Country& country) { return Maker(country).make(); }

} // namespace shirube::bench
