// Workbooks for tests, with the XML written by hand: what a spreadsheet program would write, and what none would.
#pragma once

#include "zip_writer.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shirube::importers::test {

/// A sheet of an XLSX: its name and the XML between <sheetData> and </sheetData>, or a whole document ("<?xml …").
struct SheetXml {
    std::string name;
    std::string xml;
};

/// "A" is 1, "AA" is 27.
inline std::string column_letters(std::size_t number) {
    std::string letters;
    for (; number > 0; number = (number - 1) / 26) {
        letters.insert(letters.begin(), static_cast<char>('A' + (number - 1) % 26));
    }
    return letters;
}

inline std::string text_cell(std::string_view reference, std::string_view text) {
    return std::string("<c r=\"") + std::string(reference) + "\" t=\"inlineStr\"><is><t>" + std::string(text) +
           "</t></is></c>";
}

/// A row of texts; empty ones have no cell.
inline std::string text_row(int row, const std::vector<std::string>& cells) {
    std::string xml = "<row r=\"" + std::to_string(row) + "\">";
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!cells[i].empty()) {
            xml += text_cell(column_letters(i + 1) + std::to_string(row), cells[i]);
        }
    }
    return xml + "</row>";
}

/// \param shared <si> elements; \param styles what stands in <styleSheet>
inline std::vector<std::pair<std::string, std::string>> xlsx_members(const std::vector<SheetXml>& sheets,
                                                                     const std::string& shared = {},
                                                                     const std::string& styles = {}) {
    const std::string ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    std::string book = "<workbook xmlns=\"" + ns + "\" xmlns:r=\"" + office + "\"><sheets>";
    std::string links = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    std::vector<std::pair<std::string, std::string>> members{
        {"[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"},
        {"docProps/app.xml", "<Properties/>"}};
    for (std::size_t i = 0; i < sheets.size(); ++i) {
        const std::string number = std::to_string(i + 1);
        book += "<sheet name=\"" + sheets[i].name + "\" sheetId=\"" + number + "\" r:id=\"rId" + number + "\"/>";
        links += "<Relationship Id=\"rId" + number + "\" Type=\"" + office + "/worksheet\" Target=\"worksheets/sheet" +
                 number + ".xml\"/>";
        members.emplace_back("xl/worksheets/sheet" + number + ".xml",
                             sheets[i].xml.starts_with("<?xml") ? sheets[i].xml
                                                                : "<worksheet xmlns=\"" + ns + "\"><sheetData>" +
                                                                      sheets[i].xml + "</sheetData></worksheet>");
    }
    members.emplace_back("xl/workbook.xml", book + "</sheets></workbook>");
    members.emplace_back("xl/_rels/workbook.xml.rels", links + "</Relationships>");
    members.emplace_back("xl/sharedStrings.xml", "<sst xmlns=\"" + ns + "\">" + shared + "</sst>");
    members.emplace_back("xl/styles.xml",
                         "<styleSheet xmlns=\"" + ns + "\">" +
                             (styles.empty() ? "<cellXfs count=\"1\"><xf numFmtId=\"0\"/></cellXfs>" : styles) +
                             "</styleSheet>");
    return members;
}

inline std::string xlsx_of(const std::vector<SheetXml>& sheets, const std::string& shared = {},
                           const std::string& styles = {}) {
    return zip_of(xlsx_members(sheets, shared, styles));
}

/// An ODS of one sheet; `rows` is what stands in its <table:table>.
inline std::string ods_of(const std::string& name, const std::string& rows) {
    const std::string ns = "urn:oasis:names:tc:opendocument:xmlns:";
    return zip_of(
        {{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
         {"content.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content xmlns:office=\"" + ns +
                             "office:1.0\" xmlns:table=\"" + ns + "table:1.0\" xmlns:text=\"" + ns +
                             "text:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><office:body>"
                             "<office:spreadsheet><table:table table:name=\"" +
                             name + "\">" + rows +
                             "</table:table></office:spreadsheet></office:body></office:document-content>"}});
}

} // namespace shirube::importers::test
