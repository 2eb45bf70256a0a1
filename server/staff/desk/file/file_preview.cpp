#include "server/staff/desk/file/file_preview.hpp"

#include "directory/audience.hpp"
#include "directory/fold.hpp"
#include "directory/store/lists_of_owner.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/report/issue_codes.hpp"
#include "server/pages/texts.hpp"
#include "server/staff/desk/desk_writing.hpp"
#include "server/staff/desk/file/list_changes.hpp"
#include "server/staff/desk/file/seen_by.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>

namespace shirube::server {

namespace {

using directory::StandingList;
using importers::RecognisedFile;
using importers::RecognisedTable;
using importers::TriedImport;

/// Where a row stands: file (with its member), sheet, row.
using RowPlace = std::tuple<std::string_view, std::string_view, std::int64_t>;

/// Where a row's place lies, where the tie begins, or who holds the meeting; empty where the row does not say. Whose
/// staff may see it is no matter here: that is whoever sends the file.
std::string municipality_of(const directory::Reading& reading) {
    if (const auto* resource = std::get_if<directory::ResourceReading>(&reading)) {
        return resource->site.municipality;
    }
    if (const auto* tie = std::get_if<directory::RelationReading>(&reading)) {
        return tie->from.municipality.empty() ? tie->to.municipality : tie->from.municipality;
    }
    const auto* forum = std::get_if<directory::ForumReading>(&reading);
    return forum == nullptr ? std::string{} : forum->municipality;
}

/// The column that rows are called by: of places their name, of ties who it begins at, of meetings the meeting.
std::optional<std::size_t> name_column(std::span<const std::string> understood) {
    for (const std::string_view field : {"名称", "name", "から", "会議体"}) {
        if (const auto found = std::ranges::find(understood, field); found != understood.end()) {
            return static_cast<std::size_t>(found - understood.begin());
        }
    }
    return std::nullopt;
}

/// A cell to be quoted in a sentence: on one line, and no longer than one reads at a glance.
std::string quotable(std::string_view cell) {
    constexpr std::size_t k_letters = 60;
    return importers::shortened(importers::clean_text(cell).text, k_letters);
}

/// Whom a row of ties or meetings names.
std::vector<NamedParty> parties_of(const directory::Reading& reading) {
    std::vector<NamedParty> parties;
    if (const auto* tie = std::get_if<directory::RelationReading>(&reading)) {
        parties.push_back({tie->from, tie->to.municipality});
        parties.push_back({tie->to, tie->from.municipality});
    } else if (const auto* forum = std::get_if<directory::ForumReading>(&reading)) {
        for (const directory::PartyReading& member : forum->members) {
            parties.push_back({member, forum->municipality});
        }
        if (!forum->area.empty()) {
            parties.push_back({{directory::PartyKind::district, forum->area, forum->municipality, forum->layer},
                               forum->municipality});
        }
    }
    return parties;
}

/// Of a row that would be taken.
struct TakenRow {
    std::vector<NamedParty> parties{};
    std::optional<RowReaders> seen_by{};
};

class Preview {
  public:
    Preview(directory::Store& store, const std::filesystem::path& path, const importers::HeldFile& file,
            const FileChoice& choice, const FileDesk& desk, const importers::Progress& progress)
        : store_(store), path_(path), file_(file), said_(choice), desk_(desk), progress_(progress) {
        made_.choice = choice;
    }

    std::expected<FilePreview, FileFault> make() {
        auto recognised = importers::recognise_held(file_, desk_.language);
        if (!recognised) {
            return std::unexpected(fault(std::move(recognised.error())));
        }
        made_.kind = recognised->kind;
        made_.of_rows = recognised->rows;
        made_.encoding = recognised->encoding;
        auto tried = try_it(profiles_of(*recognised));
        if (!tried) {
            return std::unexpected(std::move(tried.error()));
        }
        if (auto refused = count_places(*tried)) {
            return std::unexpected(std::move(*refused));
        }
        made_.rows = tried->report.rows;
        made_.lists = tried->report.lists;
        compare(*tried);
        add_points(*tried);
        made_.fingerprint = fingerprint_of(*tried);
        add_rows(std::move(recognised->tables), *tried);
        return std::move(made_);
    }

