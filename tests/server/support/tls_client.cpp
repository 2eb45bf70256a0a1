#include "tests/server/support/tls_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace shirube::tests {

namespace {

int connected_socket(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    constexpr timeval k_patience{60, 0};
    ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &k_patience, sizeof(k_patience));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
        ::close(socket);
        throw std::runtime_error("The server cannot be connected to.");
    }
    return socket;
}

} // namespace

struct TlsClient::State {
    int socket = -1;
    SSL_CTX* context = nullptr;
    SSL* ssl = nullptr;
};

TlsClient::TlsClient(std::uint16_t port, const TlsOffer& offer) : state_(std::make_unique<State>()) {
    state_->socket = connected_socket(port);
    state_->context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_security_level(state_->context, 0); // a client that would take anything
    SSL_CTX_set_min_proto_version(state_->context, offer.least_version);
    SSL_CTX_set_max_proto_version(state_->context, offer.most_version);
    SSL_CTX_set_cipher_list(state_->context, offer.ciphers.empty() ? "ALL" : offer.ciphers.c_str());
    if (!offer.protocols.empty()) {
        SSL_CTX_set_alpn_protos(state_->context, reinterpret_cast<const unsigned char*>(offer.protocols.data()),
                                static_cast<unsigned>(offer.protocols.size()));
    }
    state_->ssl = SSL_new(state_->context);
    SSL_set_fd(state_->ssl, state_->socket);
    shaken_ = SSL_connect(state_->ssl) == 1;
}

TlsClient::~TlsClient() {
    SSL_free(state_->ssl);
    SSL_CTX_free(state_->context);
    ::close(state_->socket);
}

std::string TlsClient::version() const { return SSL_get_version(state_->ssl); }

std::string TlsClient::cipher() const { return SSL_get_cipher_name(state_->ssl); }

std::string TlsClient::protocol() const {
    const unsigned char* data = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(state_->ssl, &data, &size);
    return {reinterpret_cast<const char*>(data), size};
}

std::string TlsClient::server_name() const {
    X509* const certificate = SSL_get0_peer_certificate(state_->ssl);
    if (certificate == nullptr) {
        return {};
    }
    std::array<char, 200> name{};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name.data(), name.size());
    return name.data();
}

bool TlsClient::send(std::string_view bytes) {
    return SSL_write(state_->ssl, bytes.data(), static_cast<int>(bytes.size())) == static_cast<int>(bytes.size());
}

std::optional<Received> TlsClient::receive() {
    std::array<char, 65'536> bytes{};
    while (true) {
        if (auto whole = take_received(pending_)) {
            return whole;
        }
        const int count = SSL_read(state_->ssl, bytes.data(), static_cast<int>(bytes.size()));
        if (count <= 0) {
            return std::nullopt;
        }
        pending_.append(bytes.data(), static_cast<std::size_t>(count));
    }
}

std::optional<Received> TlsClient::ask(std::string_view target, std::string_view headers) {
    return send(get_request(target, headers)) ? receive() : std::nullopt;
}

bool TlsClient::ends_properly() {
    char byte = 0;
    const int count = SSL_read(state_->ssl, &byte, 1);
    return count <= 0 && SSL_get_error(state_->ssl, count) == SSL_ERROR_ZERO_RETURN;
}

bool TlsClient::renegotiates() {
    if (SSL_renegotiate(state_->ssl) != 1 || SSL_do_handshake(state_->ssl) != 1) {
        return false;
    }
    // The client's own half is done at once; only a server that goes along lets the handshake end.
    char byte = 0;
    SSL_read(state_->ssl, &byte, 1);
    return SSL_renegotiate_pending(state_->ssl) == 0 && SSL_get_shutdown(state_->ssl) == 0;
}

} // namespace shirube::tests
