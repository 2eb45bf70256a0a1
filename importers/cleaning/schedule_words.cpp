#include "importers/cleaning/schedule_words.hpp"

#include "importers/cleaning/cursor.hpp"

namespace shirube::importers {

namespace {

using Points = std::u32string_view;

std::optional<Activity> take_one_activity(Points& text) {
    if (take_any(text, {U"子ども食堂", U"こども食堂", U"子供食堂", U"みんなの食堂", U"地域食堂"})) {
        return Activity::cafeteria;
    }
    if (take_any(text, {U"学習支援",
                        U"学習教室",
                        U"学習塾",
                        U"学習会",
                        U"無料塾",
                        U"訪問塾",
                        U"高齢者居場所づくり",
                        U"高齢者居場所",
                        U"高齢者",
                        U"プレイパーク",
                        U"プレーパーク",
                        U"子供居場所開放",
                        U"子ども居場所開放",
                        U"居場所開放",
                        U"居場所づくり",
                        U"居場所",
                        U"保育",
                        U"フードパントリー",
                        U"ミニパントリー",
                        U"パントリー",
                        U"食品材等提供"})) {
        return Activity::another;
    }
    return std::nullopt;
}

} // namespace

std::optional<Doubt> take_doubt(Points& text) {
    if (take_any(text, {U"休憩", U"夏季", U"夏期", U"冬季", U"冬期", U"後ろ倒し", U"前倒し", U"早め", U"なくなり次第",
                        U"無くなり次第", U"時間変更", U"時間を変更", U"時間の変更"})) {
        return Doubt::times_may_differ;
    }
    if (take_any(text, {U"不定期", U"不定", U"随時", U"決まっておらず", U"決まっていない", U"未定"})) {
        return Doubt::irregular;
    }
    if (take_any(text, {U"または", U"又は", U"もしくは", U"若しくは", U"あるいは", U"いずれか", U"どちらか", U"どれか",
                        U"どこか", U"のうち"})) {
        return Doubt::alternatives;
    }
    if (take_any(text, {U"原則", U"基本", U"変動", U"変更", U"主に"})) {
        return Doubt::days_may_differ;
    }
    if (take_any(text, {U"要問合せ", U"要問い合わせ", U"要問合わせ", U"問い合わせ", U"問合せ",   U"要確認", U"要相談",
                        U"応相談",   U"お知らせ",     U"可能性",     U"場合",       U"ことがあ", U"ことも", U"程度",
                        U"おおむね", U"概ね",         U"だいたい",   U"ほぼ",       U"目安",     U"予定",   U"夏休み",
                        U"冬休み",   U"春休み",       U"長期休",     U"学校休",     U"お盆",     U"中止",   U"休止",
                        U"休業",     U"休館",         U"除",         U"休み",       U"お休",     U"よって", U"により",
                        U"コロナ",   U"感染",         U"調整",       U"検討",       U"都合",     U"友引",   U"ただし",
                        U"但し"})) {
        return Doubt::may_differ;
    }
    if (take_any(text, {U"その他", U"そのほか", U"ほか", U"他", U"など", U"等"})) {
        return Doubt::others;
    }
    if (take_any(text, {U"頃", U"ごろ"})) {
        return Doubt::rough_times;
    }
    return std::nullopt;
}

bool take_or(Points& text) {
    if (take_any(text, {U"or", U"OR", U"Or"})) {
        return true;
    }
    const bool other_word = text.starts_with(U"から") || text.starts_with(U"かつ") || text.starts_with(U"かも") ||
                            text.starts_with(U"か月") || text.starts_with(U"か所");
    return !other_word && take(text, U"か");
}

bool take_harmless(Points& text) {
    // Numbering of parts: (1), 1部, 2回目.
    Points rest = text;
    const bool open = take(rest, U"(");
    if (take_number(rest, 2) && (open ? take(rest, U")") : take_any(rest, {U"部制", U"部", U"回目"}))) {
        text = rest;
        return true;
    }
    return take_any(text, {U" ",
                           U"・",
                           U"、",
                           U",",
                           U".",
                           U"。",
                           U"/",
                           U":",
                           U";",
                           U"(",
                           U")",
                           U"「",
                           U"」",
                           U"[",
                           U"]",
                           U"※",
                           U"開催日時は",
                           U"開催日時",
                           U"開催日は",
                           U"開催日",
                           U"開催時間",
                           U"実施日は",
                           U"実施日",
                           U"開催",
                           U"実施",
                           U"の",
                           U"は",
                           U"に",
                           U"と",
                           U"及び",
                           U"および",
                           U"各",
                           U"年末年始を除く",
                           U"年末年始は休み",
                           U"年末年始",
                           U"二部制",
                           U"お昼",
                           U"昼食",
                           U"昼",
                           U"夕食",
                           U"夕方",
                           U"夜",
                           U"朝食",
                           U"朝",
                           U"ランチ",
                           U"お弁当配布",
                           U"お弁当",
                           U"弁当配布",
                           U"弁当",
                           U"会食",
                           U"配食",
                           U"配布会",
                           U"配布",
                           U"テイクアウト",
                           U"あり",
                           U"です",
                           U"します"});
}

std::optional<Activity> take_activity(Points& text) {
    std::optional<Activity> all = take_one_activity(text);
    while (all) {
        Points rest = text;
        take_any(rest, {U"・", U"や", U"と", U"&", U"/"});
        const auto one = take_one_activity(rest);
        if (!one) {
            break;
        }
        all = *one == Activity::cafeteria ? *one : *all;
        text = rest;
    }
    if (all) {
        take_any(text, {U"事業", U"等", U"など"});
    }
    return all;
}

} // namespace shirube::importers
