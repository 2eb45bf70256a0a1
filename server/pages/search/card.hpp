// A service as a card of a list: what it is, how far, when, for whom, how to begin.
#pragma once

#include "directory/reader.hpp"
#include "server/context.hpp"
#include "server/pages/links.hpp"
#include "server/pages/templates.hpp"

#include <cstddef>
#include <optional>

namespace shirube::server {

/// \param card a View of templates/card.html
/// \param number on the card and its pin; nothing for a service without a point
void fill_card(View card, const Context& context, const Links& links, const directory::SearchQuery& asked,
               const directory::Hit& hit, std::optional<std::size_t> number);

/// Badges for what a visitor must know before going: planned, paused, ended, unconfirmed.
/// \param section a template's inner sections inherit the outer ones, so nested badges need a name of their own
void fill_badges(View card, const Context& context, std::uint32_t service, std::string_view section = "BADGE");

/// The name to show: the site's, else what the programme is called.
std::string service_name(const directory::Reader& reader, const directory::ServiceRow& service,
                         std::string_view language);

} // namespace shirube::server