  private:
    static FileFault fault(importers::ImportFailure failure) {
        // What another municipality's list is called is nobody's here; the code's own words say what to do.
        const bool tells_of_another = failure.code == "list_name_taken";
        return {std::move(failure.code), tells_of_another ? std::string{} : std::move(failure.message)};
    }

    static std::set<std::string> profiles_of(const RecognisedFile& file) {
        std::set<std::string> profiles;
        for (const auto& table : file.tables) {
            if (!table.profile.empty()) {
                profiles.insert(table.profile);
            }
        }
        return profiles;
    }

    std::expected<TriedImport, FileFault> try_once() {
        auto options = options_of(made_, desk_);
        options.explain = true;
        options.keep_rejects = true;
        auto tried = importers::try_held(store_, std::move(options), file_, progress_);
        if (!tried) {
            return std::unexpected(fault(std::move(tried.error())));
        }
        return std::move(*tried);
    }

    /// Settles which list the file belongs to, and tries the import of it.
    std::expected<TriedImport, FileFault> try_it(const std::set<std::string>& profiles) {
        auto standing = directory::lists_of_owner(path_, made_.of_rows, desk_.owner);
        // What was written on pages is a row a list, and no file's.
        std::erase_if(standing, [](const StandingList& list) { return list.file == k_written_on_pages; });
        std::vector<StandingList> alike;
        std::ranges::copy_if(standing, std::back_inserter(alike),
                             [&](const StandingList& list) { return profiles.contains(list.profile); });
        for (const auto& list : alike) {
            made_.candidates.push_back(list.name);
        }
        auto& choice = made_.choice;
        if (!choice.list.empty() && std::ranges::find(made_.candidates, choice.list) == made_.candidates.end()) {
            return std::unexpected(FileFault{"list_not_here", {}});
        }
        if (!choice.list.empty() || !choice.new_list.empty()) {
            made_.found = ListFound::chosen;
            if (!choice.new_list.empty()) {
                choice.new_list = with_municipality(choice.new_list);
            }
            if (choice.list.empty() && std::ranges::find(made_.candidates, choice.new_list) != made_.candidates.end()) {
                choice.list = std::exchange(choice.new_list, {});
            }
            return try_named(standing);
        }
        if (profiles.size() > 1) {
            return try_each(profiles, alike, standing);
        }
        return alike.size() == 1 ? try_only(alike.front(), *profiles.begin(), standing)
                                 : try_likeliest(alike, *profiles.begin(), standing);
    }

    /// Of several layouts each renews the list of its own that has most rows in common, or is a new one.
    std::expected<TriedImport, FileFault> try_each(const std::set<std::string>& profiles,
                                                   const std::vector<StandingList>& alike,
                                                   const std::vector<StandingList>& standing) {
        made_.found = ListFound::separate;
        for (const auto& profile : profiles) {
            made_.list_of_profile[profile] = name_of_new(profile, standing);
        }
        auto tried = try_named(standing);
        std::map<std::string, std::size_t> most;
        for (const auto& list : alike) {
            const auto shared = tried ? rows_shared(*tried, list) : 0;
            if (shared > most[list.profile]) {
                most[list.profile] = shared;
                made_.list_of_profile[list.profile] = list.name;
            }
        }
        const bool renews = std::ranges::any_of(most, [](const auto& of) { return of.second > 0; });
        return renews ? try_named(standing) : std::move(tried);
    }

    std::expected<TriedImport, FileFault> try_only(const StandingList& list, const std::string& profile,
                                                   const std::vector<StandingList>& standing) {
        made_.choice.list = list.name;
        auto tried = try_named(standing);
        if (!tried || rows_shared(*tried, list) > 0) {
            made_.found = ListFound::renewed;
            return tried;
        }
        return try_new(ListFound::unsure, profile, standing);
    }

