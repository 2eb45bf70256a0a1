// What a steward keeps from a page: one row, by the way that files take, as an import of its own.
#pragma once

#include "directory/reader.hpp"
#include "importers/written_row.hpp"
#include "server/staff/desk/who_decides.hpp"
#include "server/staff/staff_call.hpp"

#include <cstdint>
#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::server {

/// What the history tells in the place of a file.
inline constexpr std::string_view k_written_on_pages = "職員の画面.csv";

/// Why nothing was kept, in the language of the page.
struct NotKept {
    unsigned status = 422;
    std::vector<std::string> sentences;
    std::vector<std::pair<std::string, std::string>> at{}; ///< the same, a column of the row and what is wrong there
};

struct KeptRow {
    std::int64_t import_id = 0;
    std::string list;
    bool narrowed = false; ///< fewer people see it, or one of its members, than was chosen: it names what is hidden
};

/// Whether what was decided about is still as it was shown, asked of the newest edition.
using StillSo = std::function<bool(const directory::Reader& reader)>;

/// Puts a correction of a place or a service, or a decision on a pair, into the store. Its list is named by
/// municipality, day and target, so that each can be undone by itself and later ones of a day go before earlier ones.
/// \param cells of the template `corrections`, without who, when and why
/// \param who fields of the form: by, how, reason
std::expected<KeptRow, NotKept> keep_correction(const StaffCall& call, const std::string& target,
                                                importers::WrittenCells cells, const Query& who, const StillSo& still);

/// Puts a row of a list of its own into the store, or a newer edition of it.
/// \param cells of the general template
std::expected<KeptRow, NotKept> keep_resource(const StaffCall& call, const std::string& list,
                                              const importers::WrittenCells& cells, const StillSo& still);

/// Puts a tie or a meeting into the store, or a decision on one. \param about the id of what is decided on, or whatever
/// tells a new one from others of the day; each is a list of its own, as corrections are
/// \param cells of the templates `relations` or `forums`, without who, when and why
std::expected<KeptRow, NotKept> keep_tie(const StaffCall& call, const std::string& about, importers::WrittenCells cells,
                                         const WhoDecides& who, const StillSo& still);

/// The municipality whose desk this is; never empty where a steward asks.
std::string desk_owner(const StaffCall& call);
std::string desk_municipality(const StaffCall& call);

/// What of a place or service a decision was made on, short: another text where it has changed.
std::string state_of(const directory::Reader& reader, std::uint32_t service);
std::string state_of_site(const directory::Reader& reader, std::uint32_t site);

} // namespace shirube::server
