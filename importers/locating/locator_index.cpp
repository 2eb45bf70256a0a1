#include "importers/locating/locator_index.hpp"

#include "directory/blocks.hpp"
#include "directory/fold.hpp"
#include "directory/town_name.hpp"
#include "geo/distance.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/locating/address.hpp"
#include "importers/locating/municipality_index.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace shirube::importers {

namespace {

using directory::TownReading;

constexpr std::string_view k_chome = "丁目";

struct TownName {
    std::string key;
    int chome = 0;
};

/// "今井二丁目" → {"今井", 2}; "大字日野" → {"日野", 0}; a koaza belongs to the name.
TownName name_of(const TownReading& town) {
    TownName name{.key = directory::town_name_key(town.town + town.koaza), .chome = 0};
    constexpr std::string_view cho = "丁"; // Sakai's towns count 丁
    const std::string_view counter = name.key.ends_with(k_chome) ? k_chome : cho;
    if (!name.key.ends_with(counter)) {
        return name;
    }
    const std::size_t digits_end = name.key.size() - counter.size();
    std::size_t digits = digits_end;
    while (digits > 0 && name.key[digits - 1] >= '0' && name.key[digits - 1] <= '9') {
        --digits;
    }
    if (digits < digits_end && digits > 0 && digits_end - digits <= 3) {
        name.chome = std::stoi(name.key.substr(digits, digits_end - digits));
        name.key.erase(digits);
    }
    return name;
}

/// The town's name as the gazetteer writes it, without its 丁目.
std::string name_without_chome(const std::string& town) {
    std::u32string points = plain_points(town);
    constexpr std::u32string_view chome = U"丁目";
    if (!std::u32string_view(points).ends_with(chome)) {
        return town;
    }
    points.erase(points.size() - chome.size());
    constexpr std::u32string_view digits = U"0123456789〇一二三四五六七八九十百";
    while (!points.empty() && digits.find(points.back()) != std::u32string_view::npos) {
        points.pop_back();
    }
    return utf8(points);
}

std::size_t after(std::string_view text, std::string_view unit) {
    const std::size_t at = text.find(unit);
    return at == std::string_view::npos || at == 0 ? 0 : at + unit.size();
}

Municipality named(const TownReading& town) {
    Municipality municipality;
    municipality.prefecture = town.prefecture;
    municipality.name = town.municipality_name;
    municipality.code = town.municipality;
    const auto [key, without_county] = directory::municipality_key(town.municipality_name);
    municipality.keys.push_back(key);
    if (without_county != key) {
        municipality.keys.push_back(without_county);
    }
    const std::size_t city = after(key, "市");
    if (city != 0 && city < key.size() && key.ends_with("区")) {
        municipality.city_key = key.substr(0, city);
        municipality.ward_key = key.substr(city);
    }
    const std::string& shortest = municipality.keys.back();
    constexpr std::size_t unit = std::string_view("市").size();
    municipality.stem_key = shortest.substr(0, shortest.size() - std::min(unit, shortest.size()));
    return municipality;
}

} // namespace

std::string without_ga(std::string_view key) { return replaced(std::string(key), "が", ""); }

LocatorIndex::LocatorIndex(std::vector<TownReading> towns) : towns_(std::move(towns)) {
    std::map<std::pair<std::string, std::string>, std::size_t> places;
    for (std::uint32_t i = 0; i < towns_.size(); ++i) {
        const TownReading& town = towns_[i];
        const auto [place, is_new] =
            places.try_emplace({town.prefecture, town.municipality_name}, municipalities_.size());
        if (is_new) {
            municipalities_.push_back(named(town));
        }
        Municipality& municipality = municipalities_[place->second];
        const TownName name = name_of(town);
        if (name.key.empty()) {
            continue;
        }
        if (!town.koaza.empty() && town.blocks) {
            municipality.parts[directory::town_name_key(town.town)].towns.push_back(i);
        }
        municipality.longest_name = std::max(municipality.longest_name, name.key.size());
        municipality.towns[name.key].push_back({.town = i, .chome = name.chome});
        municipality.towns_without_ga[without_ga(name.key)].push_back({.town = i, .chome = name.chome});
    }
    gather_parts();
}