    std::expected<TriedImport, FileFault> try_likeliest(const std::vector<StandingList>& alike,
                                                        const std::string& profile,
                                                        const std::vector<StandingList>& standing) {
        auto tried = try_new(alike.empty() ? ListFound::added : ListFound::unsure, profile, standing);
        const StandingList* likeliest = nullptr;
        std::size_t most = 0;
        for (const auto& list : alike) {
            const auto shared = tried ? rows_shared(*tried, list) : 0;
            if (shared > most) {
                likeliest = &list;
                most = shared;
            }
        }
        if (likeliest == nullptr) {
            return tried;
        }
        made_.found = ListFound::renewed;
        made_.choice.list = likeliest->name;
        made_.choice.new_list.clear();
        return try_named(standing);
    }

    /// Names of two municipalities never meet, and nobody learns what another's lists are called.
    [[nodiscard]] std::string with_municipality(const std::string& name) const {
        const std::string end = fmt::format("（{}）", desk_.municipality);
        return name.ends_with(end) ? name : name + end;
    }

    std::expected<TriedImport, FileFault> try_new(ListFound found, const std::string& profile,
                                                  const std::vector<StandingList>& standing) {
        made_.found = found;
        made_.choice = said_;
        made_.choice.new_list = name_of_new(profile, standing);
        return try_named(standing);
    }

    [[nodiscard]] std::string name_of_new(const std::string& profile, const std::vector<StandingList>& standing) const {
        const std::string& stem = Texts::in("ja").get_or("file.layout_" + profile, profile);
        const auto is_taken = [&](const std::string& name) {
            return std::ranges::find(standing, name, &StandingList::name) != standing.end();
        };
        auto name = with_municipality(stem);
        for (int number = 2; is_taken(name); ++number) {
            name = with_municipality(fmt::format("{} {}", stem, number));
        }
        return name;
    }

    /// With what the list that stands says of itself, where the form leaves it open.
    std::expected<TriedImport, FileFault> try_named(const std::vector<StandingList>& standing) {
        auto& choice = made_.choice;
        const auto list = std::ranges::find(standing, choice.list, &StandingList::name);
        if (!choice.list.empty() && list != standing.end()) {
            choice.source = said_.source.empty() ? list->source : said_.source;
            choice.licence = said_.licence.empty() ? list->licence : said_.licence;
        }
        if (said_.extent == Extent::as_before) {
            const bool was_complete = !choice.list.empty() && list != standing.end() && list->complete;
            choice.extent = was_complete ? Extent::complete : Extent::partial;
        }
        if (!choice.new_list.empty()) {
            if (!store_.keys_of(made_.of_rows, choice.new_list).empty()) {
                return std::unexpected(FileFault{"list_name_taken", {}});
            }
        }
        return try_once();
    }

    /// Rows of one key and one name: many lists count their rows from 1.
    [[nodiscard]] std::size_t rows_shared(const TriedImport& tried, const StandingList& list) const {
        std::set<std::pair<std::string, std::string>> standing;
        for (auto& row : directory::rows_of_list(path_, made_.of_rows, list.name)) {
            standing.emplace(std::move(row.key), std::move(row.name));
        }
        std::size_t shared = 0;
        for (const auto& given : tried.lists) {
            for (const auto& row : given.rows) {
                shared += standing.contains({row.key, directory::name_of_row(row.reading)}) ? 1 : 0;
            }
        }
        return shared;
    }

    /// A list that is mostly another municipality's is not this desk's to write, as an import decides whose one is.
    std::optional<FileFault> count_places(const TriedImport& tried) {
        std::size_t own = 0;
        for (const auto& list : tried.lists) {
            for (const auto& row : list.rows) {
                const std::string municipality = municipality_of(row.reading);
                const bool is_elsewhere = !municipality.empty() && directory::owner_of(municipality) != desk_.owner;
                (is_elsewhere ? made_.elsewhere : own) += 1;
            }
        }
        if (made_.elsewhere > 0 && own <= made_.elsewhere * 3) {
            return FileFault{"file_of_another", {}};
        }
        return std::nullopt;
    }

