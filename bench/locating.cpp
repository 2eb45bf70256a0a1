// Addresses to positions, with a gazetteer of the size of Japan's.
#include "bench/country/dice.hpp"
#include "bench/measure/measure.hpp"
#include "importers/locating/locator.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <exception>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

using namespace shirube;
using namespace shirube::bench;

namespace {

constexpr std::size_t k_municipalities = 1'900;
constexpr std::size_t k_towns_each = 150; // 丁目 counted one by one: some 285,000 in all
constexpr std::size_t k_addresses = 20'000;

// Invented names of two and three letters that recur across municipalities, as real ones do.
constexpr std::array<std::string_view, 20> k_heads{"潮", "沖", "岬", "灯", "凪", "浦", "汐", "磯", "波", "帆",
                                                   "舵", "櫓", "澪", "碇", "渚", "洲", "瀬", "淵", "峰", "稲"};
constexpr std::array<std::string_view, 20> k_middles{"見", "本", "之", "山", "川", "田", "崎", "野", "上", "中",
                                                     "新", "西", "東", "南", "北", "大", "小", "長", "古", "原"};
constexpr std::array<std::string_view, 10> k_tails{"町", "台", "丘", "里", "井", "谷", "原", "沢", "木", "橋"};
constexpr std::array<std::string_view, 5> k_chome{"一丁目", "二丁目", "三丁目", "四丁目", "五丁目"};
constexpr std::array<std::string_view, 4> k_units{"市", "市", "区", "町"};

template <std::size_t N>
std::string_view one_of(Dice& dice, const std::array<std::string_view, N>& words) {
    return words[dice.below(N)];
}

std::string prefecture_name(std::size_t number) {
    return fmt::format("{}{}県", k_heads[number % k_heads.size()], number / k_heads.size() == 0 ? "" : "磯");
}

struct Country {
    std::vector<directory::TownReading> towns;
    std::vector<std::string> addresses;
};

Country make_country(Dice& dice) {
    Country country;
    for (std::size_t i = 0; i < k_municipalities; ++i) {
        directory::TownReading town;
        town.prefecture = prefecture_name(i % 40);
        town.municipality_name =
            fmt::format("{}{}{}{}", k_heads[i / 40 % k_heads.size()], k_middles[i % k_middles.size()],
                        k_middles[i / 7 % k_middles.size()], k_units[i % k_units.size()]);
        for (std::size_t named = 0; named < k_towns_each; named += k_chome.size()) {
            const std::string name =
                fmt::format("{}{}{}", one_of(dice, k_heads), one_of(dice, k_middles), one_of(dice, k_tails));
            for (const std::string_view chome : k_chome) {
                town.town = name + std::string(chome);
                town.position = {.lon = dice.between(130, 142), .lat = dice.between(33, 42)};
                town.accuracy_m = 300;
                country.towns.push_back(town);
            }
        }
    }
    for (std::size_t i = 0; i < k_addresses; ++i) {
        const directory::TownReading& town =
            country.towns[dice.below(static_cast<std::uint32_t>(country.towns.size()))];
        const double form = dice.share();
        country.addresses.push_back(fmt::format("{}{}{}{}-{}", form < 0.6 ? town.prefecture : "",
                                                form < 0.9 ? town.municipality_name : "", town.town, 1 + dice.below(30),
                                                1 + dice.below(20)));
    }
    return country;
}

} // namespace

int main(int argc, char** argv) {
    std::filesystem::path figures;
    CLI::App app("Times locating with a country's gazetteer");
    app.add_option("--figures", figures, "file of JSON lines");
    CLI11_PARSE(app, argc, argv);
    try {
        Dice dice(20'261'126);
        const Country country = make_country(dice);
        const importers::Locator locator(country.towns);
        std::size_t located = 0;
        const double seconds = median_seconds(
            [&] {
                located = 0;
                for (const std::string& address : country.addresses) {
                    located += locator.locate(address, {}).has_value() ? 1 : 0;
                }
            },
            std::chrono::milliseconds(600), 3);
        report(
            {.name = "an address located in a country's gazetteer",
             .ours = seconds * 1e6 / static_cast<double>(country.addresses.size()),
             .unit = "µs",
             .better = Better::lower,
             .rival = {},
             .theirs = {},
             .wanted_ratio = {},
             .wanted = {},
             .note = fmt::format("{} invented towns in {} municipalities; {} addresses, a tenth of them without their "
                                 "municipality, {} located",
                                 country.towns.size(), k_municipalities, country.addresses.size(), located)},
            figures);
    } catch (const std::exception& error) {
        fmt::print(stderr, "locating: {}\n", error.what());
        return 1;
    }
    return 0;
}
