#include "importers/files/archive.hpp"

#include "importers/files/input_file.hpp"
#include "zip_writer.hpp"

#include <catch2/catch.hpp>

using namespace shirube::importers;
using shirube::importers::test::zip_of;

TEST_CASE("The only text of an archive is read, whatever else lies beside it") {
    const auto text = read_only_text(zip_of({{"folder/readme.pdf", "%PDF"}, {"folder/tbl.TXT", "KEY_CODE\n"}}), {});
    REQUIRE(text);
    CHECK(text->name == "folder/tbl.TXT");
    CHECK(text->bytes == "KEY_CODE\n");
}

TEST_CASE("Two texts in an archive are a question, not a choice") {
    const auto text = read_only_text(zip_of({{"a.txt", "1"}, {"b.csv", "2"}}), {});
    REQUIRE_FALSE(text);
    CHECK(text.error().code == "archive_many_texts");
    CHECK(read_only_text(zip_of({{"a.png", "1"}}), {}).error().code == "archive_without_text");
}

TEST_CASE("A member that unpacks past the limit is refused, whatever size it states") {
    Limits limits;
    limits.file_bytes = 1U << 20U;
    const std::string bomb = zip_of({{"a.txt", std::string(64U << 20U, '0')}});
    REQUIRE(bomb.size() < limits.file_bytes);
    CHECK(read_only_text(bomb, limits).error().code == "archive_too_big");

    std::string liar = bomb; // both headers state 10 bytes
    for (const auto& [signature, offset] :
         {std::pair<std::string, std::size_t>{"PK\x01\x02", 24}, {"PK\x03\x04", 22}}) {
        liar.replace(liar.rfind(signature) + offset, 4, std::string("\x0a\0\0\0", 4));
    }
    const auto lied = read_only_text(liar, limits);
    if (lied) {
        CHECK(lied->bytes.size() <= limits.file_bytes);
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
    CHECK(read_only_text(zip_of({{"a.png", ""}, {"b.png", ""}, {"c.txt", ""}}), limits).error().code ==
          "archive_too_many_members");
}

TEST_CASE("An archive that is cut off is damaged") {
    const std::string whole = zip_of({{"a.txt", std::string(5000, 'a')}});
    for (const std::size_t size : {4UL, 30UL, whole.size() / 2, whole.size() - 20}) {
        const auto text = read_only_text(whole.substr(0, size), {});
        REQUIRE_FALSE(text);
        CHECK(text.error().code == "archive_damaged");
    }
}

TEST_CASE("A path that climbs out of the archive is only a name") {
    const auto text = read_only_text(zip_of({{"../../../tmp/shirube-escape.txt", "x"}}), {});
    if (text) {
        CHECK(text->bytes == "x");
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