    void compare(const TriedImport& tried) {
        const auto own = directory::lists_of_owner(path_, made_.of_rows, desk_.owner);
        for (const auto& list : tried.lists) {
            std::vector<directory::StandingRow> before;
            if (std::ranges::find(own, list.name, &StandingList::name) != own.end()) {
                before = directory::rows_of_list(path_, made_.of_rows, list.name);
                made_.list_stands = true;
            }
            auto changes = changes_between(before, list);
            for (const auto& row : changes.added) {
                added_.emplace(list.name, row.row);
            }
            auto& all = made_.changes;
            std::ranges::move(changes.added, std::back_inserter(all.added));
            std::ranges::move(changes.changed, std::back_inserter(all.changed));
            std::ranges::move(changes.gone, std::back_inserter(all.gone));
            all.same += changes.same;
            all.before += changes.before;
        }
    }

    void add_points(const TriedImport& tried) {
        for (const auto& list : tried.lists) {
            for (const auto& row : list.rows) {
                const auto* resource = std::get_if<directory::ResourceReading>(&row.reading);
                if (resource == nullptr) {
                    continue;
                }
                if (!resource->site.position) {
                    ++made_.unlocated;
                    continue;
                }
                made_.points.push_back({*resource->site.position, added_.contains({list.name, row.row})});
            }
        }
    }

    [[nodiscard]] std::string fingerprint_of(const TriedImport& tried) const {
        auto report = tried.report;
        report.lost_corrections = 0; // as the entities, it is of the whole store and not this desk's alone
        report.columns.clear();
        std::string all = importers::to_json_text(report, importers::ReportPart::without_entities);
        for (const auto& list : tried.lists) {
            all += fmt::format("\n{}\n{}\n{}\n{}", list.name, list.as_of, list.source, list.licence);
            for (const auto& row : list.rows) {
                all += '\n' + row.key + '\t' + row.cells;
            }
        }
        return importers::digest_of(all + text_of(made_.changes));
    }

    void add_rows(std::vector<RecognisedTable> tables, const TriedImport& tried) {
        std::map<RowPlace, RowFate> fates;
        const RowReadersIn readers(store_, path_, made_.of_rows);
        for (const auto& list : tried.lists) {
            for (const auto& row : list.rows) {
                fates[{row.file, row.sheet, row.row}] = row.flagged ? RowFate::doubtful : RowFate::taken;
                taken_[{row.file, row.sheet, row.row}] = {parties_of(row.reading),
                                                          readers.of(list.name, row.key, row.reading)};
                if (const auto* forum = std::get_if<directory::ForumReading>(&row.reading)) {
                    made_.meetings.insert(directory::fold(forum->name));
                }
            }
        }
        for (const auto& table : tried.report.rejects) {
            for (const auto& row : table.rows) {
                fates[{table.file, table.sheet, row.row}] = RowFate::rejected;
            }
        }
        // The import of one kind of rows knows no layout of the other: what such a table is is told in its own words.
        const auto is_of_other_kind = [&](const importers::Issue& issue) {
            return issue.code == "sheet_unknown" && std::ranges::any_of(tables, [&](const RecognisedTable& read) {
                       return read.is_other_kind && read.table.file == issue.file && read.table.sheet == issue.sheet;
                   });
        };
        std::multimap<RowPlace, const importers::Issue*> issues;
        for (const auto& issue : tried.report.issues) {
            // Columns that are not read stand open beside their table.
            if (is_of_other_kind(issue) || issue.code == "column_misnamed") {
                continue;
            }
            if (issue.row == 0) {
                made_.of_file.push_back(issue.sheet.empty() ? issue.message : issue.sheet + ": " + issue.message);
            } else {
                issues.emplace(RowPlace{issue.file, issue.sheet, issue.row}, &issue);
            }
        }
        for (auto& table : tables) {
            add_table(std::move(table), fates, issues);
        }
        std::ranges::stable_sort(made_.shown, {}, &PreviewRow::fate);
    }

