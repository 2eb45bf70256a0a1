#include "directory/seeds/seed_sight.hpp"

#include "directory/audience.hpp"
#include "directory/designated_city.hpp"
#include "directory/fold.hpp"
#include "directory/seeds/seed_area.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace shirube::directory {

namespace {

bool is_named_by_area(const Reader& reader, const Seed& seed, std::string_view municipality) {
    return std::ranges::any_of(seed.areas, [&](const std::string& area) {
        if (const auto district = district_of_area(reader, area)) {
            return owner_of(reader.districts()[*district].municipality) == municipality;
        }
        return lies_in(municipality, area) || owner_of(area) == municipality;
    });
}

/// Whether every programme of it may be spoken of before this audience.
bool has_open_programmes(const Reader& reader, const Seed& seed) {
    const auto& taxonomy = reader.taxonomy();
    return std::ranges::all_of(seed.programmes, [&](const std::string& code) {
        const auto programme = taxonomy.by_code(code);
        return programme && taxonomy.at(*programme).visibility <= reader.audience().sees();
    });
}

/// An offer goes with its place: where that is hidden from this audience, so is the offer.
bool has_open_site(const Reader& reader, const Seed& seed) {
    return seed.site.empty() || site_of_offer(reader, seed) || reader.find_ended_site(seed.site) != nullptr;
}

bool sees(const Reader& reader, const Seed& seed) {
    const Audience& audience = reader.audience();
    if (audience.is_public() || audience.sees() < seed.kept_for) {
        return false;
    }
    const bool is_told =
        audience.may_see(seed.kept_for, seed.owner) || // its own, or of one that shares what it keeps for staff
        seed.sharing == SeedSharing::all ||
        (seed.sharing == SeedSharing::area && is_named_by_area(reader, seed, owner_of(audience.municipality)));
    return is_told && has_open_programmes(reader, seed) && has_open_site(reader, seed);
}

std::string first_of(const std::vector<std::string>& texts) { return texts.empty() ? std::string{} : texts.front(); }

} // namespace

const Seed* SeenSeeds::find(std::string_view id) const noexcept {
    for (const auto* all : {&offers, &wants}) {
        if (const auto found = std::ranges::find(*all, id, &Seed::id); found != all->end()) {
            return &*found;
        }
    }
    return nullptr;
}

const Asking* SeenSeeds::last_between(std::string_view offer, std::string_view want) const noexcept {
    const auto found = std::ranges::find_if(
        askings, [&](const Asking& asking) { return asking.offer == offer && asking.want == want; });
    return found == askings.end() ? nullptr : &*found;
}

SeenSeeds seen_by(const Reader& reader, AllSeeds all) {
    SeenSeeds seen;
    for (Seed& seed : all.seeds) {
        if (sees(reader, seed)) {
            (seed.kind == SeedKind::offer ? seen.offers : seen.wants).push_back(std::move(seed));
        }
    }
    std::ranges::sort(seen.offers, {}, [](const Seed& seed) {
        return std::tuple(first_of(seed.programmes), seed.organization, seed.id);
    });
    std::ranges::sort(seen.wants, {},
                      [](const Seed& seed) { return std::tuple(seed.owner, first_of(seed.programmes), seed.id); });
    for (Asking& asking : all.askings) {
        if (seen.find(asking.want) == nullptr) {
            continue;
        }
        // What was asked of somebody without an offer names them in words that nobody has looked at: it stays inside.
        const bool is_for_these = asking.offer.empty() ? reader.audience().may_see(asking.kept_for, asking.owner)
                                                       : seen.find(asking.offer) != nullptr;
        if (is_for_these) {
            seen.askings.push_back(std::move(asking));
        }
    }
    std::ranges::stable_sort(seen.askings, std::ranges::greater{}, &Asking::asked_on);
    return seen;
}

Visibility class_of_organization(const std::string& name, const Reader& reader) {
    const std::string folded = fold(name);
    std::set<std::string> called_so; // ids: an index may lead to what stands for it now
    for (const std::uint32_t organization : reader.organizations().indices()) {
        if (fold(reader.organizations()[organization].name) == folded) {
            called_so.insert(reader.organizations()[organization].id);
        }
    }
    if (called_so.empty()) {
        return Visibility::everyone;
    }
    std::optional<Visibility> least;
    for (const std::uint32_t service : reader.services().indices()) {
        const auto& row = reader.services()[service];
        if (row.organization != k_no_index && called_so.contains(reader.organizations()[row.organization].id)) {
            least = least ? std::min(*least, row.visibility) : row.visibility;
        }
    }
    return least.value_or(Visibility::everyone);
}

Visibility class_of_named(const Seed& seed, const Reader& reader) {
    Visibility most = class_of_organization(seed.organization, reader);
    if (const auto site = site_of_offer(reader, seed)) {
        std::optional<Visibility> least;
        for (const std::uint32_t service : reader.services_at(*site)) {
            const auto visibility = reader.services()[service].visibility;
            least = least ? std::min(*least, visibility) : visibility;
        }
        most = std::max(most, least.value_or(Visibility::everyone));
    }
    for (const auto& code : seed.programmes) {
        if (const auto programme = reader.taxonomy().by_code(code)) {
            most = std::max(most, reader.taxonomy().at(*programme).visibility);
        }
    }
    return most;
}

AskedCounts counts_of(const std::vector<Asking>& askings) {
    AskedCounts counts;
    std::set<std::string> organizations;
    std::set<std::string> declining;
    std::map<DeclineReason, std::pair<std::size_t, std::set<std::string>>> reasons;
    for (const Asking& asking : askings) {
        const std::string who = fold(asking.organization);
        ++counts.askings;
        organizations.insert(who);
        switch (asking.answer) {
            case SeedAnswer::waiting:
                ++counts.waiting;
                break;
            case SeedAnswer::yes:
                ++counts.yes;
                break;
            case SeedAnswer::later:
                ++counts.later;
                break;
            case SeedAnswer::declined: {
                ++counts.declined;
                declining.insert(who);
                auto& [times, names] = reasons[asking.reason.value_or(DeclineReason::other)];
                ++times;
                names.insert(who);
                break;
            }
        }
    }
    counts.organizations = organizations.size();
    counts.declined_organizations = declining.size();
    for (const auto& [reason, of] : reasons) {
        counts.reasons.push_back({reason, of.first, of.second.size()});
    }
    std::ranges::stable_sort(counts.reasons, std::ranges::greater{}, &AskedCounts::Reason::askings);
    return counts;
}

} // namespace shirube::directory
