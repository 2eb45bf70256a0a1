// The programmes as shipped, and names that must not be guessed.
#include "directory/taxonomy.hpp"

#include "directory/fold.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <stdexcept>

using namespace shirube::directory;

namespace {

const Taxonomy& taxonomy() { return Taxonomy::shipped(); }

/// The code that a name means; "?" where it means none.
std::string meant(const std::string& name, const std::string& municipality = "99201") {
    const auto index = taxonomy().by_name(name, municipality);
    return index ? taxonomy().at(*index).code : "?";
}

std::string taxonomy_of(const std::string& programmes, const std::string& aliases = "") {
    return R"({"programmes": [)" + programmes + R"(], "aliases": [)" + aliases + "]}";
}

constexpr const char* k_label = R"("label": {"ja": "館", "ja_easy": "かん", "en": "Hall"})";

} // namespace

TEST_CASE("Every programme is labelled in three registers, lies in a family, and is found by what it is called") {
    REQUIRE(taxonomy().programmes().size() > 50);
    std::set<std::string> codes;
    for (std::size_t i = 0; i < taxonomy().programmes().size(); ++i) {
        const auto index = static_cast<ProgrammeIndex>(i);
        const Programme& programme = taxonomy().at(index);
        INFO(programme.code);
        CHECK(codes.insert(programme.code).second);
        CHECK_FALSE(programme.label.ja.empty());
        CHECK_FALSE(programme.label.ja_easy.empty());
        CHECK_FALSE(programme.label.en.empty());
        CHECK(taxonomy().is_family(taxonomy().family_of(index)));
        CHECK(taxonomy().by_code(programme.code) == index);
        CHECK(taxonomy().by_name(programme.label.ja, "") == index);
        CHECK(taxonomy().by_name(programme.code, "") == index);
    }
}

TEST_CASE("A family holds what is below it, at whatever depth") {
    const auto places = taxonomy().with_descendants(*taxonomy().by_code("places"));
    std::set<std::string> codes;
    for (const auto index : places) {
        codes.insert(taxonomy().at(index).code);
    }
    for (const char* code : {"places", "jidokan", "jidokan_small", "shien_kyoten", "shutcho_hiroba"}) {
        CHECK(codes.contains(code));
    }
    CHECK_FALSE(codes.contains("kodomo_shokudo"));
    CHECK(taxonomy().with_descendants(*taxonomy().by_code("kodomo_shokudo")).size() == 1);
    CHECK(taxonomy().at(taxonomy().family_of(*taxonomy().by_code("jidokan_small"))).code == "places");
}

TEST_CASE("Protected programmes are hidden from the public by default, and nothing else is") {
    std::set<std::string> hidden;
    for (const auto& programme : taxonomy().programmes()) {
        if (programme.visibility != Visibility::everyone) {
            hidden.insert(programme.code);
        }
    }
    CHECK(hidden == std::set<std::string>{"boshi_seikatsu", "family_home", "josei_jiritsu", "josei_sodan"});
}

TEST_CASE("Local and former names mean the programme, however they are written") {
    CHECK(meant("つどいの広場") == "shien_kyoten");
    CHECK(meant("つどいのひろば") == "shien_kyoten");
    CHECK(meant("ｺﾄﾞﾓ食堂") == "kodomo_shokudo");
    CHECK(meant("子供食堂") == "kodomo_shokudo");
    CHECK(meant("学童クラブ") == "hokago_jido_club");
    CHECK(meant("母子寮") == "boshi_seikatsu");
    CHECK(meant(" 児童館 ") == "jidokan");
}

TEST_CASE("One name that means different things in two cities means them there and nothing elsewhere") {
    CHECK(meant("子ども家庭支援センター", "13112") == "kodomo_katei_center");
    CHECK(meant("子ども家庭支援センター", "44202") == "jido_katei_shien_center");
    CHECK(meant("子ども家庭支援センター", "99201") == "?");
    CHECK(meant("子ども家庭支援センター", "") == "?");
}

TEST_CASE("A name nobody knows is not guessed") {
    for (const char* name : {"", " ", "児童", "館", "なんでも相談室", "児童館児童館"}) {
        INFO(name);
        CHECK(meant(name) == "?");
    }
}

TEST_CASE("A label in a language that is none of the three is Japanese") {
    const Label label{"児童館", "じどうかん", "Children's centre"};
    CHECK(label.in("ja") == "児童館");
    CHECK(label.in("ja-easy") == "じどうかん");
    CHECK(label.in("en") == "Children's centre");
    CHECK(label.in("fr") == "児童館");
    CHECK(label.in("") == "児童館");
}

TEST_CASE("A taxonomy with a fault is refused with its place") {
    const auto refused = [](const std::string& text, const std::string& word) {
        INFO(text);
        try {
            Taxonomy::from_json(text);
        } catch (const std::runtime_error& error) {
            CHECK(std::string{error.what()}.find(word) != std::string::npos);
            return;
        }
        FAIL("it was taken");
    };
    const std::string hall = std::string(R"({"code": "hall", )") + k_label + "}";
    CHECK(Taxonomy::from_json(taxonomy_of(hall)).programmes().size() == 1);
    refused("{", "taxonomy");
    refused("[]", "taxonomy");
    refused(taxonomy_of(hall + "," + hall), "hall");
    refused(taxonomy_of(std::string(R"({"code": "a", "parent": "b", )") + k_label + "}"), "b");
    refused(taxonomy_of(R"({"code": "a"})"), "label");
    refused(taxonomy_of(hall, R"({"name": "x", "programme": "none"})"), "none");
    refused(taxonomy_of(hall, R"({"name": "x", "programme": "hall", "valid_to": "2026-02-30"})"), "2026-02-30");
    refused(taxonomy_of(std::string(R"({"code": "a", "visibility": "secret", )") + k_label + "}"), "a");
}

TEST_CASE("Two aliases of the same reach that disagree are no answer") {
    const std::string two = std::string(R"({"code": "a", "label": {"ja": "甲", "ja_easy": "こう", "en": "A"}},)") +
                            R"({"code": "b", "label": {"ja": "乙", "ja_easy": "おつ", "en": "B"}})";
    const auto disagreeing =
        Taxonomy::from_json(taxonomy_of(two, R"({"name": "丙", "programme": "a"}, {"name": "丙", "programme": "b"})"));
    CHECK_FALSE(disagreeing.by_name("丙", "99201"));
    const auto local = Taxonomy::from_json(taxonomy_of(
        two, R"({"name": "丙", "programme": "a"}, {"name": "丙", "programme": "b", "municipalities": ["99201"]})"));
    CHECK(local.by_name("丙", "99201") == local.by_code("b"));
    CHECK(local.by_name("丙", "99341") == local.by_code("a"));
}
