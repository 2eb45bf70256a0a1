// A row of a list of resources, read, and the ids of what it speaks of.
#pragma once

#include "directory/reading.hpp"
#include "directory/store/derive/derivation_context.hpp"
#include "directory/store/derive/source_row.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace shirube::directory {

/// The public part of a row's reading; the services of a stale one are stale, whatever they said of themselves.
ResourceReading resource_reading_of(const SourceRow& row);

/// The places of those services of a row of which, or of whose place, it says something for staff alone.
std::set<std::size_t> staff_parts_of(const SourceRow& row);

/// Whose staff may see what of the row is hidden: as it says, else the municipality of its place.
std::string owner_of(const ResourceReading& reading);

/// Who may see a row at all: the widest class that any of its services is for. It alone says what the row's place is
/// like; narrower services in it come along and say nothing.
Visibility class_of(const Taxonomy& taxonomy, const ResourceReading& reading);

/// The public id of a row's place, were it linked to no other: what has the same folded name at the same folded address
/// in the municipality is one place. Without an address the name alone is not enough: the row is a place of its own.
/// What is hidden is a place of its owner's and of its class: an id that comes to be public was never a hidden one.
std::string place_id_of(const DerivationContext& context, const SourceRow& row, const ResourceReading& reading);

/// The role under which a row is linked to its place: an id under which it was hidden is none of its former ones.
std::string_view site_role(Visibility of_row) noexcept;

/// The role under which a row is linked to one of its services, and the service's public id. Services are told apart by
/// their place among those of the row that as many may see: a narrower one that comes or goes changes no other's id.
/// \param place in the row
std::string service_role(const Taxonomy& taxonomy, const ResourceReading& reading, std::size_t place);
std::string service_public_id(const DerivationContext& context, const SourceRow& row, const ResourceReading& reading,
                              std::size_t place);

/// The organization a row names; empty where it names none.
std::optional<std::int64_t> organization_of(DerivationContext& context, const ResourceReading& reading);

/// Who may see a service: as its row says, else by its programme; nothing for a programme the taxonomy does not have.
std::optional<Visibility> visibility_by(const Taxonomy& taxonomy, const ServiceReading& service);

/// \throws StoreError for a programme the taxonomy does not have
Visibility visibility_of(const DerivationContext& context, const SourceRow& row, const ServiceReading& service);

} // namespace shirube::directory
