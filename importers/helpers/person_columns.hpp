// Columns that tell of persons, which a list of counts may not have.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace shirube::importers {

/// Whether a column is one of persons by its name: 氏名, お名前, 支援員名, 生年月日, 電話番号, 住所 … but not 団体名.
bool is_person_column(std::string_view column);

/// The first of them, as written; empty where there is none.
std::string person_column_of(std::span<const std::string> header);

} // namespace shirube::importers
