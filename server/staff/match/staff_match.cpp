#include "server/staff/match/staff_match.hpp"

#include "directory/match/match.hpp"
#include "server/api/answers.hpp"
#include "server/problem.hpp"
#include "server/staff/match/match_answer.hpp"
#include "server/staff/match/match_question.hpp"

#include <algorithm>
#include <utility>

namespace shirube::server {

namespace {

/// Nobody keeps it, and nothing names it.
Answer unkept(Answer answer) {
    answer.caching = Caching::none;
    answer.etag_basis.clear();
    return answer;
}

} // namespace

Answer post_staff_match(const StaffCall& call) {
    const auto refuse = [&](const Problem& problem) { return unkept(to_answer(problem, call.context.language)); };
    if (!call.request.content_type.starts_with("application/json")) {
        return refuse({"unsupported_media_type", "", "The body is JSON (application/json)."});
    }
    if (const auto problem = unknown_parameter(call.request, {})) {
        return refuse({problem->code, problem->parameter, "What is asked stands in the body, not in the address."});
    }
    const auto question = read_match_question(call.request.body, call.context);
    if (!question) {
        return refuse(question.error());
    }
    const auto answer = directory::match(call.context.reader(), *question->rules, question->family, question->at);
    return unkept(json_answer(match_answer_of(call.context, *question, answer), call.context));
}

Answer get_staff_match_needs(const StaffCall& call) {
    if (const auto problem = unknown_parameter(call.request, {"rules"})) {
        return unkept(to_answer(*problem, call.context.language));
    }
    const auto offered = call.context.reader().match_rules();
    const auto id = call.request.parameter("rules");
    const auto found =
        id ? std::ranges::find_if(offered, [&](const auto& rules) { return rules->id == *id; }) : offered.begin();
    if (found == offered.end()) {
        return unkept(to_answer({"bad_parameter", "rules", "There are no rules of this id."}, call.context.language));
    }
    return unkept(json_answer(match_needs_of(call.context, **found), call.context));
}

} // namespace shirube::server
