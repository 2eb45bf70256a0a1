// GET /coverage: a policy held against the edition, as JSON, GeoJSON, CSV, a workbook or a GeoPackage by ?f= or Accept.
#include "directory/coverage.hpp"

#include "server/api/answers.hpp"
#include "server/api/api.hpp"
#include "server/api/coverage_documents.hpp"
#include "server/api/coverage_geopackage.hpp"
#include "server/api/coverage_table.hpp"
#include "server/coverage_question.hpp"

#include <fmt/format.h>

namespace shirube::server {

namespace {

enum class Form : std::uint8_t { json, geojson, csv, xlsx, gpkg };

constexpr std::string_view k_xlsx_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

std::expected<Form, Problem> form_asked(const Request& request) {
    if (const auto f = request.parameter("f"); f && !f->empty()) {
        if (*f == "json") {
            return Form::json;
        }
        if (*f == "geojson") {
            return Form::geojson;
        }
        if (*f == "csv") {
            return Form::csv;
        }
        if (*f == "xlsx") {
            return Form::xlsx;
        }
        if (*f == "gpkg") {
            return Form::gpkg;
        }
        return std::unexpected(Problem{"bad_parameter", "f", "f is one of json, geojson, csv, xlsx, gpkg."});
    }
    const std::string_view accept = request.accept;
    const auto takes = [&](std::string_view type) { return accept.find(type) != std::string_view::npos; };
    if (takes("application/geo+json")) {
        return Form::geojson;
    }
    if (takes("text/csv")) {
        return Form::csv;
    }
    if (takes(k_xlsx_type)) {
        return Form::xlsx;
    }
    if (takes(k_geopackage_type)) {
        return Form::gpkg;
    }
    if (accept.empty() || takes("application/json") || takes("*/*") || takes("application/*") || takes("text/html")) {
        return Form::json;
    }
    return std::unexpected(
        Problem{"not_acceptable", "",
                "Coverage is given as application/json, application/geo+json, text/csv, a workbook (xlsx) or a "
                "GeoPackage (application/geopackage+sqlite3)."});
}

std::expected<const directory::Policy*, Problem> policy_asked(const Request& request, const Context& context) {
    const auto id = request.parameter("policy");
    if (!id || id->empty()) {
        return std::unexpected(
            Problem{"missing_parameter", "policy", "policy=ID says by which rule; see /api/v1/policies."});
    }
    const auto* policy = find_open_policy(*id, context);
    if (policy == nullptr) {
        return std::unexpected(
            Problem{"bad_parameter", "policy", fmt::format("There is no policy \"{}\"; see /api/v1/policies.", *id)});
    }
    return policy;
}

std::string text_of(const Context& context, const directory::Coverage& coverage, Form form) {
    constexpr auto replace = nlohmann::json::error_handler_t::replace;
    switch (form) {
        case Form::json:
            return coverage_json_text(context.reader(), coverage);
        case Form::geojson:
            return coverage_geojson(context.reader(), coverage).dump(-1, ' ', false, replace);
        case Form::csv:
            return coverage_csv(context.reader(), coverage, context.language);
        case Form::xlsx:
            return coverage_xlsx(context.reader(), coverage, context.language);
        case Form::gpkg:
            return coverage_geopackage(context.reader(), coverage, context.language);
    }
    return {};
}

std::string_view type_of(Form form) noexcept {
    switch (form) {
        case Form::json:
            return "application/json";
        case Form::geojson:
            return "application/geo+json";
        case Form::csv:
            return "text/csv; charset=utf-8";
        case Form::xlsx:
            return k_xlsx_type;
        case Form::gpkg:
            return k_geopackage_type;
    }
    return "";
}

/// What a file of this form is saved as; empty: it is read where it is asked for.
std::string_view file_ending_of(Form form) noexcept {
    switch (form) {
        case Form::csv:
            return "csv";
        case Form::xlsx:
            return "xlsx";
        case Form::gpkg:
            return "gpkg";
        case Form::json:
        case Form::geojson:
            break;
    }
    return "";
}

} // namespace

bool is_geopackage_asked(const Request& request) {
    const auto form = form_asked(request);
    return form && *form == Form::gpkg;
}

Answer coverage_answer(const Request& request, const Context& context, const directory::Policy& policy) {
    const auto form = form_asked(request);
    if (!form) {
        return to_answer(form.error(), context.language);
    }
    const auto question = read_coverage_question(request, context, policy);
    if (!question) {
        return to_answer(question.error(), context.language);
    }
    Answer answer;
    answer.content_type = type_of(*form);
    answer.body = text_of(context,
                          directory::compute_coverage(context.reader(), question->policy, *question->layer,
                                                      question->at, context.loaded.least_children_told),
                          *form);
    answer.etag_basis = etag_basis(context, question->at);
    answer.headers.emplace_back("Vary", "Accept");
    if (const auto ending = file_ending_of(*form); !ending.empty()) {
        answer.etag_basis += context.language;
        answer.headers.emplace_back("Content-Disposition", fmt::format("attachment; filename=\"coverage-{}.{}\"",
                                                                       directory::to_string(question->at.day), ending));
    }
    return answer;
}

Answer get_coverage(const Request& request, const Context& context) {
    if (const auto problem = unknown_parameter(request, {"policy", "layer", "at", "weekday", "hour", "age", "f"})) {
        return to_answer(*problem, context.language);
    }
    const auto policy = policy_asked(request, context);
    if (!policy) {
        return to_answer(policy.error(), context.language);
    }
    return coverage_answer(request, context, **policy);
}

} // namespace shirube::server
