#include "importers/lists/list_book.hpp"

#include "importers/report/rejects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace shirube::importers {

namespace {

/// What is counted or dated stands once in a list; of places two rows may be two places (then: empty).
std::string_view code_where_repeated(const directory::Reading& reading) {
    if (const auto* people = std::get_if<directory::PopulationReading>(&reading)) {
        return people->mesh.empty() ? "town_repeated" : "mesh_code_repeated";
    }
    if (std::holds_alternative<directory::NeedReading>(reading)) {
        return "need_repeated";
    }
    if (std::holds_alternative<directory::CorrectionReading>(reading)) {
        return "correction_repeated";
    }
    return std::holds_alternative<directory::HolidayReading>(reading) ? "holiday_repeated" : "";
}

} // namespace

ListBook::ListBook(Intake& intake, std::vector<directory::Claim> covers)
    : intake_(intake), covers_(std::move(covers)) {}

void ListBook::add(const std::filesystem::path& path, directory::BatchList list) {
    const ImportOptions& options = intake_.options();
    if (!options.list.empty() && directory::is_mended_list(list.name)) {
        list.name =
            directory::name_of_mended_like(list.name, options.list); // added to the list, never put in its place
    } else if (!options.list.empty()) {
        list.name = options.list;
    } else if (list.name.empty()) {
        list.name = fmt::format("{}:{}", list.profile, path.stem().string());
    }
    // One file may hold two layers (municipalities and wards); a list has one.
    const auto of_other_layer = std::ranges::find(lists_, list.name, &directory::BatchList::name);
    if (of_other_layer != lists_.end() && of_other_layer->layer != list.layer) {
        list.name = fmt::format("{} ({})", list.name, list.layer);
    }
    intake_.name_rejects(list.profile, list.name);
    const auto found = std::ranges::find(lists_, list.name, &directory::BatchList::name);
    std::vector<directory::BatchRow> rows = std::exchange(list.rows, {});
    if (found == lists_.end()) {
        lists_.push_back(std::move(list));
        append(lists_.back(), std::move(rows));
    } else {
        std::ranges::move(list.claims, std::back_inserter(found->claims));
        append(*found, std::move(rows));
    }
}

void ListBook::append(directory::BatchList& to, std::vector<directory::BatchRow> rows) {
    Keys& keys = keys_[to.name];
    // A row that stays is moved to the front of its own vector: a second one beside it is what a large import's memory
    // peaks at.
    std::size_t stays = 0;
    for (directory::BatchRow& row : rows) {
        const auto [met, is_new] = keys.try_emplace(row.key, row.file, row.row);
        if (!is_new) {
            intake_.begin_table(row.file, row.sheet);
            const std::string earlier = fmt::format("{}:{}", met->second.file, met->second.row);
            const Bin was = row.flagged ? Bin::flagged : Bin::accepted;
            if (const auto code = code_where_repeated(row.reading); !code.empty()) {
                intake_.note(code, {.row = row.row, .value = row.key});
                intake_.turn_away_later(was, row, to.name);
                continue;
            }
            intake_.note("duplicate_key", {.row = row.row}, earlier);
            intake_.recount(was, Bin::flagged);
            part(row, keys, met->second);
        }
        if (&rows[stays] != &row) {
            rows[stays] = std::move(row);
        }
        ++stays;
    }
    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(stays), rows.end());
    if (to.rows.empty()) {
        to.rows = std::move(rows);
    } else {
        to.rows.insert(to.rows.end(), std::move_iterator(rows.begin()), std::move_iterator(rows.end()));
    }
}

/// Numbers the row's key, passing over keys that look numbered already.
void ListBook::part(directory::BatchRow& row, Keys& keys, Met& met) {
    std::string key;
    do {
        key = fmt::format("{}#{}", row.key, ++met.times);
    } while (!keys.try_emplace(key, row.file, row.row).second);
    row.flagged = true;
    row.key = std::move(key);
}

std::vector<directory::BatchList> ListBook::take() {
    const ImportOptions& options = intake_.options();
    for (directory::BatchList& list : lists_) {
        if (!options.publisher.empty()) {
            list.publisher = options.publisher;
        }
        list.source = options.source;
        list.licence = options.licence;
        if (!options.as_of.empty()) {
            list.as_of = options.as_of;
        }
        if (options.kind != directory::ImportKind::resources) {
            continue;
        }
        if (!covers_.empty()) {
            list.claims = covers_;
        }
        std::ranges::sort(list.claims);
        list.claims.erase(std::ranges::unique(list.claims).begin(), list.claims.end());
        for (directory::Claim& claim : list.claims) {
            // The rows that were missing are not the whole list, whatever the command line says of it.
            claim.complete = options.completeness == Completeness::complete && !directory::is_mended_list(list.name);
        }
    }
    return std::move(lists_);
}

} // namespace shirube::importers
