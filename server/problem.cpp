#include "server/problem.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cassert>

namespace shirube::server {

namespace {

constexpr std::array k_kinds{
    ProblemKind{"bad_request", 400, "リクエストの形が正しくありません", "The request is malformed"},
    ProblemKind{"unknown_parameter", 400, "知らないパラメーターです", "Unknown parameter"},
    ProblemKind{"bad_parameter", 400, "パラメーターの値が正しくありません", "A parameter's value is not valid"},
    ProblemKind{"parameter_out_of_range", 400, "パラメーターの値が範囲の外です", "A parameter's value is out of range"},
    ProblemKind{"missing_parameter", 400, "パラメーターが足りません", "A parameter is missing"},
    ProblemKind{"bad_policy", 400, "判定基準の書き方が正しくありません", "The policy is not written as one"},
    ProblemKind{"cursor_expired", 410, "続きの印が古くなりました。最初から探し直してください",
                "The cursor's edition is gone; start the search again"},
    ProblemKind{"ended", 410, "廃止されました", "It has ended"},
    ProblemKind{"signed_out", 401, "サインインしてください", "Sign in first"},
    ProblemKind{"forbidden", 403, "この役割ではできません", "This role may not do that"},
    ProblemKind{"form_stale", 403, "送り直してください。ページが古いか、別のサイトから送られました",
                "Send it again: the page was out of date, or another site sent it"},
    ProblemKind{"insecure", 403, "暗号化された接続（https）で使ってください", "Use an encrypted connection (https)"},
    ProblemKind{"not_found", 404, "見つかりません", "Not found"},
    ProblemKind{"method_not_allowed", 405, "この呼び方はできません", "Method not allowed"},
    ProblemKind{"not_acceptable", 406, "その形式では返せません", "Not available in that format"},
    ProblemKind{"unsupported_media_type", 415, "その形式の本文は受け取れません", "That type of body is not accepted"},
    ProblemKind{"request_timeout", 408, "リクエストが途中で止まりました", "The request did not arrive in time"},
    ProblemKind{"body_too_large", 413, "送られた本文が大きすぎます", "The body is too large"},
    ProblemKind{"file_too_large", 413, "送られたファイルが大きすぎます", "The file is too large"},
    ProblemKind{"uri_too_long", 414, "アドレスが長すぎます", "The address is too long"},
    ProblemKind{"too_many_requests", 429, "リクエストが多すぎます。少し待ってください",
                "Too many requests; wait a moment"},
    ProblemKind{"header_too_large", 431, "リクエストのヘッダーが大きすぎます", "The request header is too large"},
    ProblemKind{"reports_of_service_full", 429, "この実施についての知らせが、今日はもう多く届いています",
                "Many reports on this service have come today already"},
    ProblemKind{"reports_full", 503, "確かめる前の知らせが多すぎます", "Too many reports wait to be looked at"},
    ProblemKind{"reports_unavailable", 503, "知らせを受け付けていません", "Reports are not taken"},
    ProblemKind{"internal_error", 500, "サーバーの中で問題が起きました", "Something went wrong in the server"},
    ProblemKind{"not_ready", 503, "準備中です。少し待ってください", "Not ready yet; try again in a moment"},
    ProblemKind{"too_busy", 503, "混み合っています。少し待ってください", "The server is busy; try again in a moment"},
    ProblemKind{"took_too_long", 503, "計算に時間がかかりすぎました", "The answer took too long to compute"},
};

const ProblemKind& kind_of(std::string_view code) {
    const auto found = std::ranges::find(k_kinds, code, &ProblemKind::code);
    assert(found != k_kinds.end());
    return *found;
}

} // namespace

std::span<const ProblemKind> problem_kinds() { return k_kinds; }

unsigned status_of(const Problem& problem) { return kind_of(problem.code).status; }

std::string title_of(const Problem& problem, std::string_view language) {
    const ProblemKind& kind = kind_of(problem.code);
    return std::string{language == "en" ? kind.en : kind.ja};
}

Answer to_answer(const Problem& problem, std::string_view language) {
    const ProblemKind& kind = kind_of(problem.code);
    nlohmann::ordered_json document{{"type", "/problems/" + std::string{kind.code}},
                                    {"title", language == "en" ? kind.en : kind.ja},
                                    {"status", kind.status},
                                    {"detail", problem.detail},
                                    {"code", kind.code}};
    if (!problem.parameter.empty()) {
        document["parameter"] = problem.parameter;
    }
    Answer answer;
    answer.status = kind.status;
    answer.content_type = "application/problem+json";
    answer.body = document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    answer.caching = Caching::none;
    if (is_to_come_back(kind.status)) {
        answer.headers.emplace_back("Retry-After", std::to_string(problem.retry_after_s));
    }
    return answer;
}

} // namespace shirube::server
