// When a service is next open, in a few words: what a card says where no time was asked for.
#pragma once

#include "server/context.hpp"
#include "server/pages/texts.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace shirube::server {

struct Opening {
    std::string_view code; ///< yes: now; next: later; maybe: nobody knows when; no: no day in that time
    std::string words;
};

/// Looks a hundred days ahead. What is only the rule, or has no date, is never called open.
Opening next_opening(const Context& context, std::uint32_t service, const Texts& texts);

/// "11月28日（土曜日）"
std::string short_date(directory::Day day, const Texts& texts);

} // namespace shirube::server
