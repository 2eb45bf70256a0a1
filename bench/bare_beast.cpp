// The rival of our server: Boost.Beast with nothing behind it. One coroutine a connection, keep-alive, and the same
// body for every question.
#include "server/net/asio.hpp"

#include <CLI/CLI.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

#include <cstdio>
#include <exception>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace http = boost::beast::http;
using namespace shirube::server; // asio, beast and tcp, as our server names them

namespace {

asio::awaitable<void> serve(tcp::socket socket, const std::string& body) {
    beast::tcp_stream stream(std::move(socket));
    stream.socket().set_option(tcp::no_delay(true));
    beast::flat_buffer buffer;
    boost::system::error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    while (!error) {
        http::request<http::empty_body> request;
        co_await http::async_read(stream, buffer, request, token);
        if (error) {
            break;
        }
        http::response<http::span_body<const char>> response(http::status::ok, request.version());
        response.set(http::field::content_type, "application/geo+json");
        response.body() = {body.data(), body.size()};
        response.keep_alive(request.keep_alive());
        response.prepare_payload();
        co_await http::async_write(stream, response, token);
        if (!request.keep_alive()) {
            break;
        }
    }
    stream.socket().shutdown(tcp::socket::shutdown_send, error);
}

asio::awaitable<void> accept(tcp::acceptor& acceptor, const std::string& body) {
    for (;;) {
        boost::system::error_code error;
        tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (error) {
            co_return;
        }
        asio::co_spawn(acceptor.get_executor(), serve(std::move(socket), body), asio::detached);
    }
}

/// One thread's share: a context and an acceptor of its own, as our server has them.
struct Worker {
    asio::io_context context{1};
    tcp::acceptor acceptor{context};

    explicit Worker(tcp::endpoint endpoint) {
        using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;
        acceptor.open(endpoint.protocol());
        acceptor.set_option(tcp::acceptor::reuse_address(true));
        acceptor.set_option(ReusePort(true));
        acceptor.bind(endpoint);
        acceptor.listen();
    }
};

/// Serves until a signal ends the process.
void run(std::size_t bytes, int threads) {
    const std::string body(bytes, 'x');
    std::vector<std::unique_ptr<Worker>> workers;
    tcp::endpoint endpoint(asio::ip::address_v4::loopback(), 0);
    for (int thread = 0; thread < threads; ++thread) {
        workers.push_back(std::make_unique<Worker>(endpoint));
        endpoint = workers.front()->acceptor.local_endpoint();
    }
    std::printf("Serving at http://127.0.0.1:%u/\n", static_cast<unsigned>(endpoint.port()));
    std::fflush(stdout);
    std::vector<std::jthread> running;
    for (const auto& worker : workers) {
        running.emplace_back([&body, &worker = *worker] {
            asio::co_spawn(worker.context, accept(worker.acceptor, body), asio::detached);
            worker.context.run();
        });
    }
}

} // namespace

int main(int argc, char** argv) {
    std::size_t bytes = 5000;
    int threads = 2;
    CLI::App app("Serves a constant body on a free port of the loopback");
    app.add_option("--bytes", bytes, "size of the body");
    app.add_option("--threads", threads, "threads that serve");
    CLI11_PARSE(app, argc, argv);
    try {
        run(bytes, threads);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bare_beast: %s\n", error.what());
        return 1;
    }
    return 0;
}
