// What a place costs.
#pragma once

#include "directory/codes.hpp"

#include <span>
#include <string>
#include <string_view>

namespace shirube::importers {

/// Free is what nobody pays for: "0", "無料", "無料（工作は実費）"; not "大人300円、子ども無料", nor "市民税非課税世帯
/// 0円", nor "無料～500円". What everybody pays for costs: "300", "1回300円", "大人300円、子ども100円", "有料", "実費".
/// Anything else is unknown; the words are kept beside it.
directory::Fee parse_fee(std::string_view cell);

/// What one kind of visitor pays.
struct VisitorFee {
    std::string_view who; ///< 幼児, 小学生, …
    std::string_view cell;
    bool child = false;
};

/// A cafeteria's fee for children: free where every child's cell says nothing is paid, paid where one costs, unknown
/// where one is silent: unknown is not free. `remark` (参加費特記事項) decides where all cells are silent.
directory::Fee fee_for_children(std::span<const VisitorFee> fees, std::string_view remark);

/// "幼児・小学生 0円、大人 300円" and the remark; empty where nothing is said.
std::string fee_in_words(std::span<const VisitorFee> fees, std::string_view remark);

} // namespace shirube::importers
