#include "server/pages/search/conditions.hpp"

#include "server/numbers.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/pages/links.hpp"
#include "server/pages/search/opening.hpp"
#include "server/pages/use_terms_words.hpp"
#include "server/pages/words.hpp"
#include "server/search_query.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace shirube::server {

namespace {

/// The query without one value of a parameter, whether it stands in a comma list or in a repetition.
Query without_value(const Query& query, std::string_view name, std::string_view value) {
    Query out;
    for (const auto& pair : query) {
        if (pair.first != name) {
            out.push_back(pair);
            continue;
        }
        std::string rest;
        for (const auto part : split(pair.second, ',')) {
            if (part != value) {
                rest += rest.empty() ? "" : ",";
                rest += part;
            }
        }
        if (!rest.empty()) {
            out.emplace_back(name, std::move(rest));
        }
    }
    return out;
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
    if (const auto day = directory::parse_day(value)) {
        return texts.with("condition.open_on", {{"date", short_date(*day, texts)}});
    }
    const auto instant = directory::parse_instant(value);
    return instant ? texts.with("condition.open_at", {{"date", date_in_words(instant->day, texts)},
                                                      {"time", directory::to_string(*instant).substr(11, 5)}})
                   : std::string(value);
}

/// "平日", or the days one by one.
std::string days_in_words(std::string_view value, const Texts& texts) {
    if (value == "mon,tue,wed,thu,fri") {
        return texts.get("condition.weekdays");
    }
    std::string words;
    for (const auto day : split(value, ',')) {
        words += words.empty() ? "" : texts.get("condition.day_joint");
        words += texts.get_or("day." + std::string(day), std::string(day));
    }
    return words;
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
    return index ? taxonomy.at(*index).public_label.in(texts.language()) : std::string(code);
}

struct Wording {
    std::string words;    ///< ours
    std::string own_name; ///< a name or a text that stays as it is
};

/// One value of one parameter in words; nothing for what is no condition (the place itself, the page, the language).
std::optional<Wording> wording_of(const std::string& name, const std::string& value, const Context& context,
                                  const Texts& texts) {
    if (name == "programme") {
        return Wording{programme_words(value, context.reader().taxonomy(), texts), {}};
    }
    if (name == "within") {
        return Wording{{}, district_name(value, context.reader())};
    }
    if (name == "day") {
        return Wording{days_in_words(value, texts), {}};
    }
    if (name == "transport" && value.find(',') != std::string::npos) {
        return Wording{texts.get("ask.transport"), {}};
    }
    if (name == "for" || name == "feature") {
        return Wording{texts.get_or(name + "." + value, value), {}};
    }
    if (name == "entry" || name == "fee" || name == "transport" || name == "phone") {
        return Wording{texts.get_or("condition." + name + "." + value, value), {}};
    }
    if (name == "age") {
        return Wording{age_words(value, texts), {}};
    }
    if (name == "time") {
        return Wording{texts.with("ask.about_time", {{"time", value}}), {}};
    }
    if (name == "open") {
        return Wording{open_words(value, texts), {}};
    }
    if (name == "radius") {
        return Wording{radius_words(value, texts), {}};
    }
    if (name == "q") {
        return Wording{{}, "「" + value + "」"};
    }
    if (name == "stage") {
        const auto stage = directory::parse_life_stage(value);
        return Wording{stage ? directory::words_of(*stage).label.in(texts.language()) : value, {}};
    }
    if (name == "municipality") {
        return Wording{{}, facts_of(context.reader(), context.now.day)->municipality_name(value)};
    }
    if (name == "residents_of") {
        const auto facts = facts_of(context.reader(), context.now.day);
        return Wording{texts.with("ask.residents_of", {{"name", facts->municipality_name(value)}}), {}};
    }
    if (name == "use_contract") {
        const auto contract = directory::parse_code<directory::Contract>(value);
        return Wording{
            texts.with("ask.use_contract", {{"contract", contract ? contract_in_words(*contract, texts) : value}}), {}};
    }
    if (name == "bbox" || name == "at") {
        return Wording{{}, value};
    }
    return std::nullopt;
}

/// Lists of which any value will do.
bool is_any_of(std::string_view name) { return name == "programme" || name == "for" || name == "within"; }

std::size_t values_of(const Query& query, std::string_view name) {
    std::size_t values = 0;
    for (const auto& [parameter, value] : query) {
        values += parameter == name ? split(value, ',').size() : 0;
    }
    return values;
}

/// Parameters that hold several values; each is a condition of its own.
bool is_list(std::string_view name) {
    return name == "programme" || name == "for" || name == "feature" || name == "within";
}

} // namespace

std::vector<Condition> conditions_of(const Query& query, const Context& context, const Texts& texts) {
    std::vector<Condition> out;
    for (const auto& [name, value] : query) {
        const auto parts = is_list(name) ? split(value, ',') : std::vector<std::string_view>{value};
        for (const std::string_view part : parts) {
            const bool is_repeated = std::ranges::any_of(
                out, [&](const Condition& known) { return known.parameter == name && known.value == part; });
            auto wording =
                part.empty() || is_repeated ? std::nullopt : wording_of(name, std::string(part), context, texts);
            if (wording) {
                Query rest = is_list(name) ? without_value(query, name, part) : without(query, name);
                if (name == "residents_of") {
                    rest = without(rest, "use_contract"); // it says on what terms these may come
                }
                out.push_back({name, std::string(part), std::move(wording->words), std::move(wording->own_name),
                               without(rest, "cursor")});
            }
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
        out += out.empty() ? "" : "・";
        out += reader.districts()[district].name;
    }
    return out;
}

std::vector<Relaxation> relaxations(const Query& query, const Context& context, const Texts& texts) {
    // Of a list of which any will do, one value less finds no more: the whole list goes. Each costs a search.
    constexpr std::size_t k_most_tried = 10;
    std::vector<Condition> tried;
    for (auto& condition : conditions_of(query, context, texts)) {
        if (is_any_of(condition.parameter)) {
            const bool is_known = std::ranges::find(tried, condition.parameter, &Condition::parameter) != tried.end();
            if (is_known) {
                continue;
            }
            condition.without = without(without(query, condition.parameter), "cursor");
            if (values_of(query, condition.parameter) > 1) {
                condition.words = texts.get("condition.all_" + condition.parameter);
                condition.own_name.clear();
            }
        }
        tried.push_back(std::move(condition));
    }
    tried.resize(std::min(tried.size(), k_most_tried));
    std::vector<Relaxation> out;
    for (auto& condition : tried) {
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
