// A policy as a form's fields, for people who do not write JSON. What is rare (functions, supply, ways by district)
// stays JSON, in one field.
#pragma once

#include "directory/policy.hpp"
#include "server/http.hpp"

#include <nlohmann/json_fwd.hpp>

#include <expected>
#include <string>
#include <string_view>

namespace shirube::server {

/// What a form's field says that cannot be taken.
struct FieldProblem {
    std::string field; ///< the name of one of the form's; empty: of none
    std::string sentence;
};

/// The fields that document_of() makes the same policy of, but for its id and version.
Query policy_fields(const directory::Policy& policy, const directory::Taxonomy& taxonomy);

/// Only fields that stand for nothing in a document are looked at here; whether it is a policy, parse_policy() says.
std::expected<nlohmann::json, FieldProblem> policy_document(const Query& fields, std::string_view language);

/// The field that a place of the document is written in.
std::string_view field_at(std::string_view pointer);

} // namespace shirube::server
