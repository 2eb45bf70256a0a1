// Where a JSON text stops being JSON, before anything else looks at it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace shirube::importers {

struct JsonFault {
    std::size_t byte = 0;  ///< 1 = the first
    std::int64_t line = 0; ///< 1 = the first
};

/// Nothing where `text` is one whole JSON value whose numbers a computer can hold (1e999 is none). Holds no tree and
/// does not recurse, whatever the nesting.
std::optional<JsonFault> find_json_fault(std::string_view text);

/// Whether a text without a fault is an object whose "type" is "FeatureCollection".
bool is_feature_collection(std::string_view text);

} // namespace shirube::importers
