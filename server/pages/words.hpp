// Facts of the directory in plain words. What a list does not state is said to be unknown, never left to be guessed.
#pragma once

#include "directory/calendar.hpp"
#include "directory/codes.hpp"
#include "directory/reader.hpp"
#include "server/pages/texts.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shirube::server {

/// "350 m", "1.2 km"
std::string distance_in_words(double distance_m);

/// "2026年4月1日", "1 April 2026"
std::string date_in_words(directory::Day day, const Texts& texts);
/// An as-of date as lists give it: a day, a month or a year; anything else as it is.
std::string as_of_in_words(std::string_view as_of, const Texts& texts);

/// "8か月", "2歳"
std::string age_in_words(int months, const Texts& texts);
/// For whom a service is: its ages, its stage, its own words. Empty where its list says nothing at all.
std::string ages_in_words(const directory::ServiceRow& service, const Texts& texts);
std::string for_whom_in_words(const directory::ServiceRow& service, const Texts& texts);

/// Whom a service is for in its list's own words; empty where ours say the same.
std::string_view whom_in_own_words(const directory::ServiceRow& service, const Texts& texts);

/// A source's own words beside ours; empty where they are just the name of the code (無料, 立ち寄り).
template <class T>
std::string_view beyond_code(std::string_view text) {
    return directory::parse_code<T>(text) ? std::string_view{} : text;
}

/// What a code is called beside a source's own words: nothing where they begin with it (無料（工作は実費）).
std::string_view unless_said(std::string_view label, std::string_view own_words) noexcept;

std::string entry_in_words(directory::Entry entry, const Texts& texts);
std::string fee_in_words(const directory::ServiceRow& service, const Texts& texts);
std::string transport_in_words(directory::Transport transport, const Texts& texts);
std::string status_in_words(directory::Status status, const Texts& texts);
std::string feature_in_words(directory::Feature feature, const Texts& texts);
std::string weekday_in_words(int weekday, const Texts& texts);
std::string layer_in_words(std::string_view layer, const Texts& texts);

/// The layer people know best: middle-school districts, else the first there is; null where there is none.
const directory::Layer* usual_layer(const directory::Reader& reader);

/// Where the number of children comes from, as compute_coverage names it.
std::string basis_in_words(std::string_view basis, const Texts& texts);

/// "1,234"
std::string grouped(std::int64_t number);
/// "38.5 %"; \param share 0 to 1
std::string percent(double share);
/// One or two decimals, as needed for a figure like 1.18.
std::string decimal(double value, int places);

/// The name of the pictogram of a programme's family.
std::string_view family_icon(const directory::Taxonomy& taxonomy, directory::ProgrammeIndex programme);

/// Whether a place's point is only that of its town, block or municipality.
bool is_about(const directory::SiteRow& site);

} // namespace shirube::server
