// The templates that people download: their examples go in as they are, their drop-downs offer what the layout takes,
// and the files are the same on any day.
#include "importers/templates/list_templates.hpp"

#include "importers/files/archive.hpp"
#include "importers/files/csv.hpp"
#include "importers/files/decode.hpp"
#include "importers/layouts/template.hpp"
#include "importers/locating/locator.hpp"
#include "tests/importers/template_row.hpp"

#include <catch2/catch.hpp>
#include <cpl_minixml.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>

using namespace shirube;
using namespace shirube::importers;

namespace {

const ResourceLayout& layout() {
    static const auto made = make_template_layout();
    return *made;
}

Table table_of(const ListTemplate& of) {
    const auto decoded = decode(template_file(of, TemplateForm::csv));
    return read_table(decoded.value().text, Limits{}).value();
}

/// Reads a row of the template with one cell changed.
RowOutcome read_changed(const Table& table, std::size_t row, std::string_view column, const std::string& cell) {
    static const Locator nowhere({});
    const LayoutContext context{directory::Taxonomy::shipped(), nowhere, "99201", "ja"};
    Record record = table.records.at(row);
    const auto at = std::ranges::find(table.header, column);
    if (at != table.header.end()) {
        record.cells.at(static_cast<std::size_t>(at - table.header.begin())) = cell;
    }
    return layout().read(table.header, record, context);
}

/// A member of an archive, well-formed or the test fails.
std::string xml_member(std::string_view bytes, std::string_view name) {
    const auto members = read_archive(bytes, Limits{}, [](std::string_view) { return true; }).value();
    const auto found = std::ranges::find(members, name, &ArchiveMember::name);
    REQUIRE(found != members.end());
    CPLXMLNode* tree = CPLParseXMLString(found->bytes.c_str());
    INFO(name);
    CHECK(tree != nullptr);
    CPLDestroyXMLNode(tree);
    return found->bytes;
}

std::size_t count_of(std::string_view text, std::string_view word) {
    std::size_t count = 0;
    for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + word.size())) {
        ++count;
    }
    return count;
}

} // namespace

TEST_CASE("every example of every template is accepted as it stands") {
    REQUIRE(list_templates().size() == 10);
    for (const ListTemplate& of : list_templates()) {
        if (of.kind != directory::ImportKind::resources) {
            continue; // read by its own kind of import, see corrections_test.cpp and landmarks_test.cpp
        }
        const Table table = table_of(of);
        INFO(of.name);
        CHECK(table.header == of.columns);
        const HeaderFit fit = layout().fit(table.header);
        CHECK(fit.missing.empty());
        CHECK(fit.known == table.header.size());
        REQUIRE(table.records.size() >= 3);
        std::set<std::string> keys;
        for (std::size_t i = 0; i < table.records.size(); ++i) {
            const auto outcome = read_changed(table, i, "", "");
            INFO(i);
            CHECK(tests::codes_of(outcome) == std::vector<std::string>{});
            CHECK(outcome.bin == Bin::accepted);
            CHECK(keys.insert(outcome.key).second);
        }
    }
}

TEST_CASE("a visiting service has no place but an area, and its helpers are a number") {
    const ListTemplate& visiting = *find_template("home-visiting");
    const auto outcome = read_changed(table_of(visiting), 0, "", "");
    const auto& service = outcome.reading.value().services.at(0);
    CHECK(service.programme == "setai_homon");
    CHECK(service.capacity == 12);
    CHECK(service.serves == std::vector<std::string>{"chugakkoku:みなと中学校", "chugakkoku:東中学校"});
    CHECK(outcome.reading->site.quality == directory::PositionQuality::none);
    CHECK(outcome.reading->site.address.empty());
    CHECK(outcome.reading->site.municipality == "99201");
    CHECK(std::ranges::find(visiting.columns, "住所") == visiting.columns.end());
}

TEST_CASE("whatever a drop-down offers is taken without a doubt") {
    for (const ListTemplate& of : list_templates()) {
        if (of.kind != directory::ImportKind::resources) {
            continue;
        }
        const SheetBook book = template_book(of, directory::Taxonomy::shipped());
        const Table table = table_of(of);
        std::size_t columns = 0;
        for (const SheetColumn& column : book.sheets.at(0).columns) {
            INFO(of.name << " " << column.header);
            CHECK_FALSE(column.note.empty());
            if (!column.choices) {
                continue;
            }
            ++columns;
            const Sheet& listed = book.sheets.at(1);
            for (std::size_t i = 0; i < column.choices->values.size(); ++i) {
                const std::string& value = column.choices->values[i];
                INFO(value);
                CHECK(read_changed(table, 0, column.header, value).bin == Bin::accepted);
                // Excel looks it up on the second sheet, whose first row is the header.
                CHECK(listed.rows.at(column.choices->first_row - 2 + i).at(column.choices->column) == value);
            }
        }
        CHECK(columns >= 6);
        for (std::size_t i = 1; i < book.sheets.size(); ++i) {
            CHECK(book.sheets[i].columns.at(0).header.starts_with(k_unread_sheet));
        }
    }
}

