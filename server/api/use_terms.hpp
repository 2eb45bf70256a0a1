// On what terms residents of another municipality use a service, as every answer has them.
#pragma once

#include "directory/reading.hpp"

#include <nlohmann/json.hpp>

#include <span>

namespace shirube::server {

/// `{municipality, contract, fee, fee_text, days, text}`; what the list does not state is `unknown`, or null.
nlohmann::ordered_json terms_document(const directory::UseTerms& terms);
nlohmann::ordered_json terms_documents(std::span<const directory::UseTerms> terms);

/// `["tue", "thu"]`; null where none are stated.
nlohmann::ordered_json weekdays_document(std::uint8_t weekdays);

} // namespace shirube::server
