// Documents that staff keep: versions that stay, who may have which, and what an edition says of them.
#include "directory/kept_document.hpp"

#include "directory/policy/policy_book.hpp"
#include "directory/reader.hpp"
#include "directory/store/sqlite.hpp"
#include "store_batches.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <set>

using namespace shirube::directory;
using namespace shirube::directory::test;

namespace {

const Day k_today = *parse_day("2026-11-26");

std::string policy_named(const std::string& name, const std::string& programme = "jidokan") {
    auto document = to_document(*find_policy("jidokan_per_chugakkoku"), Taxonomy::shipped());
    document["name"]["ja"] = name;
    document["any_of"] = {programme};
    return document.dump();
}

struct Towns {
    StoreFolder folder;
    Store store = Store::open(folder / "towns.shirube", OpenMode::write_or_create);

    [[nodiscard]] Reader reader(const std::string& municipality = {}, Visibility up_to = Visibility::staff) const {
        return Reader(Snapshot::build(store.read_state(store.audience_of(municipality, up_to, k_today)),
                                      Taxonomy::shipped(), Holidays::shipped()));
    }
};

/// The names of what is kept, as a reader has them.
std::set<std::string> names(const Reader& reader) {
    std::set<std::string> names;
    for (const auto& offered : reader.policies()) {
        if (!offered.is_shipped()) {
            names.insert(offered.policy.name.ja);
        }
    }
    return names;
}

using Names = std::set<std::string>;

std::string code_thrown(const auto& work) {
    try {
        work();
    } catch (const StoreError& error) {
        return error.code();
    }
    return {};
}

} // namespace

TEST_CASE("Staff have their newest version, everybody the one that is public, another municipality nothing else") {
    Towns towns;
    const auto id = towns.store.add_document(DocumentKind::policy, "99201", {1, policy_named("初め"), "", "mika"});
    CHECK(names(towns.reader()).empty());
    CHECK(names(towns.reader("99341")).empty());
    CHECK(names(towns.reader("99201")) == Names{"初め"});

    CHECK(towns.store.add_document_version(id, 1, {0, policy_named("次"), "", "sora"}) == 2);
    towns.store.publish_document(id, 1);
    CHECK(names(towns.reader()) == Names{"初め"});
    CHECK(names(towns.reader("99341")) == Names{"初め"});
    CHECK(names(towns.reader("99201")) == Names{"次"});
    const auto reader = towns.reader();
    const auto* offered = reader.find_policy(id);
    REQUIRE(offered != nullptr);
    CHECK(offered->policy.version == 1);
    CHECK(offered->policy.id == id);

    towns.store.retire_document(id, true);
    CHECK(names(towns.reader()).empty());
    CHECK(names(towns.reader("99201")).empty());
    towns.store.retire_document(id, false);
    CHECK(names(towns.reader("99201")) == Names{"次"});
    CHECK(names(towns.reader()).empty()); // it was withdrawn with it

    const auto kept = towns.store.kept_documents(DocumentKind::policy, "99201");
    REQUIRE(kept.size() == 1);
    REQUIRE(kept.front().versions.size() == 2);
    CHECK(kept.front().newest().by == "sora");
    REQUIRE(kept.front().find_version(1) != nullptr);
    CHECK(kept.front().find_version(1)->by == "mika");
    CHECK(kept.front().find_version(3) == nullptr);
    CHECK(towns.store.kept_documents(DocumentKind::policy, "99341").empty());
}

TEST_CASE("What nobody else may have changes nobody else's edition") {
    Towns towns;
    const auto nothing = towns.reader().edition();
    const auto id = towns.store.add_document(DocumentKind::policy, "99201", {1, policy_named("初め"), "", "mika"});
    CHECK(towns.reader().edition() == nothing);
    const auto own = towns.reader("99201").edition();
    towns.store.publish_document(id, 1);
    const auto shown = towns.reader().edition();
    CHECK(shown != nothing);
    towns.store.add_document_version(id, 1, {0, policy_named("次"), "", "mika"});
    CHECK(towns.reader().edition() == shown);
    CHECK(towns.reader("99201").edition() != own);
}

