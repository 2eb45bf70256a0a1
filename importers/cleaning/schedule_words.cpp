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
