#include "bench/lists/lists.hpp"

#include "bench/country/dice.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::bench {

namespace {

constexpr std::array<std::string_view, 3> k_prefectures{"北標県", "中標県", "南標県"};
constexpr std::array<std::string_view, 24> k_heads{"潮", "沖", "岬", "灯", "凪", "浦", "汐", "磯",
                                                   "波", "帆", "舵", "櫓", "澪", "碇", "渚", "洲",
                                                   "瀬", "淵", "峰", "稲", "桑", "柳", "椿", "萩"};
constexpr std::array<std::string_view, 12> k_middles{"見", "本", "ヶ", "之", "山", "川",
                                                     "田", "崎", "野", "上", "中", "新"};
constexpr std::array<std::string_view, 10> k_tails{"町", "台", "丘", "里", "井", "谷", "原", "沢", "木", "橋"};
constexpr std::array<std::string_view, 10> k_kanji{"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
constexpr std::array<std::string_view, 10> k_wide{"０", "１", "２", "３", "４", "５", "６", "７", "８", "９"};
constexpr std::array<std::string_view, 6> k_buildings{"みなとビル2階", "潮風コーポ203", "集会所",
                                                      "公民館 1F",     "会館",          "ライオン荘201号室"};
constexpr std::array<std::string_view, 8> k_schedules{
    "第2・4水曜日 15時～19時",         "毎月第３土曜日", "毎週火曜日",           "奇数月の第2水曜日",
    "月～金 9:00-17:00（祝日を除く）", "毎月最終金曜日", "第1金曜日、第3金曜日", "不定期。詳しくはお問合せください"};
constexpr std::array<std::string_view, 7> k_weekdays{"月", "火", "水", "木", "金", "土", "日"};
constexpr std::array<std::string_view, 6> k_names{"こども食堂", "子ども食堂", "みんなの食堂",
                                                  "地域食堂",   "ごはんの会", "キッチン"};

constexpr std::string_view k_header =
    "全国地方公共団体コード,ID,都道府県,市区町村名,名称,名称_カナ,設置目的,実施支援の主な区分,住所,方書,緯度,経度,"
    "電話番号1,電話番号1_連絡先備考,電話番号2,電話番号2_連絡先備考,内線番号,FAX番号,URL,メールアドレス1,"
    "メールアドレス1_連絡先備考,メールアドレス2,メールアドレス2_連絡先備考,法人番号,運営団体名,開催頻度,開催曜日,"
    "開催日,開催開始時間,開催終了時間,開催日時特記事項,参加条件,参加費_幼児,参加費_小学生,参加費_中学生,"
    "参加費_高校生,参加費_大人,参加費特記事項,予約方法,予約特記事項,定員,フードパントリー実施,テイクアウト実施,学区,"
    "ネットワークの加入,追加情報NO,画像,画像_ライセンス,備考";

struct InventedTown {
    std::string name;
    int chome = 0; ///< how many it has; 0: none
};

struct InventedMunicipality {
    std::string prefecture;
    std::string name;
    std::string district; ///< 郡, empty for cities
    std::string code;
    std::vector<InventedTown> towns;
};

std::string digits(std::uint32_t number, const std::array<std::string_view, 10>& by) {
    std::string text;
    for (const char digit : std::to_string(number)) {
        text += by[static_cast<std::size_t>(digit - '0')];
    }
    return text;
}

std::string in_kanji(int number) {
    if (number < 10) {
        return std::string(k_kanji[static_cast<std::size_t>(number)]);
    }
    return (number < 20 ? "" : std::string(k_kanji[static_cast<std::size_t>(number / 10)])) + "十" +
           (number % 10 == 0 ? "" : std::string(k_kanji[static_cast<std::size_t>(number % 10)]));
}

template <std::size_t N>
std::string_view one_of(Dice& dice, const std::array<std::string_view, N>& words) {
    return words[dice.below(N)];
}

/// Names that differ from each other within one municipality: every pair of head and middle with one tail.
std::string town_name(std::size_t at, std::size_t turn) {
    const std::size_t number = at * 7 + turn; // 7 has no factor in common with the counts of the parts
    return fmt::format("{}{}{}", k_heads[number % k_heads.size()],
                       k_middles[number / k_heads.size() % k_middles.size()], k_tails[number % k_tails.size()]);
}

std::vector<InventedMunicipality> make_municipalities(Dice& dice) {
    std::vector<InventedMunicipality> all;
    for (std::size_t i = 0; i < k_list_municipalities; ++i) {
        InventedMunicipality municipality;
        const std::size_t prefecture = i % k_prefectures.size();
        const std::size_t number = i / k_prefectures.size();
        municipality.prefecture = k_prefectures[prefecture];
        const bool town = number % 4 == 3;
        municipality.name = fmt::format("{}{}{}", k_heads[number % k_heads.size()],
                                        k_middles[(number + prefecture * 3) % 7 + 3], town ? "町" : "市");
        municipality.district = town ? fmt::format("{}磯郡", k_heads[prefecture]) : "";
        municipality.code = fmt::format("99{}{:02}", town ? 3 + prefecture : prefecture, number + 1);
        std::size_t entries = 0;
        while (entries < k_list_towns / k_list_municipalities) {
            InventedTown made{.name = town_name(municipality.towns.size(), number), .chome = 0};
            made.chome = dice.share() < 0.6 ? static_cast<int>(2 + dice.below(5)) : 0;
            entries += static_cast<std::size_t>(std::max(made.chome, 1));
            municipality.towns.push_back(std::move(made));
        }
        all.push_back(std::move(municipality));
    }
    return all;
}

void flush(std::ofstream& out, const std::filesystem::path& path) {
    if (!out.flush()) {
        throw std::runtime_error(fmt::format("{}: cannot be written", path.string()));
    }
}

void write_towns(const InventedMunicipality& municipality, std::size_t at, Dice& dice,
                 const std::filesystem::path& folder) {
    const std::filesystem::path path =
        folder / "ja" / municipality.prefecture / (municipality.district + municipality.name + ".json");
    std::filesystem::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary);
    out << "[";
    const double west = 132 + static_cast<double>(at % 12) * 0.3;
    const double south = 33 + static_cast<double>(at / 12) * 0.25;
    std::string_view between = "\n";
    const auto point = [&](const std::string& town) {
        out << between
            << fmt::format(R"({{"town":"{}","koaza":"","lat":{:.6f},"lng":{:.6f}}})", town,
                           south + dice.between(0, 0.2), west + dice.between(0, 0.25));
        between = ",\n";
    };
    for (const InventedTown& town : municipality.towns) {
        for (int chome = 1; chome <= town.chome; ++chome) {
            point(fmt::format("{}{}丁目", town.name, in_kanji(chome)));
        }
        if (town.chome == 0) {
            point(town.name);
        }
    }
    out << "\n]\n";
    flush(out, path);
}

/// An address as one of many people would write it.
std::string address_of(const InventedMunicipality& municipality, const InventedTown& town, Dice& dice) {
    std::string text = dice.share() < 0.7 ? municipality.prefecture : "";
    if (dice.share() < 0.9) {
        text += dice.share() < 0.5 ? municipality.district : "";
        text += municipality.name;
    }
    text += town.name;
    const std::uint32_t block = 1 + dice.below(40);
    const std::uint32_t house = 1 + dice.below(30);
    const double form = dice.share();
    const auto& figures =
        form < 0.4 ? k_wide : std::array<std::string_view, 10>{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    const bool dashes = dice.share() < 0.6;
    if (town.chome > 0) {
        const int chome = 1 + static_cast<int>(dice.below(static_cast<std::uint32_t>(town.chome)));
        text += dashes ? digits(static_cast<std::uint32_t>(chome), figures) + (form < 0.4 ? "－" : "-")
                       : (form < 0.7 ? in_kanji(chome) : digits(static_cast<std::uint32_t>(chome), figures)) + "丁目";
    }
    text += digits(block, figures) + (dashes ? (form < 0.2 ? "ー" : "-") : town.chome > 0 ? "番" : "番地");
    if (dashes || town.chome > 0) {
        text += digits(house, figures) + (dashes ? "" : "号");
    }
    if (dice.share() < 0.3) {
        text += dice.share() < 0.5 ? "　" : "";
        text += one_of(dice, k_buildings);
    }
    return text;
}

std::string row_of(const InventedMunicipality& municipality, std::size_t number, Dice& dice) {
    const InventedTown& town = municipality.towns[dice.below(static_cast<std::uint32_t>(municipality.towns.size()))];
    const std::string name = fmt::format("{}{}{}", town.name, one_of(dice, k_names), number);
    const std::uint32_t from = 10 + dice.below(8);
    const bool prose = dice.share() < 0.4;
    return fmt::format(
        "{},{},{},{},{},ショクドウ{},子どもの居場所づくり,食事の提供;学習支援,{},{},,,0{}-{:04}-{:04},,,,,,"
        "https://example.jp/{},,,,,,{}の会,{},{},,{}:00,{}:00,{},どなたでも,{},{},{},{},{},{},{},,{},{},0,,,,,,{}\r\n",
        municipality.code, number, municipality.prefecture, municipality.district + municipality.name, name, number,
        address_of(municipality, town, dice), dice.share() < 0.2 ? one_of(dice, k_buildings) : "", 3 + dice.below(6),
        2000 + dice.below(7000), dice.below(10'000), number, town.name, prose ? "" : "5",
        prose ? "" : one_of(dice, k_weekdays), from, from + 3, prose ? one_of(dice, k_schedules) : "",
        dice.below(2) * 100, dice.below(2) * 100, dice.below(3) * 100, dice.below(3) * 100, 300,
        dice.share() < 0.1 ? "乳児は無料" : "", dice.share() < 0.5 ? "要予約" : "不要", 10 + dice.below(60),
        dice.share() < 0.15 ? "1" : "0", dice.share() < 0.1 ? "アレルギーのある方はお申し出ください" : "");
}

} // namespace

void write_lists(const std::filesystem::path& folder, std::uint64_t seed) {
    Dice dice(seed);
    const auto municipalities = make_municipalities(dice);
    std::filesystem::remove_all(folder / "ja");
    for (std::size_t i = 0; i < municipalities.size(); ++i) {
        write_towns(municipalities[i], i, dice, folder);
    }
    const std::filesystem::path path = folder / "cafeterias.csv";
    std::ofstream out(path, std::ios::binary);
    out << "\xef\xbb\xbf" << k_header << "\r\n";
    for (std::size_t i = 0; i < k_list_rows; ++i) {
        out << row_of(municipalities[dice.below(static_cast<std::uint32_t>(municipalities.size()))], i + 1, dice);
    }
    flush(out, path);
}

} // namespace shirube::bench
