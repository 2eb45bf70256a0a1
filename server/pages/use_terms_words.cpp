#include "server/pages/use_terms_words.hpp"

#include "server/pages/words.hpp"

namespace shirube::server {

namespace {

std::string days_in_words(std::uint8_t weekdays, const Texts& texts) {
    std::string words;
    for (int day = 0; day < 7; ++day) {
        if ((weekdays >> static_cast<unsigned>(day) & 1U) != 0) {
            words += (words.empty() ? "" : texts.get("condition.day_joint")) + weekday_in_words(day, texts);
        }
    }
    return words;
}

} // namespace

std::string contract_in_words(directory::Contract contract, const Texts& texts) {
    return contract == directory::Contract::unknown
               ? texts.get("fact.unknown")
               : texts.get("contract." + std::string(directory::code_of(contract)));
}

std::string contract_counts_in_words(const directory::CountsByContract& counts, const Texts& texts,
                                     std::string_view separator) {
    std::string words;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts.at(i) > 0) {
            words += words.empty() ? "" : separator;
            words += contract_in_words(static_cast<directory::Contract>(i), texts) + " " + std::to_string(counts.at(i));
        }
    }
    return words;
}

std::string terms_in_words(const directory::UseTerms& terms, const Texts& texts) {
    std::string words;
    const auto add = [&](const std::string& part) {
        words += words.empty() || part.empty() ? "" : texts.get("list.separator");
        words += part;
    };
    if (terms.contract != directory::Contract::unknown) {
        add(contract_in_words(terms.contract, texts));
    }
    if (!terms.fee_text.empty() && !directory::parse_code<directory::Fee>(terms.fee_text)) {
        add(terms.fee_text);
    } else if (terms.fee != directory::Fee::unknown) {
        add(texts.get("fee." + std::string(directory::code_of(terms.fee))));
    }
    add(days_in_words(terms.weekdays, texts));
    return words.empty() ? terms.text : words;
}

std::string terms_of_in_words(const directory::UseTerms& terms, const EditionFacts& facts, const Texts& texts) {
    const std::string words = terms_in_words(terms, texts);
    return terms.municipality.empty()
               ? texts.with("terms.of_unread", {{"terms", words}})
               : texts.with("terms.of", {{"who", facts.municipality_name(terms.municipality)}, {"terms", words}});
}

} // namespace shirube::server
