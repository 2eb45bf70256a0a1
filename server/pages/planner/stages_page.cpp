// "/stages": what kind of help a municipality has at which stage of life, and what it surely has not.
#include "directory/coverage/stage_table.hpp"
#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/planner/table_view.hpp"
#include "server/pages/use_terms_words.hpp"
#include "server/pages/words.hpp"
#include "server/problem.hpp"
#include "server/table_questions.hpp"

#include <algorithm>
#include <cstddef>
#include <ranges>
#include <string>
#include <string_view>

namespace shirube::server {

namespace {

using directory::Presence;
using directory::StageGroup;
using directory::StageTable;

class TableView {
  public:
    TableView(View body, const directory::Reader& reader, const StageTable& table, const Links& links)
        : body_(body), reader_(reader), table_(table), links_(links) {}

    void fill() {
        const auto language = body_.texts().language();
        for (const auto& words : directory::life_stages()) {
            View stage = body_.section("STAGE");
            stage.set("CODE", words.code);
            stage.words("LABEL", words.label.in(language));
        }
        for (const StageGroup& group : table_.groups) {
            fill_group(group);
        }
        for (const Presence presence : directory::k_presences) {
            View row = body_.section("SUM_ROW");
            row.words("PRESENCE_WORDS", directory::label_of(presence).in(language));
            for (const auto& sum : table_.sums) {
                row.section("SUM").set("COUNT", sum.of(presence));
            }
        }
    }

  private:
    void fill_group(const StageGroup& group) {
        View out = body_.section("GROUP");
        const auto& taxonomy = reader_.taxonomy();
        const auto language = body_.texts().language();
        View head = out.section("ROW");
        head.show("IS_GROUP");
        switch (group.kind) {
            case StageGroup::Kind::family:
                head.section("NAMED").words("NAME", taxonomy.at(group.all.programme).label.in(language));
                break;
            case StageGroup::Kind::department:
                head.section("AS_WRITTEN").set("NAME", group.department);
                break;
            case StageGroup::Kind::unstated:
                head.section("NAMED").words("NAME", body_.texts().get("stages.department_unstated"));
                break;
            case StageGroup::Kind::empty:
                head.section("NAMED").words("NAME", body_.texts().get("stages.department_empty"));
                break;
        }
        fill_cells(head, group.all, group.kind == StageGroup::Kind::family ? Linked::yes : Linked::no, group);
        for (const auto& row : group.rows) {
            View line = out.section("ROW");
            line.show("IS_PROGRAMME");
            line.set("PROGRAMME", taxonomy.at(row.programme).code);
            line.set("DEPARTMENT", group.department);
            line.section("NAMED").words("NAME", taxonomy.at(row.programme).label.in(language));
            fill_cells(line, row, Linked::yes, group);
        }
    }

    enum class Linked : std::uint8_t { no, yes };

    void fill_cells(View line, const directory::StageRow& row, Linked linked, const StageGroup& group) {
        for (const auto& words : directory::life_stages()) {
            const auto& of = row.cells.at(static_cast<std::size_t>(words.stage));
            View cell = line.section("CELL");
            cell.set("STAGE_CODE", words.code);
            fill_presence(cell, of.presence, of.surely, of.possibly, address_of(row, words.code, linked, group));
            if (of.planned > 0) {
                cell.section("PLANNED").set("N", of.planned);
            }
            if (of.across > 0) {
                View across = cell.section("ACROSS");
                across.set("N", of.across);
                const bool is_stated = of.across_by_contract.front() != of.across; // else nothing but "not known"
                across.words_if_any("TERMS", is_stated ? contract_counts_in_words(of.across_by_contract, cell.texts(),
                                                                                  cell.texts().get("list.separator"))
                                                       : std::string{});
            }
        }
    }

