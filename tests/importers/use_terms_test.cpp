// 広域利用の条件: what a clerk may write in it, what it says, and that nothing in it is guessed.
#include "importers/cleaning/use_terms.hpp"

#include "directory/snapshot/snapshot.hpp"
#include "importers/import.hpp"
#include "importers/layouts/template.hpp"
#include "support.hpp"
#include "template_row.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace shirube;
using namespace shirube::importers;
using directory::Contract;
using directory::Fee;
using directory::UseTerms;

namespace {

constexpr std::uint8_t k_tue_thu = 0b0001010;

std::optional<std::string> by_name(std::string_view name) {
    return name == "隣町" ? std::optional<std::string>("99341") : std::nullopt;
}

UseTermsCell parse(std::string_view cell) { return parse_use_terms(cell, by_name); }

std::vector<std::string> codes(const UseTermsCell& cell) {
    std::vector<std::string> codes;
    for (const auto& problem : cell.problems) {
        codes.emplace_back(problem.code);
    }
    return codes;
}
using Codes = std::vector<std::string>;

/// Terms that are known by their text alone.
UseTerms text_alone(std::string text) {
    UseTerms terms;
    terms.text = std::move(text);
    return terms;
}

RowOutcome read_row_of(std::map<std::string, std::string> cells) {
    cells.merge(std::map<std::string, std::string>{{"事業", "児童館"}, {"名称", "浜児童館"}});
    static const auto layout = make_template_layout();
    static const auto locator = tests::small_locator();
    return tests::read_row(*layout, locator, cells, "99201");
}

} // namespace

TEST_CASE("Terms of use are read by municipality: contract, fee, days, and whatever else as text") {
    const auto cell = parse("99202：相互利用、1日500円、火・木、要事前登録");
    CHECK(cell.problems.empty());
    REQUIRE(cell.terms.size() == 1);
    CHECK(cell.terms[0] == UseTerms{"99202", Contract::mutual, Fee::paid, "1日500円", k_tue_thu,
                                    "相互利用、1日500円、火・木、要事前登録"});
}

TEST_CASE("Entries stand behind ; or a line break, and where another municipality begins") {
    for (const char* written : {"99202：委託; 隣町：無料", "99202：委託；隣町:無料", "99202：委託\n隣町：無料",
                                "99202：委託、隣町：無料", "９９２０２:委託;;隣町：無料;"}) {
        INFO(written);
        const auto cell = parse(written);
        CHECK(cell.problems.empty());
        REQUIRE(cell.terms.size() == 2);
        CHECK(cell.terms[0] == UseTerms{"99202", Contract::entrusted, Fee::unknown, "", 0, "委託"});
        CHECK(cell.terms[1] == UseTerms{"99341", Contract::unknown, Fee::free, "無料", 0, "無料"});
    }
}

TEST_CASE("Of a fee in two parts both are kept, days add up, and a sum keeps its comma") {
    const auto cell = parse("99202：個人契約、1日1,000円、半日500円、月～水、金曜日のみ");
    REQUIRE(cell.terms.size() == 1);
    CHECK(cell.terms[0].contract == Contract::individual);
    CHECK(cell.terms[0].fee == Fee::paid);
    CHECK(cell.terms[0].fee_text == "1日1,000円、半日500円");
    CHECK(cell.terms[0].weekdays == 0b0010111);
}

TEST_CASE("A fee that some do not pay, and days told in other words, stay unknown beside their text") {
    const auto cell = parse("99202：非課税世帯は無料、月に2回まで");
    CHECK(cell.problems.empty());
    REQUIRE(cell.terms.size() == 1);
    CHECK(cell.terms[0].fee == Fee::unknown);
    CHECK(cell.terms[0].fee_text == "非課税世帯は無料");
    CHECK(cell.terms[0].weekdays == 0);
    CHECK(cell.terms[0].text == "非課税世帯は無料、月に2回まで");
}

TEST_CASE("An entry that cannot be read is kept as text alone, and told") {
    const auto nobody = parse("どこか市：相互利用、火");
    CHECK(codes(nobody) == Codes{"use_terms_unreadable"});
    CHECK(nobody.terms == std::vector{text_alone("どこか市：相互利用、火")});
    const auto without_colon = parse("相互利用、火・木");
    CHECK(codes(without_colon) == Codes{"use_terms_unreadable"});
    CHECK(without_colon.terms == std::vector{text_alone("相互利用、火・木")});
    const auto without_terms = parse("99202：");
    CHECK(codes(without_terms) == Codes{"use_terms_unreadable"});
    const auto two_contracts = parse("99202：相互利用、委託、火");
    CHECK(codes(two_contracts) == Codes{"use_terms_contradict"});
    CHECK(two_contracts.terms == std::vector{text_alone("99202：相互利用、委託、火")});
    const auto twice = parse("99202：相互利用;99202：委託");
    CHECK(codes(twice) == Codes{"use_terms_repeated"});
    REQUIRE(twice.terms.size() == 2);
    CHECK(twice.terms[0].contract == Contract::mutual);
    CHECK(twice.terms[1] == text_alone("99202：委託"));
}

TEST_CASE("A wrong check digit is told and its five digits stand; contacts are in no text") {
    const auto cell = parse("992011：相互利用;99341：電話 000-0000-0000 で申込、mail@example.jp");
    CHECK(codes(cell).size() <= 1);
    REQUIRE(cell.terms.size() == 2);
    CHECK(cell.terms[0].municipality == "99201");
    CHECK(cell.terms[1].text.find("0000") == std::string::npos);
    CHECK(cell.terms[1].text.find("example") == std::string::npos);
}

