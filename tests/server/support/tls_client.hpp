// A client over TLS that says what it offers and tells what it got.
#pragma once

#include "tests/server/support/client.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::tests {

struct TlsOffer {
    int least_version = 0; ///< TLS1_2_VERSION and the like; 0: OpenSSL's own
    int most_version = 0;
    std::string ciphers;   ///< of TLS 1.2; empty: all, weak ones too
    std::string protocols; ///< ALPN as it is sent, each after its length
};

class TlsClient {
  public:
    /// Connects and shakes hands, with any certificate. `shaken()` says whether that went well.
    explicit TlsClient(std::uint16_t port, const TlsOffer& offer = {});
    TlsClient(const TlsClient&) = delete;
    TlsClient& operator=(const TlsClient&) = delete;
    ~TlsClient();

    [[nodiscard]] bool shaken() const noexcept { return shaken_; }
    [[nodiscard]] std::string version() const; ///< TLSv1.3
    [[nodiscard]] std::string cipher() const;
    [[nodiscard]] std::string protocol() const;    ///< by ALPN; empty: none
    [[nodiscard]] std::string server_name() const; ///< the common name of the server's certificate

    bool send(std::string_view bytes);
    std::optional<Received> receive();
    std::optional<Received> ask(std::string_view target, std::string_view headers = {});

    /// Whether the server ends the connection with a close_notify, and nothing more comes before it.
    bool ends_properly();

    /// Whether the server lets itself be asked to shake hands again (TLS 1.2).
    bool renegotiates();

  private:
    struct State;
    std::unique_ptr<State> state_;
    bool shaken_ = false;
    std::string pending_;
};

} // namespace shirube::tests
