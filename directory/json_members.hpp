// Members of the documents that the store keeps readings in. A member that says nothing is left out, so that a row's
// document stays short and an empty member is never mistaken for a stated one.
#pragma once

#include "directory/codes.hpp"
#include "directory/schedule.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace shirube::directory::members {

using nlohmann::json;

inline void put(json& out, const char* name, const std::string& value) {
    if (!value.empty()) {
        out[name] = value;
    }
}

template <class T>
void put(json& out, const char* name, const std::optional<T>& value) {
    if (value) {
        out[name] = *value;
    }
}

inline void put(json& out, const char* name, const std::optional<Day>& value) {
    if (value) {
        out[name] = to_string(*value);
    }
}

inline void put(json& out, const char* name, const std::vector<std::string>& value) {
    if (!value.empty()) {
        out[name] = value;
    }
}

inline std::string text(const json& in, const char* name) { return in.value(name, std::string{}); }

template <class T>
std::optional<T> maybe(const json& in, const char* name) {
    const auto found = in.find(name);
    if (found == in.end()) {
        return std::nullopt;
    }
    return found->template get<T>();
}

inline std::optional<Day> maybe_day(const json& in, const char* name) {
    const auto value = maybe<std::string>(in, name);
    return value ? parse_day(*value) : std::nullopt;
}

/// A code the store holds but this program does not know was written by a newer one.
template <class T>
T code(const json& in, const char* name, T otherwise) {
    const auto value = maybe<std::string>(in, name);
    if (!value) {
        return otherwise;
    }
    const auto parsed = parse_code<T>(*value);
    if (!parsed) {
        throw std::runtime_error("The store holds the unknown code " + *value + " in " + name + ".");
    }
    return *parsed;
}

template <class T>
void put_codes(json& out, const char* name, const std::vector<T>& values) {
    if (values.empty()) {
        return;
    }
    json codes = json::array();
    for (const auto value : values) {
        codes.push_back(std::string{code_of(value)});
    }
    out[name] = std::move(codes);
}

template <class T>
std::vector<T> codes(const json& in, const char* name) {
    std::vector<T> values;
    for (const auto& entry : in.value(name, json::array())) {
        if (const auto value = parse_code<T>(entry.get<std::string>())) {
            values.push_back(*value);
        }
    }
    return values;
}

template <class T>
void put_code(json& out, const char* name, T value, T otherwise) {
    if (value != otherwise) {
        out[name] = std::string{code_of(value)};
    }
}

} // namespace shirube::directory::members
