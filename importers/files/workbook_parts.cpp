#include "importers/files/workbook_parts.hpp"

#include "importers/files/archive.hpp"
#include "importers/files/workbook_cells.hpp"
#include "importers/files/xml_scan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace shirube::importers {

namespace {

constexpr std::size_t k_block = 512; ///< of a tar

/// GDAL takes a workbook for one if its table of contents says so within the first 2 kB; real ones may say it later.
constexpr std::string_view k_content_types =
    R"(<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">)"
    R"(<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>)"
    R"(<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>)"
    R"(<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>)"
    R"(<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>)";

/// Appends a file to a tar (POSIX.1-1988).
void append_to_tar(std::string& tar, std::string_view name, std::string_view bytes) {
    std::array<char, k_block> header{};
    const auto put = [&header](std::size_t at, std::string_view text) { std::ranges::copy(text, &header.at(at)); };
    put(0, name);
    put(100, "0000600");
    put(108, "0000000");
    put(116, "0000000");
    put(124, fmt::format("{:011o}", bytes.size()));
    put(136, "00000000000");
    put(148, "        ");
    put(156, "0");
    put(257, std::string_view("ustar\00000", 8));
    const unsigned sum = std::accumulate(header.begin(), header.end(), 0U, [](unsigned so_far, char c) {
        return so_far + static_cast<unsigned char>(c);
    });
    put(148, fmt::format("{:06o}", sum));
    header[154] = '\0';
    tar.append(header.data(), header.size());
    tar.append(bytes);
    tar.append((k_block - bytes.size() % k_block) % k_block, '\0');
}

bool fits_tar(std::string_view name) { return !name.empty() && name.size() < 100; }

/// Excel's own numbers for formats in the Japanese edition, which a file need not spell out (ECMA-376 part 1, 18.8.30):
/// those of days, of times, and of durations, which are no time of day.
std::string_view known_number(std::string_view number) {
    int id = -1;
    std::from_chars(number.data(), number.data() + number.size(), id);
    if ((id >= 27 && id <= 31) || (id >= 34 && id <= 36) || (id >= 50 && id <= 58)) {
        return "14";
    }
    return id == 32 ? "20" : id == 33 ? "21" : id >= 45 && id <= 47 ? "0" : number;
}

std::string with_known_formats(std::string_view styles) {
    std::string mended;
    mended.reserve(styles.size());
    std::size_t told = 0;
    for (std::size_t open = styles.find('<'); open != std::string_view::npos; open = styles.find('<', open + 1)) {
        const std::string_view name = without_prefix(name_of_tag(styles, open));
        if (name != "numFmt" && name != "xf") {
            continue;
        }
        const std::size_t end = end_of_tag(styles, open);
        if (end == std::string_view::npos) {
            break;
        }
        const auto value = attribute(styles.substr(open, end - open), name == "xf" ? "numFmtId" : "formatCode");
        if (value) {
            const std::size_t at = static_cast<std::size_t>(value->data() - styles.data());
            mended += styles.substr(told, at - told);
            mended += name == "xf" ? known_number(*value) : known_format(*value);
            told = at + value->size();
        }
        open = end - 1;
    }
    return mended += styles.substr(told);
}

std::int64_t number_of_row(std::string_view tag) {
    const auto value = attribute(tag, "r");
    std::int64_t row = 0;
    if (value) {
        std::from_chars(value->data(), value->data() + value->size(), row);
    }
    return row;
}

/// A format on the last row of the sheet, a million rows below the table, is taken by GDAL for a broken file. Rows
/// after the last value are cut where they leave such a gap; otherwise they stay and are counted.
std::string without_distant_rows(std::string sheet) {
    constexpr std::int64_t k_gap = 4000;
    const std::size_t last_value =
        std::max({sheet.rfind("</v>") + 1, sheet.rfind("</t>") + 1, sheet.rfind("</is>") + 1});
    const std::size_t row_end = sheet.find("</row>", last_value);
    const std::size_t data_end = sheet.find("</sheetData>", last_value);
    if (last_value == 0 || row_end >= data_end || data_end == std::string::npos) {
        return sheet;
    }
    const std::size_t begin = row_end + std::string_view("</row>").size();
    std::int64_t before = number_of_row(std::string_view(sheet).substr(sheet.rfind("<row ", row_end)));
    for (std::size_t open = sheet.find("<row ", begin); open < data_end; open = sheet.find("<row ", open + 1)) {
        const std::int64_t row = number_of_row(std::string_view(sheet).substr(open, 200));
        if (row - before > k_gap) {
            sheet.erase(open, data_end - open);
            break;
        }
        before = row;
    }
    return sheet;
}

