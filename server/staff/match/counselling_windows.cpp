#include "server/staff/match/counselling_windows.hpp"

#include "directory/coverage/municipal_index.hpp"
#include "geo/distance.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>
#include <string_view>
#include <tuple>
#include <vector>

namespace shirube::server {

namespace {

using directory::ProgrammeIndex;
using directory::Reader;
using directory::ServiceRow;

constexpr std::string_view k_consultation = "consultation";
constexpr std::size_t k_most_windows = 3;

/// What is talked about in public, in the order of the taxonomy.
std::vector<ProgrammeIndex> programmes_of(const Reader& published, const directory::Family& family) {
    const auto& taxonomy = published.taxonomy();
    std::vector<ProgrammeIndex> programmes;
    if (const auto consultation = taxonomy.by_code(k_consultation)) {
        programmes = taxonomy.with_descendants(*consultation);
    }
    std::vector<ProgrammeIndex> refused; // as the matching reads it: with whatever is a kind of it
    for (const auto programme : family.refused) {
        std::ranges::copy(taxonomy.with_descendants(programme), std::back_inserter(refused));
    }
    std::erase_if(programmes, [&](ProgrammeIndex programme) {
        return taxonomy.at(programme).visibility != directory::Visibility::everyone ||
               std::ranges::find(refused, programme) != refused.end();
    });
    std::ranges::sort(programmes);
    return programmes;
}

class Windows {
  public:
    Windows(const Reader& published, const directory::Family& family)
        : published_(published), family_(family), programmes_(programmes_of(published, family)) {
        const auto home = std::ranges::find(family.places, directory::PlaceRole::home, &directory::FamilyPlace::role);
        if (home == family.places.end()) {
            return;
        }
        home_ = home->position;
        for (const auto& layer : published.layers()) {
            for (const auto district : published.districts_at(layer, *home_)) {
                at_home_.push_back(district);
            }
        }
    }

    [[nodiscard]] bool is_one(std::uint32_t service, directory::Day day) const {
        const ServiceRow& row = published_.services()[service];
        const auto status = published_.status_on(service, day);
        return std::ranges::binary_search(programmes_, row.programme) &&
               (status == directory::Status::active || status == directory::Status::pilot) &&
               std::ranges::find(family_.refused_services, row.id) == family_.refused_services.end();
    }

    /// What is smaller goes first.
    [[nodiscard]] auto rank(std::uint32_t service) const {
        const ServiceRow& row = published_.services()[service];
        const bool is_for_home = std::ranges::any_of(published_.serves(service), [&](std::uint32_t district) {
            return std::ranges::find(at_home_, district) != at_home_.end();
        });
        return std::tuple(row.phone.empty(), row.certainty == directory::Certainty::stale, row.programme, !is_for_home,
                          metres_from_home(row), std::string_view(row.id));
    }

    /// Two programmes of one house, with one telephone, are one window.
    [[nodiscard]] bool are_one(std::uint32_t a, std::uint32_t b) const {
        const ServiceRow& one = published_.services()[a];
        const ServiceRow& other = published_.services()[b];
        return one.site == other.site && one.site != directory::k_no_index && one.phone == other.phone;
    }

  private:
    [[nodiscard]] double metres_from_home(const ServiceRow& row) const {
        const bool has_point =
            home_ && row.site != directory::k_no_index && published_.sites()[row.site].position.has_value();
        return has_point ? geo::distance_m(*home_, *published_.sites()[row.site].position)
                         : std::numeric_limits<double>::infinity();
    }

    const Reader& published_;
    const directory::Family& family_;
    std::vector<ProgrammeIndex> programmes_; ///< ascending
    std::optional<geo::LonLat> home_;
    std::vector<std::uint32_t> at_home_; ///< districts
};

} // namespace

std::vector<std::uint32_t> counselling_windows(const Reader& published, std::string_view municipality,
                                               const directory::Family& family, directory::Day day) {
    const auto& index = published.municipal_index();
    const auto* const of = municipality.empty() ? nullptr : index.find(municipality);
    if (of == nullptr) {
        return {};
    }
    const Windows windows(published, family);
    std::vector<std::uint32_t> found;
    for (const auto& service : index.services_of(index.place_of(*of))) {
        if (service.is_own && windows.is_one(service.service, day)) {
            found.push_back(service.service);
        }
    }
    std::ranges::sort(found, {}, [&](std::uint32_t service) { return windows.rank(service); });
    std::vector<std::uint32_t> chosen;
    for (const auto service : found) {
        const bool is_told =
            std::ranges::any_of(chosen, [&](std::uint32_t other) { return windows.are_one(other, service); });
        if (!is_told && chosen.size() < k_most_windows) {
            chosen.push_back(service);
        }
    }
    return chosen;
}

} // namespace shirube::server