TEST_CASE("a private home is refused in every template and from every column that can name one") {
    for (const ListTemplate& of : list_templates()) {
        if (of.kind != directory::ImportKind::resources) {
            continue;
        }
        const Table table = table_of(of);
        for (const auto& [column, cell] :
             std::vector<std::pair<std::string, std::string>>{{"事業", "里親"},
                                                              {"名称", "里親 山田家"},
                                                              {"名称", "養育里親会田宅"},
                                                              {"名称", "協力家庭（港町）"},
                                                              {"公開名称", "里親さんの家"},
                                                              {"運営主体", "里親 佐藤"},
                                                              {"運営主体種別", "里親"},
                                                              {"運営主体種別", "個人（里親）"}}) {
            if (std::ranges::find(of.columns, column) == of.columns.end()) {
                continue;
            }
            INFO(of.name << " " << column << " " << cell);
            const auto outcome = read_changed(table, 0, column, cell);
            CHECK(outcome.bin == Bin::rejected);
            REQUIRE(tests::codes_of(outcome) == std::vector<std::string>{"private_home"});
            CHECK(outcome.issues[0].value.empty());
        }
    }
    // A person who takes children in for a night is a foster family by whatever name.
    const Table foster = table_of(*find_template("foster-care"));
    CHECK(tests::codes_of(read_changed(foster, 2, "運営主体種別", "個人")) == std::vector<std::string>{"private_home"});
    // A person may well keep a children's cafeteria: it stays, without the name.
    const Table general = table_of(*find_template("shirube"));
    CHECK(tests::codes_of(read_changed(general, 5, "運営主体種別", "個人")) ==
          std::vector<std::string>{"private_person"});
}

TEST_CASE("the workbooks are whole documents with a drop-down for every closed list, the same on any day") {
    for (const ListTemplate& of : list_templates()) {
        INFO(of.name);
        const SheetBook book = template_book(of, directory::Taxonomy::shipped());
        const auto drop_downs = static_cast<std::size_t>(std::ranges::count_if(
            book.sheets[0].columns, [](const SheetColumn& column) { return column.choices.has_value(); }));

        const std::string xlsx = template_file(of, TemplateForm::xlsx);
        CHECK(xlsx == template_file(of, TemplateForm::xlsx));
        for (const char* part : {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
                                 "xl/styles.xml", "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"}) {
            xml_member(xlsx, part);
        }
        const std::string sheet = xml_member(xlsx, "xl/worksheets/sheet1.xml");
        CHECK(count_of(sheet, "type=\"list\"") == drop_downs);
        CHECK(count_of(sheet, "state=\"frozen\"") == 1);

        const std::string ods = template_file(of, TemplateForm::ods);
        CHECK(ods == template_file(of, TemplateForm::ods));
        CHECK(ods.substr(30, 54) == "mimetypeapplication/vnd.oasis.opendocument.spreadsheet");
        xml_member(ods, "settings.xml");
        xml_member(ods, "meta.xml");
        xml_member(ods, "META-INF/manifest.xml");
        CHECK(count_of(xml_member(ods, "content.xml"), "cell-content-is-in-list") == drop_downs);
    }
}

TEST_CASE("the example in the repository is the general template") {
    std::ifstream in(std::string(SHIRUBE_SOURCE_DIR) + "/static/examples/shirube-template.csv", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const Table kept = read_table(decode(bytes).value().text, Limits{}).value();
    const Table made = table_of(*find_template("shirube"));
    CHECK(kept.header == made.header);
    REQUIRE(kept.records.size() == made.records.size());
    for (std::size_t i = 0; i < kept.records.size(); ++i) {
        CHECK(kept.records[i].cells == made.records[i].cells);
    }
}

TEST_CASE("cells of any kind survive the workbooks' XML") {
    SheetBook book{.title = "a & b",
                   .sheets = {{.name = "表", .columns = {{.header = "名称 <&>\"", .note = ""}}, .rows = {}}}};
    book.sheets[0].rows = {{"  two  blanks\tand a tab\nand a line "}, {"\x01\xff\xef\xbf\xbf"}, {"=1+1"}};
    for (const auto& [bytes, part] :
         {std::pair{to_xlsx(book), "xl/worksheets/sheet1.xml"}, {to_ods(book), "content.xml"}}) {
        const std::string xml = xml_member(bytes, part);
        CHECK(xml.find("名称 &lt;&amp;&gt;&quot;") != std::string::npos);
        CHECK(xml.find("<f>") == std::string::npos);
        CHECK(xml.find("table:formula") == std::string::npos);
    }
    CHECK(to_csv(book) ==
          "\xef\xbb\xbf\"名称 <&>\"\"\"\r\n\"  two  blanks\tand a tab\nand a line \"\r\n"
          "\x01\xff\xef\xbf\xbf\r\n=1+1\r\n");
}
