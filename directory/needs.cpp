#include "directory/needs.hpp"

#include "directory/fold.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace shirube::directory {

namespace {

/// Whether the period of a figure has begun.
bool has_begun(const NeedReading& need, Day day) {
    const auto first = need.from ? need.from : need.to;
    return !first || *first <= day;
}

/// Keeps of two figures of one area and series the one whose period began later; then the newer list's, then by name.
bool goes_before(const Reader& reader, std::uint32_t a, std::uint32_t b) {
    const auto order = [&](std::uint32_t need) {
        const NeedRow& row = reader.needs()[need];
        const bool known = row.list < reader.lists().index_end();
        return std::tuple(row.reading.from.value_or(Day::min()), row.reading.to.value_or(Day::min()),
                          known ? std::string_view{reader.lists()[row.list].as_of} : std::string_view{});
    };
    return order(b) < order(a);
}

template <class Key>
void keep_best(const Reader& reader, std::map<Key, std::uint32_t>& best, const Key& key, std::uint32_t need) {
    const auto [found, is_new] = best.try_emplace(key, need);
    if (!is_new && goes_before(reader, need, found->second)) {
        found->second = need;
    }
}

} // namespace

std::vector<NeedSeries> need_series(const Reader& reader) {
    std::map<std::tuple<std::string, Unit, std::string>, NeedSeries> series;
    const auto needs = reader.needs();
    for (std::uint32_t i = 0; i < needs.size(); ++i) {
        const NeedReading& need = needs[i].reading;
        auto& of = series[{fold(need.indicator), need.unit, need.layer}];
        if (of.needs.empty()) {
            of.indicator = need.indicator;
            of.unit = need.unit;
            of.layer = need.layer;
        }
        of.needs.push_back(i);
    }
    std::vector<NeedSeries> out;
    for (auto& [key, of] : series) {
        out.push_back(std::move(of));
    }
    return out;
}

std::vector<NeedArea> need_areas(const Reader& reader, const NeedSeries& series, Day day) {
    std::map<std::uint32_t, std::uint32_t> of_district;
    std::map<std::tuple<std::string, std::string, std::string>, std::uint32_t> elsewhere;
    for (const auto index : series.needs) {
        const NeedReading& need = reader.needs()[index].reading;
        if (!has_begun(need, day)) {
            continue;
        }
        if (const auto district = reader.district_of_need(index); district != k_no_index) {
            keep_best(reader, of_district, district, index);
        } else {
            keep_best(reader, elsewhere, {need.municipality, need.code, need.code.empty() ? fold(need.name) : ""},
                      index);
        }
    }
    std::vector<NeedArea> areas;
    if (const Layer* layer = reader.find_layer(series.layer)) {
        for (std::uint32_t district = layer->first; district < layer->first + layer->count; ++district) {
            const auto found = of_district.find(district);
            areas.push_back({district, found == of_district.end() ? std::nullopt : std::optional(found->second)});
        }
    }
    for (const auto& [key, need] : elsewhere) {
        areas.push_back({k_no_index, need});
    }
    return areas;
}

std::vector<std::uint32_t> needs_of_district(const Reader& reader, std::uint32_t district, Day day) {
    std::map<std::pair<std::string, Unit>, std::uint32_t> best;
    std::map<std::pair<std::string, Unit>, std::uint32_t> next;
    for (const auto index : reader.needs_of(district)) {
        const NeedReading& need = reader.needs()[index].reading;
        const std::pair key{fold(need.indicator), need.unit};
        if (has_begun(need, day)) {
            keep_best(reader, best, key, index);
            continue;
        }
        const auto [found, is_new] = next.try_emplace(key, index);
        const auto begin = [&](std::uint32_t of) {
            const NeedReading& reading = reader.needs()[of].reading;
            return reading.from ? reading.from : reading.to;
        };
        const bool sooner = begin(index) < begin(found->second);
        if (!is_new &&
            (sooner || (begin(index) == begin(found->second) && goes_before(reader, index, found->second)))) {
            found->second = index;
        }
    }
    best.merge(next);
    std::vector<std::uint32_t> out;
    for (const auto& [key, need] : best) {
        out.push_back(need);
    }
    return out;
}

} // namespace shirube::directory
