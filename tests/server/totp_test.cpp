// The codes of authenticators against the vectors that the RFCs publish.
#include "server/accounts/totp.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

using namespace shirube::server;

namespace {

std::vector<std::uint8_t> bytes(std::string_view text) { return {text.begin(), text.end()}; }

} // namespace

TEST_CASE("A code is the one that RFC 6238 publishes for its time") {
    const auto secret = bytes("12345678901234567890");
    // Appendix B, SHA-1, of eight digits the last six.
    for (const auto& [seconds, code] : std::vector<std::pair<std::int64_t, const char*>>{{59, "287082"},
                                                                                         {1111111109, "081804"},
                                                                                         {1111111111, "050471"},
                                                                                         {1234567890, "005924"},
                                                                                         {2000000000, "279037"},
                                                                                         {20000000000, "353130"}}) {
        CHECK(totp_code(secret, seconds / 30) == code);
    }
}

TEST_CASE("A code is the one that RFC 4226 publishes for its counter") {
    const auto secret = bytes("12345678901234567890");
    const std::vector<const char*> codes{"755224", "287082", "359152", "969429", "338314",
                                         "254676", "287922", "162583", "399871", "520489"};
    for (std::size_t i = 0; i < codes.size(); ++i) {
        CHECK(totp_code(secret, static_cast<std::int64_t>(i)) == codes[i]);
    }
}

TEST_CASE("Base 32 is RFC 4648's without its padding") {
    CHECK(base32(bytes("")).empty());
    CHECK(base32(bytes("f")) == "MY");
    CHECK(base32(bytes("fo")) == "MZXQ");
    CHECK(base32(bytes("foo")) == "MZXW6");
    CHECK(base32(bytes("foob")) == "MZXW6YQ");
    CHECK(base32(bytes("fooba")) == "MZXW6YTB");
    CHECK(base32(bytes("foobar")) == "MZXW6YTBOI");
    CHECK(base32(bytes("12345678901234567890")) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    for (const auto* text : {"", "f", "fo", "foo", "foob", "fooba", "foobar", "12345678901234567890"}) {
        CHECK(from_base32(base32(bytes(text))) == bytes(text));
    }
    CHECK(from_base32("MZXW 6YTB OI") == bytes("foobar")); // as the page shows it
    for (const auto* other : {"mzxw", "MZXW1", "MZXW=", "MZXW\n", "名前"}) {
        CHECK(from_base32(other).empty());
    }
}

TEST_CASE("An authenticator's address names issuer, account and secret, whatever letters they have") {
    CHECK(otpauth_uri("しるべ 見本", "mori.k", bytes("12345678901234567890")) ==
          "otpauth://totp/%E3%81%97%E3%82%8B%E3%81%B9%20%E8%A6%8B%E6%9C%AC:mori.k"
          "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=%E3%81%97%E3%82%8B%E3%81%B9%20%E8%A6%8B%E6%9C%AC"
          "&algorithm=SHA1&digits=6&period=30");
}
