#include "server/cli/commands.hpp"
#include "server/editions.hpp"
#include "server/net/serve.hpp"
#include "server/pages/pages.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <cstdio>

namespace shirube::server {

int run_serve_command(const std::filesystem::path& store, const Settings& settings, const std::string& language) {
    prepare_pages();
    const auto began = std::chrono::steady_clock::now();
    const Editions editions(store, settings.edition_interval);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    spdlog::info("Edition {} with {} services in {} ms.", editions.current()->reader.edition(),
                 editions.current()->reader.services().size(), took.count());
    serve(settings, editions, [&](std::uint16_t port) {
        // The one line a person or a script waits for.
        const bool is_v6 = settings.address.find(':') != std::string::npos;
        fmt::print(fmt::runtime(is_v6 ? "{} http://[{}]:{}/\n" : "{} http://{}:{}/\n"),
                   language == "en" ? "Serving at" : "ここで動いています：", settings.address, port);
        std::fflush(stdout);
    });
    return k_exit_done;
}

} // namespace shirube::server
