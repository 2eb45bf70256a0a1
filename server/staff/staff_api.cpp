#include "server/staff/staff_api.hpp"

#include "directory/policy.hpp"
#include "server/api/answers.hpp"
#include "server/api/api.hpp"
#include "server/network/network_api.hpp"
#include "server/problem.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <expected>

namespace shirube::server {

namespace {

constexpr std::size_t k_most_members = 50;

/// The request as if its body's members were parameters: texts, numbers and truths; anything else is a problem.
std::expected<Request, Problem> with_parameters_of_body(const Request& request) {
    if (!request.content_type.starts_with("application/json")) {
        return std::unexpected(Problem{"unsupported_media_type", "", "The body is JSON (application/json)."});
    }
    if (!request.query.empty()) {
        return std::unexpected(Problem{"unknown_parameter", request.query.front().first,
                                       "What is looked for stands in the body, not in the address."});
    }
    const auto body = nlohmann::ordered_json::parse(request.body, nullptr, false);
    if (!body.is_object() || body.size() > k_most_members) {
        return std::unexpected(Problem{"bad_request", "", "The body is an object of parameters."});
    }
    Request read = request;
    read.method = Method::get;
    read.body.clear();
    for (const auto& [name, value] : body.items()) {
        if (value.is_string()) {
            read.query.emplace_back(name, value.get<std::string>());
        } else if (value.is_number() || value.is_boolean()) {
            read.query.emplace_back(name, value.dump());
        } else {
            return std::unexpected(Problem{"bad_parameter", name, "A parameter is a text or a number."});
        }
    }
    return read;
}

/// Nothing of what staff read is kept on the way.
Answer unkept(Answer answer) {
    answer.caching = Caching::none;
    answer.etag_basis.clear();
    return answer;
}

void note_export(const StaffCall& call, std::string_view policy) {
    call.accounts.audit(call.actor(), directory::AuditAction::export_,
                        fmt::format("coverage {} {}", policy, call.request.parameter("f").value_or("json")),
                        call.now_s);
}

void note_table(const StaffCall& call, std::string_view table) {
    call.accounts.audit(call.actor(), directory::AuditAction::export_,
                        fmt::format("{} {}", table, call.request.parameter("f").value_or("json")), call.now_s);
}

template <class Handler>
Answer ask(const StaffCall& call, Handler handler) {
    const auto request = with_parameters_of_body(call.request);
    return unkept(request ? handler(*request, call.context) : to_answer(request.error(), call.context.language));
}

} // namespace

Answer post_staff_resources(const StaffCall& call) { return ask(call, get_resources); }
Answer post_staff_suggest(const StaffCall& call) { return ask(call, get_suggest); }
Answer post_staff_geocode(const StaffCall& call) { return ask(call, get_geocode); }

Answer get_staff_resource(const StaffCall& call) {
    return unkept(get_resource(call.request, call.context, call.parts[0]));
}

Answer get_staff_policies(const StaffCall& call) { return unkept(get_policies(call.request, call.context)); }

Answer get_staff_coverage(const StaffCall& call) {
    auto answer = unkept(get_coverage(call.request, call.context));
    if (answer.status == 200) {
        note_export(call, call.request.parameter("policy").value_or(""));
    }
    return answer;
}

Answer get_staff_stages(const StaffCall& call) {
    auto answer = unkept(get_stages(call.request, call.context));
    if (answer.status == 200) {
        note_table(call, "stages");
    }
    return answer;
}

Answer get_staff_matrix(const StaffCall& call) {
    auto answer = unkept(get_matrix(call.request, call.context));
    if (answer.status == 200) {
        note_table(call, "matrix");
    }
    return answer;
}

Answer get_staff_relations(const StaffCall& call) {
    auto answer = unkept(get_relations(call.request, call.context));
    if (answer.status == 200) {
        note_table(call, "relations");
    }
    return answer;
}

Answer get_staff_network(const StaffCall& call) {
    auto answer = unkept(get_network(call.request, call.context));
    // What the pictures of a page ask for is looked at, not taken away; a table of the same days is.
    const bool is_for_pictures =
        call.request.parameter("days").value_or("") == "all" && !call.request.parameter("f").has_value();
    if (answer.status == 200 && !is_for_pictures) {
        note_table(call, "network");
    }
    return answer;
}

Answer post_staff_coverage(const StaffCall& call) {
    const auto& request = call.request;
    const auto refuse = [&](const Problem& problem) { return unkept(to_answer(problem, call.context.language)); };
    if (!request.content_type.starts_with("application/json")) {
        return refuse({"unsupported_media_type", "", "The body is a policy as JSON (application/json)."});
    }
    if (const auto problem = unknown_parameter(request, {"layer", "at", "weekday", "hour", "age", "f"})) {
        return refuse(*problem);
    }
    const auto document = nlohmann::json::parse(request.body, nullptr, false);
    if (document.is_discarded()) {
        return refuse({"bad_request", "", "The body is not JSON."});
    }
    const auto& reader = call.context.reader();
    const auto policy = directory::parse_policy(document, reader.taxonomy());
    if (!policy) {
        return refuse({"bad_policy", policy.error().pointer, policy.error().in(call.context.language)});
    }
    if (!is_open_to(*policy, reader.taxonomy(), reader.audience())) {
        return refuse({"bad_policy", "/any_of", "The taxonomy has no programme of this code; see /api/v1/taxonomy."});
    }
    auto answer = unkept(coverage_answer(request, call.context, *policy));
    if (answer.status == 200) {
        note_export(call, "(own policy)");
    }
    return answer;
}

} // namespace shirube::server
