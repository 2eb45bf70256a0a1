#include "importers/cleaning/corporate_number.hpp"

#include "importers/cleaning/text.hpp"
#include "importers/cleaning/withheld.hpp"

namespace shirube::importers {

Cell<std::string> parse_corporate_number(std::string_view cell) {
    const std::string digits = replaced(replaced(plain(clean_text(cell).text), " ", ""), "-", "");
    if (digits.empty() || says_nothing(digits)) {
        return std::nullopt;
    }
    const auto malformed = std::unexpected(CellProblem{"corporate_number_malformed"});
    if (digits.size() != 13 || digits.find_first_not_of("0123456789") != std::string::npos) {
        return malformed;
    }
    // Weights 1, 2, 1, 2, … from the last digit; the check digit completes the sum to nine.
    int sum = 0;
    for (std::size_t i = 1; i < digits.size(); ++i) {
        const bool odd_from_the_end = (digits.size() - i) % 2 == 1;
        sum += (digits[i] - '0') * (odd_from_the_end ? 1 : 2);
    }
    return 9 - sum % 9 == digits[0] - '0' ? Cell<std::string>(digits) : Cell<std::string>(malformed);
}

} // namespace shirube::importers
