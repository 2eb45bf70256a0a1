#include "importers/import.hpp"

#include "directory/audience.hpp"
#include "directory/desk/page_lists.hpp"
#include "directory/mended_list.hpp"
#include "importers/corrections.hpp"
#include "importers/districts/districts.hpp"
#include "importers/files/input_file.hpp"
#include "importers/gazetteer/gazetteer.hpp"
#include "importers/held_file.hpp"
#include "importers/helpers/helpers.hpp"
#include "importers/holidays.hpp"
#include "importers/landmarks/landmarks.hpp"
#include "importers/lists/claims.hpp"
#include "importers/lists/list_book.hpp"
#include "importers/lists/municipality_code.hpp"
#include "importers/lists/terms.hpp"
#include "importers/locating/locator.hpp"
#include "importers/needs.hpp"
#include "importers/population/population.hpp"
#include "importers/relations/relations.hpp"
#include "importers/report/intake.hpp"
#include "importers/resources/further_schedules.hpp"
#include "importers/resources/resources.hpp"
#include "importers/written_row.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cassert>
#include <optional>
#include <set>
#include <utility>

namespace shirube::importers {

namespace {

using directory::ImportKind;

/// "2026-04-01", "2026-04" or "2026".
bool is_as_of(std::string_view text) {
    if (text.size() == 4) {
        return directory::parse_day(std::string(text) + "-01-01").has_value();
    }
    if (text.size() == 7) {
        return directory::parse_day(std::string(text) + "-01").has_value();
    }
    return text.size() == 10 && directory::parse_day(text).has_value();
}

bool is_layer_code(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

/// The options with their municipality brought to 5 digits, or what is wrong with them.
std::expected<ImportOptions, FileProblem> checked(const ImportOptions& given) {
    ImportOptions options = given;
    if (options.files.empty()) {
        return std::unexpected(wrong_use("no_files"));
    }
    if (!options.municipality.empty()) {
        auto code = parse_municipality_code(options.municipality);
        if (!code) {
            return std::unexpected(wrong_use("municipality_malformed", options.municipality));
        }
        options.municipality = std::move(*code);
    }
    if (!options.owner.empty()) {
        const auto code = parse_municipality_code(options.owner);
        if (!code) {
            return std::unexpected(wrong_use("owner_unknown"));
        }
        options.owner = directory::owner_of(*code);
    }
    if (!options.as_of.empty() && !is_as_of(options.as_of)) {
        return std::unexpected(wrong_use("as_of_malformed", options.as_of));
    }
    if (!options.layer.empty() && !is_layer_code(options.layer)) {
        return std::unexpected(wrong_use("layer_malformed", options.layer));
    }
    return options;
}

/// What stands in the place of the one file that the options name.
struct InHand {
    std::string_view bytes;
    bool is_written_row = false; ///< taken whole or not at all
};

/// One import: reads every file into lists, then hands the whole to the store.
class Import {
  public:
    /// \param in_hand nothing: files are read
    Import(directory::Store& store, const ImportOptions& options, const Progress& progress,
           std::optional<InHand> in_hand = std::nullopt, const Limits& limits = {})
        : store_(store),
          options_(options),
          limits_(limits),
          intake_(report_, options, limits_, progress),
          in_hand_(in_hand) {
        report_.kind = options.kind;
    }

    /// What the store was given, after run().
    [[nodiscard]] std::vector<directory::BatchList> take_lists() { return std::move(given_); }

    std::expected<Report, FileProblem> run() {
        std::vector<directory::Claim> covers;
        if (!options_.covers.empty()) {
            auto claims = parse_covers(options_.covers, directory::Taxonomy::shipped());
            if (!claims) {
                return std::unexpected(std::move(claims.error()));
            }
            covers = std::move(*claims);
        }
        if (!options_.terms.empty()) {
            auto terms = TermsSheet::read(options_.terms, limits_);
            if (!terms) {
                return std::unexpected(std::move(terms.error()));
            }
            terms_ = std::move(*terms);
        }
        if (options_.kind == ImportKind::districts) {
            known_districts_ = store_.district_names();
        }
        if (options_.kind == ImportKind::resources || options_.kind == ImportKind::population ||
            options_.kind == ImportKind::corrections || options_.kind == ImportKind::helpers ||
            options_.kind == ImportKind::relations) {
            locator_.emplace(store_.read_gazetteer());
        }
        if (options_.kind == ImportKind::relations) {
            hidden_.emplace(store_.hidden_names());
        }
        if (options_.kind == ImportKind::landmarks) {
            auto towns = store_.read_gazetteer();
            surroundings_.emplace(towns);
            locator_.emplace(std::move(towns));
        }
        if (options_.kind == ImportKind::needs || options_.kind == ImportKind::helpers) {
            districts_.emplace(store_.district_names());
        }
        ListBook book(intake_, std::move(covers));
        for (const std::filesystem::path& path : options_.files) {
            report_.files.push_back(path.string());
        }
        if (const auto added = options_.kind == ImportKind::gazetteer ? add_gazetteers(book) : add_files(book);
            !added) {
            return std::unexpected(added.error());
        }
        if (const auto joined = further_.join(book.lists(), intake_); !joined) {
            return std::unexpected(joined.error());
        }
        for (directory::BatchList& list : join_population(std::move(population_), intake_)) {
            book.add({}, std::move(list));
        }
        std::vector<directory::BatchList> lists = book.take();
        if (auto fault = fault_of(lists)) {
            return std::unexpected(std::move(*fault));
        }
        const bool is_whole = report_.rows.accepted + report_.rows.flagged == report_.rows.read;
        if (in_hand_ && in_hand_->is_written_row && !is_whole) {
            return std::move(report_); // what was written is taken whole or not at all, and nothing is put in its place
        }
        apply(std::move(lists));
        return std::move(report_);
    }

  private:
    void remember(const std::string& name, const std::string& digest) {
        files_.push_back({{"name", name}, {"sha256", digest}});
    }

    std::expected<void, FileProblem> add_gazetteers(ListBook& book) {
        auto input = read_gazetteer(options_.files, intake_);
        if (!input) {
            return std::unexpected(std::move(input.error()));
        }
        for (const FileDigest& file : input->files) {
            remember(file.name, file.sha256);
        }
        for (directory::BatchList& list : input->lists) {
            book.add(options_.files.front(), std::move(list));
        }
        return {};
    }

    std::expected<void, FileProblem> add_files(ListBook& book) {
        for (std::size_t i = 0; i < options_.files.size(); ++i) {
            intake_.step("files", i, options_.files.size());
            if (auto added = add_file(options_.files[i], book); !added) {
                return added;
            }
        }
        return {};
    }

    std::expected<void, FileProblem> add_file(const std::filesystem::path& path, ListBook& book) {
        intake_.begin_file(path.string());
        const auto bytes = in_hand_ ? std::expected<std::string, FileProblem>(std::in_place, in_hand_->bytes)
                                    : read_file(path, limits_);
        if (!bytes) {
            return std::unexpected(bytes.error());
        }
        remember(path.string(), digest_of(*bytes));
        auto lists = read_lists(path, *bytes);
        if (!lists) {
            return std::unexpected(std::move(lists.error()));
        }
        const std::string* before = nullptr;
        for (const directory::BatchList& list : *lists) {
            if (before == nullptr || *before != list.profile) {
                report_.profiles.push_back(list.profile);
            }
            before = &list.profile;
        }
        for (directory::BatchList& list : *lists) {
            if (options_.kind == ImportKind::population) {
                population_.push_back({path, std::move(list)});
            } else {
                book.add(path, std::move(list));
            }
        }
        return {};
    }

    std::expected<std::vector<directory::BatchList>, FileProblem> read_lists(const std::filesystem::path& path,
                                                                             std::string_view bytes) {
        if (options_.kind == ImportKind::resources) {
            return read_resources(path, bytes,
                                  {.taxonomy = directory::Taxonomy::shipped(),
                                   .locator = *locator_,
                                   .further = further_,
                                   .terms = terms_ ? &*terms_ : nullptr},
                                  intake_);
        }
        if (options_.kind == ImportKind::districts) {
            return read_districts(path, bytes, {terms_ ? &*terms_ : nullptr, known_districts_}, intake_);
        }
        if (options_.kind == ImportKind::population) {
            return read_population(path, bytes, *locator_, intake_);
        }
        if (options_.kind == ImportKind::landmarks) {
            constexpr double k_metres = 1000;
            return read_landmarks(path, bytes,
                                  {.taxonomy = directory::Taxonomy::shipped(),
                                   .locator = *locator_,
                                   .around = *surroundings_,
                                   .within_m = options_.within_km * k_metres},
                                  intake_);
        }
        if (options_.kind == ImportKind::relations) {
            return read_relations(
                path, bytes, {.taxonomy = directory::Taxonomy::shipped(), .locator = *locator_, .hidden = &*hidden_},
                intake_);
        }
        if (options_.kind == ImportKind::helpers) {
            return read_helpers(
                path, bytes,
                {.taxonomy = directory::Taxonomy::shipped(), .locator = *locator_, .districts = *districts_}, intake_);
        }
        return options_.kind == ImportKind::needs      ? read_needs(path, bytes, *districts_, intake_)
               : options_.kind == ImportKind::holidays ? read_holidays(path, bytes, intake_)
                                                       : read_corrections(path, bytes, correction_desk(), intake_);
    }

    CorrectionDesk correction_desk() {
        return {.taxonomy = directory::Taxonomy::shipped(),
                .locator = *locator_,
                .stands = [this](const std::string& id) { return !store_.stated_as(id).empty(); }};
    }

    /// What keeps lists from being put in the place of those that stand: files without rows, which would empty theirs
    /// (a complete list of services may say that there are none), and a file that is called like another city's, or
    /// like what is written on pages.
    std::optional<FileProblem> fault_of(std::vector<directory::BatchList>& lists) const {
        const bool is_of_page = in_hand_ && in_hand_->is_written_row;
        const auto reserved = std::ranges::find_if(
            lists, [](const std::string& name) { return directory::is_page_list(name); }, &directory::BatchList::name);
        if (!is_of_page && reserved != lists.end()) {
            return wrong_use("list_name_reserved", reserved->name);
        }
        const bool may_be_empty =
            options_.kind == ImportKind::resources && options_.completeness == Completeness::complete;
        if (report_.rows.read == report_.rows.blank && !may_be_empty) {
            return in_file({.code = "table_without_rows"}, options_.files.front());
        }
        for (directory::BatchList& list : lists) {
            if (directory::is_mended_list(list.name)) {
                keep_mended_before(list);
            } else if (options_.list.empty()) {
                const auto theirs = store_.municipalities_of(options_.kind, list.name);
                const auto ours = municipalities_in(list);
                const auto is_ours = [&](const std::string& municipality) { return ours.contains(municipality); };
                if (!theirs.empty() && !ours.empty() && std::ranges::none_of(theirs, is_ours)) {
                    return wrong_use("list_name_taken", list.name, *theirs.begin());
                }
            }
        }
        return std::nullopt;
    }

    /// Rows that were mended at another time, and are not among these, stay: these become a further list.
    void keep_mended_before(directory::BatchList& list) const {
        std::set<std::string> keys;
        for (const directory::BatchRow& row : list.rows) {
            keys.insert(row.key);
        }
        constexpr int k_most = 998; // as far as their names are counted
        for (int i = 0; i < k_most; ++i) {
            const auto before = store_.keys_of(options_.kind, list.name);
            if (std::ranges::all_of(before, [&](const std::string& key) { return keys.contains(key); })) {
                return;
            }
            list.name = directory::name_of_mended(list.name);
        }
    }

    static std::set<std::string> municipalities_in(const directory::BatchList& list) {
        std::set<std::string> municipalities;
        for (const directory::BatchRow& row : list.rows) {
            const std::string* municipality = nullptr;
            if (const auto* resource = std::get_if<directory::ResourceReading>(&row.reading)) {
                municipality = &resource->site.municipality;
            } else if (const auto* district = std::get_if<directory::DistrictReading>(&row.reading)) {
                municipality = &district->municipality;
            } else if (const auto* need = std::get_if<directory::NeedReading>(&row.reading)) {
                municipality = &need->municipality;
            } else if (const auto* landmark = std::get_if<directory::LandmarkReading>(&row.reading)) {
                municipality = &landmark->municipality;
            } else if (const auto* relation = std::get_if<directory::RelationReading>(&row.reading)) {
                municipality = &relation->from.municipality;
            } else if (const auto* forum = std::get_if<directory::ForumReading>(&row.reading)) {
                municipality = &forum->municipality;
            } else if (const auto* helpers = std::get_if<directory::HelperCountReading>(&row.reading)) {
                municipalities.insert(directory::owner_of(helpers->municipality)); // as the store keeps them
            }
            if (municipality != nullptr && !municipality->empty()) {
                municipalities.insert(*municipality);
            }
        }
        return municipalities;
    }

    void apply(std::vector<directory::BatchList> lists) {
        assert(report_.rows.adds_up());
        if (options_.kind == ImportKind::districts) {
            report_.joined = static_cast<std::int64_t>(count_polygon_rows(lists) - count_districts(lists));
        }
        for (const directory::BatchList& list : lists) {
            report_.lists.push_back(list.name);
        }
        directory::Batch batch;
        batch.kind = options_.kind;
        batch.layer = options_.kind == ImportKind::districts && !lists.empty() ? lists.front().layer : "";
        batch.lists = std::move(lists);
        batch.files = files_.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        batch.report = to_json_text(report_, ReportPart::without_entities);
        intake_.step("store", 0, 0);
        const auto result =
            store_.append(batch, options_.dry_run ? directory::Commit::roll_back : directory::Commit::keep,
                          [this](std::size_t done, std::size_t of) { intake_.step("store", done, of); });
        report_.entities = result.entities;
        report_.lost_corrections = result.lost_corrections;
        report_.import_id = options_.dry_run ? 0 : result.import_id;
        given_ = std::move(batch.lists);
    }

    directory::Store& store_;
    const ImportOptions& options_;
    Limits limits_;
    Report report_;
    Intake intake_;
    std::optional<InHand> in_hand_;
    std::vector<directory::BatchList> given_;
    std::optional<Locator> locator_;
    std::optional<Surroundings> surroundings_;
    std::optional<directory::HiddenNames> hidden_;
    FurtherSchedules further_;
    std::optional<TermsSheet> terms_;
    std::vector<directory::DistrictName> known_districts_;
    std::optional<directory::DistrictBook> districts_;
    std::vector<PopulationFile> population_; ///< held until the last file is read: files of one table are one list
    nlohmann::json files_ = nlohmann::json::array();
};

} // namespace

std::expected<Report, ImportFailure> run_import(directory::Store& store, const ImportOptions& options,
                                                const Progress& progress) {
    const auto usable = checked(options);
    if (!usable) {
        return std::unexpected(in_words(usable.error(), options.language));
    }
    auto report = Import(store, *usable, progress).run();
    if (!report) {
        return std::unexpected(in_words(report.error(), options.language));
    }
    return std::move(*report);
}

std::expected<Report, ImportFailure> append_written_row(directory::Store& store, const ImportOptions& options,
                                                        const WrittenCells& cells) {
    const auto usable = checked(options);
    if (!usable) {
        return std::unexpected(in_words(usable.error(), options.language));
    }
    const Progress untold;
    const std::string table = table_of(cells);
    auto report = Import(store, *usable, untold, InHand{table, true}).run();
    if (!report) {
        return std::unexpected(in_words(report.error(), options.language));
    }
    return std::move(*report);
}

std::expected<TriedImport, ImportFailure> try_held(directory::Store& store, ImportOptions options, const HeldFile& file,
                                                   const Progress& progress) {
    options.files = {file.name};
    options.dry_run = true;
    const auto usable = checked(options);
    if (!usable) {
        return std::unexpected(in_words(usable.error(), options.language));
    }
    Import trial(store, *usable, progress, InHand{file.bytes}, file.limits);
    auto report = trial.run();
    if (!report) {
        return std::unexpected(in_words(report.error(), options.language));
    }
    return TriedImport{.report = std::move(*report), .lists = trial.take_lists()};
}

std::expected<Report, ImportFailure> import_held(directory::Store& store, ImportOptions options, const HeldFile& file,
                                                 const Progress& progress) {
    options.files = {file.name};
    options.dry_run = false;
    const auto usable = checked(options);
    if (!usable) {
        return std::unexpected(in_words(usable.error(), options.language));
    }
    auto report = Import(store, *usable, progress, InHand{file.bytes}, file.limits).run();
    if (!report) {
        return std::unexpected(in_words(report.error(), options.language));
    }
    return std::move(*report);
}

} // namespace shirube::importers
