// What the municipal standard open data sets (自治体標準オープンデータセット, formerly 推奨データセット) have in
// common: one row is one place, written either with an address in one piece (the old sets) or in parts (the new ones).
#pragma once

#include "directory/reading.hpp"
#include "importers/columns/row_cells.hpp"
#include "importers/layouts/layout.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shirube::importers {

/// The names that differ between the old and the new sets; empty where a set has no such column.
struct StandardColumns {
    std::string_view publisher_code;
    std::string_view site_code;
    std::string_view id;
    std::string_view prefecture;
    std::string_view municipality;
    std::string_view town;
    std::string_view rest;
    std::string_view address;
    std::string_view building;
};

inline constexpr StandardColumns k_old_standard{.publisher_code = "都道府県コード又は市区町村コード",
                                                .site_code = {},
                                                .id = "NO",
                                                .prefecture = "都道府県名",
                                                .municipality = "市区町村名",
                                                .town = {},
                                                .rest = {},
                                                .address = "住所",
                                                .building = "方書"};
inline constexpr StandardColumns k_new_standard{.publisher_code = "全国地方公共団体コード",
                                                .site_code = "所在地_全国地方公共団体コード",
                                                .id = "ID",
                                                .prefecture = "所在地_都道府県",
                                                .municipality = "所在地_市区町村",
                                                .town = "所在地_町字",
                                                .rest = "所在地_番地以下",
                                                .address = "所在地_連結表記",
                                                .building = "建物名等(方書)"};

/// The place of a row with its name. A code that lost its leading zero is told from one without check digit by the
/// prefecture beside it; a code of a whole prefecture says nothing of where the place is; an address that stands in
/// parts only is put together. Notes: those of read_place(), postal_code_malformed.
directory::SiteReading read_standard_site(RowCells& cells, const StandardColumns& columns,
                                          const LayoutContext& context);

/// 団体名 and 法人番号.
directory::OrganizationReading read_standard_organization(RowCells& cells);

/// What every service of the row shares: telephone, address on the web, and that a municipality's list says it.
directory::ServiceReading read_standard_service(RowCells& cells, std::string programme);

/// 利用可能曜日, 開始時間, 終了時間 and 利用可能日時特記事項: weekdays alone mean every week.
void read_standard_schedule(RowCells& cells, directory::ServiceReading& service);

/// 有 or 無 in the ways lists write it; nothing where the cell is silent or says neither, which is noted.
std::optional<bool> read_presence(RowCells& cells, std::string_view column);

/// Identity within the list: IDs are counted from one in every municipality.
std::string standard_key(RowCells& cells, const StandardColumns& columns, const directory::SiteReading& site);

/// Why a row cannot be taken whatever it offers: name_missing, private_home. Notes it.
bool refuses_standard_row(RowCells& cells);

} // namespace shirube::importers
