// The file of seeds, needs and askings: what is kept, who may change it, and what becomes of a file that somebody else
// wrote to.
#include "directory/own_file/own_file.hpp"
#include "directory/seeds/seed_book.hpp"
#include "tests/scratch_folder.hpp"

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <string>

using namespace shirube::directory;

namespace {

struct Folder {
    std::filesystem::path folder = shirube::tests::new_scratch_folder("shirube-seeds");
    std::filesystem::path file = seeds_beside(folder / "town.shirube");

    Folder() = default;
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(folder); }

    void run(const std::string& sql) const {
        Database database(file, Database::Mode::read_write);
        database.run(sql.c_str());
    }
};

Seed whole(SeedKind kind, const std::string& key, const std::string& owner = "99201") {
    Seed seed;
    seed.kind = kind;
    seed.owner = owner;
    seed.key = key;
    seed.organization = kind == SeedKind::offer ? "うみねこの会" : "";
    seed.site = kind == SeedKind::offer ? "p1" : "";
    seed.programmes = {"short_stay", "twilight_stay"};
    seed.areas = {"99201", "chugakkoku:99201-浜"};
    seed.within_m = 12'500;
    seed.amount = SeedAmount{0, Unit::nights};
    seed.from = parse_day("2027-04-01");
    seed.weekdays = 0b1100000;
    seed.nights = SeedNights::yes;
    seed.from_age = 0;
    seed.to_age = 17;
    seed.contracts = {Contract::entrusted, Contract::registered};
    seed.fee = SeedFee{0, FeePer::night};
    seed.terms = "送迎は\n市が行う";
    seed.contact = "事務局";
    seed.phone = "000-0000-0001";
    seed.mail = "hama@example.jp";
    seed.note = "見学はいつでも";
    seed.source = "聞き取り（架空）";
    seed.as_of = *parse_day("2026-10-01");
    seed.until = parse_day("2027-03-31");
    seed.sharing = SeedSharing::all;
    return seed;
}

} // namespace

TEST_CASE("What is kept is read again as it was, zeros and all, in a file for its owner's eyes", "[seeds]") {
    const Folder of;
    std::string id;
    {
        auto book = SeedBook::open_or_create(of.file);
        const auto kept = book.keep(whole(SeedKind::offer, "S-1"));
        REQUIRE(kept);
        CHECK(kept->is_new);
        id = kept->id;
        Seed bare;
        bare.kind = SeedKind::want;
        bare.owner = "99201";
        bare.programmes = {"short_stay"};
        bare.as_of = *parse_day("2026-10-01");
        REQUIRE(book.keep(bare));
    }
    const auto all = SeedBook::open(of.file).all();
    REQUIRE(all.seeds.size() == 2);
    const auto& offer = all.seeds[0].kind == SeedKind::offer ? all.seeds[0] : all.seeds[1];
    const auto& want = all.seeds[0].kind == SeedKind::offer ? all.seeds[1] : all.seeds[0];
    auto expected = whole(SeedKind::offer, "S-1");
    expected.id = id;
    expected.version = 1;
    CHECK(offer == expected);
    CHECK(offer.amount->count == 0);
    CHECK_FALSE(want.amount);
    CHECK_FALSE(want.fee);
    CHECK_FALSE(want.from_age);
    CHECK(want.weekdays == 0);
    struct stat status{};
    REQUIRE(::stat(of.file.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777U) == 0600U);
}

TEST_CASE("The same number again is the same record; another municipality's number is another", "[seeds]") {
    const Folder of;
    auto book = SeedBook::open_or_create(of.file);
    const auto first = book.keep(whole(SeedKind::offer, "S-1"));
    const auto again = book.keep(whole(SeedKind::offer, "S-1"));
    REQUIRE((first && again));
    CHECK(again->id == first->id);
    CHECK_FALSE(again->is_changed);
    auto moved = whole(SeedKind::offer, "S-1");
    moved.amount = SeedAmount{4, Unit::nights};
    const auto changed = book.keep(moved);
    REQUIRE(changed);
    CHECK(changed->id == first->id);
    CHECK((changed->is_changed && !changed->is_new));
    CHECK(book.keep(whole(SeedKind::want, "S-1"))->is_new);
    CHECK(book.keep(whole(SeedKind::offer, "S-1", "99341"))->is_new);
    CHECK(book.keep(whole(SeedKind::offer, ""))->is_new);
    CHECK(book.keep(whole(SeedKind::offer, ""))->is_new); // without a number nobody knows whether it is the same
    CHECK(book.all().seeds.size() == 5);
}

TEST_CASE("The second of two who change one is told, and nobody changes another's", "[seeds]") {
    const Folder of;
    auto book = SeedBook::open_or_create(of.file);
    auto seed = whole(SeedKind::want, "N-1");
    seed.id = book.keep(seed)->id;
    seed.version = 1;
    seed.note = "一人目";
    REQUIRE(book.keep(seed));
    seed.note = "二人目";
    const auto second = book.keep(seed);
    REQUIRE_FALSE(second);
    CHECK(second.error() == SeedRefusal::changed);
    seed.version = 2;
    seed.owner = "99341";
    const auto other = book.keep(seed);
    REQUIRE_FALSE(other);
    CHECK(other.error() == SeedRefusal::missing);
    CHECK(book.all().seeds[0].note == "一人目");
}

