// POST /api/v1/reports: the form of "/services/{id}/report" for programs.
#include "server/reports/report_question.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace shirube::server {

namespace {

std::expected<ReportAsked, Problem> read_body(const Request& request) {
    if (!request.content_type.starts_with("application/json")) {
        return std::unexpected(Problem{"unsupported_media_type", "", "The body is JSON (application/json)."});
    }
    const auto body = nlohmann::json::parse(request.body, nullptr, false);
    if (!body.is_object()) {
        return std::unexpected(Problem{"bad_request", "", "The body is a JSON object."});
    }
    ReportAsked asked;
    const std::array<std::pair<std::string_view, std::string*>, 3> known{
        {{"service", &asked.service}, {"kind", &asked.kind}, {"text", &asked.text}}};
    for (const auto& [name, value] : body.items()) {
        const auto* found =
            std::ranges::find_if(known, [&name = name](const auto& member) { return member.first == name; });
        if (found == known.end()) {
            return std::unexpected(Problem{"unknown_parameter", name, "A report has service, kind and text."});
        }
        if (!value.is_string()) {
            return std::unexpected(Problem{"bad_parameter", name, "It is a text."});
        }
        *found->second = value.get<std::string>();
    }
    if (asked.service.empty()) {
        return std::unexpected(Problem{"missing_parameter", "service", "The id of the service."});
    }
    return asked;
}

} // namespace

Answer post_report(const Request& request, const Context& context) {
    const auto asked = read_body(request);
    if (!asked) {
        return to_answer(asked.error(), context.language);
    }
    if (const auto problem = hand_in(request, context, *asked)) {
        return to_answer(*problem, context.language);
    }
    Answer answer;
    answer.status = 202; // somebody looks at it later
    answer.content_type = "application/json";
    answer.body = R"({"received":true})";
    answer.caching = Caching::none;
    return answer;
}

} // namespace shirube::server
