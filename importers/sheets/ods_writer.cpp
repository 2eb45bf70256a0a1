#include "importers/sheets/sheet_book.hpp"
#include "importers/sheets/xml_text.hpp"
#include "importers/sheets/zip_file.hpp"

#include <fmt/format.h>

namespace shirube::importers {

namespace {

constexpr std::string_view k_type = "application/vnd.oasis.opendocument.spreadsheet";
constexpr std::string_view k_head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
constexpr std::string_view k_spaces =
    " xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\""
    " xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\""
    " xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\""
    " xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\""
    " xmlns:number=\"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0\""
    " xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\""
    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
    " xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\""
    " xmlns:config=\"urn:oasis:names:tc:opendocument:xmlns:config:1.0\""
    " xmlns:of=\"urn:oasis:names:tc:opendocument:xmlns:of:1.2\""
    " office:version=\"1.3\"";

/// Runs of blanks and tabs have elements of their own, else a reader may take them for one blank (6.1.2 and 6.1.3).
std::string line_xml(std::string_view line) {
    std::string out;
    std::string plain;
    for (std::size_t i = 0; i < line.size();) {
        std::size_t blanks = 0;
        while (i + blanks < line.size() && line[i + blanks] == ' ') {
            ++blanks;
        }
        const bool is_edge = i == 0 || i + blanks == line.size();
        if (line[i] == '\t' || blanks > 1 || (blanks == 1 && is_edge)) {
            out += xml_text(plain);
            plain.clear();
            out += line[i] == '\t' ? std::string("<text:tab/>") : fmt::format("<text:s text:c=\"{}\"/>", blanks);
            i += line[i] == '\t' ? 1 : blanks;
        } else {
            plain += line[i++];
        }
    }
    return out + xml_text(plain);
}

/// A paragraph a line.
std::string paragraphs(std::string_view text) {
    std::string out;
    while (true) {
        const std::size_t end = text.find('\n');
        out += fmt::format("<text:p>{}</text:p>", line_xml(text.substr(0, end)));
        if (end == std::string_view::npos) {
            return out;
        }
        text.remove_prefix(end + 1);
    }
}

std::string validation_name(std::size_t sheet, std::size_t column) { return fmt::format("v{}-{}", sheet, column); }

/// The choices as a list of the formula language (OpenFormula): quotes are doubled.
std::string list_of(const std::vector<std::string>& values) {
    std::string list;
    for (const std::string& value : values) {
        list += list.empty() ? "\"" : ";\"";
        for (const char c : value) {
            list += c;
            if (c == '"') {
                list += '"';
            }
        }
        list += '"';
    }
    return list;
}

std::string validations_xml(const SheetBook& book) {
    std::string out;
    for (std::size_t s = 0; s < book.sheets.size(); ++s) {
        for (std::size_t i = 0; i < book.sheets[s].columns.size(); ++i) {
            const SheetColumn& column = book.sheets[s].columns[i];
            if (!column.choices && column.note.empty()) {
                continue;
            }
            out += fmt::format("<table:content-validation table:name=\"{}\"", validation_name(s, i));
            if (column.choices) {
                out +=
                    fmt::format(" table:condition=\"of:cell-content-is-in-list({})\" table:display-list=\"unsorted\"",
                                xml_text(list_of(column.choices->values)));
            }
            out += " table:allow-empty-cell=\"true\">";
            if (!column.note.empty()) {
                out +=
                    fmt::format("<table:help-message table:title=\"{}\" table:display=\"true\">{}</table:help-message>",
                                xml_text(column.header), paragraphs(column.note));
            }
            if (column.choices) {
                out += fmt::format(
                    "<table:error-message table:title=\"選択肢にない値です\" table:message-type=\"{}\" "
                    "table:display=\"{}\"><text:p>選択肢から選んでください。このまま使うと、取り込みで「不明」"
                    "になることがあります。</text:p></table:error-message>",
                    column.choices->others_allowed ? "information" : "warning",
                    column.choices->others_allowed ? "false" : "true");
            }
            out += "</table:content-validation>";
        }
    }
    return out.empty() ? out : "<table:content-validations>" + out + "</table:content-validations>";
}

void append_cell(std::string& out, std::string_view style, std::string_view validation, std::string_view text) {
    out += fmt::format("<table:table-cell table:style-name=\"{}\"", style);
    if (!validation.empty()) {
        out += fmt::format(" table:content-validation-name=\"{}\"", validation);
    }
    if (text.empty()) {
        out += "/>";
    } else {
        out += fmt::format(" office:value-type=\"string\">{}</table:table-cell>", paragraphs(text));
    }
}

std::string table_xml(const Sheet& sheet, std::size_t index) {
    std::string out = fmt::format("<table:table table:name=\"{}\">", xml_text(sheet.name));
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
        out += fmt::format("<table:table-column table:style-name=\"co{}-{}\" table:default-cell-style-name=\"text\"/>",
                           index, i);
    }
    out += "<table:table-row>";
    for (const SheetColumn& column : sheet.columns) {
        append_cell(out, "header", "", column.header);
    }
    out += "</table:table-row>";
    std::vector<std::string> validations;
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
        const bool has_one = sheet.rows_to_fill > 0 && (sheet.columns[i].choices || !sheet.columns[i].note.empty());
        validations.push_back(has_one ? validation_name(index, i) : "");
    }
    for (const auto& row : sheet.rows) {
        out += "<table:table-row>";
        for (std::size_t i = 0; i < row.size(); ++i) {
            append_cell(out, "text", i < validations.size() ? validations[i] : "", row[i]);
        }
        out += "</table:table-row>";
    }
    if (sheet.rows_to_fill > sheet.rows.size()) {
        out +=
            fmt::format("<table:table-row table:number-rows-repeated=\"{}\">", sheet.rows_to_fill - sheet.rows.size());
        for (const std::string& validation : validations) {
            append_cell(out, "text", validation, "");
        }
        out += "</table:table-row>";
    }
    return out + "</table:table>";
}

