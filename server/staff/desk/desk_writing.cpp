#include "server/staff/desk/desk_writing.hpp"

#include "directory/audience.hpp"
#include "directory/desk/page_lists.hpp"
#include "directory/reports.hpp"
#include "importers/corrections.hpp"
#include "importers/files/input_file.hpp"
#include "importers/relations/decision_cells.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/staff/store_writing.hpp"

#include <fmt/format.h>

#include <mutex>
#include <optional>
#include <utility>

namespace shirube::server {

namespace {

using directory::ImportKind;
using importers::ImportOptions;
using importers::WrittenCells;

/// One after the other: what a decision is about is looked at once more before it is kept.
std::mutex& turn() {
    static std::mutex mutex;
    return mutex;
}

NotKept refusal(unsigned status, std::string sentence) { return {status, {std::move(sentence)}}; }

std::vector<std::string> sentences_of(const importers::Report& report, const Texts& texts) {
    std::vector<std::string> sentences;
    sentences.reserve(report.issues.size() + 1);
    for (const auto& issue : report.issues) {
        sentences.push_back(issue.column.empty() ? issue.message : issue.column + ": " + issue.message);
    }
    if (sentences.empty()) {
        sentences.push_back(texts.get("desk.not_taken"));
    }
    return sentences;
}

NotKept not_taken(const importers::Report& report, const Texts& texts) {
    NotKept refused{422, sentences_of(report, texts)};
    for (const auto& issue : report.issues) {
        refused.at.emplace_back(issue.column, issue.message);
    }
    return refused;
}

/// Of decisions on one thing on one day: behind the last that stands, for of two of a day the later name goes before.
std::string next_of_day(const directory::Store& store, ImportKind kind, const std::string& stem) {
    constexpr int k_most_a_day = 99;
    int next = 1;
    for (int i = k_most_a_day - 1; i >= 1; --i) {
        if (!store.keys_of(kind, fmt::format("{}-{:02}", stem, i)).empty()) {
            next = i + 1;
            break;
        }
    }
    return fmt::format("{}-{:02}", stem, next);
}

ImportOptions options_for(const StaffCall& call, ImportKind kind) {
    ImportOptions options;
    options.kind = kind;
    options.files = {std::filesystem::path{k_written_on_pages}};
    options.municipality = desk_owner(call);
    options.publisher = desk_municipality(call);
    options.as_of = directory::to_string(call.context.now.day);
    options.language = call.context.language == "en" ? "en" : "ja";
    return options;
}

/// Whether it names what is hidden, or what another municipality has to tell.
bool is_narrowed(const importers::Report& report) {
    constexpr std::array<std::string_view, 5> k_codes{"tie_protected", "tie_hidden_end", "tie_of_another",
                                                      "forum_member_protected", "forum_member_hidden"};
    return std::ranges::any_of(report.issues, [&](const importers::Issue& issue) {
        return std::ranges::find(k_codes, issue.code) != k_codes.end();
    });
}

/// \param name_list gives the list its name once the store is open
std::expected<KeptRow, NotKept> keep(const StaffCall& call, ImportOptions options, const WrittenCells& cells,
                                     const StillSo& still,
                                     const std::function<std::string(const directory::Store&)>& name_list) {
    const Texts& texts = Texts::in(call.context.language);
    const std::scoped_lock lock(turn());
    if (!still(call.desk.edition_for(call.who.account, call.context.now.day)->reader)) {
        return std::unexpected(refusal(409, texts.get("desk.changed_meanwhile")));
    }
    std::expected<KeptRow, NotKept> kept;
    const auto trouble = trouble_of_writing(call, [&](directory::Store& store) {
        options.list = name_list(store);
        const auto report = importers::append_written_row(store, options, cells);
        if (!report) {
            kept = std::unexpected(refusal(422, report.error().message));
        } else if (report->import_id == 0) {
            kept = std::unexpected(not_taken(*report, texts));
        } else {
            kept = KeptRow{report->import_id, options.list, is_narrowed(*report)};
        }
    });
    if (trouble) {
        return std::unexpected(refusal(409, *trouble));
    }
    if (kept) {
        call.accounts.audit(call.actor(), directory::AuditAction::import,
                            fmt::format("{} #{}", directory::code_of(options.kind), kept->import_id), call.now_s);
    }
    return kept;
}

} // namespace

std::string desk_owner(const StaffCall& call) { return directory::owner_of(call.who.account.municipality); }

std::string desk_municipality(const StaffCall& call) {
    return facts_of(call.context.reader(), call.context.now.day)->municipality_name(desk_owner(call));
}

std::expected<KeptRow, NotKept> keep_correction(const StaffCall& call, const std::string& target, WrittenCells cells,
                                                const Query& who, const StillSo& still) {
    const Texts& texts = Texts::in(call.context.language);
    const auto decided = read_who_decides(who);
    if (!decided) {
        return std::unexpected(refusal(422, texts.get(decided.error())));
    }
    const auto day = directory::to_string(call.context.now.day);
    cells.insert(cells.begin(), {std::string(importers::k_correction_target), target});
    cells.emplace_back(importers::k_correction_on, day);
    cells.emplace_back(importers::k_correction_by, directory::label_of(decided->by));
    cells.emplace_back(importers::k_correction_reason, decided->reason);
    auto options = options_for(call, ImportKind::corrections);
    return keep(call, std::move(options), cells, still, [&](const directory::Store& store) {
        return next_of_day(
            store, ImportKind::corrections,
            fmt::format("{}（{}）{} {}", directory::k_list_of_mends, desk_municipality(call), day, target));
    });
}

std::expected<KeptRow, NotKept> keep_tie(const StaffCall& call, const std::string& about, WrittenCells cells,
                                         const WhoDecides& who, const StillSo& still) {
    const auto day = directory::to_string(call.context.now.day);
    cells.emplace_back(importers::k_tie_decided_on, day);
    cells.emplace_back(importers::k_tie_decided_by, directory::label_of(who.by));
    cells.emplace_back(importers::k_tie_reason, who.reason);
    auto options = options_for(call, ImportKind::relations);
    options.owner = desk_owner(call);
    return keep(call, std::move(options), cells, still, [&](const directory::Store& store) {
        return next_of_day(
            store, ImportKind::relations,
            fmt::format("{}（{}）{} {}", directory::k_list_of_ties, desk_municipality(call), day, about));
    });
}

std::expected<KeptRow, NotKept> keep_resource(const StaffCall& call, const std::string& list, const WrittenCells& cells,
                                              const StillSo& still) {
    auto options = options_for(call, ImportKind::resources);
    options.owner = desk_owner(call);
    options.completeness = importers::Completeness::partial;
    return keep(call, std::move(options), cells, still, [&](const directory::Store&) { return list; });
}

std::string state_of(const directory::Reader& reader, std::uint32_t service) {
    const auto& row = reader.services()[service];
    const auto day = [](const std::optional<directory::Day>& of) { return of ? directory::to_string(*of) : "-"; };
    std::string schedules;
    for (const auto& schedule : row.schedules) {
        schedules += directory::in_words(schedule, "ja") + "/";
    }
    const std::string site = row.site == directory::k_no_index ? std::string{} : state_of_site(reader, row.site);
    constexpr std::size_t k_letters = 16;
    return importers::digest_of(fmt::format("{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}|{}", row.id,
                                            day(row.last_confirmed_on), day(row.valid_to), static_cast<int>(row.status),
                                            static_cast<int>(row.certainty), row.phone, row.url, row.fee_text, row.note,
                                            row.capacity.value_or(-1), row.for_whom_text, schedules, site))
        .substr(0, k_letters);
}

std::string state_of_site(const directory::Reader& reader, std::uint32_t site) {
    const auto& row = reader.sites()[site];
    constexpr std::size_t k_letters = 16;
    return importers::digest_of(fmt::format("{}|{}|{}|{}|{}", row.id, row.name, row.address, row.position.has_value(),
                                            row.position ? row.position->lon + row.position->lat : 0))
        .substr(0, k_letters);
}

} // namespace shirube::server
