// Who told us something and waits for an answer.
#include "directory/desk/told.hpp"

#include "tests/scratch_folder.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

using namespace shirube::directory;

namespace {

constexpr std::string_view k_teller = "みつばさん";

struct Office {
    std::filesystem::path folder = shirube::tests::new_scratch_folder("shirube-told");
    std::filesystem::path file = told_beside(folder / "town.shirube");
    ToldBook book = ToldBook::open_or_create(file);

    ~Office() { std::filesystem::remove_all(folder); }

    /// Whether a word stands anywhere in the file or its log.
    [[nodiscard]] bool has(std::string_view word) const {
        for (const char* part : {"", "-wal"}) {
            std::ifstream in(file.string() + part, std::ios::binary);
            const std::string bytes{std::istreambuf_iterator<char>(in), {}};
            if (bytes.find(word) != std::string::npos) {
                return true;
            }
        }
        return false;
    }
};

NewTold told(const std::string& ref, std::string_view on, const std::string& owner = "99201") {
    return {.owner = owner,
            .kind = ToldKind::find,
            .ref = ref,
            .about = "路地の食堂",
            .teller = std::string(k_teller),
            .way = "来月の会で",
            .day = *parse_day(on)};
}

} // namespace

TEST_CASE("Whoever waits longest for an answer is told first", "[desk]") {
    Office office;
    CHECK(office.book.add(told("b", "2026-11-02")));
    CHECK(office.book.add(told("a", "2026-11-01")));
    CHECK(office.book.add(told("c", "2026-11-03", "99341")));
    const auto waiting = office.book.waiting("99201", 10);
    REQUIRE(waiting.size() == 2);
    CHECK(waiting[0].said.ref == "a");
    CHECK(waiting[1].said.ref == "b");
    CHECK(office.book.count_waiting("99201") == 2);
    CHECK(office.book.count_waiting("99341") == 1);
    CHECK(office.book.waiting("99201", 1).size() == 1);
}

TEST_CASE("An answer is given once, and by the own municipality alone", "[desk]") {
    Office office;
    REQUIRE(office.book.add(told("a", "2026-11-01")));
    const auto id = office.book.waiting("99201", 1).front().id;
    const auto today = *parse_day("2026-11-27");
    CHECK_FALSE(office.book.answer(id, "99341", today));
    CHECK(office.book.answer(id, "99201", today));
    CHECK_FALSE(office.book.answer(id, "99201", today));
    CHECK(office.book.count_waiting("99201") == 0);
    REQUIRE(office.book.answered("99201", 5).size() == 1);
    CHECK(office.book.answered("99201", 5).front().answered_on == today);
    CHECK(office.book.answered("99341", 5).empty());
}

TEST_CASE("The same thing told again is one, and waits again", "[desk]") {
    Office office;
    REQUIRE(office.book.add(told("a", "2026-11-01")));
    REQUIRE(office.book.answer(office.book.waiting("99201", 1).front().id, "99201", *parse_day("2026-11-05")));
    auto again = told("a", "2026-11-20");
    again.way = "電話で";
    REQUIRE(office.book.add(again));
    REQUIRE(office.book.count_waiting("99201") == 1);
    CHECK(office.book.waiting("99201", 5).front().said.way == "電話で");
    CHECK(office.book.find("99201", ToldKind::find, "a").has_value());
    CHECK_FALSE(office.book.find("99201", ToldKind::report, "a").has_value());
    CHECK_FALSE(office.book.find("99341", ToldKind::find, "a").has_value());
}

TEST_CASE("Who told us is gone from the file 90 days after the answer", "[desk]") {
    Office office;
    REQUIRE(office.book.add(told("a", "2026-01-01")));
    REQUIRE(office.book.answer(office.book.waiting("99201", 1).front().id, "99201", *parse_day("2026-01-10")));
    CHECK(office.has(k_teller));
    CHECK(office.book.forget_answered(*parse_day("2026-04-10")) == 0); // the 90th day
    CHECK(office.has(k_teller));
    CHECK(office.book.forget_answered(*parse_day("2026-04-11")) == 1);
    CHECK_FALSE(office.has(k_teller));
}

TEST_CASE("What is told is one line and cut at a letter", "[desk]") {
    Office office;
    auto long_one = told("a", "2026-11-01");
    long_one.teller = "一\n二\t三";
    long_one.way.clear();
    for (std::size_t i = 0; i < k_longest_told + 5; ++i) {
        long_one.way += "路";
    }
    REQUIRE(office.book.add(long_one));
    const auto kept = office.book.waiting("99201", 1).front().said;
    CHECK(kept.teller == "一 二 三");
    CHECK(kept.way.size() == k_longest_told * std::string_view{"路"}.size());
    CHECK(kept.way.ends_with("路"));
}

TEST_CASE("The file is its owner's alone, and another kind of file is refused", "[desk]") {
    Office office;
    using std::filesystem::perms;
    CHECK((std::filesystem::status(office.file).permissions() & (perms::group_all | perms::others_all)) == perms::none);
    const auto other = office.folder / "other.shirube.told";
    std::ofstream(other) << "this is no database at all, but a text that somebody left here by mistake";
    try {
        ToldBook::open(other);
        FAIL("it was taken");
    } catch (const ToldError& error) {
        CHECK(error.code() == "told_foreign");
    }
    CHECK_THROWS_AS(ToldBook::open(office.folder / "none.told"), ToldError);
}
