#include "directory/use_terms.hpp"

#include "directory/designated_city.hpp"

namespace shirube::directory {

namespace {

/// The only one that fits; nothing where none or several do.
template <class Fits>
std::optional<std::size_t> only(std::span<const UseTerms> terms, const Fits& fits) {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < terms.size(); ++i) {
        if (!terms[i].municipality.empty() && fits(terms[i].municipality)) {
            if (found) {
                return std::nullopt;
            }
            found = i;
        }
    }
    return found;
}

} // namespace

std::optional<std::size_t> terms_for(std::span<const UseTerms> terms, std::string_view municipality) {
    if (municipality.empty()) {
        return std::nullopt;
    }
    const auto exact = only(terms, [&](std::string_view code) { return code == municipality; });
    if (exact) {
        return exact;
    }
    const auto around = only(terms, [&](std::string_view code) { return lies_in(municipality, code); });
    return around ? around
                  : only(terms, [&](std::string_view code) { return designated_city_of(code) == municipality; });
}

WeekdayMask days_for(std::span<const UseTerms> terms, std::string_view municipality) {
    const auto found = terms_for(terms, municipality);
    return found && terms[*found].weekdays != 0 ? WeekdayMask{terms[*found].weekdays} : k_every_weekday;
}

Price price_for(const ServiceRow& service, std::string_view municipality) {
    const auto found = terms_for(service.use_terms, municipality);
    const UseTerms* const terms = found ? &service.use_terms[*found] : nullptr;
    const bool is_stated = terms != nullptr && (terms->fee != Fee::unknown || !terms->fee_text.empty());
    return is_stated ? Price{terms->fee, terms->fee_text} : Price{service.fee, service.fee_text};
}

Contract contract_for(std::span<const UseTerms> terms, std::string_view municipality) {
    const auto found = terms_for(terms, municipality);
    return found ? terms[*found].contract : Contract::unknown;
}

bool states_contract(std::span<const UseTerms> terms, std::string_view municipality, Contract contract) {
    return contract != Contract::unknown && contract_for(terms, municipality) == contract;
}

} // namespace shirube::directory
