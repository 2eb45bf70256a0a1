// GET /resources: the search, and GET /resources/{id}: one service with all that is known of it.
#include "server/api/answers.hpp"
#include "server/api/api.hpp"
#include "server/api/feature.hpp"
#include "server/api/use_terms.hpp"
#include "server/search_query.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <iterator>

namespace shirube::server {

namespace {

using nlohmann::ordered_json;

constexpr std::size_t k_bytes_of_feature = 1'100;

void append_features(std::string& out, const Context& context, const directory::SearchQuery& query,
                     const std::vector<directory::Hit>& hits) {
    const auto time = query.asks_for_time() ? TimeAsked::yes : TimeAsked::no;
    out += '[';
    for (std::size_t i = 0; i < hits.size(); ++i) {
        if (i != 0) {
            out += ',';
        }
        append_feature(out, context.reader(), hits[i], query.at.day, time);
    }
    out += ']';
}

void append_links(std::string& out, const Request& request, const Context& context, const directory::SearchQuery& query,
                  bool more) {
    out += R"(,"links":[)";
    if (more) {
        // Percent-encoded, so that no character of it needs an escape in JSON.
        out += R"({"rel":"next","type":"application/geo+json","href":")";
        out += next_page(request.path, request.query, context.reader(), query);
        out += R"("})";
    }
    out += ']';
}

ordered_json schedules_of(const directory::ServiceRow& service, std::string_view language) {
    ordered_json out = ordered_json::array();
    for (const auto& schedule : service.schedules) {
        const auto& rule = schedule.rule;
        ordered_json weekdays = ordered_json::array();
        for (unsigned day = 0; day < 7; ++day) {
            if ((rule.weekdays >> day & 1U) != 0) {
                weekdays.push_back(std::array{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}[day]);
            }
        }
        const auto clock = [](const std::optional<std::int16_t>& minute) {
            return minute ? ordered_json(fmt::format("{:02}:{:02}", *minute / 60, *minute % 60))
                          : ordered_json(nullptr);
        };
        out.push_back({{"state", directory::code_of(rule.state)},
                       {"words", in_words(schedule, language)},
                       {"weekdays", std::move(weekdays)},
                       {"from", clock(rule.from_minute)},
                       {"to", clock(rule.to_minute)},
                       {"holidays", directory::code_of(rule.holidays)},
                       {"usually", rule.usually},
                       {"venue", text_or_null(schedule.venue)},
                       {"text", text_or_null(schedule.text)}});
    }
    return out;
}

ordered_json source_of(const directory::ListRow& list) {
    ordered_json claims = ordered_json::array();
    for (const auto& claim : list.claims) {
        claims.push_back(
            {{"programme", claim.programme}, {"municipality", claim.municipality}, {"complete", claim.complete}});
    }
    return {{"list", list.name},
            {"profile", list.profile},
            {"publisher", text_or_null(list.publisher)},
            {"source", text_or_null(list.source)},
            {"licence", text_or_null(list.licence)},
            {"as_of", text_or_null(list.as_of)},
            {"claims", std::move(claims)}};
}

} // namespace

Answer get_resources(const Request& request, const Context& context) {
    const auto query = read_search_query(request.query, context.reader(), context.now);
    if (!query) {
        return to_answer(query.error(), context.language);
    }
    const auto result = context.reader().search(*query);
    context.reader().fetch_ahead(result.hits);
    const bool more = query->offset + result.hits.size() < result.number_matched;

    Answer answer;
    answer.content_type = "application/geo+json";
    std::string& out = answer.body;
    out.reserve(400 + (result.hits.size() + result.without_position.size()) * k_bytes_of_feature);
    fmt::format_to(
        std::back_inserter(out),
        FMT_COMPILE(R"({{"type":"FeatureCollection","numberMatched":{},"numberReturned":{},"edition":"{}","at":"{}")"),
        result.number_matched, result.hits.size(), context.reader().edition(), directory::to_string(query->at));
    append_links(out, request, context, *query, more);
    out += R"(,"features":)";
    append_features(out, context, *query, result.hits);
    fmt::format_to(std::back_inserter(out),
                   FMT_COMPILE(R"(,"without_position":{{"numberMatched":{},"numberReturned":{},"features":)"),
                   result.without_position_matched, result.without_position.size());
    append_features(out, context, *query, result.without_position);
    out += "}}";
    answer.etag_basis = etag_basis(context, query->at);
    if (query->open_at) {
        answer.etag_basis += directory::to_string(*query->open_at);
    }
    return answer;
}

Answer get_resource(const Request& request, const Context& context, std::string_view id) {
    if (const auto problem = wrong_parameter(request, {"at", "f"}, {"json", "geojson"})) {
        return to_answer(*problem, context.language);
    }
    const auto at = instant_asked(request, context);
    if (!at) {
        return to_answer(at.error(), context.language);
    }
    const auto service = context.reader().find_service(id);
    if (!service) {
        if (const auto* moved = context.reader().find_moved(id)) {
            return moved_to("/api/v1/resources/" + percent_encode(moved->to));
        }
        if (const auto* ended = context.reader().find_ended(id)) {
            return to_answer({"ended", "",
                              ended->since.empty()
                                  ? "A list that claims to be complete no longer has this service."
                                  : fmt::format("A list of {} that claims to be complete no longer has this service.",
                                                ended->since)},
                             context.language);
        }
        return to_answer({"not_found", "", "There is no service of this id, or it is not public."}, context.language);
    }

    const auto& reader = context.reader();
    const auto& row = reader.services()[*service];
    std::string text;
    append_feature(text, reader, {*service, -1, directory::Openness::maybe}, at->day, TimeAsked::no);
    auto document = ordered_json::parse(text);
    auto& properties = document["properties"];
    properties["contract"] = directory::code_of(row.contract);
    properties["entry_text"] = text_or_null(row.entry_text);
    properties["for_text"] = text_or_null(row.for_whom_text);
    properties["note"] = text_or_null(row.note);
    properties["valid_from"] =
        row.valid_from ? ordered_json(directory::to_string(*row.valid_from)) : ordered_json(nullptr);
    properties["valid_to"] = row.valid_to ? ordered_json(directory::to_string(*row.valid_to)) : ordered_json(nullptr);
    properties["serves"] = row.serves;
    properties["usable_by"] = row.usable_by;
    properties["usable_by_terms"] = terms_documents(row.use_terms);
    properties["schedules"] = schedules_of(row, context.language);
    ordered_json others = ordered_json::array();
    for (const auto other : reader.services_at(row.site)) {
        if (other == *service) {
            continue;
        }
        others.push_back({{"id", reader.services()[other].id},
                          {"programme", reader.taxonomy().at(reader.services()[other].programme).code}});
    }
    properties["at_the_same_site"] = std::move(others);
    // The list whose words are shown first, then those that have the service too.
    ordered_json sources = ordered_json::array();
    if (row.list != directory::k_no_index) {
        sources.push_back(source_of(reader.lists()[row.list]));
    }
    for (const auto list : row.other_lists) {
        sources.push_back(source_of(reader.lists()[list]));
    }
    properties["sources"] = std::move(sources);
    document["edition"] = reader.edition();
    document["at"] = directory::to_string(*at);

    Answer answer = json_answer(document, context);
    answer.content_type = "application/geo+json";
    answer.etag_basis = etag_basis(context, *at) + std::string{context.language};
    return answer;
}

} // namespace shirube::server