/// Where the last value of `cells` begins; npos where there is none.
std::size_t last_value_of(std::string_view cells) {
    const std::size_t typed = cells.rfind("value-type=");
    const std::size_t text = cells.rfind(":p>");
    return typed == std::string_view::npos ? text : text == std::string_view::npos ? typed : std::max(typed, text);
}

/// LibreOffice writes the rows that a format or a drop-down reaches as one row a million times; GDAL takes that for a
/// broken file. Below the last value of their sheet they stand once.
std::string without_repeated_blanks(std::string_view content) {
    constexpr std::int64_t k_most = 1000;
    constexpr std::string_view k_row = "table-row";
    std::string mended;
    mended.reserve(content.size());
    std::size_t told = 0;
    std::size_t sheet_end = 0;
    std::size_t blank_from = 0; // of the sheet at hand: nothing but blank rows from here on
    for (std::size_t open = content.find('<'); open != std::string_view::npos; open = content.find('<', open + 1)) {
        const std::string_view name = name_of_tag(content, open);
        if (without_prefix(name) != k_row || name.starts_with('/')) {
            continue;
        }
        const std::size_t end = end_of_tag(content, open);
        if (end == std::string_view::npos) {
            break;
        }
        const std::string prefix(name.substr(0, name.size() - k_row.size()));
        const auto times = attribute(content.substr(open, end - open), prefix + "number-rows-repeated");
        std::int64_t count = 0;
        if (times) {
            std::from_chars(times->data(), times->data() + times->size(), count);
        }
        if (count > k_most) {
            if (open >= sheet_end) {
                sheet_end = std::min(content.find(fmt::format("</{}table>", prefix), end), content.size());
                const std::size_t last = last_value_of(content.substr(end, sheet_end - end));
                blank_from = last == std::string_view::npos ? end : end + last;
            }
            if (end >= blank_from) {
                const auto at = static_cast<std::size_t>(times->data() - content.data());
                mended += content.substr(told, at - told);
                mended += '1';
                told = at + times->size();
            }
        }
        open = end - 1;
    }
    return mended += content.substr(told);
}

bool is_xlsx_part(std::string_view name) {
    return name == "xl/workbook.xml" || name == "xl/_rels/workbook.xml.rels" || name == "xl/styles.xml" ||
           name == "xl/sharedStrings.xml" || (name.starts_with("xl/worksheets/") && name.ends_with(".xml"));
}

std::string mended(std::string_view name, std::string part) {
    if (name == "xl/styles.xml") {
        return with_known_formats(part);
    }
    if (name == "xl/sharedStrings.xml") {
        return without_elements(std::move(part), "rPh");
    }
    return part;
}

std::string_view bytes_of(const std::vector<ArchiveMember>& members, std::string_view name) {
    const auto found = std::ranges::find(members, name, &ArchiveMember::name);
    return found == members.end() ? std::string_view{} : std::string_view(found->bytes);
}

/// Whether days are counted from 1904, as Macintosh workbooks did.
bool counts_from_1904(std::string_view workbook) {
    const std::size_t at = workbook.find("date1904=");
    return at != std::string_view::npos &&
           (workbook.substr(at + 10, 1) == "1" || workbook.substr(at + 10, 4) == "true");
}

} // namespace

