#include "importers/locating/locator.hpp"

#include "directory/fold.hpp"
#include "directory/snapshot/text_index.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/locating/address.hpp"
#include "importers/locating/address_block.hpp"
#include "importers/locating/locator_index.hpp"
#include "importers/locating/municipality_index.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_set>
#include <utility>

namespace shirube::importers {

namespace {

/// Which municipalities an address may lie in, and its key from there on.
struct Scope {
    MunicipalityList municipalities;
    std::string rest;
};

enum class Level : std::uint8_t { town, block };

/// A dash between two kanji stands for a lost 々 ("代-木").
std::string with_repeated_kanji(std::string_view address) {
    std::u32string points = plain_points(address);
    const auto is_kanji = [](char32_t c) { return c >= 0x4e00 && c <= 0x9fff; };
    bool changed = false;
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
        if (points[i] == U'-' && is_kanji(points[i - 1]) && is_kanji(points[i + 1])) {
            points[i] = U'々';
            changed = true;
        }
    }
    return changed ? utf8(points) : std::string{};
}

/// What is offered while somebody types: a town, or all 丁目 of one together. Its key is prefecture, municipality and
/// town, one after the other.
struct Candidate {
    std::uint32_t municipality_at = 0; ///< bytes of the key before the municipality
    std::uint32_t town_at = 0;         ///< and before the town
    Location location{};
};

} // namespace

struct Locator::Impl {
    explicit Impl(std::vector<directory::TownReading> towns)
        : index(std::move(towns)), municipalities(index.municipalities()) {
        gather_candidates();
    }

    /// The municipality itself: the middle of its towns. Nothing where it has none.
    [[nodiscard]] std::optional<Location> whole_of(const Municipality& municipality) const {
        std::vector<TownEntry> all;
        for (const auto& [name, entries] : municipality.towns) {
            all.insert(all.end(), entries.begin(), entries.end());
        }
        if (all.empty()) {
            return std::nullopt;
        }
        std::ranges::sort(all, {}, &TownEntry::town);
        Location whole = index.area_of(all);
        whole.quality = directory::PositionQuality::municipality;
        whole.matched.clear();
        return whole;
    }

    void gather_candidates() {
        std::vector<std::pair<std::string, Candidate>> found;
        const auto add = [&](const Municipality& municipality, Location location) {
            std::string key = directory::fold(municipality.prefecture);
            Candidate candidate{.municipality_at = static_cast<std::uint32_t>(key.size())};
            key += municipality.keys.front();
            candidate.town_at = static_cast<std::uint32_t>(key.size());
            key += directory::fold_address(location.matched);
            candidate.location = std::move(location);
            found.emplace_back(std::move(key), std::move(candidate));
        };
        for (const Municipality& municipality : index.municipalities()) {
            if (auto whole = whole_of(municipality)) {
                add(municipality, std::move(*whole));
            }
            for (const auto& [name, entries] : municipality.towns) {
                if (entries.size() > 1) {
                    add(municipality, index.area_of(entries));
                }
                for (const TownEntry& entry : entries) {
                    add(municipality, index.at(entry));
                }
            }
        }
        std::ranges::sort(found, {},
                          [](const auto& each) { return std::tie(each.first, each.second.location.matched); });
        candidates.reserve(found.size());
        for (auto& [key, candidate] : found) {
            candidate_keys.add({key});
            candidates.push_back(std::move(candidate));
        }
        candidate_keys.build();
    }

    /// The municipalities a row or list states, by code or name.
    [[nodiscard]] MunicipalityList stated_by_row(std::string_view municipality, std::string_view prefecture) const {
        const std::string key = directory::fold(split_prefecture(municipality).rest);
        return key.empty() ? MunicipalityList{} : municipalities.named(municipality, key, prefecture);
    }

    /// The municipality an address key begins with, by the longest name that fits, taken off; a name written twice
    /// ("目黒区目黒区鷹番") is taken off twice.
    [[nodiscard]] Scope stated_by_address(std::string_view key, std::string_view prefecture) const {
        auto [found, bytes] = municipalities.at_front_of(key, prefecture);
        const std::string_view name = key.substr(0, bytes);
        std::string_view rest = key.substr(bytes);
        while (bytes != 0 && rest.starts_with(name)) {
            rest.remove_prefix(bytes);
        }
        return {.municipalities = std::move(found), .rest = std::string(rest)};
    }

    /// The one place `rest` names in the municipalities; nothing where it names none, or places in several.
    [[nodiscard]] std::optional<Location> find_one(const MunicipalityList& among, std::string_view rest,
                                                   const std::optional<BlockHint>& hint) const {
        std::optional<Location> one;
        for (const Municipality* municipality : among) {
            std::string_view within = rest;
            if (!municipality->ward_key.empty() && within.starts_with(municipality->ward_key)) {
                within.remove_prefix(municipality->ward_key.size());
            }
            auto found = index.find(*municipality, within, hint);
            if (!found && !municipality->stem_key.empty() && within.starts_with(municipality->stem_key)) {
                // "多摩山王下1-13-13" for 多摩市山王下.
                found = index.find(*municipality, within.substr(municipality->stem_key.size()), hint);
            }
            if (found && one) {
                return std::nullopt;
            }
            if (found) {
                one = std::move(found);
            }
        }
        return one;
    }

