#include "server/pages/refusal_pages.hpp"

#include "server/pages/texts.hpp"
#include "server/router.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>

namespace shirube::server {

namespace {

struct Kind {
    std::string_view code; ///< of the problem
    std::string_view heading;
    std::string_view advice;
};

constexpr std::array k_kinds{
    Kind{"too_many_requests", "error.busy", "error.busy_advice"},
    Kind{"too_busy", "error.busy", "error.busy_advice"},
    Kind{"took_too_long", "error.busy", "error.busy_advice"},
    Kind{"request_timeout", "refused.heading", "refused.request_timeout"},
    Kind{"body_too_large", "refused.heading", "refused.body_too_large"},
    Kind{"file_too_large", "refused.heading", "refused.file_too_large"},
    Kind{"form_stale", "refused.heading", "refused.form_stale"},
    Kind{"uri_too_long", "refused.heading", "refused.uri_too_long"},
};

std::string page_of(const Kind& kind, const Texts& texts) {
    const auto text = [&](std::string_view key) { return texts.to_html(texts.get(key)); };
    return fmt::format(R"(<!DOCTYPE html>
<html lang="{}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{} | {}</title>
</head>
<body>
<main>
<h1>{}</h1>
<p>{}</p>
</main>
</body>
</html>
)",
                       texts.html_language(), texts.get(kind.heading), texts.get("site.title"), text(kind.heading),
                       text(kind.advice));
}

/// By kind and language.
using Pages = std::array<std::array<std::shared_ptr<const std::string>, k_languages.size()>, k_kinds.size()>;

const Pages& pages() {
    static const Pages made = [] {
        Pages all;
        for (std::size_t kind = 0; kind < k_kinds.size(); ++kind) {
            for (std::size_t language = 0; language < k_languages.size(); ++language) {
                all[kind][language] =
                    std::make_shared<const std::string>(page_of(k_kinds[kind], Texts::in(k_languages[language])));
            }
        }
        return all;
    }();
    return made;
}

std::shared_ptr<const std::string> page_for(std::string_view code, std::string_view language) {
    const auto kind = std::ranges::find(k_kinds, code, &Kind::code);
    if (kind == k_kinds.end()) {
        return nullptr;
    }
    const auto place = std::ranges::find(k_languages, language) - k_languages.begin();
    return pages()[static_cast<std::size_t>(kind - k_kinds.begin())][static_cast<std::size_t>(place)];
}

} // namespace

void prepare_refusals() { pages(); }

Answer refuse(const Problem& problem, const Request& asker) {
    const auto language = language_of(asker);
    auto page = wants_page(asker) ? page_for(problem.code, language) : nullptr;
    if (!page) {
        return to_answer(problem, language);
    }
    Answer answer;
    answer.status = status_of(problem);
    answer.content_type = "text/html; charset=utf-8";
    answer.shared_body = std::move(page);
    answer.caching = Caching::none;
    answer.headers.emplace_back("Content-Language", language == "en" ? "en" : "ja");
    if (is_to_come_back(answer.status)) {
        answer.headers.emplace_back("Retry-After", std::to_string(problem.retry_after_s));
    }
    return answer;
}

} // namespace shirube::server
