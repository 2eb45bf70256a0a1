#include "directory/snapshot/address_book.hpp"

#include "directory/designated_city.hpp"
#include "directory/fold.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace shirube::directory {

namespace {

/// Longer than any town's name: what is longer is a sentence, and nobody's address begins with it.
constexpr std::size_t k_longest_town = 150; // bytes

std::string place_of(std::string_view municipality, std::string_view town) {
    return std::string(municipality) + '\n' + std::string(town);
}

/// Where a town's name may begin in an address: at its front, and behind whatever may end a prefecture, a county, a
/// municipality or a ward. The first that fits a rule counts.
std::vector<std::size_t> beginnings(std::string_view key) {
    constexpr std::array<std::string_view, 10> k_units{"県", "都", "府", "道", "郡", "市", "区", "町", "村", "大字"};
    constexpr std::size_t farthest = 60; // bytes; no prefecture, county and municipality are longer together
    std::vector<std::size_t> found{0};
    for (std::size_t at = 0; at < std::min(key.size(), farthest); ++at) {
        for (const std::string_view unit : k_units) {
            if (key.substr(at).starts_with(unit)) {
                found.push_back(at + unit.size());
            }
        }
    }
    std::ranges::sort(found);
    return found;
}

} // namespace

AddressBook::AddressBook(std::span<const DistrictRow> districts, const Layer& layer) {
    for (std::uint32_t i = layer.first; i < layer.first + layer.count; ++i) {
        for (const AddressRule& rule : districts[i].addresses) {
            if (rule.town.empty() || rule.town.size() > k_longest_town) {
                continue;
            }
            Town& town = towns_[place_of(rule.municipality, rule.town)];
            town.entries.push_back({i, &rule});
            town.has_chome = town.has_chome || rule.chome;
            std::size_t& longest = longest_[rule.municipality];
            longest = std::max(longest, rule.town.size());
        }
    }
}

std::vector<Membership> AddressBook::districts_of(const SiteRow& site) const {
    if (towns_.empty() || site.address.empty() || site.municipality.empty()) {
        return {};
    }
    const std::string_view city = designated_city_of(site.municipality);
    const bool own = longest_.contains(site.municipality);
    if (!own && !longest_.contains(std::string(city))) {
        return {};
    }
    const std::string key = fold_address(site.address);
    auto found = own ? look_up(site.municipality, key) : std::vector<Membership>{};
    if (found.empty() && city != site.municipality) {
        found = look_up(city, key);
    }
    return found;
}

std::vector<Membership> AddressBook::look_up(std::string_view municipality, std::string_view key) const {
    const auto longest = longest_.find(std::string(municipality));
    if (longest == longest_.end()) {
        return {};
    }
    for (const std::size_t begin : beginnings(key)) {
        const std::string_view rest = key.substr(begin);
        // The longest name first: 港町 goes before 港.
        for (std::size_t size = std::min(rest.size(), longest->second); size > 0; --size) {
            const auto town = towns_.find(place_of(municipality, rest.substr(0, size)));
            if (town == towns_.end()) {
                continue;
            }
            const auto tail = address_tail(rest.substr(size));
            if (!tail) {
                continue;
            }
            std::map<std::uint32_t, RuleFit> fits;
            RuleFit best = RuleFit::outside;
            for (const auto& entry : town->second.entries) {
                const RuleFit fit = fit_of(*entry.rule, *tail, town->second.has_chome);
                RuleFit& of_district = fits.try_emplace(entry.district, RuleFit::outside).first->second;
                of_district = std::max(of_district, fit);
                best = std::max(best, fit);
            }
            std::vector<Membership> found;
            if (best == RuleFit::outside) {
                return found; // the table knows the town and says nothing of this number
            }
            for (const auto& [district, fit] : fits) {
                if (fit == best) {
                    found.push_back({district, best == RuleFit::surely});
                }
            }
            return found;
        }
    }
    return {};
}

} // namespace shirube::directory
