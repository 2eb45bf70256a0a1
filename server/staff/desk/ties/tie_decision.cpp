#include "server/staff/desk/ties/tie_decision.hpp"

#include "directory/desk/page_lists.hpp"
#include "importers/files/input_file.hpp"
#include "importers/relations/decision_cells.hpp"
#include "server/pages/words.hpp"
#include "server/staff/desk/desk_frame.hpp"
#include "server/staff/desk/ties/own_ties.hpp"
#include "server/staff/desk/ties/tie_form.hpp"
#include "server/staff/refusal.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace shirube::server {

namespace {

constexpr std::size_t k_most_names = 1500; ///< offered while somebody types: a page stays small

/// The field of a fault of read_who_decides().
std::string_view field_of_fault(std::string_view key) {
    return key == "desk.by_missing" ? "by" : key == "desk.how_missing" ? "how" : "reason";
}

} // namespace

TieRefused refused_by(const NotKept& problem, std::span<const FormField> fields) {
    TieRefused refused{.status = problem.status, .sentences = {}, .faults = faults_at(fields, problem.at)};
    if (refused.faults.empty()) {
        refused.sentences = problem.sentences;
    }
    return refused;
}

TieRefused refused_for(Faults faults, const Texts& texts) {
    return {.sentences = {texts.with("desk.tie_faults", {{"n", std::to_string(faults.size())}})},
            .faults = std::move(faults)};
}

std::expected<WhoDecides, Faults> who_decides(const Query& fields, const Texts& texts) {
    auto decided = read_who_decides(fields);
    if (!decided) {
        return std::unexpected(
            Faults{{std::string(field_of_fault(decided.error())), std::string(texts.get(decided.error()))}});
    }
    return std::move(*decided);
}

void fill_who(View who, const Query& fields, std::string_view suffix, const Faults& faults) {
    fill_who_decides(who, fields, suffix);
    for (const auto& [name, section] :
         {std::pair{"by", "BY_FAULT"}, {"how", "HOW_FAULT"}, {"reason", "REASON_FAULT"}}) {
        if (const auto fault = faults.find(name); fault != faults.end()) {
            who.section(section).words("SENTENCE", fault->second);
        }
    }
}

void tell_of_ties(View body, const StaffCall& call, const std::optional<TieRefused>& refused) {
    if (!refused) {
        tell_of_desk(body, call, nullptr);
        return;
    }
    NotKept told{.status = refused->status, .sentences = refused->sentences};
    if (told.sentences.empty()) {
        told.sentences.push_back(body.texts().with("desk.tie_faults", {{"n", std::to_string(refused->faults.size())}}));
    }
    tell_of_desk(body, call, &told);
}

void fill_known_names(View body, const StaffCall& call) {
    for (const auto& name : known_names(call.context.reader(), desk_owner(call), k_most_names)) {
        body.section("KNOWN_NAME").set("NAME", name);
    }
}

importers::WrittenCells mended(importers::WrittenCells cells, const std::string& target, std::string columns,
                               directory::Day today) {
    const auto confirmed =
        std::ranges::find(cells, importers::k_tie_confirmed_on, &importers::WrittenCells::value_type::first);
    if (confirmed == cells.end()) {
        cells.emplace_back(importers::k_tie_confirmed_on, directory::to_string(today));
    } else {
        confirmed->second = directory::to_string(today);
    }
    columns += (columns.empty() ? "" : "、") + std::string(importers::k_tie_confirmed_on);
    cells.emplace_back(importers::k_tie_target, target);
    cells.emplace_back(importers::k_tie_verdict, importers::k_verdict_mended);
    cells.emplace_back(importers::k_tie_decided_columns, std::move(columns));
    return cells;
}

importers::WrittenCells struck(importers::WrittenCells cells, const std::string& target) {
    cells.emplace_back(importers::k_tie_target, target);
    cells.emplace_back(importers::k_tie_verdict, importers::k_verdict_wrong);
    cells.emplace_back(importers::k_tie_decided_columns, "");
    return cells;
}

std::expected<KeptRow, TieRefused> keep_new(const StaffCall& call, NewTie made, const Query& fields,
                                            std::span<const FormField> form, const StillSo& is_new,
                                            std::string_view there) {
    const Texts& texts = Texts::in(call.context.language);
    const auto who = who_decides(fields, texts);
    if (!who) {
        made.faults.insert(who.error().begin(), who.error().end());
    }
    if (!made.faults.empty()) {
        return std::unexpected(refused_for(std::move(made.faults), texts));
    }
    if (!is_new(call.context.reader())) {
        return std::unexpected(TieRefused{.sentences = {texts.get(there)}});
    }
    constexpr std::size_t k_letters = 10;
    const auto about = importers::digest_of(importers::table_of(made.cells)).substr(0, k_letters);
    auto row = std::move(made.cells);
    std::ranges::move(made.more, std::back_inserter(row));
    row.emplace_back(importers::k_tie_confirmed_on, directory::to_string(call.context.now.day));
    auto kept = keep_tie(call, about, std::move(row), *who, is_new);
    if (!kept) {
        return std::unexpected(refused_by(kept.error(), form));
    }
    return std::move(*kept);
}

std::expected<KeptRow, TieRefused> keep_decided(const StaffCall& call, const std::string& id,
                                                std::expected<importers::WrittenCells, Faults> cells,
                                                const Query& fields, std::span<const FormField> form,
                                                const StillSo& still) {
    const Texts& texts = Texts::in(call.context.language);
    const auto who = who_decides(fields, texts);
    Faults faults = cells ? Faults{} : cells.error();
    if (const auto all = faults.find(""); all != faults.end()) {
        return std::unexpected(TieRefused{.sentences = {all->second}});
    }
    if (!who) {
        faults.insert(who.error().begin(), who.error().end());
    }
    if (!faults.empty()) {
        return std::unexpected(refused_for(std::move(faults), texts));
    }
    auto kept = keep_tie(call, id, std::move(*cells), *who, still);
    if (!kept) {
        return std::unexpected(refused_by(kept.error(), form));
    }
    return std::move(*kept);
}

std::string decision_in_words(const directory::TieDecision& decided, const Texts& texts) {
    if (!decided.on) {
        return {};
    }
    const std::string day = date_in_words(*decided.on, texts);
    return decided.by ? texts.with("desk.tie_decided_by",
                                   {{"date", day},
                                    {"by", texts.get("desk.by_" + std::string(directory::code_of(*decided.by)))}})
                      : day;
}

std::string list_in_words(const directory::Reader& reader, std::uint32_t list, const Texts& texts) {
    if (list == directory::k_no_index) {
        return {};
    }
    const auto& source = reader.lists()[list];
    const std::string name{directory::shown_name(source.name)};
    return source.as_of.empty() ? name : name + " " + as_of_in_words(source.as_of, texts);
}

Answer no_such_tie(const StaffCall& call) {
    return refusal_page(call.request, &call.context, call.context.language,
                        {404, "error.not_found", "staff.not_here", "desk.ties", "/staff/desk/ties"});
}

} // namespace shirube::server
