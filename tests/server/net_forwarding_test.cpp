// Who asks: addresses, ranges, and what proxies say.
#include "server/address.hpp"
#include "server/net/forwarding.hpp"
#include "tests/server/support/client.hpp"
#include "tests/server/support/process.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace shirube::server {

namespace {

std::string text_of(std::string_view text) {
    const auto address = Address::parse(text);
    return address ? address->text() : "none";
}

AddressRange range(std::string_view text) {
    const auto parsed = AddressRange::parse(text);
    REQUIRE(parsed);
    return *parsed;
}

bool in_range(std::string_view text, std::string_view address) {
    return range(text).holds(Address::parse(address).value());
}

/// The proxies of these tests are 10.0.0.0/8 and 2001:db8:ff::/48.
Origin origin(const ForwardingHeaders& headers, std::string_view peer = "10.0.0.1", bool encrypted = false) {
    return origin_of(headers, Address::parse(peer).value(), encrypted,
                     {range("10.0.0.0/8"), range("2001:db8:ff::/48")});
}

std::string client(const ForwardingHeaders& headers, std::string_view peer = "10.0.0.1") {
    return origin(headers, peer).client.text();
}

} // namespace

TEST_CASE("an address is one value, however it is written", "[net]") {
    CHECK(text_of("192.0.2.1") == "192.0.2.1");
    CHECK(text_of("::ffff:192.0.2.1") == "192.0.2.1");
    CHECK(text_of("2001:DB8:0:0::1") == "2001:db8::1");
    for (const auto* wrong :
         {"", "192.0.2", "192.0.2.256", "192.0.2.1:80", "[::1]", "::1%lo", "localhost", "1.2.3.4 "}) {
        CAPTURE(wrong);
        CHECK(text_of(wrong) == "none");
    }
    CHECK(text_of(std::string_view("192.0.2.1\0", 10)) == "none");
}

TEST_CASE("limits count an address of IPv4 whole and one of IPv6 by its /64", "[net]") {
    const auto key = [](std::string_view text) { return Address::parse(text).value().key(); };
    CHECK(key("192.0.2.1") == key("::ffff:192.0.2.1"));
    CHECK(key("192.0.2.1") != key("192.0.2.2"));
    CHECK(key("2001:db8::1") == key("2001:db8::ffff:ffff:ffff:ffff"));
    CHECK(key("2001:db8::1") != key("2001:db8:0:1::1"));
}

TEST_CASE("a range holds what agrees in its first bits", "[net]") {
    CHECK(in_range("10.0.0.0/8", "10.255.255.255"));
    CHECK_FALSE(in_range("10.0.0.0/8", "11.0.0.0"));
    CHECK(in_range("192.0.2.128/25", "192.0.2.200"));
    CHECK_FALSE(in_range("192.0.2.128/25", "192.0.2.127"));
    CHECK(in_range("192.0.2.1", "192.0.2.1"));
    CHECK_FALSE(in_range("192.0.2.1", "192.0.2.2"));
    CHECK(in_range("2001:db8::/33", "2001:db8:7fff::1"));
    CHECK_FALSE(in_range("2001:db8::/33", "2001:db8:8000::1"));
    CHECK(in_range("::/0", "192.0.2.1"));
    CHECK(in_range("0.0.0.0/0", "192.0.2.1"));
    CHECK_FALSE(in_range("0.0.0.0/0", "2001:db8::1"));
    for (const auto* wrong : {"10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/-1", "/8", "10.0.0.0/8/8", "proxy"}) {
        CAPTURE(wrong);
        CHECK_FALSE(AddressRange::parse(wrong));
    }
}

