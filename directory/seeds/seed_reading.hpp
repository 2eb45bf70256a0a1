// A seed or a need out of texts, as a form or a row of a table has them, and back. One reading for both, so that what a
// page takes a file may say, and what is handed out can be taken in again.
#pragma once

#include "directory/reader.hpp"
#include "directory/seeds/seed.hpp"

#include <expected>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// A field of a form, and the column of a table that says the same.
struct SeedField {
    std::string_view code;   ///< "programmes"
    std::string_view column; ///< "事業"
    bool is_of_offers = true;
    bool is_of_wants = true;
};
/// In the order of the columns.
std::span<const SeedField> seed_fields() noexcept;

/// By the codes of seed_fields(); what is not there is empty.
using SeedTexts = std::map<std::string, std::string, std::less<>>;

/// What is wrong with a field. Codes: missing, long, many, unknown_programme, unknown_area, unknown_site,
/// several_sites, no_number, too_large, without_number, without_unit, no_date, no_choice, no_weekday, order, ahead,
/// no_phone, no_mail, area_missing, kept_back.
struct SeedProblem {
    std::string field;
    std::string code;
    std::string value{}; ///< the part that is wrong, where it is one of several
};

/// \param reader of the owner: by it programmes, districts and places are found, and what may be told to others
/// \param today the as-of date where none is written
std::expected<Seed, std::vector<SeedProblem>> read_seed(SeedKind kind, const SeedTexts& texts, const Reader& reader,
                                                        const std::string& owner, Day today);

/// The texts that read_seed() makes the same of.
SeedTexts texts_of(const Seed& seed);

/// "月;火", "mon;tue", "月～金"; nothing where a part is no day.
std::optional<WeekdayMask> parse_seed_weekdays(std::string_view text);
std::string seed_weekdays_text(WeekdayMask weekdays);

/// The fields of an asking: organization, asked_by, asked_on, answer, reason, words, answered_on. Who and about what it
/// is the caller knows. A reason is wanted of who declines, words where the reason is another.
std::expected<Asking, std::vector<SeedProblem>> read_asking(const SeedTexts& texts, Day today);

} // namespace shirube::directory
