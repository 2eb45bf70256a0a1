// What staff type into the forms of an offer and a need, which fit each other in part.
#pragma once

#include "server/http.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace shirube::tests {

inline server::Query offer(std::string_view sharing = "own", const std::string& organization = "うみねこの会") {
    return {{"organization", organization},
            {"programmes", "short_stay"},
            {"areas", "99201"},
            {"amount", "2"},
            {"unit", "persons"},
            {"contracts", "entrusted"},
            {"contact", "事務局"},
            {"phone", "000-0000-0501"},
            {"as_of", "2026-11-01"},
            {"sharing", std::string(sharing)},
            {"state", "open"}};
}

inline server::Query want(std::string_view sharing = "own") {
    return {{"programmes", "short_stay"},
            {"amount", "3"},
            {"unit", "persons"},
            {"contracts", "entrusted"},
            {"contact", "こども家庭課"},
            {"phone", "000-0000-0502"},
            {"as_of", "2026-11-01"},
            {"sharing", std::string(sharing)},
            {"state", "open"}};
}

inline server::Query changed(server::Query fields, std::string_view name, std::string_view value) {
    std::erase_if(fields, [&](const auto& field) { return field.first == name; });
    fields.emplace_back(name, value);
    return fields;
}

} // namespace shirube::tests
