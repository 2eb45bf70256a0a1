// On what terms residents of another municipality use a service, as every answer has them.
#pragma once

#include "directory/reading.hpp"
#include "directory/use_terms.hpp"

#include <nlohmann/json.hpp>

#include <span>

namespace shirube::server {

/// `{municipality, contract, fee, fee_text, days, text}`; what the list does not state is `unknown`, or null.
nlohmann::ordered_json terms_document(const directory::UseTerms& terms);
nlohmann::ordered_json terms_documents(std::span<const directory::UseTerms> terms);

/// `{"mutual": 2, "unknown": 1}`: those of which there are any.
nlohmann::ordered_json contract_counts_document(const directory::CountsByContract& counts);

/// `["tue", "thu"]`; null where none are stated.
nlohmann::ordered_json weekdays_document(std::uint8_t weekdays);

} // namespace shirube::server