TEST_CASE("the client is the rightmost address that is no trusted proxy", "[net]") {
    CHECK(client({{"192.0.2.7"}, {}, {}}) == "192.0.2.7");
    CHECK(client({{"203.0.113.9, 192.0.2.7"}, {}, {}}) == "192.0.2.7"); // what stands left of it was sent by the client
    CHECK(client({{"192.0.2.7, 10.0.0.9,10.0.0.8"}, {}, {}}) == "192.0.2.7");
    CHECK(client({{"203.0.113.9", "192.0.2.7", "10.0.0.8"}, {}, {}}) == "192.0.2.7"); // lines are one list
    CHECK(client({{"garbage, 192.0.2.7"}, {}, {}}) == "192.0.2.7");
    CHECK(client({{"10.0.0.3, 10.0.0.2"}, {}, {}}) == "10.0.0.3"); // a proxy that asks for itself
    CHECK(client({{"192.0.2.7:4711"}, {}, {}}) == "192.0.2.7");
    CHECK(client({{"[2001:db8::7]:4711"}, {}, {}}) == "2001:db8::7");
    CHECK(client({{"2001:db8::7"}, {}, {}}, "2001:db8:ff::1") == "2001:db8::7");
    CHECK(client({{}, {}, {R"(for=203.0.113.9, For="192.0.2.7:80";proto=https;by=10.0.0.1)"}}) == "192.0.2.7");
    CHECK(client({{}, {}, {R"(for="[2001:db8::7]:4711", for=10.1.1.1)"}}) == "2001:db8::7");
    CHECK(client({{}, {}, {R"(for=192.0.2.7;host="a,b;c\"d")"}}) == "192.0.2.7");
}

TEST_CASE("nobody but a trusted proxy is believed", "[net]") {
    const ForwardingHeaders headers{{"192.0.2.7"}, {"https"}, {"for=192.0.2.7;proto=https"}};
    CHECK(client(headers, "11.0.0.1") == "11.0.0.1");
    CHECK_FALSE(origin(headers, "11.0.0.1").secure);
    CHECK(origin(headers, "11.0.0.1", true).secure);
    CHECK(client(headers, "2001:db8:fe::1") == "2001:db8:fe::1");
    CHECK(client(headers) == "192.0.2.7");
    CHECK(origin(headers).secure);
}

TEST_CASE("a malformed header is as if it had not come", "[net]") {
    for (const auto* wrong : {"", "unknown", "192.0.2.7, ", "192.0.2.7, nonsense", "192.0.2.7:99999", "[2001:db8::7",
                              "192.0.2.7 10.0.0.1", "[192.0.2.7]", "999.1.1.1"}) {
        CAPTURE(wrong);
        CHECK(client({{wrong}, {}, {}}) == "10.0.0.1");
    }
    for (const auto* wrong : {"", "for", "for=", "for=unknown", "for=_hidden", "for=\"192.0.2.7", "for=192.0.2.7,",
                              "proto=https", "for=192.0.2.7 proto=https", "=", "for=\"192.0.2.7\"x"}) {
        CAPTURE(wrong);
        CHECK(client({{}, {}, {wrong}}) == "10.0.0.1");
    }
    std::string long_way = "192.0.2.7";
    for (int i = 0; i < 100; ++i) {
        long_way += ", 10.0.0.2";
    }
    CHECK(client({{long_way}, {}, {}}) == "10.0.0.1");
}

TEST_CASE("of two headers that name two clients neither is believed", "[net]") {
    // A proxy writes one of them, and passes on what the client wrote into the other.
    CHECK(client({{"192.0.2.7"}, {}, {"for=203.0.113.9"}}) == "10.0.0.1");
    CHECK(client({{"192.0.2.7"}, {}, {"nonsense"}}) == "10.0.0.1");
    CHECK(client({{"192.0.2.7"}, {}, {"for=192.0.2.7"}}) == "192.0.2.7");
}

TEST_CASE("a connection is as safe as the proxy says that the client's own is", "[net]") {
    const auto secure = [](std::vector<std::string_view> proto, std::vector<std::string_view> forwarded,
                           bool encrypted) {
        return origin({{}, std::move(proto), std::move(forwarded)}, "10.0.0.1", encrypted).secure;
    };
    CHECK(secure({"https"}, {}, false));
    CHECK(secure({"HTTPS"}, {}, false));
    CHECK_FALSE(secure({"http"}, {}, false));
    CHECK_FALSE(secure({"http"}, {}, true)); // between the proxy and us it is, but not before
    CHECK_FALSE(secure({"https, http"}, {}, false));
    CHECK_FALSE(secure({"gopher"}, {}, false));
    CHECK(secure({"gopher"}, {}, true));
    CHECK(secure({}, {}, true));
    CHECK_FALSE(secure({}, {}, false));
    CHECK(secure({}, {"for=192.0.2.7;proto=https"}, false));
    CHECK_FALSE(secure({}, {"for=192.0.2.7;proto=http"}, false));
    CHECK(secure({}, {"for=192.0.2.7;proto=https, for=10.0.0.2;proto=http"}, false)); // the client's own stretch
}

} // namespace shirube::server

namespace shirube::tests {

TEST_CASE("over a socket: a trusted proxy speaks for its clients, another does not", "[net]") {
    const auto strict = [](const ServerProcess& server, std::string_view headers) {
        Client client(server.port());
        const auto answer = client.ask("/healthz", headers);
        REQUIRE(answer);
        return answer->header("Strict-Transport-Security");
    };
    const ServerProcess trusting(shared_town_store(),
                                 {"--trusted-proxy", "192.0.2.0/24", "--trusted-proxy", "127.0.0.1"});
    CHECK(strict(trusting, "X-Forwarded-Proto: https\r\n") == "max-age=31536000");
    CHECK(strict(trusting, "Forwarded: for=192.0.2.7;proto=https\r\n") == "max-age=31536000");
    CHECK(strict(trusting, "X-Forwarded-Proto: http\r\n").empty());
    CHECK(strict(trusting, "").empty());
    const ServerProcess wary(shared_town_store(), {"--trusted-proxy", "192.0.2.0/24"});
    CHECK(strict(wary, "X-Forwarded-Proto: https\r\n").empty());
    CHECK(strict(wary, "Forwarded: for=192.0.2.7;proto=https\r\n").empty());
}

TEST_CASE("a proxy that is no address is wrong use", "[net]") {
    for (const auto* wrong : {"proxy.example", "10.0.0.0/40", "10.0.0.0-10.0.0.9"}) {
        const auto ran = run_shirube({"serve", "--store", shared_town_store(), "--trusted-proxy", wrong});
        CHECK(ran.status == 2);
        CHECK(ran.errors.find("--trusted-proxy") != std::string::npos);
        CHECK(ran.errors.find(wrong) != std::string::npos);
    }
}

} // namespace shirube::tests
