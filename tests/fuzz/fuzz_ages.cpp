// Any text as ages, fees, counts, telephone numbers and codes: what is read lies in its range.
#include "importers/cleaning/ages.hpp"
#include "importers/cleaning/contacts.hpp"
#include "importers/cleaning/corporate_number.hpp"
#include "importers/cleaning/fees.hpp"
#include "importers/cleaning/municipality_cell.hpp"
#include "importers/cleaning/numbers.hpp"
#include "importers/cleaning/postal_code.hpp"

#include <cstdint>
#include <cstdlib>

using namespace shirube::importers;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view cell(reinterpret_cast<const char*>(data), size);
    const auto ages = parse_ages(cell);
    if (ages && *ages) {
        const auto from = (*ages)->from_months;
        const auto to = (*ages)->to_months;
        if ((from && (*from < 0 || *from > 121 * 12)) || (from && to && *to <= *from)) {
            std::abort();
        }
    }
    const auto count = parse_count(cell);
    if (count && *count && **count <= 0) {
        std::abort();
    }
    const auto postal = parse_postal_code(cell);
    if (postal && *postal && (*postal)->size() != 8) {
        std::abort();
    }
    const auto municipality = read_municipality(cell);
    if (municipality && *municipality && (*municipality)->code.size() != 5) {
        std::abort();
    }
    parse_fee(cell);
    parse_published_phone(cell);
    parse_url(cell);
    parse_corporate_number(cell);
    without_contacts(cell);
    return 0;
}
