// GET /needs: indicators by district, municipality or cell, each with its unit, period and source.
#include "directory/needs.hpp"

#include "directory/fold.hpp"
#include "server/api/answers.hpp"
#include "server/api/api.hpp"

#include <fmt/format.h>

#include <set>

namespace shirube::server {

namespace {

using nlohmann::ordered_json;

/// A series by census cell may have a million values; whoever wants all of them reads the store.
constexpr std::size_t k_most_values = 10'000;

ordered_json day_or_null(const std::optional<directory::Day>& day) {
    return day ? ordered_json(directory::to_string(*day)) : ordered_json(nullptr);
}

/// Whole numbers without a point.
ordered_json number_or_null(const std::optional<double>& value) {
    if (!value) {
        return nullptr;
    }
    const auto whole = static_cast<std::int64_t>(*value);
    return static_cast<double>(whole) == *value ? ordered_json(whole) : ordered_json(*value);
}

ordered_json source_of(const directory::Reader& reader, const directory::NeedRow& need) {
    const bool known = need.list < reader.lists().index_end();
    const directory::ListRow none;
    const directory::ListRow& list = known ? reader.lists()[need.list] : none;
    return {{"text", text_or_null(need.reading.source.empty() ? list.source : need.reading.source)},
            {"list", text_or_null(list.name)},
            {"publisher", text_or_null(list.publisher)},
            {"licence", text_or_null(list.licence)},
            {"as_of", text_or_null(list.as_of)}};
}

ordered_json head_of(const directory::NeedSeries& series) {
    return {{"indicator", series.indicator},
            {"unit", directory::code_of(series.unit)},
            {"unit_label", directory::label_of(series.unit)},
            {"layer", series.layer}};
}

ordered_json summary_of(const directory::Reader& reader, const directory::NeedSeries& series) {
    std::set<std::pair<std::string, std::string>> periods;
    for (const auto index : series.needs) {
        const auto& need = reader.needs()[index].reading;
        periods.emplace(need.from ? directory::to_string(*need.from) : "",
                        need.to ? directory::to_string(*need.to) : "");
    }
    ordered_json out = head_of(series);
    out["figures"] = series.needs.size();
    out["periods"] = ordered_json::array();
    for (const auto& [from, to] : periods) {
        out["periods"].push_back({{"from", text_or_null(from)}, {"to", text_or_null(to)}});
    }
    return out;
}

ordered_json value_of(const directory::Reader& reader, const directory::NeedArea& area) {
    ordered_json out = ordered_json::object();
    const directory::NeedRow* need = area.need ? &reader.needs()[*area.need] : nullptr;
    if (area.district != directory::k_no_index) {
        const auto& district = reader.districts()[area.district];
        out = {{"code", district.code},
               {"name", text_or_null(district.name)},
               {"municipality", text_or_null(district.municipality)}};
    } else {
        out = {{"code", text_or_null(need->reading.code)},
               {"name", text_or_null(need->reading.name)},
               {"municipality", text_or_null(need->reading.municipality)}};
    }
    const bool is_place = need == nullptr || area.district != directory::k_no_index ||
                          need->reading.layer == "municipality" || need->reading.layer == "mesh";
    out["known_area"] = is_place;
    out["value"] = need == nullptr ? ordered_json(nullptr) : number_or_null(need->reading.value);
    out["suppressed"] = need != nullptr && need->reading.suppressed;
    out["from"] = need == nullptr ? ordered_json(nullptr) : day_or_null(need->reading.from);
    out["to"] = need == nullptr ? ordered_json(nullptr) : day_or_null(need->reading.to);
    out["note"] = need == nullptr ? ordered_json(nullptr) : text_or_null(need->reading.note);
    out["source"] = need == nullptr ? ordered_json(nullptr) : source_of(reader, *need);
    return out;
}

ordered_json series_of(const directory::Reader& reader, const directory::NeedSeries& series, directory::Day day) {
    ordered_json out = head_of(series);
    const auto areas = directory::need_areas(reader, series, day);
    out["areas"] = areas.size();
    ordered_json values = ordered_json::array();
    for (const auto& area : areas) {
        if (values.size() == k_most_values) {
            break;
        }
        values.push_back(value_of(reader, area));
    }
    out["values"] = std::move(values);
    return out;
}

} // namespace

Answer get_needs(const Request& request, const Context& context) {
    if (const auto problem = wrong_parameter(request, {"indicator", "layer", "at", "f"}, {"json"})) {
        return to_answer(*problem, context.language);
    }
    const auto at = instant_asked(request, context);
    if (!at) {
        return to_answer(at.error(), context.language);
    }
    const auto indicator = request.parameter("indicator");
    const auto layer = request.parameter("layer");
    const bool asked = indicator && !indicator->empty();
    const std::string wanted = asked ? directory::fold(*indicator) : std::string{};
    ordered_json indicators = ordered_json::array();
    ordered_json found = ordered_json::array();
    bool known = false;
    for (const auto& series : directory::need_series(context.reader())) {
        if (layer && !layer->empty() && *layer != series.layer) {
            known = known || directory::fold(series.indicator) == wanted;
            continue;
        }
        indicators.push_back(summary_of(context.reader(), series));
        if (asked && directory::fold(series.indicator) == wanted) {
            known = true;
            found.push_back(series_of(context.reader(), series, at->day));
        }
    }
    if (asked && !known) {
        return to_answer(
            {"bad_parameter", "indicator",
             fmt::format("There is no indicator \"{}\"; without the parameter all of them are listed.", *indicator)},
            context.language);
    }
    Answer answer = json_answer({{"edition", context.reader().edition()},
                                 {"at", directory::to_string(*at)},
                                 {"indicators", std::move(indicators)},
                                 {"series", std::move(found)}},
                                context);
    answer.etag_basis = etag_basis(context, *at);
    return answer;
}

} // namespace shirube::server
