#include "importers/files/json_fault.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <random>
#include <string>

using namespace shirube::importers;

TEST_CASE("A text is JSON where the parser takes it, and nowhere else") {
    for (const auto* good : {"{}", "[]", " [1, -2.5e+3, 0, \"a\\\\u3042\\n\", true, false, null, {\"a\":[{}]}]\n", "1",
                             "\"x\"", "{\"a\" : 1 , \"b\" : [ ] }", "[[[[]]]]"}) {
        INFO(good);
        CHECK_FALSE(find_json_fault(good));
    }
    for (const auto* bad : {"", "{", "[1,]", "{\"a\"}", "{\"a\":}", "{,}", "[1 2]", "01", "1.", "-", "tru", "\"a",
                            "\"\\q\"", "[1]]", "{\"a\":1,}", "[}", "nul", "1e", "\"a\nb\""}) {
        INFO(bad);
        CHECK(find_json_fault(bad));
    }
}

TEST_CASE("A number beyond all numbers is a fault, a long one is not") {
    CHECK(find_json_fault("[1e999]"));
    CHECK(find_json_fault("[-1e400,1]"));
    CHECK(find_json_fault("[" + std::string(400, '9') + "]"));
    CHECK_FALSE(find_json_fault("[1e99,1e-999,0.000000000000000000000000000000001]"));
    CHECK_FALSE(find_json_fault("[" + std::string(200, '9') + "." + std::string(400, '9') + "]"));
}

TEST_CASE("A collection is told by the type of the outermost object alone") {
    CHECK(is_feature_collection(R"({"type":"FeatureCollection","features":[]})"));
    CHECK(is_feature_collection(R"({"features":[{"type":"Feature"}],"name":"type","type" : "FeatureCollection"})"));
    CHECK_FALSE(is_feature_collection(R"({"type":"Polygon","features":[{"type":"FeatureCollection"}]})"));
    CHECK_FALSE(is_feature_collection(R"([{"type":"FeatureCollection"}])"));
    CHECK_FALSE(is_feature_collection(R"({"name":"FeatureCollection"})"));
}

TEST_CASE("However a text is broken, the scan agrees with the parser") {
    const std::string whole =
        R"({"type":"FeatureCollection","features":[{"properties":{"a":"shore\n","b":null,"c":-1.5e-7},)"
        R"("geometry":{"coordinates":[[[139.1,35],[0,0.5]]]}},{}],"z":[true,false]})";
    std::mt19937 dice(7);
    const std::string letters = "{}[]\",:0129.-+eE \\ntrufalsx\n";
    for (int i = 0; i < 5000; ++i) {
        std::string text = whole;
        for (int j = 0; j <= i % 3; ++j) {
            const std::size_t at = dice() % text.size();
            switch (dice() % 3) {
                case 0:
                    text.erase(at, 1 + dice() % 3);
                    break;
                case 1:
                    text.insert(at, 1, letters[dice() % letters.size()]);
                    break;
                default:
                    text[at] = letters[dice() % letters.size()];
            }
        }
        INFO(text);
        CHECK(find_json_fault(text).has_value() != nlohmann::json::accept(text));
    }
}
