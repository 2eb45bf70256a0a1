// TLS: what is spoken, what is refused, and certificates that come anew while the server runs.
#include "server/net/tls.hpp"
#include "tests/server/support/certificate.hpp"
#include "tests/server/support/client.hpp"
#include "tests/server/support/process.hpp"
#include "tests/server/support/tls_client.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <openssl/ssl.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

namespace shirube::tests {

namespace {

/// A server with a certificate of its own in files of its own.
class TlsServer {
  public:
    explicit TlsServer(std::vector<std::string> options = {}, const TestCertificate& made = make_certificate("first"))
        : certificate_(folder_.write("certificate.pem", made.certificate)),
          key_(folder_.write("key.pem", made.key)),
          server_(shared_town_store(), [&] {
              options.insert(options.end(), {"--tls-certificate", certificate_, "--tls-key", key_});
              return options;
          }()) {}

    [[nodiscard]] std::uint16_t port() const { return server_.port(); }
    [[nodiscard]] Process& process() { return server_.process(); }

    /// Puts another in the files' places. Each comes by a name of its own, as programs that renew certificates do it.
    void replace(const TestCertificate& made) {
        fs::rename(folder_.write("new.pem", made.key), key_);
        fs::rename(folder_.write("new.pem", made.certificate), certificate_);
    }

    [[nodiscard]] std::string presents() const {
        const TlsClient client(port());
        return client.server_name();
    }

    [[nodiscard]] bool has_said(std::string_view words) {
        return server_.process().errors().find(words) != std::string::npos;
    }

