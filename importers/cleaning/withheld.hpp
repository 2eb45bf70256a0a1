// Cells that hold words instead of a value: kept back by the source, delivered to the door, or plainly nothing.
#pragma once

#include <string_view>

namespace shirube::importers {

/// 非公開, 未公開, 非公表 and the like, alone or in brackets: the source has a value and keeps it back.
bool is_withheld(std::string_view cell);

/// （個別配送）, 宅配, 訪問のみ: there is no place, help comes to the door.
bool is_delivered(std::string_view cell);

/// －, 無し, なし, 不明, 未定, N/A: a cell that is as good as empty.
bool says_nothing(std::string_view cell);

} // namespace shirube::importers