Location LocatorIndex::at(const TownEntry& entry) const {
    const TownReading& town = towns_[entry.town];
    return {.position = town.position,
            .quality = directory::PositionQuality::town,
            .accuracy_m = town.accuracy_m,
            .municipality = town.municipality,
            .municipality_name = town.municipality_name,
            .matched = town.town + town.koaza};
}

Location LocatorIndex::area_of(const std::vector<TownEntry>& entries) const {
    assert(!entries.empty());
    Location area = at(entries.front());
    if (entries.size() == 1) {
        return area;
    }
    area.position = {};
    for (const TownEntry& entry : entries) {
        area.position.lon += towns_[entry.town].position.lon / static_cast<double>(entries.size());
        area.position.lat += towns_[entry.town].position.lat / static_cast<double>(entries.size());
    }
    area.accuracy_m = 0;
    const geo::LocalMetric metric(area.position);
    for (const TownEntry& entry : entries) {
        const TownReading& town = towns_[entry.town];
        area.accuracy_m = std::max(area.accuracy_m, metric.distance_m(town.position) + town.accuracy_m);
    }
    area.matched = name_without_chome(towns_[entries.front().town].town);
    return area;
}

void LocatorIndex::gather_parts() {
    for (Municipality& municipality : municipalities_) {
        for (auto& [town, parts] : municipality.parts) {
            std::set<std::pair<bool, std::string>> seen;
            for (const std::uint32_t part : parts.towns) {
                for (directory::Block& block : directory::unpack_blocks(*towns_[part].blocks)) {
                    parts.numbers_recur =
                        !seen.emplace(block.is_shown, std::move(block.number)).second || parts.numbers_recur;
                }
            }
        }
    }
}

std::optional<LocatorIndex::Chosen> LocatorIndex::choose(const std::vector<TownEntry>& entries, std::string_view rest,
                                                         bool begins_with_block) {
    // Kyoto has several towns of one name in one ward: then the area of all of them is what is known.
    const auto of_chome = [&](int chome) {
        std::vector<TownEntry> found;
        std::ranges::copy_if(entries, std::back_inserter(found),
                             [&](const TownEntry& entry) { return entry.chome == chome; });
        return found;
    };
    const auto number = leading_number(rest);
    if (!number) {
        auto whole = lot_letter_bytes(rest) > 0 ? of_chome(0) : std::vector<TownEntry>{};
        return may_follow_town(rest) ? std::optional(Chosen{whole.empty() ? entries : std::move(whole), rest})
                                     : std::nullopt;
    }
    if (number->value != 0 && (!begins_with_block || number->is_chome)) {
        if (auto found = of_chome(number->value); !found.empty()) {
            return Chosen{std::move(found), rest.substr(number->bytes)};
        }
    }
    // A number that is no 丁目 of the town is one of its lots (番地).
    if (auto whole = of_chome(0); !whole.empty()) {
        return Chosen{std::move(whole), rest};
    }
    return Chosen{entries, {}};
}

std::optional<LocatorIndex::Chosen> LocatorIndex::match(const Names& names, std::size_t longest, std::string_view key,
                                                        std::string_view suffix, bool begins_with_block) const {
    for (std::size_t length = std::min(longest, key.size()); length > 0; length = previous_letter(key, length)) {
        if (length < key.size() && (static_cast<unsigned char>(key[length]) & 0xc0U) == 0x80U) {
            continue; // inside a letter
        }
        const auto found = names.find(std::string(key.substr(0, length)) + std::string(suffix));
        if (found == names.end()) {
            continue;
        }
        const std::string_view rest = key.substr(length);
        if (!suffix.empty() && !leading_number(rest)) {
            continue; // a completed name needs a number behind it: 港 alone is not 港町
        }
        if (auto chosen = choose(found->second, rest, begins_with_block)) {
            return chosen;
        }
    }
    return std::nullopt;
}

