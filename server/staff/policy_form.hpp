// A policy as a form's fields, for people who do not write JSON.
#pragma once

#include "directory/policy.hpp"
#include "server/http.hpp"

#include <nlohmann/json_fwd.hpp>

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

/// Whether it is a policy, parse_policy() says.
nlohmann::json policy_document(const Query& fields);

/// The field that a place of the document is written in.
std::string_view field_at(std::string_view pointer);

// How parts of it are read and written, see policy_form_parts.hpp.

/// All values of a field that are not empty.
nlohmann::json all_of(const Query& fields, std::string_view name);
/// Where a language is left empty, the Japanese stands for it.
nlohmann::json label_of(const Query& fields, const std::string& name);
void add_label(Query& fields, const std::string& name, const directory::Label& label);
/// A number where it is one, else the text, so that the document is refused with what was typed; nothing where the
/// field is empty.
void put_number(nlohmann::json& document, const char* member, const Query& fields, std::string_view name);

} // namespace shirube::server