TEST_CASE("Whatever bytes stand in the cell, every entry is kept, none is longer than it may be") {
    std::mt19937 dice(7); // the same towns every time
    const std::vector<std::string> pieces{"99202",    "：",   ":",  ";",  "；",     "、",    "､",    "\n",
                                          "相互利用", "委託", "火", "・", "円",     "1,000", "無料", "隣町",
                                          "\xE3",     "\xFF", " ",  "　", "月～金", "のみ",  "\t"};
    for (int round = 0; round < 5'000; ++round) {
        std::string cell;
        for (auto left = dice() % 40; left > 0; --left) {
            cell += pieces[dice() % pieces.size()];
        }
        const auto read = parse(cell);
        std::size_t text_alone = 0;
        for (const auto& terms : read.terms) {
            CHECK_FALSE(terms.text.empty());
            text_alone += terms.municipality.empty() ? 1 : 0;
            if (terms.municipality.empty()) {
                CHECK(terms.contract == Contract::unknown);
                CHECK(terms.weekdays == 0);
            }
        }
        CHECK(read.problems.size() >= text_alone);
    }
    CHECK(parse(std::string(100'000, '9')).terms.size() == 1);
    CHECK(parse(std::string(3 * 10'000, ';')).terms.empty());
}

TEST_CASE("The template's column adds whoever its terms name to those who may use the service") {
    const auto outcome = read_row_of({{"利用可能住民", "99201"}, {"広域利用の条件", "磯辺郡沖ノ浜町：相互利用、火"}});
    REQUIRE(outcome.reading);
    CHECK(outcome.bin == Bin::accepted);
    const auto& service = outcome.reading->services.at(0);
    CHECK(service.usable_by == std::vector<std::string>{"99201", "99341"});
    REQUIRE(service.use_terms.size() == 1);
    CHECK(service.use_terms[0].municipality == "99341");
    CHECK(service.use_terms[0].weekdays == 0b0000010);
}

TEST_CASE("Terms alone are told: nobody said that a municipality's own residents may use it") {
    const auto alone = read_row_of({{"広域利用の条件", "99341：相互利用"}});
    CHECK(alone.bin == Bin::flagged);
    CHECK(tests::codes_of(alone) == Codes{"use_terms_alone"});
    const auto unread = read_row_of({{"利用可能住民", "99201"}, {"広域利用の条件", "どこか：相互利用"}});
    CHECK(unread.bin == Bin::flagged);
    CHECK(tests::codes_of(unread) == Codes{"use_terms_unreadable"});
    CHECK(unread.reading->services.at(0).usable_by == std::vector<std::string>{"99201"});
    CHECK(unread.reading->services.at(0).use_terms == std::vector{text_alone("どこか：相互利用")});
    CHECK(read_row_of({{"広域利用の条件", ""}}).reading->services.at(0).use_terms.empty());
}

TEST_CASE("Terms go through the store, name the edition, and a correction takes them with those who may use it") {
    importers::test::ScratchFolder folder;
    auto store = directory::Store::open(folder.path() / "t.shirube", directory::OpenMode::write_or_create);
    const auto import = [&](directory::ImportKind kind, const char* name, const std::string& bytes) {
        ImportOptions options;
        options.kind = kind;
        options.files = {folder.write(name, bytes)};
        options.list = kind == directory::ImportKind::resources ? "児童館" : "手直し";
        options.municipality = "99201";
        auto report = run_import(store, options, [](std::string_view, std::size_t, std::size_t) {});
        REQUIRE(report);
        return std::move(*report);
    };
    const auto snapshot = [&] {
        return directory::Snapshot::build(store.read_public_state(), directory::Taxonomy::shipped(),
                                          directory::Holidays::shipped());
    };
    const std::string header = "ID,事業,名称,利用可能住民,広域利用の条件\n";
    import(directory::ImportKind::resources, "a.csv", header + "1,児童館,浜児童館,99201,99341：相互利用、火\n");
    const auto before = snapshot();
    REQUIRE(before->base->services.size() == 1);
    const auto& row = before->base->services[0];
    CHECK(row.usable_by == std::vector<std::string>{"99201", "99341"});
    CHECK(row.use_terms ==
          std::vector{UseTerms{"99341", Contract::mutual, Fee::unknown, "", 0b0000010, "相互利用、火"}});

    import(directory::ImportKind::resources, "a.csv", header + "1,児童館,浜児童館,99201,99341：相互利用、水\n");
    const auto after = snapshot();
    CHECK(after->edition != before->edition);

    const auto corrected = import(directory::ImportKind::corrections, "c.csv",
                                  "対象ID,決めた日,決めた人,理由,利用可能住民,広域利用の条件\n" + row.id +
                                      ",2026-05-10,市区町村の担当課,協定が変わった,99201,99342：委託、無料\n");
    CHECK(corrected.rows.accepted == 1);
    const auto shown = snapshot();
    CHECK(shown->base->services[0].usable_by == std::vector<std::string>{"99201", "99342"});
    REQUIRE(shown->base->services[0].use_terms.size() == 1);
    CHECK(shown->base->services[0].use_terms[0].municipality == "99342");

    const auto alone = import(directory::ImportKind::corrections, "c.csv",
                              "対象ID,決めた日,決めた人,理由,広域利用の条件\n" + row.id +
                                  ",2026-05-11,市区町村の担当課,協定が変わった,99342：委託\n");
    CHECK(alone.rows.rejected == 1); // or every other municipality would be dropped, unseen
}