    void add_table(RecognisedTable read, const std::map<RowPlace, RowFate>& fates,
                   const std::multimap<RowPlace, const importers::Issue*>& issues) {
        const std::size_t number = made_.tables.size();
        auto& records = read.table.records;
        const auto name = name_column(read.understood);
        const auto is_blank = [](const importers::Record& record) {
            return std::ranges::all_of(record.cells, [](const std::string& cell) {
                return cell.find_first_not_of(" \t\r\n") == std::string::npos;
            });
        };
        for (auto& record : records) {
            const RowPlace place{read.table.file, read.table.sheet, record.row};
            if ((read.profile.empty() && !read.is_further) || is_blank(record)) {
                continue;
            }
            PreviewRow row{.table = number, .row = record.row, .cells = std::move(record.cells)};
            row.cells.resize(std::max(row.cells.size(), read.table.header.size()));
            row.name = name ? quotable(row.cells[*name]) : std::string{};
            const auto fate = fates.find(place);
            row.fate = fate != fates.end() ? fate->second : read.is_further ? RowFate::taken : RowFate::passed_over;
            if (const auto taken = taken_.find(place); taken != taken_.end()) {
                row.parties = std::move(taken->second.parties);
                row.seen_by = taken->second.seen_by;
            }
            const auto [first, last] = issues.equal_range(place);
            for (auto issue = first; issue != last; ++issue) {
                CellProblem problem{.sentence = issue->second->message,
                                    .is_of_people = importers::is_of_people(issue->second->code)};
                const auto column = std::ranges::find(read.table.header, issue->second->column);
                if (!issue->second->column.empty() && column != read.table.header.end()) {
                    problem.column = static_cast<std::size_t>(column - read.table.header.begin());
                    problem.value = quotable(row.cells[*problem.column]);
                }
                row.problems.push_back(std::move(problem));
            }
            if (!row.problems.empty() && row.fate == RowFate::taken) {
                row.fate = RowFate::doubtful;
            }
            made_.shown.push_back(std::move(row));
        }
        made_.tables.push_back({.member = read.table.file,
                                .sheet = read.table.sheet,
                                .profile = read.profile,
                                .is_further = read.is_further,
                                .is_other_kind = read.is_other_kind,
                                .header_row = read.header_row,
                                .rows = records.size(),
                                .columns = std::move(read.table.header),
                                .understood = std::move(read.understood),
                                .name = name});
    }

    directory::Store& store_;
    const std::filesystem::path& path_;
    const importers::HeldFile& file_;
    const FileChoice& said_;
    const FileDesk& desk_;
    const importers::Progress& progress_;
    FilePreview made_;
    std::set<std::pair<std::string, std::int64_t>> added_; ///< by list and row
    std::map<RowPlace, TakenRow> taken_{};
};

} // namespace

std::expected<FilePreview, FileFault> preview_file(directory::Store& store, const std::filesystem::path& path,
                                                   const importers::HeldFile& file, const FileChoice& choice,
                                                   const FileDesk& desk, const importers::Progress& progress) {
    return Preview(store, path, file, choice, desk, progress).make();
}

importers::ImportOptions options_of(const FilePreview& preview, const FileDesk& desk) {
    const auto& choice = preview.choice;
    importers::ImportOptions options;
    options.kind = preview.of_rows;
    options.municipality = desk.owner;
    options.owner = desk.owner;
    options.list = choice.list.empty() ? choice.new_list : choice.list;
    options.list_of_profile = preview.list_of_profile;
    options.publisher = desk.municipality;
    options.source = choice.source;
    options.licence = choice.licence;
    options.as_of = choice.as_of;
    options.completeness =
        choice.extent == Extent::complete ? importers::Completeness::complete : importers::Completeness::partial;
    options.language = desk.language;
    return options;
}

} // namespace shirube::server
