// A client that speaks bytes: it can be slow, rude, silent or greedy.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::tests {

struct Received {
    unsigned status = 0;
    std::string head;
    std::string body;

    /// The value of a header; empty where there is none.
    [[nodiscard]] std::string header(std::string_view name) const;
};

/// The first whole answer among the bytes, taken out of them; nothing where none is whole, or it is no answer.
/// \param to_head an answer to HEAD: no body follows
std::optional<Received> take_received(std::string& bytes, bool to_head = false);

class Client {
  public:
    /// Connects to a server on this machine.
    /// \param receive_bytes of the socket's buffer; 0: the system's own measure
    explicit Client(std::uint16_t port, int receive_bytes = 0);
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    ~Client();

    /// Whether all of it was taken by the system, waiting up to `most`.
    bool send(std::string_view bytes, std::chrono::milliseconds most = std::chrono::seconds{30});

    /// Says that nothing more will come.
    void finish_sending();

    /// The next answer; nothing where the connection ended before it was whole, or a minute has passed.
    /// \param to_head an answer to HEAD: no body follows
    std::optional<Received> receive(bool to_head = false);

    /// Everything that still comes, to the connection's end; nothing where it does not end within a minute.
    std::optional<std::string> receive_all();

    /// One request and its answer.
    std::optional<Received> ask(std::string_view target, std::string_view headers = {});

  private:
    enum class More { yes, ended, late };
    More read_some();

    int socket_ = -1;
    std::string pending_;
};

/// A request's bytes, kept alive.
std::string get_request(std::string_view target, std::string_view headers = {});

/// One request on a connection of its own.
std::optional<Received> ask_once(std::uint16_t port, std::string_view target);

} // namespace shirube::tests
