#include "importers/cleaning/address_ranges.hpp"

#include "directory/fold.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <random>

using namespace shirube;
using namespace shirube::importers;
using directory::AddressRule;
using directory::Parity;
using directory::RuleFit;

namespace {

/// "港町3丁目[1-10]" and the like: town, 丁目, numbers; ! all but, ? not understood.
std::string words(const std::vector<AddressRule>& rules) {
    std::string text;
    for (const AddressRule& rule : rules) {
        text += (text.empty() ? "" : " ") + rule.town + (rule.chome ? fmt::format("{}丁目", *rule.chome) : "");
        if (!rule.understood) {
            text += "?";
            continue;
        }
        if (rule.numbers.empty()) {
            continue;
        }
        text += rule.all_but ? "![" : "[";
        std::string between;
        for (const auto& range : rule.numbers) {
            text += between + (range.to == range.from
                                   ? fmt::format("{}", range.from)
                                   : fmt::format("{}-{}", range.from, range.to ? fmt::format("{}", *range.to) : ""));
            text += range.parity == Parity::any ? "" : range.parity == Parity::odd ? "odd" : "even";
            between = ",";
        }
        text += "]";
    }
    return text;
}

std::string read(std::string_view cell) { return words(parse_address_rules(cell, "99201")); }

RuleFit fit(std::string_view rule_text, std::string_view address_behind_town, bool has_chome) {
    const auto rules = parse_address_rules(rule_text, "99201");
    REQUIRE(rules.size() == 1);
    const auto tail = directory::address_tail(directory::fold_address(address_behind_town));
    REQUIRE(tail);
    return fit_of(rules.front(), *tail, has_chome);
}

} // namespace

TEST_CASE("Towns of a district are read one by one, and a 丁目 alone carries its town on") {
    CHECK(read("港町1丁目、2丁目、浜町") == "港町1丁目 港町2丁目 浜町");
    CHECK(read("港町一丁目，二十一丁目") == "港町1丁目 港町21丁目");
    CHECK(read("港町1・2丁目") == "港町1丁目 港町2丁目");
    CHECK(read("港町一・二丁目") == "港町1丁目 港町2丁目");
    CHECK(read("港町１～３丁目") == "港町1丁目 港町2丁目 港町3丁目");
    CHECK(read("大字北山全域") == "北山");
    CHECK(read("港町の全域、浜町一円") == "港町 浜町");
    CHECK(read("六番町") == "6番町");
    CHECK(read("港町 浜町\n谷") == "港町 浜町 谷");
    CHECK(read("") == "");
    CHECK(read("1丁目") == "");
}

TEST_CASE("Numbers of a town are read as they are written") {
    CHECK(read("港町1丁目1番～10番") == "港町1丁目[1-10]");
    CHECK(read("港町1丁目1番から10番まで、12番、浜町3番地") == "港町1丁目[1-10] 港町1丁目[12] 浜町[3]");
    CHECK(read("港町1丁目(1番・3番)") == "港町1丁目[1,3]");
    CHECK(read("港町2丁目（3番、5番を除く）") == "港町2丁目![3,5]");
    CHECK(read("港町2丁目（1～4番以外）") == "港町2丁目![1-4]");
    CHECK(read("港町2丁目（偶数番地）") == "港町2丁目[1-even]");
    CHECK(read("港町2丁目1番～20番の奇数") == "港町2丁目[1-20odd]");
    CHECK(read("北山100番地以降") == "北山[100-]");
    CHECK(read("北山99番地以下") == "北山[1-99]");
}

TEST_CASE("A part that says more than numbers is not claimed to be understood") {
    CHECK(read("港町1丁目1番1号～10番5号") == "港町1丁目?");
    CHECK(read("港町1丁目（線路より北）") == "港町1丁目?");
    CHECK(read("港町の一部") == "港町?");
    CHECK(read("港町1丁目3-2～3-8") == "港町1丁目?");
    CHECK(read("港町1丁目10番～1番") == "港町1丁目?");
    // Whether the first number is left out too, the text does not say.
    CHECK(read("港町1番、3番を除く") == "港町? 港町?");
    CHECK(read("港町、ただし、5番を除く") == "港町? 港町?");
}

