#include "importers/locating/locator_index.hpp"

#include "directory/fold.hpp"
#include "geo/distance.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/locating/address.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>
#include <map>
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
    TownName name{.key = directory::fold_address(with_arabic_counters(town.town + town.koaza)), .chome = 0};
    for (const std::string_view prefix : {"大字", "字"}) {
        if (name.key.starts_with(prefix) && name.key.size() > prefix.size()) {
            name.key.erase(0, prefix.size());
            break;
        }
    }
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
    const std::string key = directory::fold(town.municipality_name);
    municipality.keys.push_back(key);
    // 西多摩郡日の出町 is written with and without its 郡; 郡山市 and 小郡市 have none.
    const std::size_t district = after(key, "郡");
    const bool town_or_village = key.ends_with("町") || key.ends_with("村");
    if (district != 0 && district < key.size() && town_or_village) {
        municipality.keys.push_back(key.substr(district));
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

std::size_t previous_letter(std::string_view text, std::size_t at) {
    do {
        --at;
    } while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U);
    return at;
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
        municipality.longest_name = std::max(municipality.longest_name, name.key.size());
        municipality.towns[name.key].push_back({.town = i, .chome = name.chome});
        municipality.towns_without_ga[without_ga(name.key)].push_back({.town = i, .chome = name.chome});
    }
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

std::optional<Location> LocatorIndex::choose(const std::vector<TownEntry>& entries, std::string_view rest) const {
    const auto number = leading_number(rest);
    if (!number) {
        return may_follow_town(rest) ? std::optional(area_of(entries)) : std::nullopt;
    }
    // Kyoto has several towns of one name in one ward: then the area of all of them is what is known.
    const auto of_chome = [&](int chome) {
        std::vector<TownEntry> found;
        std::ranges::copy_if(entries, std::back_inserter(found),
                             [&](const TownEntry& entry) { return entry.chome == chome; });
        return found;
    };
    if (const auto found = of_chome(number->value); !found.empty() && number->value != 0) {
        return found.size() == 1 ? at(found.front()) : area_of(found);
    }
    // A number that is no 丁目 of the town is one of its lots (番地).
    if (const auto whole = of_chome(0); !whole.empty()) {
        return whole.size() == 1 ? at(whole.front()) : area_of(whole);
    }
    return area_of(entries);
}

std::optional<Location> LocatorIndex::match(const Names& names, std::size_t longest, std::string_view key,
                                            std::string_view suffix) const {
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
        if (auto location = choose(found->second, rest)) {
            return location;
        }
    }
    return std::nullopt;
}

std::optional<Location> LocatorIndex::find(const Municipality& municipality, std::string_view key) const {
    for (const std::string_view prefix : {"大字", "字"}) {
        if (key.starts_with(prefix)) {
            key.remove_prefix(prefix.size());
            break;
        }
    }
    const std::size_t longest = municipality.longest_name;
    if (auto exact = match(municipality.towns, longest, key, "")) {
        return exact;
    }
    // 前野2-43-15 for 前野町二丁目: people leave the 町 out.
    if (auto with_unit = match(municipality.towns, longest, key, "町")) {
        return with_unit;
    }
    // 阿佐ヶ谷北 for 阿佐谷北, 千駄谷 for 千駄ヶ谷.
    return match(municipality.towns_without_ga, longest, without_ga(key), "");
}

} // namespace shirube::importers