std::string styles_xml(const SheetBook& book) {
    std::string out =
        "<office:automatic-styles><number:text-style style:name=\"as-text\"><number:text-content/></number:text-style>"
        "<style:style style:name=\"text\" style:family=\"table-cell\" style:data-style-name=\"as-text\"/>"
        "<style:style style:name=\"header\" style:family=\"table-cell\" style:data-style-name=\"as-text\">"
        "<style:table-cell-properties fo:background-color=\"#ddebf3\"/><style:text-properties fo:font-weight=\"bold\" "
        "style:font-weight-asian=\"bold\"/></style:style>";
    for (std::size_t s = 0; s < book.sheets.size(); ++s) {
        for (std::size_t i = 0; i < book.sheets[s].columns.size(); ++i) {
            out += fmt::format(
                "<style:style style:name=\"co{}-{}\" style:family=\"table-column\">"
                "<style:table-column-properties style:column-width=\"{:.2f}cm\"/></style:style>",
                s, i, book.sheets[s].columns[i].width * 0.2);
        }
    }
    return out + "</office:automatic-styles>";
}

/// The header row stays in sight: a split of the view above row 2.
std::string settings_xml(const SheetBook& book) {
    std::string tables;
    for (const Sheet& sheet : book.sheets) {
        tables += fmt::format(
            "<config:config-item-map-entry config:name=\"{}\">"
            "<config:config-item config:name=\"VerticalSplitMode\" config:type=\"short\">2</config:config-item>"
            "<config:config-item config:name=\"VerticalSplitPosition\" "
            "config:type=\"int\">1</config:config-item>"
            "<config:config-item config:name=\"ActiveSplitRange\" "
            "config:type=\"short\">2</config:config-item>"
            "<config:config-item config:name=\"PositionBottom\" config:type=\"int\">1</config:config-item>"
            "</config:config-item-map-entry>",
            xml_text(sheet.name));
    }
    return fmt::format(
        "{}<office:document-settings{}><office:settings><config:config-item-set "
        "config:name=\"ooo:view-settings\"><config:config-item-map-indexed config:name=\"Views\">"
        "<config:config-item-map-entry><config:config-item-map-named config:name=\"Tables\">{}"
        "</config:config-item-map-named></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>",
        k_head, k_spaces, tables);
}

constexpr std::string_view k_manifest =
    "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" "
    "manifest:version=\"1.3\"><manifest:file-entry manifest:full-path=\"/\" "
    "manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\" manifest:version=\"1.3\"/>"
    "<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>"
    "<manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/>"
    "<manifest:file-entry manifest:full-path=\"settings.xml\" manifest:media-type=\"text/xml\"/></manifest:manifest>";

} // namespace

std::string to_ods(const SheetBook& book) {
    std::string content = fmt::format("{}<office:document-content{}>{}<office:body><office:spreadsheet>{}", k_head,
                                      k_spaces, styles_xml(book), validations_xml(book));
    for (std::size_t i = 0; i < book.sheets.size(); ++i) {
        content += table_xml(book.sheets[i], i);
    }
    content += "</office:spreadsheet></office:body></office:document-content>";
    ZipFile zip;
    zip.store("mimetype", k_type);
    zip.deflate("content.xml", content);
    zip.deflate("meta.xml", fmt::format("{}<office:document-meta{}><office:meta><dc:title>{}</dc:title></office:meta>"
                                        "</office:document-meta>",
                                        k_head, k_spaces, xml_text(book.title)));
    zip.deflate("settings.xml", settings_xml(book));
    zip.deflate("META-INF/manifest.xml", std::string(k_head) + std::string(k_manifest));
    return zip.finish();
}

} // namespace shirube::importers
