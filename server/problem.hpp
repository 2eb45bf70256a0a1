// Every problem a client can be told, in one table: code, HTTP status, Japanese and English title. Answers are
// application/problem+json (RFC 9457) that names the parameter.
#pragma once

#include "server/http.hpp"

#include <span>
#include <string>
#include <string_view>

namespace shirube::server {

struct ProblemKind {
    std::string_view code;
    unsigned status;
    std::string_view ja;
    std::string_view en;
};

std::span<const ProblemKind> problem_kinds();

/// A problem as a value: which kind, which parameter, and the particular sentence.
struct Problem {
    std::string_view code;      ///< one of problem_kinds()
    std::string parameter;      ///< empty where it is not one parameter's
    std::string detail;         ///< a sentence about this case, says what to do
    unsigned retry_after_s = 2; ///< told where it is 429 or 503
};

/// The HTTP status and the title (ja or en) of a problem.
unsigned status_of(const Problem& problem);
std::string title_of(const Problem& problem, std::string_view language);

/// Whether an answer of that status says when to ask again.
constexpr bool is_to_come_back(unsigned status) noexcept { return status == 503 || status == 429; }

/// {type, title, status, detail, parameter}; `language` ja or en.
Answer to_answer(const Problem& problem, std::string_view language);

} // namespace shirube::server
