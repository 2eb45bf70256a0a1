#include "server/network/network_question.hpp"

#include "directory/designated_city.hpp"
#include "directory/network/measures/lone_bases.hpp"
#include "server/api/answers.hpp"
#include "server/numbers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::server {

namespace {

using directory::RelationKind;

constexpr double k_least_reach_m = 50;
constexpr double k_most_reach_m = 50'000;
constexpr std::int64_t k_most_limit = 1000;
constexpr std::size_t k_usual_limit = 100;
constexpr std::int64_t k_most_offset = 10'000'000;

std::optional<std::string_view> asked(const Request& request, std::string_view name) {
    const auto value = request.parameter(name);
    return value && !value->empty() ? value : std::nullopt;
}

std::unexpected<Problem> bad(std::string_view parameter, std::string detail) {
    return std::unexpected(Problem{"bad_parameter", std::string{parameter}, std::move(detail)});
}

std::expected<std::string, Problem> read_municipality(const Request& request) {
    const auto code = asked(request, "municipality");
    if (!code) {
        return std::string{};
    }
    if (code->size() != 5 || code->find_first_not_of("0123456789") != std::string_view::npos) {
        return bad("municipality", "municipality is a code of five digits, as in 99201.");
    }
    return std::string{directory::designated_city_of(*code)};
}

std::expected<std::vector<RelationKind>, Problem> read_kinds(const Request& request) {
    std::vector<RelationKind> kinds;
    if (const auto text = asked(request, "kind")) {
        for (const auto word : split(*text, ',')) {
            const auto kind = directory::parse_code<RelationKind>(word);
            if (!kind || directory::code_of(*kind) != word) {
                return bad("kind", fmt::format("\"{}\" is no kind of tie; see /api/v1/openapi.json.", word));
            }
            if (std::ranges::find(kinds, *kind) == kinds.end()) {
                kinds.push_back(*kind);
            }
        }
    }
    return kinds;
}

std::expected<std::uint32_t, Problem> read_within(const Request& request, const directory::Reader& reader) {
    const auto text = asked(request, "within");
    if (!text) {
        return directory::k_no_index;
    }
    const auto colon = text->find(':');
    const auto district = colon == std::string_view::npos
                              ? std::nullopt
                              : reader.find_district(text->substr(0, colon), text->substr(colon + 1));
    if (!district) {
        return bad("within",
                   fmt::format("There is no district \"{}\"; within is layer:code, see /api/v1/layers.", *text));
    }
    return *district;
}

std::expected<std::uint32_t, Problem> read_forum(const Request& request, const directory::Reader& reader) {
    const auto id = asked(request, "forum");
    if (!id) {
        return directory::k_no_index;
    }
    const auto forums = reader.forums();
    const auto found =
        std::ranges::lower_bound(forums, *id, {}, [](const auto& row) { return std::string_view{row.id}; });
    if (found == forums.end() || found->id != *id) {
        return bad("forum", fmt::format("There is no meeting \"{}\", or it is not public.", *id));
    }
    return static_cast<std::uint32_t>(found - forums.begin());
}

std::expected<double, Problem> read_reach(const Request& request) {
    const auto text = asked(request, "reach");
    if (!text) {
        return directory::k_usual_reach_m;
    }
    const auto metres = parse_number(*text);
    if (!metres) {
        return bad("reach", fmt::format("\"{}\" is not a number of metres.", *text));
    }
    if (!(*metres >= k_least_reach_m && *metres <= k_most_reach_m)) {
        return std::unexpected(Problem{"parameter_out_of_range", "reach",
                                       fmt::format("reach must lie from {} to {}.", k_least_reach_m, k_most_reach_m)});
    }
    return *metres;
}

} // namespace

