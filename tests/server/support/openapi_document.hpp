// The OpenAPI document as the server gives it, and whether an answer fits a schema of it.
#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace shirube::tests {

const nlohmann::json& openapi_document();

/// What a node refers to ($ref); itself where it refers to nothing.
const nlohmann::json& resolved(const nlohmann::json& node);

/// Where a value does not fit its schema: the part of JSON Schema the document uses, and members it does not name.
std::vector<std::string> misfits(const nlohmann::json& schema, const nlohmann::json& value);

} // namespace shirube::tests
