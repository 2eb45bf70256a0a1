#include "directory/seeds/seed_lists.hpp"
#include "directory/seeds/seed_reading.hpp"

#include <fmt/format.h>

namespace shirube::directory {

namespace {

/// Metres as kilometres, as few digits as say the same again.
std::string kilometres_text(std::int64_t metres) {
    constexpr std::int64_t k_metres_a_km = 1000;
    std::string text = fmt::format("{}.{:03}", metres / k_metres_a_km, metres % k_metres_a_km);
    while (text.ends_with('0')) {
        text.pop_back();
    }
    if (text.ends_with('.')) {
        text.pop_back();
    }
    return text;
}

template <class T>
std::string number_text(const std::optional<T>& number) {
    return number ? std::to_string(*number) : std::string{};
}

std::string day_text(const std::optional<Day>& day) { return day ? to_string(*day) : std::string{}; }

} // namespace

SeedTexts texts_of(const Seed& seed) {
    std::vector<std::string> contracts;
    contracts.reserve(seed.contracts.size());
    for (const auto contract : seed.contracts) {
        contracts.emplace_back(code_of(contract));
    }
    return {{"key", seed.key},
            {"organization", seed.organization},
            {"site", seed.site},
            {"programmes", seed_text_of(seed.programmes)},
            {"areas", seed_text_of(seed.areas)},
            {"within_km", seed.within_m ? kilometres_text(*seed.within_m) : std::string{}},
            {"amount", seed.amount ? std::to_string(seed.amount->count) : std::string{}},
            {"unit", seed.amount ? std::string(code_of(seed.amount->unit)) : std::string{}},
            {"from", day_text(seed.from)},
            {"weekdays", seed_weekdays_text(seed.weekdays)},
            {"nights", seed.nights == SeedNights::unknown ? std::string{} : std::string(code_of(seed.nights))},
            {"from_age", number_text(seed.from_age)},
            {"to_age", number_text(seed.to_age)},
            {"contracts", seed_text_of(contracts)},
            {"fee", seed.fee ? std::to_string(seed.fee->yen) : std::string{}},
            {"fee_per", seed.fee ? std::string(code_of(seed.fee->per)) : std::string{}},
            {"terms", seed.terms},
            {"contact", seed.contact},
            {"phone", seed.phone},
            {"mail", seed.mail},
            {"note", seed.note},
            {"source", seed.source},
            {"as_of", to_string(seed.as_of)},
            {"until", day_text(seed.until)},
            {"sharing", std::string(code_of(seed.sharing))},
            {"state", std::string(code_of(seed.state))}};
}

} // namespace shirube::directory
