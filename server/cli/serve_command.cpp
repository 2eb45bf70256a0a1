#include "server/accounts/totp.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/output_file.hpp"
#include "server/cli/spoken.hpp"
#include "server/editions.hpp"
#include "server/net/serve.hpp"
#include "server/pages/pages.hpp"
#include "server/reports/report_box.hpp"
#include "server/staff/staff_desk.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <expected>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

namespace shirube::server {

namespace {

/// The log is written at the file's end: never that of a store, nor of what else is read.
std::optional<std::string> log_refusal(const std::filesystem::path& store, const Settings& settings,
                                       const std::string& language) {
    if (settings.access_log.empty() || settings.access_log == "-") {
        return std::nullopt;
    }
    const std::array in_use{store, settings.tls_certificate, settings.tls_key};
    return output_refusal("--access-log", settings.access_log, in_use, language);
}

/// The files, or a sentence about the one that cannot be opened.
std::expected<ServerFiles, std::string> open_or_say(const Settings& settings, const std::string& language) {
    try {
        return open_files(settings);
    } catch (const TlsError& error) {
        // One file may be named for both; the certificate is read first.
        const auto fault = error.problem().fault;
        const bool is_key = error.problem().file != settings.tls_certificate || fault == TlsFault::no_key ||
                            fault == TlsFault::encrypted_key || fault == TlsFault::key_does_not_fit;
        return std::unexpected(
            fmt::format("{}: {}", is_key ? "--tls-key" : "--tls-certificate", in_words(error.problem(), language)));
    } catch (const std::system_error& error) {
        constexpr Spoken k_closed{"--access-log: {} に書けません（{}）。", "--access-log: {} cannot be written ({})."};
        return std::unexpected(
            fmt::format(fmt::runtime(k_closed.in(language)), settings.access_log, error.code().message()));
    }
}

void say_where(const Settings& settings, std::uint16_t port, const std::string& language) {
    // The one line a person or a script waits for.
    const bool is_v6 = settings.address.find(':') != std::string::npos;
    fmt::print(fmt::runtime(is_v6 ? "{} {}://[{}]:{}/\n" : "{} {}://{}:{}/\n"),
               language == "en" ? "Serving at" : "ここで動いています：",
               settings.tls_certificate.empty() ? "http" : "https", settings.address, port);
    std::fflush(stdout);
}

} // namespace

int run_serve_command(const std::filesystem::path& store, const Settings& settings, const std::string& language) {
    if (const auto refusal = log_refusal(store, settings, language)) {
        fmt::print(stderr, "{}\n", *refusal);
        return k_exit_wrong_use;
    }
    auto files = open_or_say(settings, language);
    if (!files) {
        fmt::print(stderr, "{}\n", files.error());
        return k_exit_failed;
    }
    prepare_pages();
    const auto began = std::chrono::steady_clock::now();
    const Editions editions(store, settings.edition_interval, settings.least_children_told);
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
    spdlog::info("Edition {} with {} services in {} ms.", editions.current()->reader.edition(),
                 editions.current()->reader.services().size(), took.count());
    std::vector<RateLimit> limits{
        {std::string{k_client_limit}, settings.rate_per_client, settings.burst_per_client, settings.most_clients},
        {std::string{k_account_limit}, settings.rate_per_account, settings.burst_per_account, settings.most_clients}};
    std::ranges::move(report_limits(settings.reports_per_client, settings.most_clients), std::back_inserter(limits));
    RateLimiter limiter(limits);
    ReportBox reports(store, &limiter);
    StaffSettings staff;
    staff.accounts.totp_code = totp_code;
    staff.accounts.idle_s = settings.session_idle.count();
    staff.accounts.absolute_s = settings.session_most.count();
    staff.accounts.failures_before_wait = settings.failures_before_wait;
    staff.accounts.client_failures_before_wait = settings.client_failures_before_wait;
    staff.limiter = &limiter;
    staff.reports = &reports;
    StaffDesk desk(store, editions, std::move(staff));
    const auto handling = handling_of_router(&desk, settings.reports ? &reports : nullptr);
    Server server(settings, editions, handling, limiter, std::move(*files));
    serve(server, settings, [&](std::uint16_t port) { say_where(settings, port, language); });
    return k_exit_done;
}

} // namespace shirube::server
