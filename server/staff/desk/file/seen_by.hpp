// Who will see the rows of a file once it is brought in: said before it is accepted.
#pragma once

#include "directory/codes.hpp"
#include "directory/network/hidden_names.hpp"
#include "directory/reading.hpp"
#include "directory/taxonomy.hpp"
#include "server/pages/templates.hpp"
#include "server/staff/desk/file/file_preview.hpp"

#include <optional>

namespace shirube::server {

/// As the row says, else as its programme or its kind of tie has it. Of a place with several services the widest:
/// whoever sees one of them sees the place. Of a tie at most whoever may know whom it names; of a meeting itself, not
/// of its members. Nothing of a row of another kind.
std::optional<directory::Visibility> seen_by(const directory::Reading& reading, const directory::Taxonomy& taxonomy,
                                             const directory::HiddenNames& hidden);

/// Fills SEEN with the rows of each audience; nothing where no row would be taken.
void fill_seen_by(View ready, const FilePreview& preview);

} // namespace shirube::server