  private:
    ScratchFolder folder_;
    std::string certificate_;
    std::string key_;
    ServerProcess server_;
};

/// What a start with these files says, and its status.
Ran start_with(const std::string& certificate, const std::string& key) {
    return run_shirube({"serve", "--store", shared_town_store(), "--listen", "127.0.0.1:0", "--tls-certificate",
                        certificate, "--tls-key", key});
}

} // namespace

TEST_CASE("over TLS the same is answered, and the browser is told to come so again", "[net][tls]") {
    const TlsServer server;
    TlsClient client(server.port());
    REQUIRE(client.shaken());
    CHECK(client.version() == "TLSv1.3");
    for (int i = 0; i < 20; ++i) {
        const auto answer = client.ask("/api/v1/resources?limit=20");
        REQUIRE(answer);
        CHECK(answer->status == 200);
        CHECK(answer->body.starts_with("{\"type\":\"FeatureCollection\""));
        CHECK(answer->header("Strict-Transport-Security") == "max-age=31536000");
    }
    const auto page = client.ask("/planner"); // longer than one record
    REQUIRE(page);
    CHECK(page->status == 200);
    CHECK(page->body.size() == std::stoul(page->header("Content-Length")));
    CHECK(page->body.find("</html>") != std::string::npos);
    // Pipelined requests are answered in order, and the end is said.
    client.send(get_request("/healthz") + get_request("/readyz") + get_request("/healthz", "Connection: close\r\n"));
    CHECK(client.receive().value().body == "alive\n");
    CHECK(client.receive().value().body.starts_with("ready "));
    CHECK(client.receive().value().header("Connection") == "close");
    CHECK(client.ends_properly());
}

TEST_CASE("limits are told over TLS too", "[net][tls]") {
    const TlsServer server({"--request-time", "600"});
    TlsClient large(server.port());
    large.send(get_request("/search?q=" + std::string(10'000, 'a')));
    CHECK(large.receive().value().status == 414);
    CHECK(large.ends_properly());
    TlsClient half(server.port());
    half.send("GET / HTTP/1.1\r\nHost: x");
    CHECK(half.receive().value().status == 408);
}

TEST_CASE("what is old or weak is not spoken", "[net][tls]") {
    const TlsServer server;
    CHECK_FALSE(TlsClient(server.port(), {TLS1_VERSION, TLS1_VERSION, {}, {}}).shaken());
    CHECK_FALSE(TlsClient(server.port(), {TLS1_1_VERSION, TLS1_1_VERSION, {}, {}}).shaken());
    // Without a key of its own for each connection, or without a cipher that authenticates.
    for (const auto* weak :
         {"AES128-GCM-SHA256", "ECDHE-ECDSA-AES128-SHA256", "ECDHE-ECDSA-AES256-SHA", "AES256-SHA"}) {
        CAPTURE(weak);
        CHECK_FALSE(TlsClient(server.port(), {TLS1_2_VERSION, TLS1_2_VERSION, weak, {}}).shaken());
    }
    TlsClient sound(server.port(), {TLS1_2_VERSION, TLS1_2_VERSION, {}, {}});
    REQUIRE(sound.shaken());
    CHECK(sound.version() == "TLSv1.2");
    CHECK(sound.cipher().starts_with("ECDHE-ECDSA-"));
    CHECK(sound.ask("/healthz").value().status == 200);
    CHECK_FALSE(sound.renegotiates());
}

TEST_CASE("HTTP/1.1 is agreed on where it is offered", "[net][tls]") {
    const TlsServer server;
    CHECK(TlsClient(server.port(), {0, 0, {}, "\x02h2\x08http/1.1"}).protocol() == "http/1.1");
    CHECK(TlsClient(server.port()).protocol().empty());
    CHECK_FALSE(TlsClient(server.port(), {0, 0, {}, "\x02h2"}).shaken());
}

TEST_CASE("plain HTTP where TLS is spoken is told so, and who says nothing is not waited for", "[net][tls]") {
    TlsServer server({"--request-time", "600"});
    Client plain(server.port());
    const auto answer = plain.ask("/search?q=abc");
    REQUIRE(answer);
    CHECK(answer->status == 400);
    CHECK(answer->header("Connection") == "close");
    CHECK(nlohmann::json::parse(answer->body).at("detail").get<std::string>().find("https://") != std::string::npos);
    CHECK(plain.receive_all() == "");
    Client silent(server.port());
    CHECK(silent.receive_all() == "");
    Client half(server.port());
    half.send("\x16\x03\x01\x02"); // a hello that does not go on
    CHECK(half.receive_all() == "");
    Client garbage(server.port());
    garbage.send(std::string(1'000, '\xff'));
    CHECK(garbage.receive_all().has_value());
    CHECK(TlsClient(server.port()).ask("/healthz").value().status == 200);
}

TEST_CASE("one connection too many is told so over TLS", "[net][tls]") {
    const TlsServer server({"--most-connections", "1", "--threads", "1"});
    TlsClient first(server.port());
    REQUIRE(first.ask("/healthz"));
    TlsClient second(server.port());
    CHECK(second.receive().value().status == 503);
}

TEST_CASE("a new certificate is taken while the server runs", "[net][tls]") {
    TlsServer server({"--tls-interval", "3600000"});
    TlsClient before(server.port());
    CHECK(before.server_name() == "first");
    server.replace(make_certificate("second"));
    CHECK(server.presents() == "first"); // nobody has looked yet
    server.process().signal(SIGHUP);
    CHECK(eventually([&] { return server.presents() == "second"; }));
    CHECK(before.ask("/healthz").value().status == 200); // who is connected stays
}

TEST_CASE("a new certificate is seen without being told", "[net][tls]") {
    TlsServer server({"--tls-interval", "100"});
    server.replace(make_certificate("second"));
    CHECK(eventually([&] { return server.presents() == "second"; }));
}

TEST_CASE("a broken new certificate leaves the old one in force, and is warned of", "[net][tls]") {
    TlsServer server({"--tls-interval", "100"});
    server.replace({"no certificate", "no key"});
    CHECK(eventually([&] { return server.has_said("The new certificate is not taken"); }));
    CHECK(server.presents() == "first");
    const auto second = make_certificate("second");
    server.replace({second.certificate, make_certificate("third").key});
    CHECK(eventually([&] { return server.has_said("is not that of the certificate"); }));
    CHECK(server.presents() == "first");
    server.replace(second);
    CHECK(eventually([&] { return server.presents() == "second"; }));
}

TEST_CASE("an expired certificate is served and warned of", "[net][tls]") {
    using namespace std::chrono_literals;
    TlsServer expired({}, make_certificate("first", -48h, -24h));
    CHECK(expired.presents() == "first");
    CHECK(expired.has_said("has expired"));
    TlsServer early({}, make_certificate("first", 24h, 48h));
    CHECK(early.presents() == "first");
    CHECK(early.has_said("not valid yet"));
    TlsServer valid;
    CHECK_FALSE(valid.has_said("valid yet"));
    CHECK_FALSE(valid.has_said("expired"));
}

TEST_CASE("files that do not do are told before anything is served", "[net][tls]") {
    const ScratchFolder folder;
    const auto made = make_certificate("first");
    const std::string certificate = folder.write("certificate.pem", made.certificate);
    const std::string key = folder.write("key.pem", made.key);
    const auto says = [&](const Ran& ran, std::string_view option, std::string_view words) {
        CAPTURE(ran.errors);
        CHECK(ran.status == 1);
        CHECK(ran.errors.starts_with(option));
        CHECK(ran.errors.find(words) != std::string::npos);
        CHECK(ran.output.empty());
    };
    says(start_with(folder / "none.pem", key), "--tls-certificate: There is no file", "none.pem");
    says(start_with(certificate, folder / "none.pem"), "--tls-key: There is no file", "none.pem");
    says(start_with(folder.path(), key), "--tls-certificate", "cannot be read");
    says(start_with(folder.write("text.pem", "hello"), key), "--tls-certificate", "no certificate in PEM");
    says(start_with(key, key), "--tls-certificate", "no certificate in PEM");
    says(start_with(certificate, certificate), "--tls-key", "no private key in PEM");
    says(start_with(certificate, folder.write("other.pem", make_certificate("other").key)), "--tls-key",
         "not that of the certificate");
    says(start_with(certificate, folder.write("locked.pem", encrypted_key(made.key))), "--tls-key", "passphrase");
    fs::permissions(key, fs::perms::owner_read);
    if (::geteuid() == 0) { // whoever runs this may read it otherwise
        says(run_shirube({"serve", "--store", shared_town_store(), "--listen", "127.0.0.1:0", "--tls-certificate",
                          certificate, "--tls-key", key},
                         {.unprivileged = true}),
             "--tls-key", "cannot be read");
    }
    for (const auto* half : {"--tls-certificate", "--tls-key"}) {
        const auto ran = run_shirube({"serve", "--store", shared_town_store(), half, certificate});
        CHECK(ran.status == 2);
        CHECK(ran.errors.find("are given both") != std::string::npos);
    }
}

TEST_CASE("what is wrong with a certificate is said in both languages", "[tls]") {
    using server::TlsFault;
    for (const auto fault : {TlsFault::missing, TlsFault::unreadable, TlsFault::no_certificate, TlsFault::no_key,
                             TlsFault::encrypted_key, TlsFault::key_does_not_fit, TlsFault::refused}) {
        const auto ja = server::in_words({fault, "file.pem", "reason"}, "ja");
        const auto en = server::in_words({fault, "file.pem", "reason"}, "en");
        CHECK(ja != en);
        CHECK(ja.find("file.pem") != std::string::npos);
        CHECK(en.find("file.pem") != std::string::npos);
        CHECK(ja.ends_with("。"));
    }
}

} // namespace shirube::tests
