#include "importers/files/archive.hpp"

#include "importers/files/input_file.hpp"
#include "importers/files/table_file.hpp"
#include "importers/files/zip_directory.hpp"
#include "workbook_maker.hpp"
#include "zip_writer.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>

using namespace shirube::importers;
using shirube::importers::test::stored_zip_of;
using shirube::importers::test::zip_of;

namespace {

std::expected<std::vector<ArchiveMember>, FileProblem> texts_of(std::string_view bytes, const Limits& limits) {
    return read_archive(bytes, limits, [](std::string_view name) { return !name.ends_with(".png"); });
}

} // namespace

TEST_CASE("The tables of an archive are read, whatever else lies beside them") {
    const auto tables =
        read_table_members(zip_of({{"folder/readme.pdf", "%PDF"}, {"folder/tbl.TXT", "KEY_CODE\n"}}), {});
    REQUIRE(tables);
    REQUIRE(tables->size() == 1);
    CHECK(tables->front().name == "folder/tbl.TXT");
    CHECK(tables->front().bytes == "KEY_CODE\n");
    CHECK(read_table_members(zip_of({{"a.png", "1"}}), {}).error().code == "archive_without_table");
}

TEST_CASE("A member that unpacks past the limit is refused, whatever size it states") {
    Limits limits;
    limits.file_bytes = 1U << 20U;
    const std::string bomb = zip_of({{"a.txt", std::string(64U << 20U, '0')}});
    REQUIRE(bomb.size() < limits.file_bytes);
    CHECK(texts_of(bomb, limits).error().code == "archive_too_big");

    std::string liar = bomb; // both headers state 10 bytes
    for (const auto& [signature, offset] :
         {std::pair<std::string, std::size_t>{"PK\x01\x02", 24}, {"PK\x03\x04", 22}}) {
        liar.replace(liar.rfind(signature) + offset, 4, std::string("\x0a\0\0\0", 4));
    }
    const auto lied = texts_of(liar, limits);
    if (lied) {
        CHECK(lied->front().bytes.size() <= limits.file_bytes);
    } else {
        CHECK((lied.error().code == "archive_too_big" || lied.error().code == "archive_damaged"));
    }
}

TEST_CASE("Several members together may not pass the limit either") {
    Limits limits;
    limits.file_bytes = 100;
    const std::string bytes = zip_of({{"a.txt", std::string(60, 'a')}, {"b.txt", std::string(60, 'b')}});
    CHECK(read_archive(bytes, limits, [](std::string_view) { return true; }).error().code == "archive_too_big");
}

TEST_CASE("An archive of too many members is refused") {
    Limits limits;
    limits.archive_entries = 2;
    CHECK(texts_of(zip_of({{"a.png", ""}, {"b.png", ""}, {"c.txt", ""}}), limits).error().code ==
          "archive_too_many_members");
}

TEST_CASE("An archive that is cut off is damaged") {
    const std::string whole = zip_of({{"a.txt", std::string(5000, 'a')}});
    for (const std::size_t size : {4UL, 30UL, whole.size() / 2, whole.size() - 20}) {
        const auto text = texts_of(whole.substr(0, size), {});
        REQUIRE_FALSE(text);
        CHECK(text.error().code == "archive_damaged");
    }
}

TEST_CASE("A member whose checksum does not fit is refused by its name, packed or as it is") {
    const std::string whole = stored_zip_of({{"a.txt", "first"}, {"folder/b.txt", "01234567890"}, {"empty.txt", ""}});
    const auto read = texts_of(whole, {});
    REQUIRE(read);
    REQUIRE(read->size() == 3);
    CHECK(std::ranges::find(*read, "folder/b.txt", &ArchiveMember::name)->bytes == "01234567890");
    std::string damaged = whole;
    damaged[damaged.find("34567")] ^= 1;
    const auto refused = texts_of(damaged, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "archive_member_damaged");
    CHECK(refused.error().a == "folder/b.txt");
    // What is not wanted is not looked at.
    CHECK(read_archive(damaged, {}, [](std::string_view name) { return name == "a.txt"; }));

    // Dice do not get smaller: they stand in a packed member as they are, and nothing else shows the damage.
    std::string dice;
    for (std::uint32_t state = 1; dice.size() < 20'000; state = state * 1664525U + 1013904223U) {
        dice += static_cast<char>(state >> 24U);
    }
    std::string packed = zip_of({{"dice.bin", dice}});
    REQUIRE(texts_of(packed, {}));
    packed[packed.size() / 2] ^= 1;
    CHECK_FALSE(texts_of(packed, {}));
}

TEST_CASE("The directory of an archive is found after a program that unpacks it, and told where it is broken") {
    const std::vector<std::pair<std::string, std::string>> members{{"a.txt", "first"}, {"b.txt", "second"}};
    for (const auto& bytes : {stored_zip_of(members), zip_of(members), stored_zip_of(members, "MZ a program")}) {
        const auto directory = read_zip_directory(bytes);
        CHECK(directory.is_whole);
        REQUIRE(directory.entries.size() == 2);
        CHECK(directory.entries[1].name == "b.txt");
        CHECK(directory.entries[1].crc == shirube::importers::test::zip_checksum("second"));
        const auto text = texts_of(bytes, {});
        REQUIRE(text);
        CHECK(text->size() == 2);
    }
    const std::string whole = stored_zip_of(members);
    std::string broken = whole;
    broken[broken.rfind("PK\x01\x02")] = 'X';
    CHECK_FALSE(read_zip_directory(broken).is_whole);
    CHECK(read_zip_directory(broken).entries.size() == 1);
    for (std::size_t size = 0; size < whole.size(); ++size) {
        CHECK_FALSE(read_zip_directory(std::string_view(whole).substr(0, size)).is_whole);
    }
}

TEST_CASE("A workbook with a damaged part is refused, not read with another figure") {
    using shirube::importers::test::text_row;
    const auto members = shirube::importers::test::xlsx_members(
        {{"表", text_row(1, {"名称", "定員"}) + text_row(2, {"浜児童館", "60"})}});
    std::string bytes = stored_zip_of(members);
    REQUIRE(read_tables("list.xlsx", bytes, {}));
    bytes[bytes.find("60</t>")] = '9';
    const auto refused = read_tables("list.xlsx", bytes, {});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "archive_member_damaged");
    CHECK(refused.error().a == "xl/worksheets/sheet1.xml");
}

TEST_CASE("A path that climbs out of the archive is only a name") {
    const auto text = texts_of(zip_of({{"../../../tmp/shirube-escape.txt", "x"}}), {});
    if (text && !text->empty()) {
        CHECK(text->front().bytes == "x");
    }
    CHECK_FALSE(std::filesystem::exists("/tmp/shirube-escape.txt"));
}

TEST_CASE("What a file is shows in its bytes, not in its name") {
    CHECK(content_kind_of(zip_of({{"a.txt", "1"}})) == ContentKind::archive);
    CHECK(content_kind_of(zip_of({{"[Content_Types].xml", "1"}, {"xl/workbook.xml", "1"}})) == ContentKind::workbook);
    CHECK(content_kind_of("\xef\xbb\xbf \n{\"type\"") == ContentKind::json);
    CHECK(content_kind_of("名称,住所") == ContentKind::text);
    CHECK(content_kind_of(std::string("\x00\x00\x27\x0a", 4)) == ContentKind::shapefile);
}
