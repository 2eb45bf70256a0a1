// What a file is and what its import would do, worked out once and then only looked at: tables with problems at their
// cells, points, and the changes against the list as it stands.
#pragma once

#include "directory/reading.hpp"
#include "directory/store.hpp"
#include "geo/lonlat.hpp"
#include "importers/held_file.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace shirube::server {

/// Whether a list says that it has all there are: only then does absence mean something.
enum class Extent : std::uint8_t { as_before, partial, complete };

/// What whoever sent the file said of it.
struct FileChoice {
    std::string list{};     ///< the list it renews; empty: found out
    std::string new_list{}; ///< the name of a list that is not there yet
    std::string as_of{};
    std::string source{};
    std::string licence{};
    Extent extent = Extent::as_before; ///< of a list that is not there yet: partial
};

/// Whose desk it is.
struct FileDesk {
    std::string owner;        ///< 5 digits
    std::string municipality; ///< its name
    std::string language;     ///< of problems: ja or en
};

enum class RowFate : std::uint8_t { rejected, doubtful, passed_over, taken };

struct CellProblem {
    std::optional<std::size_t> column{}; ///< none: the row as a whole
    std::string sentence;
    std::string value{};       ///< what the cell says, on one line and cut; empty where it says nothing
    bool is_of_people = false; ///< of a person, a home, or a place that is protected: what gives them away is not kept
};

/// Somebody whom a row of ties or meetings names.
struct NamedParty {
    directory::PartyReading party;
    std::string other_municipality; ///< of whom it is tied to: there it is looked for where its own row says nothing
};

/// Who will see a row.
struct RowReaders {
    directory::Visibility by = directory::Visibility::everyone;
    bool unless_known = false; ///< everybody, where everybody knows already whom it names of another municipality
};

struct PreviewRow {
    std::size_t table = 0;
    std::int64_t row = 0; ///< as a person counts in the file
    std::string name{};   ///< what its table calls it, cut as a value is; empty where nothing does
    RowFate fate = RowFate::taken;
    std::optional<RowReaders> seen_by{}; ///< of a row that would be taken, where it is known
    std::vector<std::string> cells{};
    std::vector<CellProblem> problems{};
    std::vector<NamedParty> parties{}; ///< of a tie its ends, of a meeting its members and the district it is for
};

struct PreviewTable {
    std::string member; ///< of an archive, or the file's name
    std::string sheet;
    std::string profile; ///< empty: not read
    bool is_further = false;
    bool is_other_kind = false; ///< not read: a list of places in a file of ties, or the other way round
    std::int64_t header_row = 1;
    std::size_t rows = 0;
    std::vector<std::string> columns{};
    std::vector<std::string> understood{}; ///< by column; empty: not read
    std::optional<std::size_t> name{};     ///< the column that its rows are called by
};

struct PreviewPoint {
    geo::LonLat at;
    bool is_new = false;
};

struct ChangedCell {
    std::string column;
    std::string before;
    std::string after;
};

struct ChangedRow {
    std::string name;
    std::string about{};  ///< of a tie: its kind, programme and period, as written
    std::int64_t row = 0; ///< in the file; 0: gone
    std::vector<ChangedCell> cells{};
};

/// Against the list as it stands.
struct ListChanges {
    std::vector<ChangedRow> added{};
    std::vector<ChangedRow> changed{};
    std::vector<ChangedRow> gone{};
    std::size_t same = 0;
    std::size_t before = 0; ///< rows of the list as it stands

    /// Whether more than a third of what stands would go.
    [[nodiscard]] bool loses_much() const noexcept { return gone.size() * 3 > before; }
};

/// How it was settled which list the file belongs to.
enum class ListFound : std::uint8_t {
    renewed,  ///< the one of its kind, and rows of it are in the file
    added,    ///< there is none of its kind yet
    chosen,   ///< by whoever sent it
    separate, ///< the file holds lists of several kinds: each by its own name
    unsure    ///< to be chosen before anything is accepted
};

struct FilePreview {
    importers::ContentKind kind{};
    directory::ImportKind of_rows = directory::ImportKind::resources; ///< or relations
    std::optional<importers::Encoding> encoding{};
    std::vector<PreviewTable> tables{};
    importers::RowCounts rows{};
    std::vector<std::string> of_file{}; ///< problems that are of no row
    std::vector<PreviewRow> shown{};    ///< rows that are not blank, problems first
    std::vector<PreviewPoint> points{};
    std::size_t unlocated = 0;
    std::size_t elsewhere = 0; ///< places of another municipality
    ListFound found = ListFound::unsure;
    std::vector<std::string> lists{};                     ///< that the import would write
    std::map<std::string, std::string> list_of_profile{}; ///< of a file of several layouts
    std::vector<std::string> candidates{};                ///< lists of the municipality that it may renew
    bool list_stands = false;                             ///< there is an edition to be compared with
    ListChanges changes{};
    std::set<std::string> meetings{}; ///< folded names of those that the file itself brings
    FileChoice choice{};              ///< with what was found out
    std::string fingerprint{};        ///< of all that an import of it would say and change
};

/// Why there is nothing to be shown.
struct FileFault {
    std::string code;     ///< of importers/report/issue_codes.hpp, or elsewhere
    std::string sentence; ///< in the desk's language; empty: the code's own words are all
};

/// Reads, tries the import and takes it back.
/// \param store open for writing, and `path` where it lies
/// \throws directory::StoreError, and what `progress` throws
std::expected<FilePreview, FileFault> preview_file(directory::Store& store, const std::filesystem::path& path,
                                                   const importers::HeldFile& file, const FileChoice& choice,
                                                   const FileDesk& desk, const importers::Progress& progress);

/// The options an import of what was previewed has.
importers::ImportOptions options_of(const FilePreview& preview, const FileDesk& desk);

} // namespace shirube::server
