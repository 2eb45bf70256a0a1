// Lengths of drawings against the formatter that can write any number.
#include "server/pages/drawing_text.hpp"

#include <catch2/catch.hpp>
#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <random>

using shirube::server::append_tenths;

namespace {

std::string in_tenths(double number) {
    std::string text = "x";
    append_tenths(text, number);
    return text.substr(1);
}

} // namespace

TEST_CASE("lengths are written to tenths, and whole ones as whole", "[tenths]") {
    CHECK(in_tenths(0) == "0");
    CHECK(in_tenths(12) == "12");
    CHECK(in_tenths(3.14) == "3.1");
    CHECK(in_tenths(-0.52) == "-0.5");
    CHECK(in_tenths(-0.04) == "0");
    CHECK(in_tenths(9.96) == "10");
    CHECK(in_tenths(std::numeric_limits<double>::quiet_NaN()) == "0");
    CHECK(in_tenths(std::numeric_limits<double>::infinity()) == "0");
    CHECK(in_tenths(1e300) == "0");
}

TEST_CASE("any length reads as the formatter writes it", "[tenths]") {
    std::mt19937 dice(20'261'127);
    std::uniform_real_distribution<double> length(-3000, 3000);
    for (int i = 0; i < 20'000; ++i) {
        const double number = length(dice);
        // The two may part where the number stands between two tenths to the last bit.
        if (std::abs(std::abs(number * 10 - std::trunc(number * 10)) - 0.5) < 1e-9) {
            continue;
        }
        CHECK(std::stod(in_tenths(number)) == std::stod(fmt::format("{:.1f}", number)));
    }
}
