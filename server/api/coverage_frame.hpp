// What an answer says beside its districts: the question, the lists it rests on, the sums, the blank areas.
#pragma once

#include "directory/coverage.hpp"

#include <nlohmann/json.hpp>

#include <optional>

namespace shirube::server {

/// Shares and rates to six digits: the same text whatever the order in which sums were made.
nlohmann::ordered_json rate_or_null(const std::optional<double>& value);

/// What was asked: policy, layer, edition, instant.
nlohmann::ordered_json head_document(const directory::Reader& reader, const directory::Coverage& coverage);

/// What is told of all districts together: totals, outside, supply, need.
nlohmann::ordered_json sums_document(const directory::Reader& reader, const directory::Coverage& coverage);

/// All of it: the head, the lists with their claims, the sums, the blank areas.
nlohmann::ordered_json coverage_frame(const directory::Reader& reader, const directory::Coverage& coverage);

} // namespace shirube::server
