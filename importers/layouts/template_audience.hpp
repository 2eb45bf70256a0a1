// The columns of our templates that say who may see a row, and what it says for staff alone.
#pragma once

#include "directory/reading.hpp"
#include "directory/taxonomy.hpp"
#include "importers/columns/row_cells.hpp"

#include <array>
#include <string_view>

namespace shirube::importers {

inline constexpr std::array<std::string_view, 9> k_audience_columns{
    "公開範囲", "公開同意日", "公開同意者", "公開しない項目", "場所の公開", "紹介の道筋", "空き", "空きの時点", "担当"};

/// Reads them into the row's place and its one service.
///
/// A list that asks for consent (it has the column 公開同意日) was gathered in the field: without day and role of who
/// agreed its rows are for staff. A programme that is protected by default becomes public by consent alone. What cannot
/// be read never makes a row more public.
void read_audience(RowCells& cells, const directory::Programme& programme, directory::SiteReading& site,
                   directory::ServiceReading& service);

} // namespace shirube::importers
