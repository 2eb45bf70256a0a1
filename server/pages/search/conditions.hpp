// The conditions of a search in words, one by one: to be shown, taken away, and counted without.
#pragma once

#include "server/context.hpp"
#include "server/pages/texts.hpp"

#include <string>
#include <vector>

namespace shirube::server {

struct Condition {
    std::string parameter;
    std::string value;    ///< of it: one of a list
    std::string words;    ///< ours: may be given readings
    std::string own_name; ///< a name or a text that stays as it is; then `words` is empty
    Query without;        ///< the search without it
};

/// The conditions of a search in the order they came, without the place itself.
/// \param query one that read_search_query has taken
std::vector<Condition> conditions_of(const Query& query, const Context& context, const Texts& texts);

/// What to call the place asked about: the districts that hold it, never an address. Empty where there is none.
std::string place_name(const directory::Reader& reader, geo::LonLat near);

/// A search that finds something once one condition is dropped.
struct Relaxation {
    Condition dropped;
    std::size_t number_matched = 0;
};

/// Each condition dropped by itself and searched for; those that find nothing are left out.
std::vector<Relaxation> relaxations(const Query& query, const Context& context, const Texts& texts);

} // namespace shirube::server
