#include "server/staff/match/helpers_answer.hpp"

#include "server/api/answers.hpp"
#include "server/api/use_terms.hpp"

#include <utility>

namespace shirube::server {

using nlohmann::ordered_json;

namespace {

template <class T>
ordered_json or_null(const std::optional<T>& value) {
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json source_of(const directory::Reader& reader, const directory::HelperCountRow& row) {
    if (row.list == directory::k_no_index) {
        return nullptr;
    }
    const auto& list = reader.lists()[row.list];
    return {{"list", list.name}, {"publisher", text_or_null(list.publisher)}, {"as_of", text_or_null(list.as_of)}};
}

} // namespace

ordered_json helpers_documents(const directory::Reader& reader, std::span<const directory::PossibleHelpers> helpers,
                               const std::function<ordered_json(std::size_t)>& pair) {
    ordered_json all = ordered_json::array();
    for (const auto& possible : helpers) {
        const auto& row = reader.helper_counts()[possible.row];
        const auto& told = row.reading;
        ordered_json pairs = ordered_json::array();
        for (const auto number : possible.pairs) {
            pairs.push_back(pair(number));
        }
        all.push_back(
            {{"organization", told.organization},
             {"municipality", text_or_null(told.municipality)},
             {"programme", text_or_null(told.programme)},
             {"layer", text_or_null(told.layer)},
             {"area", text_or_null(told.area)},
             {"days", weekdays_document(told.weekdays)},
             {"hours", text_or_null(told.hours)},
             {"skill", text_or_null(told.skill)},
             {"count", or_null(told.count)},
             {"counted_on",
              told.counted_on ? ordered_json(directory::to_string(*told.counted_on)) : ordered_json(nullptr)},
             {"note", text_or_null(told.note)},
             {"for", std::move(pairs)},
             {"here", directory::code_of(possible.here)},
             {"then", possible.then ? ordered_json(directory::code_of(*possible.then)) : ordered_json(nullptr)},
             {"source", source_of(reader, row)}});
    }
    return all;
}

} // namespace shirube::server
