#include "tests/server/support/openapi_document.hpp"

#include "server/http.hpp"
#include "server/router.hpp"

#include <algorithm>

namespace shirube::tests {

using nlohmann::json;

const json& openapi_document() {
    static const json parsed = [] {
        server::Request request;
        request.path = "/api/v1/openapi.json";
        return json::parse(server::route(request, nullptr, {}).content());
    }();
    return parsed;
}

const json& resolved(const json& node) {
    if (!node.is_object() || !node.contains("$ref")) {
        return node;
    }
    return resolved(openapi_document().at(json::json_pointer(node.at("$ref").get<std::string>().substr(1))));
}

namespace {

bool is_of_type(const json& value, const std::string& type) {
    if (type == "integer") {
        return value.is_number_integer();
    }
    return type == "number"    ? value.is_number()
           : type == "string"  ? value.is_string()
           : type == "array"   ? value.is_array()
           : type == "object"  ? value.is_object()
           : type == "boolean" ? value.is_boolean()
                               : type == "null" && value.is_null();
}

void misfits(const json& written, const json& value, const std::string& at, std::vector<std::string>& out) {
    const json& schema = resolved(written);
    if (const auto choices = schema.find("oneOf"); choices != schema.end()) {
        std::size_t fitting = 0;
        for (const auto& choice : *choices) {
            std::vector<std::string> faults;
            misfits(choice, value, at, faults);
            fitting += faults.empty() ? 1 : 0;
        }
        if (fitting != 1) {
            out.push_back(at + ": fits " + std::to_string(fitting) + " of oneOf");
        }
        return;
    }
    if (const auto type = schema.find("type"); type != schema.end()) {
        const json types = type->is_array() ? *type : json::array({*type});
        if (std::ranges::none_of(types, [&](const json& one) { return is_of_type(value, one.get<std::string>()); })) {
            out.push_back(at + ": is no " + types.dump());
            return;
        }
    }
    if (schema.contains("const") && schema.at("const") != value) {
        out.push_back(at + ": is not " + schema.at("const").dump());
    }
    if (const auto values = schema.find("enum");
        values != schema.end() && std::ranges::find(*values, value) == values->end()) {
        out.push_back(at + ": " + value.dump() + " is none of " + values->dump());
    }
    if (value.is_object()) {
        for (const auto& name : schema.value("required", json::array())) {
            if (!value.contains(name.get<std::string>())) {
                out.push_back(at + "/" + name.get<std::string>() + ": is missing");
            }
        }
        const json known = schema.value("properties", json::object());
        for (const auto& [name, member] : value.items()) {
            if (known.contains(name)) {
                misfits(known.at(name), member, at + "/" + name, out);
            } else if (schema.contains("additionalProperties")) {
                misfits(schema.at("additionalProperties"), member, at + "/" + name, out);
            } else if (!known.empty()) {
                out.push_back(at + "/" + name + ": is not in the document");
            }
        }
    }
    if (value.is_array() && schema.contains("items")) {
        for (std::size_t i = 0; i < value.size(); ++i) {
            misfits(schema.at("items"), value[i], at + "/" + std::to_string(i), out);
        }
    }
}

} // namespace

std::vector<std::string> misfits(const json& schema, const json& value) {
    std::vector<std::string> out;
    misfits(schema, value, "", out);
    return out;
}

} // namespace shirube::tests