TEST_CASE("Two who change the same version: the second is told") {
    Towns towns;
    const auto id = towns.store.add_document(DocumentKind::policy, "99201", {1, policy_named("初め"), "", "mika"});
    towns.store.add_document_version(id, 1, {0, policy_named("次"), "", "mika"});
    CHECK(code_thrown([&] { towns.store.add_document_version(id, 1, {0, policy_named("別"), "", "sora"}); }) ==
          "document_changed");
    CHECK(names(towns.reader("99201")) == Names{"次"});
    CHECK(code_thrown([&] { towns.store.add_document_version("nobody", 1, {0, "{}", "", "sora"}); }) ==
          "document_unknown");
    CHECK(code_thrown([&] { towns.store.publish_document(id, 9); }) == "document_unknown");
    CHECK(code_thrown([&] { towns.store.publish_document("nobody", std::nullopt); }) == "document_unknown");
    CHECK(code_thrown([&] { towns.store.retire_document("nobody", true); }) == "document_unknown");
}

TEST_CASE("The same document kept twice in a second is one, and a municipality keeps so many") {
    Towns towns;
    const DocumentVersion first{1, policy_named("初め"), "2026-11-26T00:00:00Z", "mika"};
    const auto id = towns.store.add_document(DocumentKind::policy, "99201", first);
    CHECK(towns.store.add_document(DocumentKind::policy, "99201", first) == id);
    CHECK(towns.store.add_document(DocumentKind::policy, "99341", first) != id);
    for (int i = 1; i < 200; ++i) {
        towns.store.add_document(DocumentKind::policy, "99201", {1, policy_named(std::to_string(i)), "", "mika"});
    }
    CHECK(code_thrown([&] {
              towns.store.add_document(DocumentKind::policy, "99201", {1, policy_named("多い"), "", "mika"});
          }) == "document_limit");
    towns.store.retire_document(id, true);
    CHECK(code_thrown([&] {
              towns.store.add_document(DocumentKind::policy, "99201", {1, policy_named("多い"), "", "mika"});
          }).empty());
}

TEST_CASE("However many are kept, its municipality is told all of them, and no other any") {
    Towns towns;
    Names expected;
    for (int number = 0; number < 12; ++number) {
        const auto name = "決まり" + std::to_string(number);
        expected.insert(name);
        towns.store.add_document(DocumentKind::policy, "99201", {.body = policy_named(name), .at = {}, .by = "plan"});
        towns.store.add_document(DocumentKind::policy, "99341",
                                 {.body = policy_named("隣" + name), .at = {}, .by = "p"});
    }
    const auto kept = towns.store.kept_documents(DocumentKind::policy, "99201");
    Names told;
    for (const auto& document : kept) {
        told.insert(nlohmann::json::parse(document.versions.back().body).at("name").at("ja").get<std::string>());
    }
    CHECK(kept.size() == 12);
    CHECK(told == expected);
    CHECK(names(towns.reader("99201")) == expected);
}

TEST_CASE("A policy of programmes that an audience may not see, or that nobody understands, is not offered") {
    Towns towns;
    const auto id = towns.store.add_document(DocumentKind::policy, "99201",
                                             {1, policy_named("母子の家", "boshi_seikatsu"), "", "mika"});
    towns.store.publish_document(id, 1);
    towns.store.add_document(DocumentKind::policy, "99201", {1, R"({"from": "a newer program"})", "", "mika"});
    towns.store.add_document(DocumentKind::policy, "99201", {1, "no JSON", "", "mika"});
    CHECK(names(towns.reader()).empty());
    CHECK(names(towns.reader("99201")).empty());
    CHECK(names(towns.reader("99201", Visibility::coordinator)) == Names{"母子の家"});
}

TEST_CASE("A version cannot be changed in the file") {
    Towns towns;
    const auto id = towns.store.add_document(DocumentKind::policy, "99201", {1, policy_named("初め"), "", "mika"});
    Database database(towns.folder / "towns.shirube", Database::Mode::read_write);
    CHECK_THROWS_AS(database.run("UPDATE kept_document_version SET body = '{}'"), StoreError);
}
