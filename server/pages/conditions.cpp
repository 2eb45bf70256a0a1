#include "server/pages/conditions.hpp"

#include "server/numbers.hpp"
#include "server/pages/links.hpp"
#include "server/pages/words.hpp"
#include "server/search_query.hpp"

#include <algorithm>

namespace shirube::server {

namespace {

/// The query with one value of a comma list taken out; without the parameter where none is left.
Query without_value(const Query& query, std::string_view name, std::string_view value) {
    const auto found = std::ranges::find(query, name, &Query::value_type::first);
    std::string rest;
    for (const auto& part : split(found->second, ',')) {
        if (part != value) {
            rest += rest.empty() ? "" : ",";
            rest += part;
        }
    }
    return rest.empty() ? without(query, name) : with(query, name, rest);
}

/// A number that read_search_query has taken already.
double number_in(std::string_view text) { return parse_number(text).value_or(0); }

std::string age_words(std::string_view value, const Texts& texts) {
    const bool in_months = value.ends_with('m');
    const auto number = static_cast<int>(number_in(in_months ? value.substr(0, value.size() - 1) : value));
    return age_in_words(in_months ? number : number * 12, texts);
}

std::string open_words(std::string_view value, const Texts& texts) {
    if (value == "now") {
        return texts.get("ask.open_now");
    }
    const auto instant = directory::parse_instant(value);
    return instant ? texts.with("condition.open_at", {{"date", date_in_words(instant->day, texts)},
                                                      {"time", directory::to_string(*instant).substr(11, 5)}})
                   : std::string(value);
}

std::string district_name(std::string_view value, const directory::Reader& reader) {
    const auto colon = value.find(':');
    if (colon == std::string_view::npos) {
        return std::string(value);
    }
    const auto district = reader.find_district(value.substr(0, colon), value.substr(colon + 1));
    return district ? reader.districts()[*district].name : std::string(value);
}

std::string radius_words(std::string_view value, const Texts& texts) {
    return texts.with("condition.radius", {{"distance", distance_in_words(number_in(value))}});
}

std::string programme_words(std::string_view code, const directory::Taxonomy& taxonomy, const Texts& texts) {
    const auto index = taxonomy.by_code(code);
    return index ? taxonomy.at(*index).label.in(texts.language()) : std::string(code);
}

} // namespace

std::vector<Condition> conditions_of(const Query& query, const Context& context, const Texts& texts) {
    std::vector<Condition> out;
    const auto add = [&](const std::string& parameter, std::string words, std::string own_name, Query rest) {
        out.push_back({parameter, std::move(words), std::move(own_name), without(std::move(rest), "cursor")});
    };
    for (const auto& [name, value] : query) {
        if (name == "programme" || name == "for" || name == "feature" || name == "within") {
            for (const auto& one : split(value, ',')) {
                const Query rest = without_value(query, name, one);
                name == "within" ? add(name, {}, district_name(one, context.reader()), rest)
                : name == "programme"
                    ? add(name, programme_words(one, context.reader().taxonomy(), texts), {}, rest)
                    : add(name, texts.get_or(name + "." + std::string(one), std::string(one)), {}, rest);
            }
        } else if (name == "age") {
            add(name, age_words(value, texts), {}, without(query, name));
        } else if (name == "day") {
            add(name, texts.get_or("day." + value, value), {}, without(query, name));
        } else if (name == "time") {
            add(name, texts.with("ask.about_time", {{"time", value}}), {}, without(query, name));
        } else if (name == "open") {
            add(name, open_words(value, texts), {}, without(query, name));
        } else if (name == "radius") {
            add(name, radius_words(value, texts), {}, without(query, name));
        } else if (name == "entry" || name == "fee" || name == "transport") {
            add(name, texts.get_or("condition." + name + "." + value, value), {}, without(query, name));
        } else if (name == "q" || name == "residents_of" || name == "bbox" || name == "at") {
            add(name, {}, name == "q" ? "「" + value + "」" : value, without(query, name));
        }
    }
    return out;
}

std::string place_name(const directory::Reader& reader, geo::LonLat near) {
    const directory::Layer* layer = usual_layer(reader);
    if (layer == nullptr) {
        return {};
    }
    std::string out;
    for (const std::uint32_t district : reader.districts_at(*layer, near)) {
        out += (out.empty() ? "" : "・") + reader.districts()[district].name;
    }
    return out;
}

std::vector<Relaxation> relaxations(const Query& query, const Context& context, const Texts& texts) {
    std::vector<Relaxation> out;
    for (auto& condition : conditions_of(query, context, texts)) {
        auto asked = read_search_query(condition.without, context.reader(), context.now);
        if (!asked) {
            continue;
        }
        asked->limit = 1;
        asked->offset = 0;
        const auto found = context.reader().search(*asked);
        const std::size_t matched = found.number_matched + found.without_position_matched;
        if (matched > 0) {
            out.push_back({std::move(condition), matched});
        }
    }
    std::ranges::stable_sort(out, std::greater{}, &Relaxation::number_matched);
    return out;
}

} // namespace shirube::server
