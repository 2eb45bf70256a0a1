#include "directory/coverage/need_weight.hpp"

#include "directory/coverage/need_parting.hpp"
#include "directory/designated_city.hpp"
#include "directory/fold.hpp"
#include "directory/needs.hpp"
#include "geo/largest_remainder.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace shirube::directory {

namespace {

bool is_asked_for(const NeedSeries& series, const NeedWeight& need) {
    return fold(series.indicator) == fold(need.indicator) &&
           (need.unit.empty() || parse_code<Unit>(need.unit) == series.unit);
}

/// The day on which the figures are looked at: the day asked for, or where no period has begun by then, the day on
/// which the first one does.
Day day_of_figures(const Reader& reader, const NeedSeries& series, Day day) {
    std::optional<Day> first;
    for (const auto index : series.needs) {
        const NeedReading& need = reader.needs()[index].reading;
        const auto begins = need.from ? need.from : need.to;
        if (!begins || *begins <= day) {
            return day;
        }
        if (!first || *begins < *first) {
            first = begins;
        }
    }
    return first.value_or(day);
}

/// A municipality's figure, parted among its districts by the children who live in each.
void part(double value, const std::string& municipality, const Reader& reader, const Layer& layer,
          const LayerChildren& children, NeedOfLayer& out) {
    std::vector<std::uint32_t> places;
    std::vector<double> weights;
    for (std::uint32_t i = 0; i < layer.count; ++i) {
        if (!lies_in(reader.districts()[layer.first + i].municipality, municipality)) {
            continue;
        }
        if (!children.districts[i].children) {
            return; // some of its children nobody has counted: no part can be told
        }
        places.push_back(i);
        weights.push_back(static_cast<double>(*children.districts[i].children));
    }
    const auto parts = geo::apportion(std::llround(value), weights);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        out.districts[places[i]] = {static_cast<double>(parts[i]), true, false};
    }
}

} // namespace

NeedOfLayer need_of_layer(const Reader& reader, const Policy& policy, const Layer& layer, const LayerChildren& children,
                          Day day) {
    NeedOfLayer out;
    out.districts.resize(layer.count);
    const NeedSeries* of_districts = nullptr;
    const NeedSeries* of_cells = nullptr;
    const NeedSeries* of_other = nullptr; ///< the one of most areas: the finest
    const NeedSeries* of_municipalities = nullptr;
    const auto all = need_series(reader);
    for (const auto& series : all) {
        if (is_asked_for(series, *policy.need)) {
            if (series.layer == layer.code && of_districts == nullptr) {
                of_districts = &series;
            } else if (series.layer == "municipality" && of_municipalities == nullptr) {
                of_municipalities = &series;
            } else if (series.layer == "mesh" && of_cells == nullptr) {
                of_cells = &series;
            } else if (reader.find_layer(series.layer) != nullptr &&
                       (of_other == nullptr || series.needs.size() > of_other->needs.size())) {
                of_other = &series;
            }
        }
    }
    const NeedSeries* series = nullptr;
    for (const auto* next : {of_districts, of_cells, of_other, of_municipalities}) {
        series = series == nullptr ? next : series;
    }
    if (series == nullptr) {
        return out;
    }
    const Day looked_at = day_of_figures(reader, *series, day);
    out.is_plan = looked_at != day;
    bool all_known = true;
    double total = 0;
    const auto areas = need_areas(reader, *series, looked_at);
    const bool is_additive_unit = is_additive(series->unit);
    for (const auto& area : areas) {
        if (!area.need) {
            all_known = false;
            continue;
        }
        const NeedReading& need = reader.needs()[*area.need].reading;
        out.sample = out.sample == k_no_index ? *area.need : out.sample;
        all_known = all_known && need.value;
        total += need.value.value_or(0);
        if (series == of_districts && area.district != k_no_index) {
            out.districts[area.district - layer.first] = {need.value, false, need.suppressed};
        } else if (series == of_municipalities && need.value && is_additive_unit) {
            const std::string& municipality = need.municipality.empty() ? need.code : need.municipality;
            part(*need.value, municipality, reader, layer, children, out);
        }
    }
    if (series == of_cells || series == of_other) {
        const auto values = parted_need(reader, policy, layer, children, *series, areas);
        for (std::uint32_t i = 0; i < layer.count; ++i) {
            out.districts[i] = {values[i], true, false};
        }
    }
    if (all_known && out.sample != k_no_index && is_additive_unit) {
        out.total = total; // of all areas that figures speak of, also those beyond the layer
    }
    return out;
}

} // namespace shirube::directory
