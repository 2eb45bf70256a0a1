#include "directory/normal_form.hpp"
#include "importers/population/population.hpp"

#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>
#include <tuple>
#include <utility>
#include <vector>

namespace shirube::importers {

namespace {

/// NFKC, without white space: full-width digits and signs are written in either width.
std::string plain(std::string_view label) {
    UErrorCode status = U_ZERO_ERROR;
    const auto source = icu::UnicodeString::fromUTF8({label.data(), static_cast<std::int32_t>(label.size())});
    icu::UnicodeString text = directory::nfkc().normalize(source, status);
    text.findAndReplace(icu::UnicodeString(u" "), icu::UnicodeString());
    text.findAndReplace(icu::UnicodeString(u"\t"), icu::UnicodeString());
    std::string utf8;
    return text.toUTF8String(utf8);
}

bool remove(std::string& text, std::string_view word) {
    const std::size_t at = text.find(word);
    if (at == std::string::npos) {
        return false;
    }
    text.erase(at, word.size());
    return true;
}

bool take(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) {
        return false;
    }
    text.remove_prefix(word.size());
    return true;
}

std::optional<int> take_number(std::string_view& text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || number >= 150) {
        return std::nullopt;
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

bool take_dash(std::string_view& text) {
    static constexpr std::array<std::string_view, 5> k_dashes{"~", "〜", "-", "–", "−"};
    for (const std::string_view dash : k_dashes) {
        if (take(text, dash)) {
            return true;
        }
    }
    return false;
}

MeshColumn band(int from, std::optional<int> to) {
    return {.kind = MeshColumn::Kind::band, .from_age_years = from, .to_age_years = to};
}

/// "0~14歳", "15歳以上", "15歳未満", "3歳": nothing else may stand there.
MeshColumn understand_ages(std::string_view text) {
    const auto first = take_number(text);
    if (!first) {
        return {};
    }
    const bool named = take(text, "歳");
    if (named && text.empty()) {
        return band(*first, *first + 1);
    }
    if (named && text == "以上") {
        return band(*first, std::nullopt);
    }
    if (named && text == "未満") {
        return band(0, *first);
    }
    if (!take_dash(text)) {
        return {};
    }
    const auto last = take_number(text);
    return last && *last >= *first && text == "歳" ? band(*first, *last + 1) : MeshColumn{};
}

/// One past the oldest age that is told apart.
constexpr int k_end_of_life = 151;

constexpr int k_grown_up = 18;

int end_of(const MeshColumn& column) { return column.to_age_years.value_or(k_end_of_life); }

/// The best way through the bands from an age on.
struct Path {
    int years = 0;
    int pieces_of_children = 0; ///< that end by the 18th birthday: what policies ask for
    int pieces = 0;
    const MeshColumn* first = nullptr; ///< the band to take; nullptr: none begins at this age, or none is worth it

    [[nodiscard]] bool better_than(const Path& other) const {
        return std::tie(years, pieces_of_children, pieces) >
               std::tie(other.years, other.pieces_of_children, other.pieces);
    }
};

} // namespace

void keep_bands_apart(std::span<MeshColumn> columns) {
    std::array<Path, k_end_of_life + 1> from{};
    for (int age = k_end_of_life - 1; age >= 0; --age) {
        auto& best = from[static_cast<std::size_t>(age)];
        best = from[static_cast<std::size_t>(age) + 1];
        best.first = nullptr;
        for (const MeshColumn& column : columns) {
            if (column.kind != MeshColumn::Kind::band || column.from_age_years != age) {
                continue;
            }
            const Path& rest = from[static_cast<std::size_t>(end_of(column))];
            const Path path{.years = end_of(column) - age + rest.years,
                            .pieces_of_children = (end_of(column) <= k_grown_up ? 1 : 0) + rest.pieces_of_children,
                            .pieces = 1 + rest.pieces,
                            .first = &column};
            if (path.better_than(best)) {
                best = path;
            }
        }
    }
    std::vector<const MeshColumn*> kept;
    for (int age = 0; age < k_end_of_life;) {
        const MeshColumn* band = from[static_cast<std::size_t>(age)].first;
        age = band == nullptr ? age + 1 : end_of(*band);
        kept.push_back(band);
    }
    for (MeshColumn& column : columns) {
        if (column.kind == MeshColumn::Kind::band && std::ranges::find(kept, &column) == kept.end()) {
            column = {};
        }
    }
}

namespace {

/// What is left of a label once the words that say "all people" are gone.
MeshColumn understand_plain(std::string text, bool of_people) {
    // 総数、年齢「不詳」含む: the small-area tables' total.
    of_people = remove(text, "総数、年齢「不詳」含む") || of_people;
    of_people = remove(text, "総人口") || of_people;
    of_people = remove(text, "人口") || of_people;
    for (const std::string_view word : {"総数", "男女計", "合計", "(", ")", "の", "_", "・"}) {
        remove(text, word);
    }
    if (of_people && text.empty()) {
        return {.kind = MeshColumn::Kind::total};
    }
    // Whatever else is said (men, women, households, foreigners) is left over and makes it another column.
    return understand_ages(text);
}

} // namespace

MeshColumn understand_mesh_label(std::string_view label) { return understand_plain(plain(label), false); }

std::optional<LabelBySex> understand_label_by_sex(std::string_view label) {
    std::string text = plain(label);
    const bool men = remove(text, "男性") || remove(text, "男");
    const bool women = remove(text, "女性") || remove(text, "女");
    if (men == women) {
        return std::nullopt;
    }
    const MeshColumn column = understand_plain(std::move(text), true);
    return column.kind == MeshColumn::Kind::other ? std::nullopt : std::optional(LabelBySex{column, women});
}

} // namespace shirube::importers