TEST_CASE("A town and its numbers in cells of their own") {
    CHECK(words(parse_town_rules("港町一丁目", "1番～10番", "99201")) == "港町1丁目[1-10]");
    CHECK(words(parse_town_rules("港町一丁目", "", "99201")) == "港町1丁目");
    CHECK(words(parse_town_rules("港町1", "1-10", "99201")) == "港町1丁目?");
    CHECK(words(parse_town_rules("大字北山", "偶数", "99201")) == "北山[1-even]");
    CHECK(words(parse_town_rules("北山", "川の東", "99201")) == "北山?");
    CHECK(parse_town_rules("", "1番", "99201").empty());
}

TEST_CASE("An address lies in a rule surely, perhaps or not") {
    CHECK(fit("港町1丁目1番～10番", "1丁目5番2号", true) == RuleFit::surely);
    CHECK(fit("港町1丁目1番～10番", "1-11", true) == RuleFit::outside);
    CHECK(fit("港町1丁目1番～10番", "2-5", true) == RuleFit::outside);
    CHECK(fit("港町1丁目1番～10番", "1丁目", true) == RuleFit::possibly);
    CHECK(fit("港町1丁目1番～10番", "", true) == RuleFit::possibly);
    CHECK(fit("港町1丁目", "1-99-3", true) == RuleFit::surely);
    CHECK(fit("港町1丁目（偶数番地）", "1-8-1", true) == RuleFit::surely);
    CHECK(fit("港町1丁目（偶数番地）", "1-7-2", true) == RuleFit::outside);
    CHECK(fit("港町1丁目（3番を除く）", "1-3", true) == RuleFit::outside);
    CHECK(fit("港町1丁目（3番を除く）", "1-4", true) == RuleFit::surely);
    CHECK(fit("北山100番地以降", "120番地3", false) == RuleFit::surely);
    CHECK(fit("北山100番地以降", "字谷120番地", false) == RuleFit::possibly);
    CHECK(fit("北山", "字谷120番地", false) == RuleFit::surely);
    CHECK(fit("港町の一部", "1-1", true) == RuleFit::possibly);
    CHECK_FALSE(directory::address_tail("中央"));
}

TEST_CASE("Whatever stands in a cell, every rule has a town, and a cell of a megabyte is read in a moment") {
    const std::vector<std::string> words{"港町", "浜", "1",  "23",     "丁目",   "番",   "番地", "～", "・",
                                         "、",   "（", "）", "を除く", "偶数",   "以降", "全域", " ",  "の",
                                         "一",   "十", "号", "-",      "ただし", "以外", "\n",   "谷"};
    std::mt19937 dice(3);
    for (int i = 0; i < 3000; ++i) {
        std::string cell;
        for (auto j = dice() % 12; j > 0; --j) {
            cell += words[dice() % words.size()];
        }
        INFO(cell);
        for (const auto& rule : parse_address_rules(cell, "99201")) {
            CHECK(rule.municipality == "99201");
            CHECK_FALSE(rule.text.empty());
            for (const auto& range : rule.numbers) {
                CHECK((!range.to || range.from <= *range.to));
            }
        }
    }
    std::string huge;
    while (huge.size() < 1'000'000) {
        huge += "港町1番、";
    }
    CHECK(parse_address_rules(huge, "99201").size() == 2000);
    CHECK(parse_address_rules(std::string(300'000, '1'), "99201").empty());
}

TEST_CASE("A school has one name in tables and on maps") {
    using directory::school_name_key;
    CHECK(school_name_key("千代田区立麹町中") == school_name_key("麹町中学校"));
    CHECK(school_name_key("潮見野市立浜小学校") == school_name_key("浜小"));
    CHECK(school_name_key("国立第三小学校") == school_name_key("国立第三小"));
    CHECK(school_name_key("浜中学校") != school_name_key("浜小学校"));
    CHECK(school_name_key("浜中学校区") == school_name_key("浜中学校"));
    CHECK(school_name_key("浜中校区") == school_name_key("浜中"));
}

TEST_CASE("A part that names no town, and numbers that begin at nothing, make no rule that could hold") {
    CHECK(read("大字（5番地）、港町1番").starts_with("港町"));
    CHECK(read("大字").empty());
    CHECK(read("港町0番まで") == "港町?");
    CHECK(read("港町0丁目") == "港町?");
    CHECK_FALSE(directory::town_key("港町0").chome);
    CHECK(directory::town_key("港町1").chome == 1);
}
