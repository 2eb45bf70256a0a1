// What the pages of ties and of meetings have in common: who decides, and the row of what was decided.
#pragma once

#include "directory/reading.hpp"
#include "importers/written_row.hpp"
#include "server/pages/page.hpp"
#include "server/staff/desk/desk_writing.hpp"
#include "server/staff/desk/ties/form_field.hpp"

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

/// Why nothing was kept: sentences at fields, or one for all.
struct TieRefused {
    unsigned status = 422;
    std::vector<std::string> sentences;
    Faults faults{};
};

/// Of a problem that the writing told: at the fields it belongs to, else above them.
TieRefused refused_by(const NotKept& problem, std::span<const FormField> fields);

/// Of faults in fields.
TieRefused refused_for(Faults faults, const Texts& texts);

/// Who decides, or the fault at its field.
std::expected<WhoDecides, Faults> who_decides(const Query& fields, const Texts& texts);

/// templates/staff-desk-who.html, with what is wrong at its fields.
void fill_who(View who, const Query& fields, std::string_view suffix, const Faults& faults);

/// Above the forms: what was refused, or what was kept last.
void tell_of_ties(View body, const StaffCall& call, const std::optional<TieRefused>& refused);

/// The names that fields offer while somebody types.
void fill_known_names(View body, const StaffCall& call);

/// The row of a decision on something: as it is now, what of it becomes different, and for what columns.
importers::WrittenCells mended(importers::WrittenCells cells, const std::string& target, std::string columns,
                               directory::Day today);
/// The row that says that it never was so.
importers::WrittenCells struck(importers::WrittenCells cells, const std::string& target);

/// What a form says of something new.
struct NewTie {
    importers::WrittenCells cells;  ///< what it is known by
    importers::WrittenCells more{}; ///< what its row says beside
    Faults faults{};
};

/// Keeps it as one import, unless something is wrong in the form or it is there already.
/// \param is_new of what is read now and of what is newest \param there the sentence where it is not
std::expected<KeptRow, TieRefused> keep_new(const StaffCall& call, NewTie made, const Query& fields,
                                            std::span<const FormField> form, const StillSo& is_new,
                                            std::string_view there);

/// Keeps a decision on something as one import, unless something is wrong in it. \param id what it speaks of
std::expected<KeptRow, TieRefused> keep_decided(const StaffCall& call, const std::string& id,
                                                std::expected<importers::WrittenCells, Faults> cells,
                                                const Query& fields, std::span<const FormField> form,
                                                const StillSo& still);

/// What somebody decided last about a tie or a meeting, in words: day, role, how they know. Empty: nobody did by hand.
std::string decision_in_words(const directory::TieDecision& decided, const Texts& texts);

/// The list that it comes from and its date.
std::string list_in_words(const directory::Reader& reader, std::uint32_t list, const Texts& texts);

/// There is none, or it is not theirs.
Answer no_such_tie(const StaffCall& call);

} // namespace shirube::server
