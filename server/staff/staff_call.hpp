// What a handler of a staff page is given: the request, who asks, and what they may read.
#pragma once

#include "directory/accounts.hpp"
#include "server/context.hpp"
#include "server/http.hpp"
#include "server/staff/staff_desk.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace shirube::server {

/// Before anybody is signed in.
struct StaffVisit {
    const Request& request;
    directory::Accounts& accounts;
    std::string_view token; ///< of the cookie; empty: none
    std::string_view language;
    std::int64_t now_s = 0; ///< Unix seconds
};

struct StaffCall {
    const Request& request;
    StaffDesk& desk;
    directory::Accounts& accounts;
    const directory::SignedIn& who;
    std::string_view token;
    const Context& context;
    std::span<const std::string_view> parts; ///< of the address, where its pattern has a *
    std::int64_t now_s = 0;                  ///< Unix seconds

    [[nodiscard]] directory::Actor actor() const { return directory::Actor::of(who.account); }
};

inline constexpr std::string_view k_session_cookie = "__Host-shirube";

/// "303 See Other" to an address of ours; nobody keeps it.
Answer see_other(std::string location);

/// The same with a new session's token for the browser, or without a session where it is empty.
Answer see_other_with_session(std::string location, std::string_view token);

/// Where staff begin.
inline constexpr std::string_view k_first_address = "/staff";

/// An address below /staff that may be gone on to, as a form carried it; else the staff's first page.
std::string next_address(std::string_view asked);

/// The same as a query for the form's own address; empty where it is the first page.
Query carried(std::string_view next);

/// A form's fields of text; nothing where the body is malformed.
std::optional<Query> posted_fields(const Request& request);
std::string_view field_of(const Query& fields, std::string_view name);

/// A sentence of an AccountProblem in the language of a page.
std::string sentence_of(const directory::AccountProblem& problem, std::string_view language);
std::string role_in_words(directory::Role role, std::string_view language);

} // namespace shirube::server
