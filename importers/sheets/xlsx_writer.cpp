#include "importers/sheets/sheet_book.hpp"
#include "importers/sheets/xml_text.hpp"
#include "importers/sheets/zip_file.hpp"

#include <fmt/format.h>

namespace shirube::importers {

namespace {

constexpr std::string_view k_head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view k_main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view k_package = "http://schemas.openxmlformats.org/package/2006";
constexpr std::string_view k_document = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

// Styles of styles.xml below.
constexpr int k_text_style = 1;
constexpr int k_header_style = 2;

/// 0 → A, 26 → AA.
std::string column_letters(std::size_t column) {
    std::string letters;
    for (std::size_t rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
        letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
    }
    return letters;
}

void append_cell(std::string& out, std::size_t column, std::size_t row, int style, std::string_view text) {
    if (text.empty()) {
        return;
    }
    out += fmt::format("<c r=\"{}{}\" s=\"{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                       column_letters(column), row, style, xml_text(text));
}

/// At most `most` bytes of a note, whole characters: Excel shows 255 letters and calls a longer prompt damage.
std::string prompt_of(std::string_view note) {
    constexpr std::size_t k_letters = 250;
    std::size_t letters = 0;
    std::size_t end = 0;
    while (end < note.size() && letters < k_letters) {
        ++end;
        while (end < note.size() && (static_cast<unsigned char>(note[end]) & 0xc0U) == 0x80U) {
            ++end;
        }
        ++letters;
    }
    return xml_text(note.substr(0, end));
}

/// A column's drop-down and note, one element for all its cells.
void append_validation(std::string& out, const SheetColumn& column, std::size_t index, std::size_t last_row) {
    const std::string letters = column_letters(index);
    out += "<dataValidation allowBlank=\"1\"";
    if (column.choices) {
        out += " type=\"list\" errorStyle=\"warning\"";
        if (!column.choices->others_allowed) {
            out +=
                " showErrorMessage=\"1\" errorTitle=\"選択肢にない値です\" "
                "error=\"選択肢から選んでください。このまま使うと、取り込みで「不明」になることがあります。\"";
        }
    }
    if (!column.note.empty()) {
        out += fmt::format(" showInputMessage=\"1\" promptTitle=\"{}\" prompt=\"{}\"", xml_text(column.header),
                           prompt_of(column.note));
    }
    out += fmt::format(" sqref=\"{0}2:{0}{1}\"", letters, last_row);
    if (!column.choices) {
        out += "/>";
        return;
    }
    const Choices& choices = *column.choices;
    out +=
        fmt::format("><formula1>'{0}'!${1}${2}:${1}${3}</formula1></dataValidation>", xml_text(choices.sheet),
                    column_letters(choices.column), choices.first_row, choices.first_row + choices.values.size() - 1);
}

void append_validations(std::string& out, const Sheet& sheet) {
    std::string elements;
    std::size_t count = 0;
    for (std::size_t i = 0; i < sheet.columns.size() && sheet.rows_to_fill > 0; ++i) {
        if (sheet.columns[i].choices || !sheet.columns[i].note.empty()) {
            append_validation(elements, sheet.columns[i], i, sheet.rows_to_fill + 1);
            ++count;
        }
    }
    if (count > 0) {
        out += fmt::format("<dataValidations count=\"{}\">{}</dataValidations>", count, elements);
    }
}

/// Elements in the order the schema wants (CT_Worksheet): sheetViews, cols, sheetData, dataValidations.
std::string sheet_xml(const Sheet& sheet) {
    std::string out(k_head);
    out += fmt::format("<worksheet xmlns=\"{}\">", k_main);
    out +=
        "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" "
        "state=\"frozen\"/></sheetView></sheetViews><cols>";
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
        out += fmt::format("<col min=\"{0}\" max=\"{0}\" width=\"{1:.1f}\" style=\"{2}\" customWidth=\"1\"/>", i + 1,
                           sheet.columns[i].width, k_text_style);
    }
    out += "</cols><sheetData><row r=\"1\">";
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
        append_cell(out, i, 1, k_header_style, sheet.columns[i].header);
    }
    out += "</row>";
    for (std::size_t r = 0; r < sheet.rows.size(); ++r) {
        out += fmt::format("<row r=\"{}\">", r + 2);
        for (std::size_t i = 0; i < sheet.rows[r].size(); ++i) {
            append_cell(out, i, r + 2, k_text_style, sheet.rows[r][i]);
        }
        out += "</row>";
    }
    out += "</sheetData>";
    append_validations(out, sheet);
    return out + "</worksheet>";
}

/// Number format 49 is text (ISO/IEC 29500-1, 18.8.30).
constexpr std::string_view k_styles =
    "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Yu Gothic\"/></font>"
    "<font><b/><sz val=\"11\"/><name val=\"Yu Gothic\"/></font></fonts>"
    "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/>"
    "</fill><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFDDEBF3\"/></patternFill></fill></fills>"
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
    "<cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
    "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
    "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" "
    "applyFill=\"1\"/></cellXfs>"
    "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>";

} // namespace

std::string to_xlsx(const SheetBook& book) {
    std::string types = fmt::format(
        "{}<Types xmlns=\"{}/content-types\"><Default Extension=\"rels\" "
        "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
        "ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" "
        "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override "
        "PartName=\"/xl/styles.xml\" "
        "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>",
        k_head, k_package);
    std::string sheets;
    std::string relations;
    for (std::size_t i = 1; i <= book.sheets.size(); ++i) {
        types += fmt::format(
            "<Override PartName=\"/xl/worksheets/sheet{}.xml\" "
            "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>",
            i);
        sheets +=
            fmt::format("<sheet name=\"{0}\" sheetId=\"{1}\" r:id=\"rId{1}\"/>", xml_text(book.sheets[i - 1].name), i);
        relations += fmt::format(
            "<Relationship Id=\"rId{0}\" Type=\"{1}/worksheet\" Target=\"worksheets/sheet{0}.xml\"/>", i, k_document);
    }
    ZipFile zip;
    zip.deflate("[Content_Types].xml", types + "</Types>");
    zip.deflate("_rels/.rels", fmt::format("{}<Relationships xmlns=\"{}/relationships\"><Relationship Id=\"rId1\" "
                                           "Type=\"{}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
                                           k_head, k_package, k_document));
    zip.deflate("xl/workbook.xml", fmt::format("{}<workbook xmlns=\"{}\" xmlns:r=\"{}\"><sheets>{}</sheets></workbook>",
                                               k_head, k_main, k_document, sheets));
    zip.deflate("xl/_rels/workbook.xml.rels",
                fmt::format("{}<Relationships xmlns=\"{}/relationships\">{}<Relationship Id=\"rId{}\" "
                            "Type=\"{}/styles\" Target=\"styles.xml\"/></Relationships>",
                            k_head, k_package, relations, book.sheets.size() + 1, k_document));
    zip.deflate("xl/styles.xml", fmt::format("{}<styleSheet xmlns=\"{}\">{}</styleSheet>", k_head, k_main, k_styles));
    for (std::size_t i = 1; i <= book.sheets.size(); ++i) {
        zip.deflate(fmt::format("xl/worksheets/sheet{}.xml", i), sheet_xml(book.sheets[i - 1]));
    }
    return zip.finish();
}

} // namespace shirube::importers
