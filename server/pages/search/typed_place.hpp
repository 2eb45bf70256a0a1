// What somebody meant who typed into the one field: an address, a station, a school, a postal code, a kind of help, a
// name. It answers with a way on, or with what may have been meant, or says what it is that nobody here knows.
#pragma once

#include "server/context.hpp"
#include "server/pages/links.hpp"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace shirube::server {

/// What a visitor may have meant.
struct Choice {
    enum class Kind : std::uint8_t { town, station, school, facility, postal_code, district, programme, service };
    Kind kind = Kind::town;
    std::string name;
    std::string detail;  ///< where it is, or what kind of help; may be empty
    std::string address; ///< the way on
};

/// Why nothing was found.
enum class Unknown : std::uint8_t {
    nowhere,    ///< no place, no help, no name here is called so
    outside,    ///< a place elsewhere: another prefecture, another city, a postal code of elsewhere
    not_listed, ///< a kind of help that exists and that no list here has
    urgent      ///< somebody to talk to is wanted now
};

/// The address of the way on, what may be meant (at least two), or why nothing was found.
using Understood = std::variant<std::string, std::vector<Choice>, Unknown>;

/// \param typed as it stood in the field, blanks taken off; not empty
/// \param search what else was asked, with the place that was asked about until now
Understood understand(std::string_view typed, const Context& context, const Links& links, const Query& search);

/// A place that is meant, as it is called and where it lies.
struct TypedPlace {
    std::string name;
    std::string detail; ///< the municipality; may be empty
    geo::LonLat position;
    directory::PositionQuality quality = directory::PositionQuality::exact;
    double accuracy_m = 0; ///< radius that holds it
};

/// Places that may be meant, one where it is clear, without an address of any page: for forms that are given a place in
/// a body and keep it nowhere. \param typed not empty \param municipality in which an address lies, by its code; may be
/// empty
std::vector<TypedPlace> places_typed(std::string_view typed, const Context& context,
                                     std::string_view municipality = {});

/// The address of a search around a point, rounded to 0.001°: some 100 m, enough to sort by distance, too coarse to
/// tell a house.
std::string near_address(const Links& links, const Query& search, geo::LonLat point);

/// The municipalities whose towns and services are here, by name: what "outside" is outside of. At most `most`.
std::vector<std::string> served_municipalities(const Context& context, std::size_t most);

} // namespace shirube::server
