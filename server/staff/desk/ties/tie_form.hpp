// The form of a tie: its fields, what is wrong in them, and the row that they come to.
#pragma once

#include "directory/reading.hpp"
#include "importers/written_row.hpp"
#include "server/http.hpp"
#include "server/staff/desk/ties/form_field.hpp"
#include "server/staff/staff_call.hpp"

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

std::span<const FormField> tie_fields();
std::span<const FormField> forum_fields();

/// The form as it is before anybody has typed into it; the row as a list would write it.
Query form_of(std::span<const FormField> fields, const importers::WrittenCells& cells);

/// What was typed, in cells, by the columns of a list; what is not sent at all is empty.
importers::WrittenCells cells_typed(std::span<const FormField> fields, const Query& typed);

/// What is wrong with a tie as it is typed; municipalities become their codes. Who is meant by an end is asked too: one
/// whom nobody knows is taken as a name alone only where the form says so (field `alone`).
Faults check_tie(const StaffCall& call, importers::WrittenCells& cells, const Query& typed);

/// The same of a meeting.
Faults check_forum(const StaffCall& call, importers::WrittenCells& cells);

/// Problems that the importer told at columns, at the fields they belong to; empty where one belongs to none.
Faults faults_at(std::span<const FormField> fields, std::span<const std::pair<std::string, std::string>> at);

/// Fills one include FIELD for each field of a meeting.
void fill_forum_fields(View form, const StaffCall& call, const Query& typed, const Faults& faults);

/// What of a tie is asked.
struct TieQuestion {
    std::vector<directory::RelationKind> kinds{}; ///< fields of one of these, the likeliest first; none: every field
    bool asks_kind = true;                        ///< the kind too; else it is settled
};

/// The same of a tie: fields that its kind has, and whatever its kind is those that are in `typed`, be they empty, or
/// at fault: what was emptied is shown empty again.
void fill_tie_fields(View form, const StaffCall& call, const TieQuestion& question, const Query& typed,
                     const Faults& faults);

/// The form of a tie as it is, without fields of which it says nothing: what stands at its other end is left open where
/// it is the usual one of its kind.
Query tie_form_of(const directory::RelationReading& tie);

/// What was typed over a tie, by the columns of a list; a field that was not asked is as it was. Where the kind is
/// another than the tie's, what the new one does not have is empty, whatever was typed.
importers::WrittenCells cells_mended(const directory::RelationReading& tie, const Query& typed);

/// The columns in which two rows differ, with 、 between them; empty where they say the same.
std::string columns_that_differ(const importers::WrittenCells& before, const importers::WrittenCells& after);

/// Whether a tie of the same ends, kind, programme, period and first day is there already.
bool is_there_already(const StaffCall& call, const directory::Reader& reader, const importers::WrittenCells& cells);

} // namespace shirube::server
