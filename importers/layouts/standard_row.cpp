#include "importers/layouts/standard_row.hpp"

#include "directory/fold.hpp"
#include "importers/cleaning/contacts.hpp"
#include "importers/cleaning/corporate_number.hpp"
#include "importers/cleaning/postal_code.hpp"
#include "importers/cleaning/private_homes.hpp"
#include "importers/cleaning/schedules.hpp"
#include "importers/cleaning/text.hpp"
#include "importers/lists/municipality_code.hpp"
#include "importers/locating/place.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace shirube::importers {

namespace {

using directory::ServiceReading;

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& words) {
    return std::ranges::find(words, text) != words.end();
}

/// The column whose code says where the place is; none where the code is a whole prefecture's.
std::string_view settle_code(RowCells& cells, const StandardColumns& columns) {
    const auto prefecture = prefecture_code_of(plain(cells.text(columns.prefecture)));
    for (const std::string_view column : {columns.site_code, columns.publisher_code}) {
        const std::string written = column.empty() ? std::string{} : plain(clean_text(cells.raw(column)).text);
        if (written.empty()) {
            continue;
        }
        auto code = parse_municipality_code(written);
        // Five digits may be a code without its check digit, or one of six whose zero a spreadsheet ate.
        if (written.size() == 5 && prefecture && (!code || !code->starts_with(*prefecture))) {
            if (auto with_zero = parse_municipality_code("0" + written);
                with_zero && with_zero->starts_with(*prefecture)) {
                code = std::move(with_zero);
                cells.put(column, *code);
            }
        }
        if (code && code->ends_with("000")) {
            continue;
        }
        return column;
    }
    return {};
}

/// 潮見野市, 磯辺郡沖ノ浜町; not a whole address that slipped into the municipality's column.
bool is_municipality_name(std::string_view text) {
    constexpr std::array<std::string_view, 4> k_ends{"市", "区", "町", "村"};
    const bool ends = std::ranges::any_of(k_ends, [text](std::string_view end) { return text.ends_with(end); });
    return ends && plain(text).find_first_of("0123456789") == std::string::npos;
}

/// The address of the set's four parts. What one part repeats of the one before it is not written twice.
std::string joined_address(RowCells& cells, const StandardColumns& columns) {
    std::string address = cells.text(columns.prefecture);
    for (const std::string_view column : {columns.municipality, columns.town, columns.rest}) {
        const std::string part = column.empty() ? std::string{} : cells.text(column);
        if (!address.empty() && part.starts_with(address)) {
            address.clear();
        }
        address += part;
    }
    return address;
}

} // namespace

directory::SiteReading read_standard_site(RowCells& cells, const StandardColumns& columns,
                                          const LayoutContext& context) {
    const std::string_view code_column = settle_code(cells, columns);
    if (!columns.town.empty() && clean_text(cells.raw(columns.address)).text.empty()) {
        cells.put(columns.address, joined_address(cells, columns));
    }
    const PlaceColumns place{
        .municipality_code = code_column,
        .municipality_name = is_municipality_name(cells.text(columns.municipality)) ? columns.municipality : "",
        .address = columns.address,
        .building = columns.building,
        .latitude = "緯度",
        .longitude = "経度"};
    // Nothing is looked up by it; a wrong one tells that columns have slipped.
    cells.take(parse_postal_code(cells.raw("郵便番号")), "郵便番号");
    directory::SiteReading site = read_place(cells, place, context);
    site.official_name = cells.text("名称");
    site.kana = cells.text("名称_カナ");
    return site;
}

directory::OrganizationReading read_standard_organization(RowCells& cells) {
    directory::OrganizationReading organization;
    organization.name = cells.text("団体名");
    organization.corporate_number = cells.take(parse_corporate_number(cells.raw("法人番号")), "法人番号").value_or("");
    return organization;
}

ServiceReading read_standard_service(RowCells& cells, std::string programme) {
    ServiceReading service;
    service.programme = std::move(programme);
    service.certainty = directory::Certainty::confirmed; // the municipality's list says it
    service.phone = cells.take(parse_published_phone(cells.raw("電話番号")), "電話番号").value_or("");
    service.url = cells.take(parse_url(cells.raw("URL")), "URL").value_or("");
    return service;
}

void read_standard_schedule(RowCells& cells, ServiceReading& service) {
    ScheduleReading read = read_schedules({.weekdays = cells.raw("利用可能曜日"),
                                           .from = cells.raw("開始時間"),
                                           .to = cells.raw("終了時間"),
                                           .remark = cells.raw("利用可能日時特記事項"),
                                           .bare_weekdays = BareWeekdays::every_week});
    service.schedules = std::move(read.schedules);
    for (const auto& [cell, problem] : read.problems) {
        cells.note(problem, cell == ScheduleCell::weekdays ? "利用可能曜日"
                            : cell == ScheduleCell::from   ? "開始時間"
                                                           : "終了時間");
    }
}

std::optional<bool> read_presence(RowCells& cells, std::string_view column) {
    const std::string written = cells.text(column);
    const std::string word = plain(written);
    if (word.empty()) {
        return std::nullopt;
    }
    constexpr std::array<std::string_view, 10> k_yes{"あり", "有り", "1", "○", "〇", "◯", "可", "はい", "実施", "true"};
    constexpr std::array<std::string_view, 11> k_no{"なし", "無し", "0",      "×",      "x",    "不可",
                                                    "否",   "-",    "未実施", "いいえ", "false"};
    if (word.starts_with("有") || is_one_of(word, k_yes)) {
        return true;
    }
    if (word.starts_with("無") || is_one_of(word, k_no)) {
        return false;
    }
    cells.note({"code_unknown", shortened(written, 30), "有・無"}, column);
    return std::nullopt;
}

std::string standard_key(RowCells& cells, const StandardColumns& columns, const directory::SiteReading& site) {
    const std::string id = plain(cells.text(columns.id));
    const std::string identity =
        !id.empty() ? id : directory::fold(site.official_name) + "|" + directory::fold_address(site.address);
    // The publisher counts the IDs, not the town where the place stands.
    const auto publisher = parse_municipality_code(plain(clean_text(cells.raw(columns.publisher_code)).text));
    return publisher.value_or(site.municipality) + ":" + identity;
}

bool refuses_standard_row(RowCells& cells) {
    if (cells.text("名称").empty()) {
        cells.note({"name_missing"}, "名称");
        return true;
    }
    for (const std::string_view column : {"名称", "団体名"}) {
        if (names_private_home(cells.text(column))) {
            cells.note({"private_home"}, column);
            return true;
        }
    }
    return false;
}

} // namespace shirube::importers
