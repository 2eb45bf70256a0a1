#include "server/search_query.hpp"

#include "directory/designated_city.hpp"
#include "server/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

namespace shirube::server {

namespace {

using directory::Instant;
using directory::Reader;
using directory::SearchQuery;

constexpr double k_most_radius_m = 200'000;
constexpr std::size_t k_most_limit = 1'000;
constexpr std::size_t k_most_text = 200;
constexpr int k_most_age_years = 120;
constexpr std::array<std::string_view, 7> k_weekdays{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/// Thrown inside read_search_query only: the way out of a parameter's reader.
struct Fault {
    Problem problem;
};

[[noreturn]] void fail(std::string_view code, std::string_view parameter, std::string detail) {
    throw Fault{{code, std::string{parameter}, std::move(detail)}};
}

/// What is gathered while the parameters are read.
struct Reading {
    SearchQuery query;
    const Reader& reader;
    bool sort_given = false;
    bool open_now = false;
    std::optional<std::string> cursor = std::nullopt;
};

double number(std::string_view parameter, std::string_view text, double least, double most) {
    const auto value = parse_number(text);
    if (!value) {
        fail("bad_parameter", parameter, fmt::format("\"{}\" is not a number.", text));
    }
    if (!(*value >= least && *value <= most)) {
        fail("parameter_out_of_range", parameter, fmt::format("{} must lie from {} to {}.", parameter, least, most));
    }
    return *value;
}

std::vector<double> numbers(std::string_view parameter, std::string_view text, std::size_t count,
                            std::string_view form) {
    std::vector<double> values;
    for (const auto part : split(text, ',')) {
        const auto value = parse_number(part);
        if (!value) {
            fail("bad_parameter", parameter, fmt::format("\"{}\" is not of the form {}.", text, form));
        }
        values.push_back(*value);
    }
    if (values.size() != count) {
        fail("bad_parameter", parameter, fmt::format("\"{}\" is not of the form {}.", text, form));
    }
    return values;
}

geo::LonLat point(std::string_view parameter, std::string_view text) {
    const auto values = numbers(parameter, text, 2, "lon,lat");
    if (std::abs(values[0]) > 180 || std::abs(values[1]) > 90) {
        fail("parameter_out_of_range", parameter, "Longitude (-180 to 180) comes first, then latitude (-90 to 90).");
    }
    return {values[0], values[1]};
}

void read_near(Reading& in, std::string_view name, std::string_view text) { in.query.near = point(name, text); }

void read_radius(Reading& in, std::string_view name, std::string_view text) {
    in.query.radius_m = number(name, text, 1, k_most_radius_m);
}

void read_bbox(Reading& in, std::string_view name, std::string_view text) {
    const auto v = numbers(name, text, 4, "west,south,east,north");
    const bool on_earth =
        std::abs(v[0]) <= 180 && std::abs(v[2]) <= 180 && std::abs(v[1]) <= 90 && std::abs(v[3]) <= 90;
    if (!on_earth || v[0] >= v[2] || v[1] >= v[3]) {
        fail("parameter_out_of_range", name, "bbox is west,south,east,north with west < east and south < north.");
    }
    in.query.bbox = geo::Box{v[0], v[1], v[2], v[3]};
}

void read_within(Reading& in, std::string_view name, std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) {
        fail("bad_parameter", name, "within is layer:code, as in chugakkoku:99201-…; see /api/v1/layers.");
    }
    if (in.reader.find_layer(text.substr(0, colon)) == nullptr) {
        fail("bad_parameter", name,
             fmt::format("There is no layer \"{}\"; see /api/v1/layers.", text.substr(0, colon)));
    }
    const auto district = in.reader.find_district(text.substr(0, colon), text.substr(colon + 1));
    if (!district) {
        fail("bad_parameter", name,
             fmt::format("The layer {} has no district \"{}\".", text.substr(0, colon), text.substr(colon + 1)));
    }
    in.query.within.push_back(*district);
}

void read_text(Reading& in, std::string_view name, std::string_view text) {
    if (text.size() > k_most_text) {
        fail("parameter_out_of_range", name, fmt::format("q may have {} bytes.", k_most_text));
    }
    in.query.text = text;
}

void read_programme(Reading& in, std::string_view name, std::string_view text) {
    for (const auto code : split(text, ',')) {
        const auto programme = in.reader.taxonomy().by_code(code);
        if (!programme) {
            fail("bad_parameter", name, fmt::format("There is no programme \"{}\"; see /api/v1/taxonomy.", code));
        }
        for (const auto below : in.reader.taxonomy().with_descendants(*programme)) {
            in.query.programmes.push_back(below);
        }
    }
}

template <class T>
T code(std::string_view name, std::string_view text) {
    const auto value = directory::parse_code<T>(text);
    // Labels are for lists; the API speaks in codes.
    if (!value || directory::code_of(*value) != text) {
        fail("bad_parameter", name, fmt::format("\"{}\" is no value of {}; see /api/v1/openapi.json.", text, name));
    }
    return *value;
}

template <class T>
std::uint8_t bits(std::string_view name, std::string_view text) {
    unsigned out = 0;
    for (const auto part : split(text, ',')) {
        out |= 1U << static_cast<unsigned>(code<T>(name, part));
    }
    return static_cast<std::uint8_t>(out);
}

void read_for(Reading& in, std::string_view name, std::string_view text) {
    in.query.for_whom = static_cast<std::uint8_t>(in.query.for_whom | bits<directory::ForWhom>(name, text));
}

void read_features(Reading& in, std::string_view name, std::string_view text) {
    in.query.features = static_cast<std::uint8_t>(in.query.features | bits<directory::Feature>(name, text));
}

void read_age(Reading& in, std::string_view name, std::string_view text) {
    const bool in_months = text.ends_with('m');
    const auto value = parse_whole(in_months ? text.substr(0, text.size() - 1) : text);
    if (!value) {
        fail("bad_parameter", name, "age is whole years, as in 2, or months, as in 8m.");
    }
    const std::int64_t most = in_months ? k_most_age_years * 12 : k_most_age_years;
    if (*value < 0 || *value > most) {
        fail("parameter_out_of_range", name, fmt::format("age must lie from 0 to {} years.", k_most_age_years));
    }
    const int unit = in_months ? 1 : 12;
    const int from = static_cast<int>(*value) * unit;
    in.query.age = directory::AgeRange{from, from + unit};
}

void read_day(Reading& in, std::string_view name, std::string_view text) {
    for (const auto part : split(text, ',')) {
        const auto found = std::ranges::find(k_weekdays, part);
        if (found == k_weekdays.end()) {
            fail("bad_parameter", name, "day is one or several of mon, tue, wed, thu, fri, sat, sun.");
        }
        in.query.weekdays |= static_cast<std::uint8_t>(1U << static_cast<unsigned>(found - k_weekdays.begin()));
    }
}

void read_time(Reading& in, std::string_view name, std::string_view text) {
    const bool is_form = text.size() == 5 && text[2] == ':';
    const auto hours = is_form ? parse_digits(text.substr(0, 2)) : std::nullopt;
    const auto minutes = is_form ? parse_digits(text.substr(3)) : std::nullopt;
    if (!hours || !minutes) {
        fail("bad_parameter", name, "time is HH:MM, as in 14:30.");
    }
    if (*hours > 23 || *minutes > 59) {
        fail("parameter_out_of_range", name, "time must lie from 00:00 to 23:59.");
    }
    in.query.minute = static_cast<int>(*hours * 60 + *minutes);
}

Instant instant(std::string_view name, std::string_view text) {
    const auto value = directory::parse_instant(text);
    if (!value) {
        fail("bad_parameter", name, fmt::format("{} is an ISO 8601 date or time, as in 2026-11-21T14:00.", name));
    }
    return *value;
}

void read_open(Reading& in, std::string_view name, std::string_view text) {
    in.open_now = text == "now";
    if (in.open_now) {
        return;
    }
    // A date alone is the day, not its midnight.
    if (const auto day = directory::parse_day(text)) {
        in.query.open_day = day;
    } else {
        in.query.open_at = instant(name, text);
    }
}
void read_at(Reading& in, std::string_view name, std::string_view text) { in.query.at = instant(name, text); }
void read_entry(Reading& in, std::string_view name, std::string_view text) {
    in.query.entry = code<directory::Entry>(name, text);
}
void read_fee(Reading& in, std::string_view name, std::string_view text) {
    in.query.fee = code<directory::Fee>(name, text);
}
void read_transport(Reading& in, std::string_view name, std::string_view text) {
    in.query.transports = static_cast<std::uint8_t>(in.query.transports | bits<directory::Transport>(name, text));
}

void read_phone(Reading& in, std::string_view name, std::string_view text) {
    if (text != "not_needed") {
        fail("bad_parameter", name, "phone may only be not_needed.");
    }
    in.query.without_phone = true;
}

void read_municipality(Reading& in, std::string_view name, std::string_view text) {
    if (text.size() != 5 || !parse_digits(text)) {
        fail("bad_parameter", name, "municipality is a code of five digits (JIS X 0402).");
    }
    in.query.municipality = directory::designated_city_of(text);
}

void read_stage(Reading& in, std::string_view name, std::string_view text) {
    in.query.stage = directory::parse_life_stage(text);
    if (!in.query.stage) {
        fail("bad_parameter", name,
             "stage is one of pregnancy, infant, preschool, elementary, junior_high, high, youth, young_adult.");
    }
}

void read_residents(Reading& in, std::string_view name, std::string_view text) {
    if (text.size() != 5 || !parse_digits(text)) {
        fail("bad_parameter", name, "residents_of is a municipality's code of five digits (JIS X 0402).");
    }
    in.query.residents_of = text;
}

void read_use_contract(Reading& in, std::string_view name, std::string_view text) {
    in.query.use_contract = code<directory::Contract>(name, text);
    if (in.query.use_contract == directory::Contract::unknown) {
        fail("bad_parameter", name, "use_contract names a contract; terms that state none are not kept.");
    }
}

void read_sort(Reading& in, std::string_view name, std::string_view text) {
    in.sort_given = true;
    if (text == "distance") {
        in.query.sort = directory::Sort::distance;
    } else if (text == "name") {
        in.query.sort = directory::Sort::name;
    } else if (text == "best") {
        in.query.sort = directory::Sort::best;
    } else if (text == "updated") {
        in.query.sort = directory::Sort::updated;
    } else {
        fail("bad_parameter", name, "sort is one of best, distance, name, updated.");
    }
}

void read_limit(Reading& in, std::string_view name, std::string_view text) {
    const auto value = parse_whole(text);
    if (!value) {
        fail("bad_parameter", name, fmt::format("\"{}\" is not a whole number.", text));
    }
    if (*value < 1 || *value > static_cast<std::int64_t>(k_most_limit)) {
        fail("parameter_out_of_range", name, fmt::format("limit must lie from 1 to {}.", k_most_limit));
    }
    in.query.limit = static_cast<std::size_t>(*value);
}

void read_cursor(Reading& in, std::string_view, std::string_view text) { in.cursor = text; }

void read_language(Reading&, std::string_view name, std::string_view text) {
    if (text != "ja" && text != "ja-easy" && text != "en") {
        fail("bad_parameter", name, "lang is one of ja, ja-easy, en.");
    }
}

void read_format(Reading&, std::string_view name, std::string_view text) {
    if (text != "json" && text != "geojson") {
        fail("bad_parameter", name, "f is json or geojson here.");
    }
}

enum class Times : std::uint8_t { once, often };

struct Parameter {
    std::string_view name;
    void (*read)(Reading&, std::string_view name, std::string_view text);
    Times times = Times::once;
};

constexpr std::array k_parameters{
    Parameter{"near", read_near},
    Parameter{"radius", read_radius},
    Parameter{"bbox", read_bbox},
    Parameter{"within", read_within, Times::often},
    Parameter{"q", read_text},
    Parameter{"programme", read_programme, Times::often},
    Parameter{"for", read_for, Times::often},
    Parameter{"age", read_age},
    Parameter{"day", read_day},
    Parameter{"time", read_time},
    Parameter{"open", read_open},
    Parameter{"at", read_at},
    Parameter{"entry", read_entry},
    Parameter{"fee", read_fee},
    Parameter{"transport", read_transport, Times::often},
    Parameter{"phone", read_phone},
    Parameter{"feature", read_features, Times::often},
    Parameter{"municipality", read_municipality},
    Parameter{"stage", read_stage},
    Parameter{"residents_of", read_residents},
    Parameter{"use_contract", read_use_contract},
    Parameter{"sort", read_sort},
    Parameter{"limit", read_limit},
    Parameter{"cursor", read_cursor},
    Parameter{"lang", read_language},
    Parameter{"f", read_format},
};

void read_parameters(const Query& parameters, Reading& in) {
    std::uint32_t seen = 0;
    for (const auto& [name, value] : parameters) {
        const auto found = std::ranges::find(k_parameters, std::string_view{name}, &Parameter::name);
        if (found == k_parameters.end()) {
            fail("unknown_parameter", name,
                 fmt::format("GET /resources has no parameter \"{}\"; see /api/v1/openapi.json.", name));
        }
        const auto bit = 1U << static_cast<unsigned>(found - k_parameters.begin());
        if ((seen & bit) != 0 && found->times == Times::once) {
            fail("bad_parameter", name, fmt::format("{} may stand only once.", name));
        }
        seen |= bit;
        // A form sends the fields that were left empty; they ask for nothing.
        if (!value.empty()) {
            found->read(in, name, value);
        }
    }
}

/// EDITION~INSTANT~OFFSET
std::string cursor_of(const Reader& reader, const SearchQuery& query, std::size_t offset) {
    return fmt::format("{}~{}~{}", reader.edition(), directory::to_string(query.at).substr(0, 16), offset);
}

void apply_cursor(Reading& in) {
    if (!in.cursor) {
        return;
    }
    const auto parts = split(*in.cursor, '~');
    const auto at = parts.size() == 3 ? directory::parse_instant(parts[1]) : std::nullopt;
    const auto offset = parts.size() == 3 ? parse_whole(parts[2]) : std::nullopt;
    if (!at || !offset || *offset < 0 || *offset > 10'000'000) {
        fail("bad_parameter", "cursor", "This is no cursor of this server; take it from links.next.");
    }
    if (parts[0] != in.reader.edition()) {
        fail("cursor_expired", "cursor",
             "The directory has changed since this search began. Start it again without the cursor.");
    }
    in.query.at = *at;
    in.query.offset = static_cast<std::size_t>(*offset);
}

void check_together(Reading& in) {
    SearchQuery& query = in.query;
    if (in.open_now) {
        query.open_at = query.at; // the answer's own now: the same on the next page, an hour later
    }
    if (query.radius_m && !query.near) {
        fail("missing_parameter", "near", "radius needs near=lon,lat.");
    }
    if (query.use_contract && query.residents_of.empty()) {
        fail("missing_parameter", "residents_of",
             "use_contract needs residents_of: the municipality whose residents the terms are for.");
    }
    if ((query.sort == directory::Sort::distance || query.sort == directory::Sort::best) && !query.near) {
        fail("missing_parameter", "near", "sort=distance and sort=best need near=lon,lat.");
    }
    if (!in.sort_given && query.near) {
        query.sort = directory::Sort::distance;
    }
    std::ranges::sort(query.programmes);
    const auto [first, last] = std::ranges::unique(query.programmes);
    query.programmes.erase(first, last);
}

} // namespace

Query search_parameters_of(const Query& query) {
    Query known;
    std::ranges::copy_if(query, std::back_inserter(known), [](const auto& parameter) {
        return std::ranges::find(k_parameters, std::string_view{parameter.first}, &Parameter::name) !=
               k_parameters.end();
    });
    return known;
}

std::expected<SearchQuery, Problem> read_search_query(const Query& parameters, const Reader& reader, Instant now) {
    Reading in{{}, reader};
    in.query.at = now;
    try {
        read_parameters(parameters, in);
        apply_cursor(in);
        check_together(in);
    } catch (Fault& fault) {
        return std::unexpected(std::move(fault.problem));
    }
    return std::move(in.query);
}

std::string next_page(std::string_view path, const Query& parameters, const Reader& reader, const SearchQuery& asked) {
    std::string out{path};
    char joint = '?';
    const auto add = [&](std::string_view name, std::string_view value) {
        out += joint;
        joint = '&';
        out += percent_encode(name) + '=' + percent_encode(value);
    };
    for (const auto& [name, value] : parameters) {
        if (name != "cursor" && !value.empty()) {
            add(name, value);
        }
    }
    add("cursor", cursor_of(reader, asked, asked.offset + asked.limit));
    return out;
}

} // namespace shirube::server
