#include "tests/server/support/client.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace shirube::tests {

namespace {

constexpr int k_patience_ms = 60'000;

} // namespace

std::string Received::header(std::string_view name) const {
    const auto at = head.find(fmt::format("\r\n{}: ", name));
    if (at == std::string::npos) {
        return {};
    }
    const auto from = at + name.size() + 4;
    return head.substr(from, head.find("\r\n", from) - from);
}

Client::Client(std::uint16_t port, int receive_bytes) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (receive_bytes != 0) {
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof(receive_bytes));
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
        ::close(socket_);
        throw std::runtime_error("The server cannot be connected to.");
    }
}

Client::~Client() { ::close(socket_); }

bool Client::send(std::string_view bytes, std::chrono::milliseconds most) {
    const auto end = std::chrono::steady_clock::now() + most;
    while (!bytes.empty()) {
        pollfd ready{socket_, POLLOUT, 0};
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        if (::poll(&ready, 1, 100) <= 0) {
            continue;
        }
        const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

void Client::finish_sending() { ::shutdown(socket_, SHUT_WR); }

Client::More Client::read_some() {
    pollfd ready{socket_, POLLIN, 0};
    if (::poll(&ready, 1, k_patience_ms) <= 0) {
        return More::late;
    }
    std::array<char, 65'536> bytes{};
    const auto count = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (count <= 0) {
        return More::ended; // orderly or not
    }
    pending_.append(bytes.data(), static_cast<std::size_t>(count));
    return More::yes;
}

std::optional<Received> take_received(std::string& bytes, bool to_head) {
    const auto head_end = bytes.find("\r\n\r\n");
    if (head_end == std::string::npos) {
        return std::nullopt;
    }
    Received out;
    out.head = bytes.substr(0, head_end + 2);
    if (out.head.size() < 12 || !out.head.starts_with("HTTP/1.1 ")) {
        return std::nullopt;
    }
    out.status = static_cast<unsigned>(std::stoul(out.head.substr(9, 3)));
    const auto length = out.header("Content-Length");
    const std::size_t size = length.empty() || to_head ? 0 : std::stoul(length);
    if (bytes.size() < head_end + 4 + size) {
        return std::nullopt;
    }
    out.body = bytes.substr(head_end + 4, size);
    bytes.erase(0, head_end + 4 + size);
    return out;
}

std::optional<Received> Client::receive(bool to_head) {
    while (true) {
        if (auto whole = take_received(pending_, to_head)) {
            return whole;
        }
        if (read_some() != More::yes) {
            return std::nullopt;
        }
    }
}

std::optional<std::string> Client::receive_all() {
    while (true) {
        const auto more = read_some();
        if (more == More::late) {
            return std::nullopt;
        }
        if (more == More::ended) {
            return std::exchange(pending_, {});
        }
    }
}

std::optional<Received> Client::ask(std::string_view target, std::string_view headers) {
    return send(get_request(target, headers)) ? receive() : std::nullopt;
}

std::string get_request(std::string_view target, std::string_view headers) {
    return fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\n{}\r\n", target, headers);
}

std::optional<Received> ask_once(std::uint16_t port, std::string_view target) {
    Client client(port);
    return client.ask(target, "Connection: close\r\n");
}

} // namespace shirube::tests
