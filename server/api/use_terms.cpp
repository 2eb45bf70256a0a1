#include "server/api/use_terms.hpp"

#include "server/api/answers.hpp"

#include <array>
#include <string>
#include <string_view>

namespace shirube::server {

using nlohmann::ordered_json;

ordered_json weekdays_document(std::uint8_t weekdays) {
    static constexpr std::array<std::string_view, 7> k_codes{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    if (weekdays == 0) {
        return nullptr;
    }
    ordered_json days = ordered_json::array();
    for (std::size_t day = 0; day < k_codes.size(); ++day) {
        if ((weekdays >> day & 1U) != 0) {
            days.push_back(k_codes.at(day));
        }
    }
    return days;
}

ordered_json terms_document(const directory::UseTerms& terms) {
    return {{"municipality", text_or_null(terms.municipality)},
            {"contract", directory::code_of(terms.contract)},
            {"fee", directory::code_of(terms.fee)},
            {"fee_text", text_or_null(terms.fee_text)},
            {"days", weekdays_document(terms.weekdays)},
            {"text", terms.text}};
}

ordered_json terms_documents(std::span<const directory::UseTerms> terms) {
    ordered_json all = ordered_json::array();
    for (const auto& each : terms) {
        all.push_back(terms_document(each));
    }
    return all;
}

ordered_json contract_counts_document(const directory::CountsByContract& counts) {
    ordered_json contracts = ordered_json::object();
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts.at(i) > 0) {
            contracts[std::string{directory::code_of(static_cast<directory::Contract>(i))}] = counts.at(i);
        }
    }
    return contracts;
}

} // namespace shirube::server
