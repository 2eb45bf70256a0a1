#include "directory/seeds/seed.hpp"

#include <span>

namespace shirube::directory {

namespace {

template <class T>
struct Word {
    T value;
    std::string_view code;
    std::string_view label;
};

template <class T>
struct Words;

template <>
struct Words<SeedKind> {
    static constexpr std::array rows{Word<SeedKind>{SeedKind::offer, "offer", "シーズ"},
                                     Word<SeedKind>{SeedKind::want, "want", "ニーズ"}};
};
template <>
struct Words<SeedSharing> {
    static constexpr std::array rows{Word<SeedSharing>{SeedSharing::own, "own", "自分の市区町村"},
                                     Word<SeedSharing>{SeedSharing::area, "area", "区域の市区町村"},
                                     Word<SeedSharing>{SeedSharing::all, "all", "すべての職員"}};
};
template <>
struct Words<SeedState> {
    static constexpr std::array rows{Word<SeedState>{SeedState::open, "open", "募集中"},
                                     Word<SeedState>{SeedState::settled, "settled", "決まった"},
                                     Word<SeedState>{SeedState::withdrawn, "withdrawn", "取り下げ"}};
};
template <>
struct Words<SeedNights> {
    static constexpr std::array rows{Word<SeedNights>{SeedNights::unknown, "unknown", "不明"},
                                     Word<SeedNights>{SeedNights::no, "no", "なし"},
                                     Word<SeedNights>{SeedNights::yes, "yes", "あり"}};
};
template <>
struct Words<FeePer> {
    static constexpr std::array rows{
        Word<FeePer>{FeePer::hour, "hour", "時間"}, Word<FeePer>{FeePer::session, "session", "回"},
        Word<FeePer>{FeePer::day, "day", "日"},     Word<FeePer>{FeePer::night, "night", "泊"},
        Word<FeePer>{FeePer::month, "month", "月"}, Word<FeePer>{FeePer::year, "year", "年"}};
};
template <>
struct Words<SeedAnswer> {
    static constexpr std::array rows{Word<SeedAnswer>{SeedAnswer::waiting, "waiting", "返事待ち"},
                                     Word<SeedAnswer>{SeedAnswer::yes, "yes", "受ける"},
                                     Word<SeedAnswer>{SeedAnswer::declined, "declined", "断り"},
                                     Word<SeedAnswer>{SeedAnswer::later, "later", "後で"}};
};
template <>
struct Words<DeclineReason> {
    static constexpr std::array rows{Word<DeclineReason>{DeclineReason::no_staff, "no_staff", "人手がない"},
                                     Word<DeclineReason>{DeclineReason::no_room, "no_room", "部屋・定員がない"},
                                     Word<DeclineReason>{DeclineReason::too_far, "too_far", "遠い"},
                                     Word<DeclineReason>{DeclineReason::fee_too_low, "fee_too_low", "単価が低い"},
                                     Word<DeclineReason>{DeclineReason::other_terms, "other_terms", "条件が合わない"},
                                     Word<DeclineReason>{DeclineReason::not_ready, "not_ready", "経験・準備がない"},
                                     Word<DeclineReason>{DeclineReason::other, "other", "その他"}};
};

template <class T>
const Word<T>& word_of(T value) noexcept {
    for (const auto& row : Words<T>::rows) {
        if (row.value == value) {
            return row;
        }
    }
    return Words<T>::rows.front();
}

} // namespace

bool stands(const Seed& seed, Day today) noexcept {
    return seed.state == SeedState::open && (!seed.until || today <= *seed.until);
}

std::string_view code_of(SeedKind v) noexcept { return word_of(v).code; }
std::string_view code_of(SeedSharing v) noexcept { return word_of(v).code; }
std::string_view code_of(SeedState v) noexcept { return word_of(v).code; }
std::string_view code_of(SeedNights v) noexcept { return word_of(v).code; }
std::string_view code_of(FeePer v) noexcept { return word_of(v).code; }
std::string_view code_of(SeedAnswer v) noexcept { return word_of(v).code; }
std::string_view code_of(DeclineReason v) noexcept { return word_of(v).code; }

std::string_view label_of(SeedSharing v) noexcept { return word_of(v).label; }
std::string_view label_of(SeedState v) noexcept { return word_of(v).label; }
std::string_view label_of(SeedNights v) noexcept { return word_of(v).label; }
std::string_view label_of(FeePer v) noexcept { return word_of(v).label; }
std::string_view label_of(SeedAnswer v) noexcept { return word_of(v).label; }
std::string_view label_of(DeclineReason v) noexcept { return word_of(v).label; }

template <class T>
std::optional<T> parse_seed_code(std::string_view text) noexcept {
    for (const auto& row : Words<T>::rows) {
        if (row.code == text || row.label == text) {
            return row.value;
        }
    }
    return std::nullopt;
}

template std::optional<SeedKind> parse_seed_code<SeedKind>(std::string_view) noexcept;
template std::optional<SeedSharing> parse_seed_code<SeedSharing>(std::string_view) noexcept;
template std::optional<SeedState> parse_seed_code<SeedState>(std::string_view) noexcept;
template std::optional<SeedNights> parse_seed_code<SeedNights>(std::string_view) noexcept;
template std::optional<FeePer> parse_seed_code<FeePer>(std::string_view) noexcept;
template std::optional<SeedAnswer> parse_seed_code<SeedAnswer>(std::string_view) noexcept;
template std::optional<DeclineReason> parse_seed_code<DeclineReason>(std::string_view) noexcept;

} // namespace shirube::directory