    /// As find_one(), and where it finds nothing what stands behind the street names of Kyoto. Never behind a name that
    /// may be another municipality's.
    [[nodiscard]] std::optional<Location> find_one_behind_streets(const MunicipalityList& among, std::string_view rest,
                                                                  const std::optional<BlockHint>& hint) const {
        if (auto found = find_one(among, rest, hint)) {
            return found;
        }
        const std::string_view town = behind_street_names(rest);
        return town.empty() ? std::nullopt : find_one(among, town, hint);
    }

    [[nodiscard]] std::optional<Location> locate_key(std::string_view key, std::string_view prefecture,
                                                     std::string_view municipality,
                                                     const std::optional<BlockHint>& hint) const {
        const Scope address = stated_by_address(key, prefecture);
        const auto row = stated_by_row(municipality, prefecture);
        const bool agree = std::ranges::any_of(address.municipalities, [&](const Municipality* each) {
            return std::ranges::find(row, each) != row.end();
        });
        if (!address.municipalities.empty()) {
            MunicipalityList both = address.municipalities;
            if (agree) {
                std::erase_if(both,
                              [&](const Municipality* each) { return std::ranges::find(row, each) == row.end(); });
            }
            if (auto found = find_one_behind_streets(both, address.rest, hint)) {
                return found;
            }
        }
        if (!row.empty()) {
            // What looked like a municipality may be a town of the row's (大島町 of 江東区).
            return agree                            ? std::nullopt
                   : address.municipalities.empty() ? find_one_behind_streets(row, key, hint)
                                                    : find_one(row, key, hint);
        }
        if (!address.municipalities.empty()) {
            return std::nullopt;
        }
        return find_one(municipalities.that_may_hold(key, prefecture), key, hint);
    }

    /// \param level to which the address is read
    [[nodiscard]] std::optional<Location> locate(std::string_view address, std::string_view municipality,
                                                 Level level) const {
        const AddressHead head = split_prefecture(address);
        const std::string key = address_key(head.rest);
        if (key.empty()) {
            return std::nullopt;
        }
        const auto hint = level == Level::block ? std::optional(block_hint(head.rest)) : std::nullopt;
        if (auto found = locate_key(key, head.prefecture, municipality, hint)) {
            return found;
        }
        const std::string repaired = with_repeated_kanji(head.rest);
        return repaired.empty() ? std::nullopt : locate_key(address_key(repaired), head.prefecture, municipality, hint);
    }

    LocatorIndex index;
    MunicipalityIndex municipalities;
    std::vector<Candidate> candidates;
    directory::TextIndex candidate_keys; ///< of the same numbers
};

Locator::Locator(std::vector<directory::TownReading> towns) : impl_(std::make_unique<Impl>(std::move(towns))) {}
Locator::Locator(Locator&&) noexcept = default;
Locator& Locator::operator=(Locator&&) noexcept = default;
Locator::~Locator() = default;

std::optional<Location> Locator::locate(std::string_view address, std::string_view municipality) const {
    return impl_->locate(address, municipality, Level::block);
}

std::optional<Location> Locator::locate_town(std::string_view town, std::string_view municipality) const {
    return impl_->locate(town, municipality, Level::town);
}

std::optional<Location> Locator::locate_municipality(std::string_view municipality, std::string_view prefecture) const {
    const MunicipalityList found = impl_->stated_by_row(municipality, prefecture);
    return found.size() == 1 ? impl_->whole_of(*found.front()) : std::nullopt;
}

std::vector<Location> Locator::candidates(std::string_view text, std::size_t most) const {
    std::vector<Location> best;
    const std::string key = address_key(text);
    if (key.empty() || most == 0) {
        return best;
    }
    std::unordered_set<std::string> seen;
    const auto add = [&](const Location& location) {
        if (best.size() < most && seen.insert(location.municipality_name + " " + location.matched).second) {
            best.push_back(location);
        }
    };
    if (const auto exact = locate(text, {})) {
        add(*exact);
    }
    // Same name; name begins so; municipality and name begin so; prefecture too; anywhere.
    struct Ranked {
        int rank;
        std::uint32_t length; ///< of the key: the shorter, the more of it was typed
        std::uint32_t number;
        auto operator<=>(const Ranked&) const = default;
    };
    std::vector<Ranked> ranked;
    for (const std::uint32_t number : impl_->candidate_keys.find(key)) {
        const Candidate& candidate = impl_->candidates[number];
        std::string_view whole = impl_->candidate_keys.document(number);
        whole.remove_suffix(1); // the separator
        const std::string_view town = whole.substr(candidate.town_at);
        const std::size_t at = whole.find(key);
        const int rank = town == key                       ? 0
                         : town.starts_with(key)           ? 1
                         : at == candidate.municipality_at ? 2
                         : at == 0                         ? 3
                                                           : 4;
        ranked.push_back({rank, static_cast<std::uint32_t>(whole.size()), number});
    }
    // The same place may stand there twice, but hardly more often.
    const auto wanted = ranked.begin() + static_cast<std::ptrdiff_t>(std::min(ranked.size(), 2 * most));
    std::ranges::partial_sort(ranked, wanted);
    const auto add_ranked = [&](auto first, auto last) {
        for (; first != last && best.size() < most; ++first) {
            add(impl_->candidates[first->number].location);
        }
    };
    add_ranked(ranked.begin(), wanted);
    if (best.size() < most) {
        std::sort(wanted, ranked.end());
        add_ranked(wanted, ranked.end());
    }
    return best;
}

bool Locator::empty() const noexcept { return impl_->index.towns().empty(); }

} // namespace shirube::importers