std::string without_elements(std::string xml, std::string_view name) {
    std::string kept;
    std::size_t told = 0;
    const std::string_view all = xml;
    for (std::size_t at = all.find(name); at != std::string_view::npos; at = all.find(name, at + 1)) {
        const std::size_t open = all.rfind('<', at);
        if (open == std::string_view::npos || open < told || without_prefix(name_of_tag(all, open)) != name ||
            open + 1 + name_of_tag(all, open).size() != at + name.size()) {
            continue;
        }
        std::size_t end = end_of_tag(all, open);
        if (end != std::string_view::npos && all[end - 2] != '/') {
            const std::string closing = fmt::format("</{}>", name_of_tag(all, open));
            const std::size_t close = all.find(closing, end);
            end = close == std::string_view::npos ? close : close + closing.size();
        }
        if (end == std::string_view::npos) {
            break; // the reader will find what is wrong with it
        }
        kept += all.substr(told, open - told);
        told = end;
        at = end - 1;
    }
    if (told == 0) {
        return xml;
    }
    return kept += all.substr(told);
}

std::string_view known_format(std::string_view code) {
    bool day = false;
    bool clock = false;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const std::string_view rest = code.substr(i);
        if (rest.starts_with("&quot;") || rest.starts_with("\"") || rest.starts_with("[")) {
            const std::string_view end = rest.starts_with("&") ? "&quot;" : rest.starts_with("[") ? "]" : "\"";
            const std::size_t close = code.find(end, i + end.size());
            if (close == std::string_view::npos) {
                return code;
            }
            if (rest.starts_with("[h]") || rest.starts_with("[m") || rest.starts_with("[s")) {
                return code; // a duration
            }
            i = close + end.size() - 1;
        } else if (rest.starts_with("General") || rest.starts_with("E+") || rest.starts_with("E-")) {
            return code;
        } else if (rest.starts_with("&")) {
            i += std::min(rest.find(';'), rest.size() - 1);
        } else if (rest.starts_with("\\")) {
            ++i;
        } else {
            day = day || std::string_view("yYdDeEgG").find(code[i]) != std::string_view::npos;
            clock = clock || code[i] == 'h' || code[i] == 'H';
        }
    }
    return day && clock ? "yyyy/mm/dd hh:mm:ss" : day ? "yyyy/mm/dd" : clock ? "hh:mm:ss" : code;
}

std::expected<std::string, FileProblem> xlsx_parts(std::string_view bytes, const Limits& limits) {
    Limits bounded = limits;
    bounded.file_bytes = std::min(limits.file_bytes, limits.workbook_bytes);
    auto members = read_archive(bytes, bounded, is_xlsx_part);
    if (!members) {
        return std::unexpected(std::move(members.error()));
    }
    const XlsxCells cells =
        read_xlsx_cells(bytes_of(*members, "xl/styles.xml"), bytes_of(*members, "xl/sharedStrings.xml"));
    std::string tar;
    append_to_tar(tar, "[Content_Types].xml", k_content_types);
    for (ArchiveMember& member : *members) {
        if (!fits_tar(member.name)) {
            continue;
        }
        if (member.name.starts_with("xl/worksheets/")) {
            auto sheet = settle_xlsx_cells(without_elements(std::exchange(member.bytes, {}), "rPh"), cells);
            if (!sheet) {
                return std::unexpected(FileProblem{.code = "workbook_text_missing", .a = std::move(sheet.error())});
            }
            append_to_tar(tar, member.name, without_distant_rows(std::move(*sheet)));
            continue;
        }
        if (member.name == "xl/workbook.xml" && counts_from_1904(member.bytes)) {
            return std::unexpected(FileProblem{.code = "workbook_unreadable", .a = "date1904"});
        }
        append_to_tar(tar, member.name, mended(member.name, std::exchange(member.bytes, {})));
    }
    return tar.append(2 * k_block, '\0');
}

std::expected<std::string, FileProblem> ods_parts(std::string_view bytes, const Limits& limits) {
    Limits bounded = limits;
    bounded.file_bytes = std::min(limits.file_bytes, limits.workbook_bytes);
    auto members =
        read_archive(bytes, bounded, [](std::string_view name) { return name == "content.xml" || name == "mimetype"; });
    if (!members) {
        return std::unexpected(std::move(members.error()));
    }
    std::string tar;
    for (ArchiveMember& member : *members) {
        std::string part = std::exchange(member.bytes, {});
        if (member.name == "content.xml") {
            part = settle_ods_cells(without_repeated_blanks(without_elements(std::move(part), "annotation")));
        }
        append_to_tar(tar, member.name, part);
    }
    return tar.append(2 * k_block, '\0');
}

} // namespace shirube::importers
