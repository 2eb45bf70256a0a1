// The templates as they are handed out go in again as they are, and every example is what it says.
#include "importers/import.hpp"
#include "importers/layouts/template_programme.hpp"
#include "importers/templates/list_templates.hpp"
#include "support.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace shirube;
using namespace shirube::importers;
using namespace shirube::importers::test;
using directory::OpenMode;
using directory::Store;

namespace {

/// What a row of the template has under a column.
std::string cell(const ListTemplate& of, const std::vector<std::string>& row, std::string_view column) {
    const auto at = std::ranges::find(of.columns, column);
    return at == of.columns.end() ? "" : row.at(static_cast<std::size_t>(at - of.columns.begin()));
}

/// The template as somebody fills it in who takes the examples for real places.
ListTemplate filled_in(ListTemplate of) {
    constexpr std::string_view k_mark = "（記入例）";
    for (auto& row : of.examples) {
        for (std::string& cell : row) {
            if (const auto at = cell.find(k_mark); at != std::string::npos) {
                cell.erase(at, k_mark.size());
            }
        }
    }
    return of;
}

/// Programme labels of the rows by the name that is shown, as the template's examples have them.
std::multimap<std::string, std::string> written(const ListTemplate& of) {
    std::multimap<std::string, std::string> rows;
    for (const auto& row : of.examples) {
        const std::string shown = cell(of, row, "公開名称");
        rows.emplace(shown.empty() ? cell(of, row, "名称") : shown, cell(of, row, "事業"));
    }
    return rows;
}

} // namespace

TEST_CASE("A template as it was handed out holds examples and no place") {
    for (const ListTemplate& of : list_templates()) {
        const ScratchFolder folder;
        Store store = Store::open(folder.path() / "town.shirube", OpenMode::write_or_create);
        ImportOptions options;
        options.kind = of.kind;
        options.files = {folder.write(of.name + ".csv", template_file(of, TemplateForm::csv))};
        options.municipality = "99201";
        const auto report = run_import(store, options, {});
        if (!report) {
            FAIL(of.name << ": " << report.error().message);
        }
        CHECK(report->rows.out_of_scope == static_cast<std::int64_t>(of.examples.size()));
        CHECK(report->rows.adds_up());
        CHECK(report->issue_counts.at("row_example") == static_cast<std::int64_t>(of.examples.size()));
        CHECK(store.read_public_state().services.empty());
    }
}

TEST_CASE("A template in any of its forms is imported as it is filled in, each example recognised") {
    const auto& taxonomy = directory::Taxonomy::shipped();
    for (const ListTemplate& handed_out : list_templates()) {
        const ListTemplate of = filled_in(handed_out);
        if (of.kind != directory::ImportKind::resources) {
            continue; // read by its own kind of import, see corrections_test.cpp
        }
        for (const TemplateForm form : {TemplateForm::csv, TemplateForm::xlsx, TemplateForm::ods}) {
            const ScratchFolder folder;
            Store store = Store::open(folder.path() / "town.shirube", OpenMode::write_or_create);
            const std::string name = of.name + "." + std::string(extension_of(form));
            INFO(name);
            ImportOptions options;
            options.files = {folder.write(name, template_file(of, form))};
            options.municipality = "99201";
            options.language = "en";
            options.explain = true;
            const auto report = run_import(store, options, {});
            if (!report) {
                FAIL(report.error().message);
            }
            CHECK(report->columns.size() == of.columns.size());
            for (const ColumnExplained& column : report->columns) {
                INFO(column.column);
                CHECK_FALSE(column.understood.empty());
            }
            CHECK(report->profiles == std::vector<std::string>{"shirube-template"});
            CHECK(report->rows.rejected == 0); // exit status 0
            CHECK(report->rows.out_of_scope == 0);
            CHECK(report->rows.accepted + report->rows.flagged == static_cast<std::int64_t>(of.examples.size()));
            for (const auto& [code, count] : report->issue_counts) {
                CHECK(code == "address_not_found"); // there is no gazetteer in this store
            }

            // What was found in the field is for staff at first.
            const auto state = store.read_state(
                store.audience_of("99201", directory::Visibility::coordinator, directory::now_in_tokyo().day));
            auto expected = written(of);
            CHECK(state.services.size() == expected.size());
            for (const auto& service : state.services) {
                const auto& site = state.sites[service.site];
                const auto [first, last] = expected.equal_range(site.name);
                const auto row = std::find_if(first, last, [&](const auto& one) {
                    const auto programme = read_programme(one.second, "99201", taxonomy);
                    return programme && *programme == service.programme;
                });
                INFO(site.name);
                CHECK(row != last);
                if (row != last) {
                    expected.erase(row);
                }
            }
            CHECK(expected.empty());
        }
    }
}