TEST_CASE("Who was asked is kept with the answer, the last noted first", "[seeds]") {
    const Folder of;
    auto book = SeedBook::open_or_create(of.file);
    const auto want = book.keep(whole(SeedKind::want, "N-1"))->id;
    const auto offer = book.keep(whole(SeedKind::offer, "S-1"))->id;
    Asking asking;
    asking.owner = "99201";
    asking.want = want;
    asking.offer = offer;
    asking.organization = "うみねこの会";
    asking.asked_by = "こども家庭課";
    asking.asked_on = *parse_day("2026-10-05");
    const auto first = book.ask(asking);
    asking.offer.clear();
    asking.organization = "オファーのない会";
    const auto second = book.ask(asking);
    REQUIRE((first && second));
    CHECK(book.answer(*first, SeedAnswer::declined, DeclineReason::no_staff, "来年なら", parse_day("2026-10-20")));
    CHECK_FALSE(book.answer("a0000", SeedAnswer::yes, std::nullopt, "", std::nullopt));
    const auto askings = book.all().askings;
    REQUIRE(askings.size() == 2);
    CHECK(askings[0].id == *second);
    CHECK(askings[0].offer.empty());
    CHECK(askings[0].answer == SeedAnswer::waiting);
    CHECK(askings[1].reason == DeclineReason::no_staff);
    CHECK(askings[1].words == "来年なら");
    CHECK(askings[1].answered_on == parse_day("2026-10-20"));
    // An asking about what is not here is refused by the file itself.
    asking.want = "nowhere";
    CHECK_THROWS_AS(book.ask(asking), SeedsError);
}

TEST_CASE("A municipality keeps so many and no more, and does not stand in another's way", "[seeds]") {
    const Folder of;
    auto book = SeedBook::open_or_create(of.file);
    REQUIRE(book.keep(whole(SeedKind::offer, "S-1")));
    of.run(
        "INSERT INTO seed SELECT 's' || value, kind, owner, 'k' || value, organization, site, programmes, areas, "
        "within_m, amount, unit, starts, weekdays, nights, from_age, to_age, contracts, fee_yen, fee_per, terms, "
        "contact, phone, mail, note, source, as_of, until, sharing, state, class, version FROM seed, (WITH RECURSIVE "
        "n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < " +
        std::to_string(k_most_seeds_of_owner - 1) + ") SELECT value FROM n)");
    const auto more = book.keep(whole(SeedKind::offer, "S-2"));
    REQUIRE_FALSE(more);
    CHECK(more.error() == SeedRefusal::full);
    CHECK(book.keep(whole(SeedKind::offer, "S-1"))); // what is there may change
    CHECK(book.keep(whole(SeedKind::want, "N-1")));
    CHECK(book.keep(whole(SeedKind::offer, "S-2", "99341")));
}

TEST_CASE("What somebody else wrote into the file is taken for no more than it is", "[seeds]") {
    const Folder of;
    {
        auto book = SeedBook::open_or_create(of.file);
        REQUIRE(book.keep(whole(SeedKind::offer, "S-1")));
        REQUIRE(book.keep(whole(SeedKind::want, "N-1")));
    }
    of.run(
        "UPDATE seed SET amount = -5, unit = 'elephants', starts = 9223372036854775807, weekdays = -1, "
        "nights = 'sometimes', from_age = 4000, to_age = -1, contracts = 'handshake;entrusted;;', "
        "fee_yen = 9223372036854775807, fee_per = 'x', within_m = -9, terms = CAST(x'ff8b80' AS TEXT), "
        "note = 'a' || char(0x202E) || 'b', as_of = -9223372036854775807, until = 'soon', sharing = 'everybody', "
        "state = 'alive', class = 'public', programmes = ';;;' WHERE kind = 'offer'");
    const auto all = SeedBook::open(of.file).all();
    REQUIRE(all.seeds.size() == 2);
    const auto& offer = all.seeds[0].kind == SeedKind::offer ? all.seeds[0] : all.seeds[1];
    CHECK_FALSE(offer.amount);
    CHECK_FALSE(offer.from);
    CHECK_FALSE(offer.fee);
    CHECK_FALSE(offer.within_m);
    CHECK_FALSE(offer.from_age);
    CHECK_FALSE(offer.to_age);
    CHECK(offer.nights == SeedNights::unknown);
    CHECK(offer.weekdays <= k_every_weekday);
    CHECK(offer.contracts == std::vector{Contract::entrusted});
    CHECK(offer.programmes.empty());
    CHECK(offer.note == "ab");
    CHECK(offer.terms.find('\xff') == std::string::npos);
    // What cannot be read is shown to the fewest, and stands no more.
    CHECK(offer.sharing == SeedSharing::own);
    CHECK(offer.kept_for == Visibility::coordinator);
    CHECK_FALSE(stands(offer, *parse_day("2026-11-21")));
}

TEST_CASE("A file of another kind, and a newer one, are refused and stay as they are", "[seeds]") {
    const Folder of;
    CHECK_THROWS_AS(SeedBook::open(of.file), SeedsError);
    const auto code_of_opening = [&] {
        try {
            SeedBook::open_or_create(of.file);
        } catch (const SeedsError& error) {
            return error.code();
        }
        return std::string("opened");
    };
    std::ofstream(of.file) << "これはデータベースではありません。";
    CHECK(code_of_opening() == "seeds_foreign");
    std::filesystem::remove(of.file);
    SeedBook::open_or_create(of.file);
    of.run("PRAGMA user_version = 99");
    CHECK(code_of_opening() == "seeds_newer");
    of.run("PRAGMA user_version = 1; PRAGMA application_id = 7");
    CHECK(code_of_opening() == "seeds_foreign");
}
