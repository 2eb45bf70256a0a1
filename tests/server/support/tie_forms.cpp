#include "tests/server/support/tie_forms.hpp"

#include "directory/store.hpp"
#include "server/staff/staff_call.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <utility>

namespace shirube::tests {

using directory::OpenMode;
using directory::RelationRow;
using directory::Store;
using directory::Visibility;
using server::Answer;
using server::field_of;
using server::Query;

importers::WrittenCells contract_cells() {
    return {{"つながり", "委託"}, {"から", "潮見野市"},     {"へ", "なみの会"},
            {"備考", "元の備考"}, {"開始日", "2024-04-01"}, {"公開範囲", "公開"}};
}

void import_tie_list(StaffTown& town, const std::string& list, const importers::WrittenCells& cells,
                     std::string_view municipality) {
    {
        auto store = Store::open(town.store(), OpenMode::write);
        importers::ImportOptions options;
        options.kind = directory::ImportKind::relations;
        options.files = {"list.csv"};
        options.list = list;
        options.municipality = std::string{municipality};
        options.as_of = "2026-04-01";
        const auto report = importers::append_written_row(store, options, cells);
        REQUIRE(report);
        REQUIRE(report->import_id > 0);
    }
    town.desk().note_written();
}

std::vector<RelationRow> all_ties(StaffTown& town, std::string_view municipality) {
    const auto store = Store::open(town.store(), OpenMode::read);
    return store
        .read_state({.municipality = std::string{municipality},
                     .owners = {{std::string{municipality}, Visibility::coordinator}}})
        .relations;
}

std::optional<RelationRow> tie_to(StaffTown& town, std::string_view name) {
    for (auto& row : all_ties(town)) {
        if (row.reading.to.name == name) {
            return std::move(row);
        }
    }
    return std::nullopt;
}

Query tie_form(const Query& typed) {
    Query fields;
    for (const char* name :
         {"kind", "from", "from_municipality", "to", "to_kind", "to_municipality", "layer", "programme", "valid_from",
          "valid_to", "informed", "linked", "fed_back", "period", "terms", "source", "note", "visibility"}) {
        fields.emplace_back(name, field_of(typed, name));
    }
    fields.emplace_back("alone", "1");
    return decided(fields);
}

std::string value_shown(const Answer& page, const std::string& id) {
    const std::string content{page.content()};
    const auto field = content.find("id=\"" + id + "\"");
    if (field == std::string::npos) {
        return "(no such field)";
    }
    const auto end = content.find('>', field);
    const auto at = content.find("value=\"", field);
    if (at != std::string::npos && at < end) {
        return content.substr(at + 7, content.find('"', at + 7) - at - 7);
    }
    const auto chosen = content.rfind("<option value=\"", content.find(" selected", field));
    return chosen < field ? std::string{} : content.substr(chosen + 15, content.find('"', chosen + 15) - chosen - 15);
}

bool asks(const Answer& page, const std::string& field) { return says(page, "id=\"" + field + "-tie\""); }

Query mending(const Answer& page, const Query& typed) {
    Query fields;
    for (const char* name :
         {"kind", "from", "from_municipality", "to", "to_kind", "to_municipality", "layer", "programme", "valid_from",
          "valid_to", "informed", "linked", "fed_back", "period", "terms", "source", "note", "visibility"}) {
        const auto given = std::ranges::find(typed, name, &Query::value_type::first);
        if (given != typed.end()) {
            fields.push_back(*given);
        } else if (asks(page, name)) {
            fields.emplace_back(name, value_shown(page, std::string{name} + "-tie"));
        }
    }
    fields.emplace_back("alone", "1");
    fields.emplace_back("do", "mend");
    fields.emplace_back("seen", hidden_value(page, "id=\"tie-form\"", "seen"));
    return decided(fields);
}

} // namespace shirube::tests
