#include "server/staff/resume.hpp"

#include "server/pages/links.hpp"
#include "server/pages/search/ask_form.hpp"
#include "server/staff/staff_call.hpp"

#include <algorithm>
#include <array>
#include <initializer_list>

namespace shirube::server {

namespace {

std::string encoded_path(std::string_view path) {
    std::string out;
    for (const char c : path) {
        out += c == '/' ? "/" : percent_encode(std::string_view(&c, 1));
    }
    return out;
}

/// A point would be somebody's place; the language comes anew from the form that signs in.
Query without_place(Query query) {
    constexpr std::array<std::string_view, 5> k_left_out{"near", "bbox", "place", "lang", "cursor"};
    std::erase_if(query,
                  [&](const auto& pair) { return std::ranges::find(k_left_out, pair.first) != k_left_out.end(); });
    return query;
}

Query only(const Query& fields, std::initializer_list<std::string_view> names) {
    Query out;
    for (const auto name : names) {
        out.emplace_back(name, field_of(fields, name));
    }
    return out;
}

std::string address_of_form(const Request& request) {
    const auto fields = posted_fields(request).value_or(Query{});
    if (request.path == "/staff/accounts") {
        return address(request.path, only(fields, {"name", "role", "municipality"}));
    }
    if (request.path.starts_with("/staff/accounts/")) {
        return address(encoded_path(request.path), only(fields, {"role", "municipality"}));
    }
    if (request.path == "/staff/search") {
        const auto form = read_posted_form(request.body);
        return address(request.path, form ? without_place(form->search) : Query{});
    }
    if (request.path == "/staff/match/rules/new") {
        return address(request.path, only(request.query, {"from"}));
    }
    if (request.path == "/staff/match" || request.path.starts_with("/staff/match/rules/")) {
        return encoded_path(request.path);
    }
    if (request.path == "/staff/password" || request.path == "/staff/reports") {
        return request.path;
    }
    if (request.path.starts_with("/staff/seeds/askings")) {
        return "/staff/seeds";
    }
    if (request.path.starts_with("/staff/seeds/")) {
        return encoded_path(request.path);
    }
    if (request.path == "/staff/month/answers") {
        return "/staff/month";
    }
    if (request.path.starts_with("/staff/desk/") || request.path == "/staff/month") {
        return encoded_path(request.path);
    }
    if (request.path.starts_with("/staff/totp")) {
        return "/staff/totp";
    }
    return std::string{field_of(fields, "next")};
}

} // namespace

std::string address_to_resume(const Request& request) {
    const bool is_form = request.method == Method::post;
    const std::string whole =
        is_form ? address_of_form(request) : address(encoded_path(request.path), without_place(request.query));
    // Too long or not ours with what was asked: then the page alone, or the first one.
    return next_address(next_address(whole) == whole ? whole : whole.substr(0, whole.find('?')));
}

std::string_view what_was_kept(const Request& request) {
    return request.path == "/staff/match" ? "staff.signed_out_family" : "staff.signed_out_form";
}

std::string address_to_resume(const Request& request, StaffDesk& desk) {
    auto page = address_to_resume(request);
    const bool is_rules = request.method == Method::post && request.path.starts_with("/staff/match/rules/");
    auto fields = is_rules ? posted_fields(request) : std::nullopt;
    if (!fields) {
        return page;
    }
    const auto word = desk.kept_forms().keep(request.path, *std::move(fields));
    return page + (page.find('?') == std::string::npos ? "?" : "&") + "draft=" + word;
}

std::optional<Query> kept_fields(const StaffCall& call) {
    const auto word = resumed_field(call.request, "draft");
    return word.empty() ? std::nullopt : call.desk.kept_forms().find(word, call.request.path);
}

std::string resumed_field(const Request& request, std::string_view name) {
    const bool is_ours = request.fetch_site.empty() || request.fetch_site == "same-origin";
    const auto value = request.method == Method::get && is_ours ? request.parameter(name) : std::nullopt;
    return std::string{value.value_or("")};
}

} // namespace shirube::server
