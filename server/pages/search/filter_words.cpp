#include "server/pages/search/filter_words.hpp"

#include "directory/fold.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

namespace shirube::server {

namespace {

struct Word {
    std::string_view word;
    std::string_view parameter;
    std::string_view value;
};

constexpr std::array k_words{
    Word{"無料", "fee", "free"},
    Word{"むりょう", "fee", "free"},
    Word{"ただ", "fee", "free"},
    Word{"free", "fee", "free"},
    Word{"妊娠", "for", "expecting"},
    Word{"妊娠中", "for", "expecting"},
    Word{"妊婦", "for", "expecting"},
    Word{"にんしん", "for", "expecting"},
    Word{"にんぷ", "for", "expecting"},
    Word{"pregnant", "for", "expecting"},
    Word{"pregnancy", "for", "expecting"},
    Word{"ヤングケアラー", "for", "young_carer"},
    Word{"young carer", "for", "young_carer"},
    Word{"障害", "for", "disability"},
    Word{"障がい", "for", "disability"},
    Word{"しょうがい", "for", "disability"},
    Word{"発達障害", "for", "disability"},
    Word{"disability", "for", "disability"},
    Word{"外国", "for", "foreign_roots"},
    Word{"外国人", "for", "foreign_roots"},
    Word{"がいこくじん", "for", "foreign_roots"},
    Word{"外国につながる", "for", "foreign_roots"},
    Word{"foreigner", "for", "foreign_roots"},
    Word{"ベビーカー", "feature", "stroller"},
    Word{"stroller", "feature", "stroller"},
    Word{"駐車場", "feature", "parking"},
    Word{"ちゅうしゃじょう", "feature", "parking"},
    Word{"parking", "feature", "parking"},
    Word{"個室", "feature", "private_room"},
    Word{"private room", "feature", "private_room"},
    Word{"車いす", "feature", "step_free"},
    Word{"車椅子", "feature", "step_free"},
    Word{"くるまいす", "feature", "step_free"},
    Word{"バリアフリー", "feature", "step_free"},
    Word{"段差なし", "feature", "step_free"},
    Word{"wheelchair", "feature", "step_free"},
    Word{"オンライン", "feature", "online"},
    Word{"online", "feature", "online"},
    Word{"LINE", "feature", "line"},
    Word{"予約なし", "entry", "drop_in"},
    Word{"予約不要", "entry", "drop_in"},
    Word{"walk in", "entry", "drop_in"},
    Word{"土曜", "day", "sat"},
    Word{"土曜日", "day", "sat"},
    Word{"どようび", "day", "sat"},
    Word{"saturday", "day", "sat"},
    Word{"日曜", "day", "sun"},
    Word{"日曜日", "day", "sun"},
    Word{"にちようび", "day", "sun"},
    Word{"sunday", "day", "sun"},
};

const Word* find_word(std::string_view typed) {
    static const auto words = [] {
        std::map<std::string, const Word*, std::less<>> made;
        for (const auto& word : k_words) {
            made.emplace(directory::fold(word.word), &word);
        }
        return made;
    }();
    const auto found = words.find(directory::fold(typed));
    return found == words.end() ? nullptr : found->second;
}

std::vector<std::string_view> parts_of(std::string_view typed) {
    constexpr std::string_view k_wide_blank = "\u3000";
    std::vector<std::string_view> parts;
    while (!typed.empty()) {
        const auto narrow = std::min(typed.find(' '), typed.size());
        const auto wide = std::min(typed.find(k_wide_blank), typed.size());
        const auto end = std::min(narrow, wide);
        if (end > 0) {
            parts.push_back(typed.substr(0, end));
        }
        typed.remove_prefix(std::min(typed.size(), end + (end == narrow ? 1 : k_wide_blank.size())));
    }
    return parts;
}

/// A choice that may be made several times stands there with commas.
void add(Query& filters, const Word& word) {
    for (auto& [name, value] : filters) {
        if (name == word.parameter) {
            const bool is_one = word.parameter == "fee" || word.parameter == "entry" || word.parameter == "day";
            if (is_one) {
                value.clear();
            } else {
                value += ',';
            }
            value += word.value;
            return;
        }
    }
    filters.emplace_back(word.parameter, word.value);
}

} // namespace

FilterWords filter_words_in(std::string_view typed) {
    FilterWords out;
    if (const Word* whole = find_word(typed)) {
        add(out.filters, *whole);
        return out;
    }
    for (const auto part : parts_of(typed)) {
        if (const Word* word = find_word(part)) {
            add(out.filters, *word);
        } else {
            out.rest += out.rest.empty() ? "" : " ";
            out.rest += part;
        }
    }
    return out;
}

} // namespace shirube::server
