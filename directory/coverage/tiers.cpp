#include "directory/coverage/tiers.hpp"

#include "directory/coverage.hpp"

#include <array>

namespace shirube::directory {

namespace {

struct TierRow {
    Tier tier;
    std::string_view code;
    Label label;
    bool (*applies)(const Evidence&);
};

/// In order: the first row that applies is the district's answer. Standing services of which nobody knows whether they
/// make up the function, or are near enough, are unconfirmed: neither full nor short of it.
const std::array<TierRow, k_tiers.size()>& table() {
    static const std::array<TierRow, k_tiers.size()> rows{{
        {Tier::suspended,
         "suspended",
         {"対象外（休校など）", "いまは お休み", "Set apart (suspended)"},
         [](const Evidence& e) { return e.suspended; }},
        {Tier::no_data,
         "no_data",
         {"データなし", "データが ありません", "No data"},
         [](const Evidence& e) { return !e.covered_by_any_list; }},
        {Tier::full,
         "full",
         {"充足", "あります", "Covered"},
         [](const Evidence& e) { return e.standing > 0 && e.function == Holds::yes && e.reach == Holds::yes; }},
        {Tier::partial,
         "partial",
         {"機能の一部", "すこし あります", "Part of the function"},
         [](const Evidence& e) { return e.standing > 0 && e.function == Holds::no; }},
        {Tier::out_of_reach,
         "out_of_reach",
         {"徒歩圏外", "あるくと とおい", "Out of reach"},
         [](const Evidence& e) { return e.standing > 0 && e.reach == Holds::no; }},
        {Tier::outreach,
         "outreach",
         {"出張のみ", "でかけてくる ところだけ", "Outreach only"},
         [](const Evidence& e) { return e.standing == 0 && e.outreach_enough; }},
        {Tier::unconfirmed,
         "unconfirmed",
         {"未確認", "まだ わかりません", "Unconfirmed"},
         [](const Evidence& e) { return e.standing > 0 || e.doubtful > 0 || !e.absence_known; }},
        {Tier::blank, "blank", {"空白", "ありません", "Blank"}, [](const Evidence&) { return true; }},
    }};
    return rows;
}

} // namespace

Tier tier_of(const Evidence& evidence) {
    for (const auto& row : table()) {
        if (row.applies(evidence)) {
            return row.tier;
        }
    }
    return Tier::blank;
}

std::string_view code_of(Tier tier) noexcept { return table()[static_cast<std::size_t>(tier)].code; }
const Label& label_of(Tier tier) noexcept { return table()[static_cast<std::size_t>(tier)].label; }

} // namespace shirube::directory
