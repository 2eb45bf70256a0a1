#include "importers/lists/list_book.hpp"

#include "directory/designated_city.hpp"
#include "directory/programme_tree.hpp"
#include "importers/report/rejects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <iterator>
#include <optional>
#include <set>
#include <string_view>
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
    if (std::holds_alternative<directory::RelationReading>(reading)) {
        return "relation_repeated";
    }
    if (std::holds_alternative<directory::ForumReading>(reading)) {
        return "forum_repeated";
    }
    if (std::holds_alternative<directory::HelperCountReading>(reading)) {
        return "helpers_repeated";
    }
    if (std::holds_alternative<directory::CorrectionReading>(reading)) {
        return "correction_repeated";
    }
    return std::holds_alternative<directory::HolidayReading>(reading) ? "holiday_repeated" : "";
}

/// What a row of services says: its cells, and the point of one of a map, which is none of its attributes. Nothing for
/// others: two polygons of one school have the same attributes.
std::optional<std::size_t> content_of(const directory::BatchRow& row) {
    const auto* resource = std::get_if<directory::ResourceReading>(&row.reading);
    if (resource == nullptr) {
        return std::nullopt;
    }
    const auto& position = resource->site.position;
    constexpr std::size_t k_odd = 0x9e3779b97f4a7c15U;
    std::size_t content = std::hash<std::string_view>{}(row.cells);
    for (const double degrees : {position ? position->lon : 0.0, position ? position->lat : 0.0}) {
        content = (content ^ std::hash<double>{}(degrees)) * k_odd;
    }
    return content;
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
    } else if (const auto named = options.list_of_profile.find(list.profile);
               list.name.empty() && named != options.list_of_profile.end()) {
        list.name = named->second;
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
            const auto content = content_of(row);
            if (content && std::ranges::find(met->second.contents, *content) != met->second.contents.end()) {
                // The very same row says nothing new, and as a row of its own it would count twice.
                intake_.note("row_repeated", {.row = row.row}, earlier);
                intake_.recount(was, Bin::out_of_scope);
                continue;
            }
            intake_.note("duplicate_key", {.row = row.row}, earlier);
            intake_.recount(was, Bin::flagged);
            if (content) {
                met->second.contents.push_back(*content);
            }
            part(row, keys, met->second);
        }
        if (is_new) {
            if (const auto content = content_of(row)) {
                met->second.contents.push_back(*content);
            }
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

/// A complete list that has none of what it claims to hold makes blanks of a whole municipality: it is said aloud.
void ListBook::doubt_claims(const directory::BatchList& list) {
    const auto& taxonomy = directory::Taxonomy::shipped();
    for (const directory::Claim& claim : list.claims) {
        const auto claimed = taxonomy.by_code(claim.programme);
        if (!claim.complete || !claimed) {
            continue;
        }
        const bool has_one = std::ranges::any_of(list.rows, [&](const directory::BatchRow& row) {
            const auto* resource = std::get_if<directory::ResourceReading>(&row.reading);
            return resource != nullptr && directory::lies_in(resource->site.municipality, claim.municipality) &&
                   std::ranges::any_of(resource->services, [&](const directory::ServiceReading& service) {
                       const auto programme = taxonomy.by_code(service.programme);
                       return programme && directory::is_within(taxonomy, *programme, *claimed);
                   });
        });
        if (!has_one) {
            intake_.begin_table(list.rows.empty() ? intake_.file() : list.rows.front().file, {});
            intake_.note("complete_without_rows", {}, taxonomy.at(*claimed).label.ja, claim.municipality);
        }
    }
}

/// What the columns of its rows' tables are called.
void ListBook::add_headers(directory::BatchList& list) const {
    std::set<std::pair<std::string_view, std::string_view>> tables;
    for (const directory::BatchRow& row : list.rows) {
        if (tables.emplace(row.file, row.sheet).second) {
            if (auto columns = intake_.columns_of(row.file, row.sheet); !columns.empty()) {
                list.headers.push_back({.file = row.file, .sheet = row.sheet, .columns = std::move(columns)});
            }
        }
    }
}

std::vector<directory::BatchList> ListBook::take() {
    const ImportOptions& options = intake_.options();
    for (directory::BatchList& list : lists_) {
        add_headers(list);
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
        doubt_claims(list);
    }
    return std::move(lists_);
}

} // namespace shirube::importers
