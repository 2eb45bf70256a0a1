// GET /stages: programme × stage of life in a municipality, as JSON or CSV.
#include "server/api/api.hpp"
#include "server/api/csv_text.hpp"
#include "server/api/table_form.hpp"
#include "server/api/use_terms.hpp"
#include "server/pages/use_terms_words.hpp"
#include "server/table_questions.hpp"

#include <string_view>

namespace shirube::server {

namespace {

using directory::StageGroup;
using directory::StageTable;
using nlohmann::ordered_json;

constexpr auto k_replace = nlohmann::json::error_handler_t::replace;

std::string_view code_of(StageGroup::Kind kind) noexcept {
    switch (kind) {
        case StageGroup::Kind::family:
            return "family";
        case StageGroup::Kind::department:
            return "department";
        case StageGroup::Kind::unstated:
            return "unstated";
        case StageGroup::Kind::empty:
            break;
    }
    return "empty";
}

ordered_json cells_of(const directory::StageCells& cells) {
    ordered_json out = ordered_json::array();
    for (const auto& words : directory::life_stages()) {
        const auto& cell = cells.at(static_cast<std::size_t>(words.stage));
        out.push_back({{"stage", words.code},
                       {"presence", directory::code_of(cell.presence)},
                       {"surely", cell.surely},
                       {"possibly", cell.possibly},
                       {"planned", cell.planned},
                       {"across", cell.across},
                       {"across_by_contract", contract_counts_document(cell.across_by_contract)}});
    }
    return out;
}

ordered_json document_of(const directory::Reader& reader, const StageTable& table) {
    const auto& taxonomy = reader.taxonomy();
    ordered_json stages = ordered_json::array();
    for (const auto& words : directory::life_stages()) {
        const auto& sum = table.sums.at(static_cast<std::size_t>(words.stage));
        stages.push_back(
            {{"stage", words.code},
             {"label", label_document(words.label)},
             {"programmes",
              {{"some", sum.some}, {"possible", sum.possible}, {"none", sum.none}, {"unknown", sum.unknown}}}});
    }
    ordered_json groups = ordered_json::array();
    for (const auto& group : table.groups) {
        ordered_json rows = ordered_json::array();
        for (const auto& row : group.rows) {
            rows.push_back({{"programme", taxonomy.at(row.programme).code},
                            {"label", label_document(taxonomy.at(row.programme).label)},
                            {"cells", cells_of(row.cells)}});
        }
        const bool is_family = group.kind == StageGroup::Kind::family;
        groups.push_back({{"kind", code_of(group.kind)},
                          {"family", is_family ? ordered_json(taxonomy.at(group.all.programme).code) : ordered_json()},
                          {"department", text_or_null(group.department)},
                          {"cells", cells_of(group.all.cells)},
                          {"rows", std::move(rows)}});
    }
    return {{"edition", reader.edition()},
            {"municipality", {{"code", table.municipality.code}, {"name", text_or_null(table.municipality.name)}}},
            {"at", directory::to_string(table.day)},
            {"by", table.by == directory::GroupedBy::department ? "department" : "programme"},
            {"use_contract",
             table.use_contract ? ordered_json(directory::code_of(*table.use_contract)) : ordered_json(nullptr)},
            {"across_by_contract", contract_counts_document(table.across_by_contract)},
            {"stages", std::move(stages)},
            {"groups", std::move(groups)},
            {"lists", list_documents(reader, table.lists)}};
}

/// A line a cell, so that a program filters and adds up what it wants; what is the same in all stands in each.
std::string csv_of(const directory::Reader& reader, const StageTable& table, std::string_view language) {
    const bool english = language == "en";
    std::string out{k_csv_mark};
    add_csv_line(
        out,
        english
            ? std::vector<std::string>{"municipality_code", "municipality_name", "family", "family_label", "department",
                                       "programme", "programme_label", "stage", "stage_label", "presence",
                                       "presence_label", "services_surely", "services_possibly", "services_planned",
                                       "services_across", "services_across_by_contract", "day", "lists", "edition"}
            : std::vector<std::string>{"市区町村コード", "市区町村名", "分野コード", "分野", "所管課", "事業コード",
                                       "事業", "ライフステージコード", "ライフステージ", "判定コード", "判定",
                                       "確かな箇所数", "可能性のある箇所数", "予定の箇所数", "使える他市区町村の箇所数",
                                       "使える他市区町村の契約", "基準日", "もとにした台帳", "データの版"});
    const auto& taxonomy = reader.taxonomy();
    const std::string lists = lists_in_a_cell(reader, table.lists);
    const std::string_view in = english ? "en" : "ja";
    for (const auto& group : table.groups) {
        for (const auto& row : group.rows) {
            const auto& programme = taxonomy.at(row.programme);
            const auto& family = taxonomy.at(taxonomy.family_of(row.programme));
            for (const auto& words : directory::life_stages()) {
                const auto& cell = row.cells.at(static_cast<std::size_t>(words.stage));
                add_csv_line(
                    out, std::vector<ordered_json>{
                             table.municipality.code, text_or_null(table.municipality.name), family.code,
                             family.label.in(in), text_or_null(group.department), programme.code,
                             programme.label.in(in), words.code, words.label.in(in), directory::code_of(cell.presence),
                             directory::label_of(cell.presence).in(in), cell.surely, cell.possibly, cell.planned,
                             cell.across,
                             text_or_null(contract_counts_in_words(cell.across_by_contract, Texts::in(in), ";")),
                             directory::to_string(table.day), lists, reader.edition()});
            }
        }
    }
    return out;
}

} // namespace

Answer get_stages(const Request& request, const Context& context) {
    if (const auto problem = unknown_parameter(request, {"municipality", "at", "by", "use_contract", "f"})) {
        return to_answer(*problem, context.language);
    }
    const auto form = table_form_asked(request);
    if (!form) {
        return to_answer(form.error(), context.language);
    }
    const auto question = read_stage_question(request, context);
    if (!question) {
        return to_answer(question.error(), context.language);
    }
    const auto& reader = context.reader();
    const auto table =
        directory::stage_table(reader, question->municipality, question->day, question->by, question->use_contract);
    return table_answer(*form == TableForm::csv ? csv_of(reader, table, context.language)
                                                : document_of(reader, table).dump(-1, ' ', false, k_replace),
                        *form, context, question->day, "stages");
}

} // namespace shirube::server
