// Words as people type them against names as lists write them.
#include "directory/reader.hpp"
#include "directory/snapshot/snapshot.hpp"
#include "directory/snapshot/text_index.hpp"
#include "search_random_town.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace shirube;
using namespace shirube::directory;

namespace {

struct Named {
    std::string name;
    std::string programme = "jidokan";
    std::string address{};
    std::string organization{};
};

Reader reader_of(const std::vector<Named>& places) {
    State state;
    state.lists.emplace_back();
    for (const auto& place : places) {
        const auto number = static_cast<std::uint32_t>(state.sites.size());
        SiteRow site;
        site.id = "site" + std::to_string(number);
        site.name = place.name;
        site.address = place.address;
        site.municipality_name = "潮見野市";
        site.position = geo::LonLat{137.05, 33.2};
        state.sites.push_back(site);
        ServiceRow service;
        service.id = "service" + std::to_string(number);
        service.site = number;
        service.list = 0;
        service.programme = Taxonomy::shipped().by_code(place.programme).value();
        if (!place.organization.empty()) {
            service.organization = static_cast<std::uint32_t>(state.organizations.size());
            state.organizations.push_back({"organization" + std::to_string(number), place.organization, ""});
        }
        state.services.push_back(service);
    }
    return Reader(Snapshot::build(std::move(state), Taxonomy::shipped(), Holidays::shipped()));
}

bool finds(const Named& place, const std::string& typed) {
    SearchQuery query;
    query.at = *parse_instant("2026-11-21T12:00");
    query.text = typed;
    // A second place that no word of these tests means.
    return reader_of({place, {"ゐゑ", "hoken_center"}}).search(query).number_matched == 1;
}

} // namespace

TEST_CASE("Two characters suffice, one too, wherever in the name they stand") {
    const Named library{"町立図書館こども室", "gakushu_shien"};
    CHECK(finds(library, "図書"));
    CHECK(finds(library, "書館"));
    CHECK(finds(library, "図"));
    CHECK(finds(library, "町立図書館"));
    CHECK_FALSE(finds(library, "図館"));
    CHECK_FALSE(finds(library, "図書図書"));
}

TEST_CASE("Children are children however they are written") {
    for (const std::string written : {"みなと子ども食堂", "みなとこども食堂", "みなと子供食堂", "みなとコドモ食堂"}) {
        for (const std::string typed : {"子ども食堂", "こども食堂", "子供食堂", "コドモ食堂", "ｺﾄﾞﾓ食堂"}) {
            INFO(written << " for " << typed);
            CHECK(finds({written, "wakamono_ibasho"}, typed));
        }
    }
}

TEST_CASE("Old and new forms, small and large letters, width and radicals make no difference") {
    const auto found = [](const std::string& written, const std::string& typed) {
        INFO(written << " for " << typed);
        CHECK(finds({written, "wakamono_ibasho"}, typed));
        CHECK(finds({typed, "wakamono_ibasho"}, written));
    };
    found("髙島会館", "高島会館");
    found("廣澤館", "広沢館");
    found("鎌ヶ谷会館", "鎌ケ谷会館");
    found("鎌ヶ谷会館", "鎌が谷会館");
    found("⻘空会館", "青空会館");
    found("ＡＢＣキッズ", "abcキッズ");
    found("ｷｯｽﾞﾙｰﾑ", "キッズルーム");
    found("あすなろ・ルーム", "アスナロルーム");
    found("第２会館", "第2会館");
}

TEST_CASE("What differs in meaning is told apart") {
    CHECK_FALSE(finds({"スーパー館", "wakamono_ibasho"}, "スパ館"));
    CHECK_FALSE(finds({"浜会館", "wakamono_ibasho"}, "浜児館"));
}

TEST_CASE("A programme is found by its label and by its local names, whatever the place is called") {
    const Named base{"ぽっぽ", "shien_kyoten"};
    CHECK(finds(base, "ひろば"));
    CHECK(finds(base, "つどいの広場"));
    CHECK(finds(base, "子育て支援センター"));
    CHECK(finds(base, "ぽっぽ ひろば"));
    CHECK_FALSE(finds(base, "ぽっぽ 食堂"));
    CHECK(finds({"にこにこ", "kodomo_shokudo"}, "子ども食堂"));
    CHECK(finds({"にこにこ", "kodomo_shokudo"}, "みんな食堂"));
    CHECK(finds({"にこにこ", "hokago_jido_club"}, "学童"));
}

TEST_CASE("Words are found in the name, the address, the town and who runs it, and all of them must be") {
    const Named place{"ぽっぽ", "jidokan", "浜三丁目1", "社会福祉法人 標会"};
    CHECK(finds(place, "標会 浜"));
    CHECK(finds(place, "潮見野　ぽっぽ"));
    CHECK(finds(place, "  ぽっぽ  "));
    CHECK_FALSE(finds(place, "標会 山"));
    // No word is found across the end of one field and the beginning of the next.
    CHECK_FALSE(finds(place, "ぽ社"));
    CHECK_FALSE(finds(place, "1潮見"));
}

TEST_CASE("Words of nothing but spaces and signs ask for nothing") {
    SearchQuery query;
    query.at = *parse_instant("2026-11-21T12:00");
    const auto reader = reader_of({{"あ"}, {"い"}});
    for (const std::string typed : {"", " ", "\u3000", "・", "!?"}) {
        query.text = typed;
        CHECK(reader.search(query).number_matched == 2);
    }
    query.text = "\xff\xfe";
    CHECK(reader.search(query).number_matched == 0);
    query.text = std::string(100'000, 'a');
    CHECK(reader.search(query).number_matched == 0);
}

TEST_CASE("The index finds what a scan of every document finds") {
    test::Dice dice(7);
    const std::vector<std::string> letters{"あ", "い", "館", "a", "b", "𠮷", "é", "1"};
    const auto random_text = [&](std::size_t most) {
        std::string text;
        for (std::size_t i = 1 + dice.below(most); i > 0; --i) {
            text += dice.of(letters);
        }
        return text;
    };
    TextIndex index;
    std::vector<std::vector<std::string>> documents;
    for (int i = 0; i < 2'000; ++i) {
        documents.push_back({random_text(8), dice.one_in(2) ? std::string{} : random_text(4)});
        index.add({documents.back()[0], documents.back()[1]});
    }
    index.build();
    std::size_t found = 0;
    for (int i = 0; i < 2'000; ++i) {
        const auto word = random_text(5);
        std::vector<std::uint32_t> expected;
        for (std::uint32_t number = 0; number < documents.size(); ++number) {
            const auto holds = [&](const std::string& part) { return part.find(word) != std::string::npos; };
            if (std::ranges::any_of(documents[number], holds)) {
                expected.push_back(number);
            }
        }
        INFO(word);
        REQUIRE(index.find(word) == expected);
        found += expected.size();
    }
    CHECK(found > 10'000);
    CHECK(index.find("").empty());
    CHECK(TextIndex{}.find("あ").empty());
}