    /// A department's programmes together are several searches: the link leads to all of the first's.
    std::string address_of(const directory::StageRow& row, std::string_view stage, Linked linked,
                           const StageGroup& group) const {
        Query query = search_for(reader_.taxonomy(), row.programme, table_.municipality.code, table_.day);
        if (linked == Linked::no) {
            std::string programmes;
            for (const auto& one : group.rows) {
                programmes += (programmes.empty() ? "" : ",") + reader_.taxonomy().at(one.programme).code;
            }
            query = with(query, "programme", programmes);
        }
        return links_.to("/search", with(query, "stage", stage));
    }

    View body_;
    const directory::Reader& reader_;
    const StageTable& table_;
    const Links& links_;
};

/// The contracts that terms of others' services state, and the one that is asked for; nothing where none is stated.
void fill_contracts(View body, const StageTable& table) {
    const auto is_offered = [&](std::size_t i) {
        const auto contract = static_cast<directory::Contract>(i);
        return contract != directory::Contract::unknown &&
               (table.across_by_contract.at(i) > 0 || table.use_contract == contract);
    };
    const std::size_t count = table.across_by_contract.size();
    const auto all = std::views::iota(std::size_t{0}, count);
    if (std::ranges::none_of(all, is_offered)) {
        return;
    }
    View choice = body.section("CONTRACTS");
    for (const std::size_t i : all) {
        if (!is_offered(i)) {
            continue;
        }
        const auto contract = static_cast<directory::Contract>(i);
        View option = choice.section("CONTRACT_OPTION");
        option.set("CODE", directory::code_of(contract));
        option.set("NAME", contract_in_words(contract, body.texts()));
        option.set("N", table.across_by_contract.at(i));
        option.show_if(table.use_contract == contract, "SELECTED");
    }
}

void fill_form(View body, const Page& page, const StageQuestion& question) {
    body.set("ACTION", page.links().path("/stages"));
    body.set_if_any("LANG", page.links().chosen_language());
    for (const auto& municipality : question.municipalities) {
        View option = body.section("MUNICIPALITY_OPTION");
        option.set("CODE", municipality.code);
        option.set("NAME", name_of(municipality));
        option.show_if(municipality.code == question.municipality.code, "SELECTED");
    }
    body.set("AT", directory::to_string(question.day));
    body.show_if(question.by == directory::GroupedBy::department, "BY_DEPARTMENT");
}

} // namespace

Answer stages_page(const Request& request, const Context& context) {
    const auto question = read_stage_question(request, context);
    if (!question) {
        return error_page(request, &context, status_of(question.error()), title_of(question.error(), context.language));
    }
    const auto& reader = context.reader();
    const auto table =
        directory::stage_table(reader, question->municipality, question->day, question->by, question->use_contract);

    Page page(request, context, "stages");
    page.style("styles/planner.css");
    page.style("styles/tables.css");
    page.title(page.texts().with("stages.title", {{"municipality", name_of(question->municipality)}}));
    View& body = page.body();
    fill_form(body, page, *question);
    fill_contracts(body, table);
    if (table.use_contract) {
        body.section("BY_CONTRACT").words("CONTRACT", contract_in_words(*table.use_contract, page.texts()));
    }
    body.set("MUNICIPALITY", name_of(question->municipality));
    body.words("DATE", date_in_words(question->day, page.texts()));
    directory::PresenceSum all;
    for (const auto& sum : table.sums) {
        all.some += sum.some;
        all.possible += sum.possible;
        all.none += sum.none;
        all.unknown += sum.unknown;
    }
    body.set("NONE_COUNT", all.none);
    body.set("UNKNOWN_COUNT", all.unknown);
    body.set("CELLS", all.some + all.possible + all.none + all.unknown);
    fill_presence_legend(body, all);
    TableView(body, reader, table, page.links()).fill();
    fill_table_lists(body, reader, table.lists);
    const Query asked = question->query();
    const auto api = context.api("/api/v1/stages");
    page.data_link(address(api, asked));
    body.set("CSV", address(api, with(asked, "f", "csv")));
    body.set("JSON", address(api, with(asked, "f", "json")));
    body.set("PLANNER_HREF", page.links().to("/planner"));
    body.set("MATRIX_HREF", page.links().to("/matrix"));
    page.depends_on(on_this_day(context));
    return page.finish();
}

} // namespace shirube::server
