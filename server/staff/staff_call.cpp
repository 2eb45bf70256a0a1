#include "server/staff/staff_call.hpp"

#include "server/multipart.hpp"
#include "server/pages/texts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace shirube::server {

Answer see_other(std::string location) {
    Answer answer;
    answer.status = 303;
    answer.caching = Caching::none;
    answer.headers.emplace_back("Location", std::move(location));
    return answer;
}

Answer see_other_with_session(std::string location, std::string_view token) {
    Answer answer = see_other(std::move(location));
    // The prefix binds it to this host and to https (RFC 6265bis, 4.1.3.2); no script reads it.
    answer.headers.emplace_back("Set-Cookie", fmt::format("{}={}; Path=/; Secure; HttpOnly; SameSite=Lax{}",
                                                          k_session_cookie, token, token.empty() ? "; Max-Age=0" : ""));
    if (token.empty()) {
        answer.headers.emplace_back("Clear-Site-Data", "\"cache\"");
    }
    return answer;
}

std::string next_address(std::string_view asked) {
    constexpr std::size_t k_longest = 500;
    const bool is_ours = asked == k_first_address || asked.starts_with("/staff/") || asked.starts_with("/staff?");
    const bool is_plain = std::ranges::all_of(
        asked, [](char c) { return static_cast<unsigned char>(c) > 0x20 && c != '\\' && c != '\x7f'; });
    const bool leaves = asked.find("//") != std::string_view::npos || asked.find("/..") != std::string_view::npos;
    return std::string{is_ours && is_plain && !leaves && asked.size() <= k_longest ? asked : k_first_address};
}

Query carried(std::string_view next) {
    const auto address = next_address(next);
    return address == k_first_address ? Query{} : Query{{"next", address}};
}

std::optional<Query> posted_fields(const Request& request) {
    if (is_multipart_form(request.content_type)) {
        const auto parts = parse_multipart(request.content_type, request.body);
        Query fields;
        for (const auto& part : parts.value_or(std::vector<FormPart>{})) {
            if (!part.file_name && is_valid_utf8(part.content)) {
                fields.emplace_back(part.name, part.content);
            }
        }
        return parts ? std::optional(std::move(fields)) : std::nullopt;
    }
    if (!request.content_type.starts_with("application/x-www-form-urlencoded")) {
        return std::nullopt;
    }
    auto fields = parse_query(request.body);
    return fields ? std::optional(std::move(*fields)) : std::nullopt;
}

std::string_view field_of(const Query& fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &Query::value_type::first);
    return found == fields.end() ? std::string_view{} : std::string_view{found->second};
}

std::string sentence_of(const directory::AccountProblem& problem, std::string_view language) {
    const Texts& texts = Texts::in(language);
    if (problem.code == "wait") {
        return texts.with("staff.wait", {{"seconds", std::to_string(problem.wait_s)}});
    }
    return texts.get_or("staff.problem_" + problem.code, language == "en" ? problem.sentence_en : problem.sentence_ja);
}

std::string role_in_words(directory::Role role, std::string_view language) {
    return Texts::in(language).get("staff.role_" + std::string{directory::code_of(role)});
}

} // namespace shirube::server
