// The parts that the pages of a service, a site and a district share.
#pragma once

#include "server/context.hpp"
#include "server/pages/links.hpp"
#include "server/pages/templates.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace shirube::server {

/// One line of what is known: TERM, and ours (WORDS), the source's (TEXT), or that it is unknown.
void add_fact(View view, std::string_view term, std::string_view words, std::string_view text = {});

/// Telephone numbers that can be called from the page: sections PHONE of the fact.
void add_phone_fact(View view, std::string_view term, std::span<const std::string> numbers);

/// The districts a service lies in, surely or perhaps; a link each.
void fill_districts(View view, const directory::Reader& reader, const Links& links, std::uint32_t service);

/// Services in one line each: name, programme, badges; those that ended are left out unless they are all there is.
void fill_service_links(View view, std::string_view section, const Context& context, const Links& links,
                        std::span<const std::uint32_t> services);

/// The list a fact comes from: name, publisher, source, licence, as-of.
void fill_source(View view, const directory::ListRow& list);
/// The same of several, those that were written on pages together.
void fill_sources(View view, const directory::Reader& reader, std::span<const std::uint32_t> lists);

} // namespace shirube::server