Request with_kinds_joined(Request request) {
    std::string kinds;
    bool is_asked = false;
    for (const auto& [name, value] : request.query) {
        is_asked = is_asked || name == "kind";
        if (name == "kind" && !value.empty()) {
            kinds += (kinds.empty() ? "" : ",") + value;
        }
    }
    if (is_asked) {
        std::erase_if(request.query, [](const auto& field) { return field.first == "kind"; });
        request.query.emplace_back("kind", std::move(kinds));
    }
    return request;
}

directory::Day year_before(directory::Day day) {
    const std::chrono::year_month_day date{day};
    const std::chrono::year_month_day then = date - std::chrono::years{1};
    return then.ok() ? directory::Day{then} : directory::Day{then.year() / then.month() / std::chrono::last};
}

std::expected<NetworkQuestion, Problem> read_network_question(const Request& request, const Context& context) {
    const auto at = instant_asked(request, context);
    if (!at) {
        return std::unexpected(at.error());
    }
    const auto municipality = read_municipality(request);
    if (!municipality) {
        return std::unexpected(municipality.error());
    }
    const auto kinds = read_kinds(request);
    if (!kinds) {
        return std::unexpected(kinds.error());
    }
    const auto district = read_within(request, context.reader());
    if (!district) {
        return std::unexpected(district.error());
    }
    const auto forum = read_forum(request, context.reader());
    if (!forum) {
        return std::unexpected(forum.error());
    }
    const auto reach = read_reach(request);
    if (!reach) {
        return std::unexpected(reach.error());
    }
    NetworkQuestion question{.scope = {.municipality = *municipality,
                                       .district = *district,
                                       .forum = *forum,
                                       .kinds = *kinds,
                                       .day = at->day},
                             .at = *at,
                             .since = year_before(at->day),
                             .reach_m = *reach};
    if (const auto text = asked(request, "days")) {
        if (*text != "all") {
            return bad("days", "days is all, or left out: then the ties of the day are meant.");
        }
        question.scope.every_day = true;
    }
    if (const auto text = asked(request, "since")) {
        const auto since = directory::parse_day(*text);
        if (!since) {
            return bad("since", "since is a date, as in 2025-11-21.");
        }
        if (*since > at->day) {
            return std::unexpected(
                Problem{"parameter_out_of_range", "since",
                        fmt::format("since must not be later than the day asked about, {}: name that day or an earlier "
                                    "one, or a later day by at.",
                                    directory::to_string(at->day))});
        }
        question.since = *since;
    }
    return question;
}

std::expected<PageAsked, Problem> read_page(const Request& request, const Context& context, directory::Instant& at) {
    PageAsked page{.offset = 0, .limit = k_usual_limit};
    if (const auto text = asked(request, "limit")) {
        const auto limit = parse_whole(*text);
        if (!limit) {
            return bad("limit", "limit is a whole number.");
        }
        if (*limit < 1 || *limit > k_most_limit) {
            return std::unexpected(
                Problem{"parameter_out_of_range", "limit", fmt::format("limit must lie from 1 to {}.", k_most_limit)});
        }
        page.limit = static_cast<std::size_t>(*limit);
    }
    if (const auto text = asked(request, "cursor")) {
        const auto parts = split(*text, '~');
        const auto then = parts.size() == 3 ? directory::parse_instant(parts[1]) : std::nullopt;
        const auto offset = parts.size() == 3 ? parse_digits(parts[2]) : std::nullopt;
        if (!then || !offset || *offset > k_most_offset) {
            return bad("cursor", "This is no cursor of this server; take it from links.next.");
        }
        if (parts[0] != context.reader().edition()) {
            return std::unexpected(
                Problem{"cursor_expired", "cursor",
                        "The directory has changed since this list began. Start it again without the cursor."});
        }
        at = *then;
        page.offset = static_cast<std::size_t>(*offset);
    }
    return page;
}

std::string next_cursor(const Context& context, const directory::Instant& at, const PageAsked& page) {
    return fmt::format("{}~{}~{}", context.reader().edition(), directory::to_string(at).substr(0, 16),
                       page.offset + page.limit);
}

} // namespace shirube::server
