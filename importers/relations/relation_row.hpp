// One row of a list of ties, and of one of meetings.
#pragma once

#include "directory/reading.hpp"
#include "importers/columns/row_cells.hpp"
#include "importers/import.hpp"
#include "importers/relations/relations.hpp"

#include <optional>
#include <span>
#include <string>

namespace shirube::importers {

HeaderFit fit_relations(std::span<const std::string> header);
HeaderFit fit_forums(std::span<const std::string> header);

/// What a row says; nothing where it is rejected, which a note says. What else cannot be read is noted and unknown.
std::optional<directory::RelationReading> read_relation_row(RowCells& cells, const RelationsDesk& desk,
                                                            const ImportOptions& options);
std::optional<directory::ForumReading> read_forum_row(RowCells& cells, const RelationsDesk& desk,
                                                      const ImportOptions& options);

/// What stands at the other end of a tie where its row does not say.
directory::PartyKind usual_kind(directory::RelationKind kind, bool has_layer);

/// Identity within the list: who is tied how, about what, of which period and since when; and what meets where.
std::string key_of(const directory::RelationReading& relation);
std::string key_of(const directory::ForumReading& forum);

} // namespace shirube::importers