std::optional<Location> LocatorIndex::block_in(std::uint32_t place, const std::vector<std::string>& numbers,
                                               BlockForm form) const {
    const TownReading& town = towns_[place];
    if (!town.blocks) {
        return std::nullopt;
    }
    const auto of_kind = [&](bool is_shown) -> std::optional<directory::Block> {
        for (const std::string& number : numbers) {
            if (auto block = directory::find_block(*town.blocks, number, is_shown)) {
                return block;
            }
        }
        return std::nullopt;
    };
    auto shown = of_kind(true);
    auto lot = of_kind(false);
    // 番地 is written for 番 and the other way round; where the town has both kinds the word tells them apart.
    if (shown && lot && form != BlockForm::open) {
        (form == BlockForm::shown ? lot : shown).reset();
    }
    if (!shown && !lot) {
        return std::nullopt;
    }
    const directory::Block& block = shown ? *shown : *lot;
    Location location = at({.town = place});
    location.position = block.position;
    location.quality = directory::PositionQuality::block;
    location.accuracy_m = block.accuracy_m;
    location.matched += block.number + (block.is_shown ? "番" : "番地");
    if (shown && lot) {
        // "3-5" may be either: the circle holds both.
        location.accuracy_m =
            std::max(location.accuracy_m, geo::distance_m(shown->position, lot->position) + lot->accuracy_m);
    }
    return location;
}

std::optional<Location> LocatorIndex::block_of(const Municipality& municipality, const Chosen& chosen,
                                               BlockForm form) const {
    if (chosen.entries.size() != 1) {
        return std::nullopt; // the number may be any of theirs
    }
    const auto numbers = leading_blocks(chosen.rest);
    if (numbers.empty()) {
        return std::nullopt;
    }
    const std::uint32_t town = chosen.entries.front().town;
    if (auto location = block_in(town, numbers, form)) {
        return location;
    }
    // People leave a 小字 out where the lots of the whole 大字 are counted through.
    const auto parts = municipality.parts.find(directory::town_name_key(towns_[town].town));
    if (!towns_[town].koaza.empty() || parts == municipality.parts.end() || parts->second.numbers_recur) {
        return std::nullopt;
    }
    std::optional<Location> one;
    for (const std::uint32_t part : parts->second.towns) {
        if (auto location = block_in(part, numbers, form)) {
            if (one) {
                return std::nullopt;
            }
            one = std::move(location);
        }
    }
    return one;
}

std::optional<Location> LocatorIndex::find(const Municipality& municipality, std::string_view key,
                                           const std::optional<BlockHint>& hint) const {
    for (const std::string_view prefix : {"大字", "字"}) {
        if (key.starts_with(prefix)) {
            key.remove_prefix(prefix.size());
            break;
        }
    }
    const std::size_t longest = municipality.longest_name;
    const bool begins_with_block = hint && hint->begins_with_block;
    auto chosen = match(municipality.towns, longest, key, "", begins_with_block);
    if (!chosen) {
        // 前野2-43-15 for 前野町二丁目: people leave the 町 out.
        chosen = match(municipality.towns, longest, key, "町", begins_with_block);
    }
    const std::string loose_key = without_ga(key);
    if (!chosen) {
        // 阿佐ヶ谷北 for 阿佐谷北, 千駄谷 for 千駄ヶ谷.
        chosen = match(municipality.towns_without_ga, longest, loose_key, "", begins_with_block);
    }
    if (!chosen) {
        return std::nullopt;
    }
    if (hint && !hint->is_near) {
        if (auto block = block_of(municipality, *chosen, hint->form)) {
            return block;
        }
    }
    return chosen->entries.size() == 1 ? at(chosen->entries.front()) : area_of(chosen->entries);
}

} // namespace shirube::importers
