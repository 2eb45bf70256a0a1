// A network, its ties and its measures as JSON: codes and figures, no sentences.
#pragma once

#include "directory/network/network_view.hpp"
#include "server/network/network_question.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace shirube::server {

/// Who stands at a node: id, kind, name, municipality, and whether the edition knows more than the name.
nlohmann::ordered_json party_document(const directory::Reader& reader, std::uint32_t node);

/// A node in full. \param services that it runs, or that are run there
nlohmann::ordered_json node_document(const directory::Reader& reader, std::uint32_t node,
                                     const std::vector<std::uint32_t>& services);

/// "relation:ID", or "member:FORUM:NODE" of a membership that a meeting's own row tells.
std::string edge_id(const directory::Reader& reader, std::uint32_t edge);

/// An edge by the ids of its ends, with what is counted and dated.
nlohmann::ordered_json edge_document(const directory::Reader& reader, std::uint32_t edge);

/// An edge as a record of its own: both ends in words, terms, note and source.
nlohmann::ordered_json tie_document(const directory::Reader& reader, std::uint32_t edge);

/// Every measure: {untied, company, referrals, hubs, districts, councils, change}; of ties of every kind, whatever
/// kinds are asked for.
nlohmann::ordered_json measures_document(const directory::Reader& reader, const NetworkQuestion& question);

/// {edition, at, scope, nodes, edges, measures}; measures are of one day, and null where every day is asked for
nlohmann::ordered_json network_document(const directory::Reader& reader, const NetworkQuestion& question);

} // namespace shirube::server
