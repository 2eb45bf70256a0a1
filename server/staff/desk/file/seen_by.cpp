#include "server/staff/desk/file/seen_by.hpp"

#include "directory/audience.hpp"
#include "directory/network/tie_visibility.hpp"
#include "directory/store/decided_rows.hpp"
#include "directory/store/derive/resource_row.hpp"
#include "directory/taxonomy.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/ties/own_ties.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <variant>

namespace shirube::server {

namespace {

using directory::Visibility;

std::optional<RowReaders> of_place(const directory::ResourceReading& resource) {
    std::optional<RowReaders> widest;
    for (const auto& service : resource.services) {
        if (const auto own = directory::visibility_by(directory::Taxonomy::shipped(), service)) {
            widest = RowReaders{widest ? std::min(widest->by, *own) : *own};
        }
    }
    return widest;
}

} // namespace

RowReadersIn::RowReadersIn(const directory::Store& store, const std::filesystem::path& path,
                           directory::ImportKind kind) {
    if (kind == directory::ImportKind::relations) {
        hidden_ = directory::HiddenNames(store.hidden_names());
        decided_ = directory::rows_decided_for_whom(path);
    }
}

std::optional<RowReaders> RowReadersIn::of(const std::string& list, const std::string& key,
                                           const directory::Reading& reading) const {
    if (const auto* resource = std::get_if<directory::ResourceReading>(&reading)) {
        return of_place(*resource);
    }
    const auto decided = decided_.find({list, key});
    const auto said = [&](const auto& row) {
        return decided == decided_.end() ? directory::visibility_of(row) : decided->second;
    };
    if (const auto* tie = std::get_if<directory::RelationReading>(&reading)) {
        return of_tie(*tie, said(*tie));
    }
    const auto* forum = std::get_if<directory::ForumReading>(&reading);
    return forum == nullptr ? std::nullopt : std::optional(RowReaders{said(*forum)});
}

RowReaders RowReadersIn::of_tie(const directory::RelationReading& tie, Visibility said) const {
    const auto by = std::max(said, hidden_.floor_of(tie));
    if (by != Visibility::everyone) {
        return {by};
    }
    const auto is_foreign = [&](const directory::PartyReading& party, const directory::PartyReading& other) {
        const auto name = directory::tied_name(party, other.municipality, tie.owner);
        return name && name->is_foreign;
    };
    // What another municipality hides is not asked: it is staff's unless the public knows it anyway.
    const bool names_foreign = is_foreign(tie.from, tie.to) || is_foreign(tie.to, tie.from);
    return {names_foreign ? Visibility::staff : by, names_foreign};
}

std::string readers_in_words(const RowReaders& readers, const Texts& texts) {
    return readers.unless_known ? texts.get("file.seen_if_known") : audience_in_words(readers.by, texts);
}

void fill_seen_by(View ready, const FilePreview& preview) {
    std::map<std::tuple<Visibility, bool>, std::int64_t> rows;
    for (const auto& row : preview.shown) {
        if (row.seen_by) {
            ++rows[{row.seen_by->by, row.seen_by->unless_known}];
        }
    }
    if (rows.empty()) {
        return;
    }
    View seen = ready.section("SEEN");
    for (const auto& [readers, number] : rows) {
        const auto [by, unless_known] = readers;
        View figure = seen.section("SEEN_FIGURE");
        figure.set("NAME", unless_known ? std::string_view{"if_known"} : directory::code_of(by));
        figure.words("LABEL", readers_in_words({by, unless_known}, figure.texts()));
        figure.set("N", grouped(number));
    }
}

} // namespace shirube::server
