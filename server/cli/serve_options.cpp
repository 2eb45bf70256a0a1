#include "server/cli/serve_options.hpp"

#include "server/cli/spoken.hpp"
#include "server/numbers.hpp"
#include "server/public_origin.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

namespace shirube::server {

namespace {

std::optional<std::pair<std::string, std::uint16_t>> parse_listen(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    const auto port = parse_whole(text.substr(colon + 1));
    if (!port || *port < 0 || *port > 65'535) {
        return std::nullopt;
    }
    auto address = text.substr(0, colon);
    if (address.starts_with('[') && address.ends_with(']')) { // [::1]:8080, as in an address
        address = address.substr(1, address.size() - 2);
    }
    const std::string text_of_address{address};
    in6_addr scratch{};
    if (::inet_pton(AF_INET, text_of_address.c_str(), &scratch) != 1 &&
        ::inet_pton(AF_INET6, text_of_address.c_str(), &scratch) != 1) {
        return std::nullopt;
    }
    return std::pair{text_of_address, static_cast<std::uint16_t>(*port)};
}

void add_time(CLI::App& command, const char* name, std::chrono::milliseconds& time, const char* what) {
    command
        .add_option_function<std::int64_t>(
            name, [&time](const std::int64_t& value) { time = std::chrono::milliseconds{value}; }, what)
        ->default_str(std::to_string(time.count()))
        ->check(CLI::Range(100, 3'600'000));
}

auto adder_of_limits(CLI::App& command, const std::string& language) {
    return [&command, &language](const char* name, auto& value, const Spoken& words, int from, int to) {
        command.add_option(name, value, words.in(language))->capture_default_str()->check(CLI::Range(from, to));
    };
}

} // namespace

void ServeOptions::add_to(CLI::App& command) {
    const auto say = [this](const Spoken& words) { return words.in(language_); };
    command.add_option("--config", config_,
                       say({"設定をファイルから読む（TOML。名前は長いオプションと同じ。コマンドラインが優先）",
                            "Read settings from a file (TOML: the long options' names; the command line goes first)"}));
    command
        .add_option("--listen", listen_,
                    say({"IPアドレス:ポート。ポート 0 は空いているもの", "ADDRESS:PORT; port 0 takes any free one"}))
        ->capture_default_str();
    command.add_option("--public-url", public_url_,
                       say({"外から見たこのサーバーの場所（https://town.example.jp）。紙に刷る二次元コードが使う。"
                            "なければ、見ている人の URL のもの",
                            "Where people find this server (https://town.example.jp): what printed QR codes lead to; "
                            "unless told, the host as each visitor names it"}));
    add_limits(command);
    add_times(command);
    add_encryption(command);
    add_clients(command);
    add_access_log(command);
    add_slow_pool(command);
}

void ServeOptions::add_limits(CLI::App& command) {
    const auto add_most = adder_of_limits(command, language_);
    add_most("--threads", settings_.threads, {"スレッドの数。0 はコアの数", "0: one a core"}, 0, 256);
    add_most("--least-children-told", settings_.least_children_told,
             {"公開の答えで、これより少ない子どもの数を言わない。1 はすべて言う",
              "Fewer children than this are not told to the public; 1: every count is told"},
             1, 1'000);
    add_most("--most-connections", settings_.most_connections,
             {"同時の接続の上限。超えると 503", "More are answered 503"}, 1, 1'000'000);
    add_most("--most-target-bytes", settings_.most_target_bytes,
             {"URL の長さの上限。超えると 414", "Longer addresses are answered 414"}, 64, 65'536);
    add_most("--most-header-bytes", settings_.most_header_bytes,
             {"ヘッダーの大きさの上限。超えると 431", "Larger headers are answered 431"}, 1'024, 1'048'576);
    add_most("--most-body-bytes", settings_.most_body_bytes,
             {"本文の大きさの上限。超えると 413", "Larger bodies are answered 413"}, 1'024, 16'777'216);
    add_most("--most-upload-bytes", settings_.most_upload_bytes,
             {"職員が画面から送るファイルの大きさの上限。超えると 413", "Larger files of staff are answered 413"},
             1'024, 268'435'456);
}

void ServeOptions::add_times(CLI::App& command) {
    const auto say = [this](const Spoken& words) { return words.in(language_); };
    add_time(command, "--request-time", settings_.request_time,
             say({"リクエストが届くまで待つ時間（ミリ秒）。超えると 408",
                  "Milliseconds for a request to arrive; then 408"}));
    add_time(command, "--upload-time", settings_.upload_time,
             say({"職員のファイルが届くまで待つ時間（ミリ秒）。超えると 408",
                  "Milliseconds for a file of staff to arrive; then 408"}));
    add_time(command, "--write-time", settings_.write_time,
             say({"応答を受け取るまで待つ時間（ミリ秒）", "Milliseconds for a client to take an answer"}));
    add_time(
        command, "--idle-time", settings_.idle_time,
        say({"次のリクエストまで接続を保つ時間（ミリ秒）", "Milliseconds a connection may wait for its next request"}));
    add_time(command, "--stop-time", settings_.stop_time,
             say({"止めるとき、途中の応答を待つ時間（ミリ秒）", "Milliseconds a stop waits for requests under way"}));
}

void ServeOptions::add_encryption(CLI::App& command) {
    const auto say = [this](const Spoken& words) { return words.in(language_); };
    command.add_option(
        "--tls-certificate", settings_.tls_certificate,
        say({"証明書（PEM。中間証明書を続けて）。--tls-key と一緒に指定すると HTTPS で動く",
             "Certificate (PEM, with those between it and its authority); with --tls-key, HTTPS is spoken"}));
    command.add_option(
        "--tls-key", settings_.tls_key,
        say({"証明書の秘密鍵（PEM。パスフレーズなし）", "The certificate's private key (PEM, without a passphrase)"}));
    add_time(command, "--tls-interval", settings_.tls_interval,
             say({"証明書が新しくなったかを見る間隔（ミリ秒）。SIGHUP でもすぐに読み直す",
                  "Milliseconds between looks for a new certificate; SIGHUP takes it at once"}));
}

void ServeOptions::add_clients(CLI::App& command) {
    const auto say = [this](const Spoken& words) { return words.in(language_); };
    command
        .add_option("--trusted-proxy", trusted_proxies_,
                    say({"信じるプロキシのIPアドレス、または IPアドレス/長さ。何度でも指定できる。ここからの "
                         "X-Forwarded-For、X-Forwarded-Proto、Forwarded だけを信じる",
                         "ADDRESS or ADDRESS/PREFIX of a proxy, may be given again: X-Forwarded-For, "
                         "X-Forwarded-Proto and Forwarded are believed from these alone"}))
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    const auto add_most = adder_of_limits(command, language_);
    add_most("--rate-per-client", settings_.rate_per_client,
             {"一つのアドレスからのリクエストの上限（毎秒）。超えると 429。0 は上限なし",
              "Requests a second of one address; more are answered 429; 0: no limit"},
             0, 1'000'000);
    add_most("--burst-per-client", settings_.burst_per_client,
             {"一つのアドレスから一度に来てよいリクエストの数", "Requests of one address that may come at once"}, 1,
             1'000'000);
    add_most("--rate-per-account", settings_.rate_per_account,
             {"一つのアカウントからのリクエストの上限（毎秒）。超えると 429。0 は上限なし",
              "Requests a second of one account of staff; more are answered 429; 0: no limit"},
             0, 1'000'000);
    add_most("--burst-per-account", settings_.burst_per_account,
             {"一つのアカウントから一度に来てよいリクエストの数", "Requests of one account that may come at once"}, 1,
             1'000'000);
    add_most("--failures-before-wait", settings_.failures_before_wait,
             {"一つのアカウントで何回まちがえると待たせるか", "Wrong passwords of one account before it has to wait"},
             1, 1'000);
    add_most("--client-failures-before-wait", settings_.client_failures_before_wait,
             {"一つのアドレスから何回まちがえると待たせるか", "Wrong passwords from one address before it has to wait"},
             1, 100'000);
    command
        .add_option_function<std::int64_t>(
            "--session-idle",
            [this](const std::int64_t& value) { settings_.session_idle = std::chrono::seconds{value}; },
            say({"職員が何もしないときにサインインを終える時間（秒）", "Seconds after which idle staff sign in again"}))
        ->default_str(std::to_string(settings_.session_idle.count()))
        ->check(CLI::Range(60, 86'400));
    command
        .add_option_function<std::int64_t>(
            "--session-most",
            [this](const std::int64_t& value) { settings_.session_most = std::chrono::seconds{value}; },
            say({"職員のサインインが続くいちばん長い時間（秒）",
                 "Seconds after which staff sign in again in any case"}))
        ->default_str(std::to_string(settings_.session_most.count()))
        ->check(CLI::Range(60, 604'800));
    command.add_flag_callback(
        "--no-reports", [this] { settings_.reports = false; },
        say({"公開ページの「ここがちがう」を受け付けない", "Take no reports of the public that something is wrong"}));
    add_most("--reports-per-client", settings_.reports_per_client,
             {"一つのアドレスから1時間に受け付ける「ここがちがう」の数。超えると 429。0 は上限なし",
              "Reports of one address an hour; more are answered 429; 0: no limit"},
             0, 1'000);
    add_most("--most-clients", settings_.most_clients,
             {"数えておくアドレスの数。超えると、いちばん前に来たものを忘れる",
              "Addresses that are counted; beyond, the one seen longest ago is forgotten"},
             16, 16'777'216);
}

void ServeOptions::add_access_log(CLI::App& command) {
    const auto say = [this](const Spoken& words) { return words.in(language_); };
    command.add_option("--access-log", settings_.access_log,
                       say({"リクエストの記録を書くファイル。- は標準出力。なければ書かない。何を探したかは書かない。"
                            "SIGHUP で開き直す",
                            "File for a line a request, - for standard output; none is written unless told. What was "
                            "looked for is never in it. SIGHUP opens it anew"}));
    command.add_flag("--access-log-clients", settings_.access_log_clients,
                     say({"記録にIPアドレスも書く", "Name clients' addresses in it"}));
}

void ServeOptions::add_slow_pool(CLI::App& command) {
    const auto say = [this](const Spoken& words) { return words.in(language_); };
    const auto add_most = adder_of_limits(command, language_);
    add_most("--slow-threads", settings_.slow_threads,
             {"時間のかかる計算のためのスレッドの数", "Threads for what takes long"}, 1, 256);
    add_most("--slow-queue", settings_.slow_queue,
             {"時間のかかる計算の順番待ちの上限。超えると 503",
              "Requests that may wait for one of them; more are answered 503"},
             0, 100'000);
    add_time(command, "--slow-time", settings_.slow_time,
             say({"時間のかかる計算を待つ時間（ミリ秒）。超えると 503",
                  "Milliseconds to wait for what takes long; then 503"}));
}

void ServeOptions::read_config(CLI::App& command) const {
    // CLI11 reads a configuration for the program as a whole only, not for one of its commands.
    if (config_.empty()) {
        return;
    }
    for (const auto& item : CLI::ConfigTOML().from_file(config_)) {
        auto* option = item.parents.empty() ? command.get_option_no_throw("--" + item.name) : nullptr;
        if (option == nullptr || item.name == "config" || item.name == "help") {
            constexpr Spoken k_unknown{"{}: 「{}」という設定はありません。",
                                       "{}: there is no setting \"{}\"; `shirube serve --help` names them."};
            throw CLI::ConfigError(fmt::format(fmt::runtime(k_unknown.in(language_)), config_, item.fullname()),
                                   CLI::ExitCodes::ConfigError);
        }
        if (option->count() == 0) {
            option->add_result(item.inputs);
            option->run_callback();
        }
    }
}

std::expected<Settings, std::string> ServeOptions::settings() const {
    const auto listen = parse_listen(listen_);
    if (!listen) {
        constexpr Spoken k_wrong{
            "--listen: 「{}」は、127.0.0.1:8080 のような「IPアドレス:ポート」ではありません。",
            "--listen: \"{}\" is not of the form ADDRESS:PORT with an IP address, as in 127.0.0.1:8080."};
        return std::unexpected(fmt::format(fmt::runtime(k_wrong.in(language_)), listen_));
    }
    Settings settings = settings_;
    if (!public_url_.empty()) {
        auto origin = parse_origin(public_url_);
        if (!origin) {
            constexpr Spoken k_no_origin{
                "--public-url: 「{}」は、https://town.example.jp "
                "のような「https://ホスト」ではありません。パスは付けません。",
                "--public-url: \"{}\" is not of the form https://HOST, as in https://town.example.jp, without a path."};
            return std::unexpected(fmt::format(fmt::runtime(k_no_origin.in(language_)), public_url_));
        }
        settings.public_url = *std::move(origin);
    }
    if (settings.tls_certificate.empty() != settings.tls_key.empty()) {
        constexpr Spoken k_half{"--tls-certificate と --tls-key は、両方を指定するか、どちらも指定しないでください。",
                                "--tls-certificate and --tls-key are given both, or neither is."};
        return std::unexpected(k_half.in(language_));
    }
    for (const auto& text : trusted_proxies_) {
        const auto range = AddressRange::parse(text);
        if (!range) {
            constexpr Spoken k_no_range{
                "--trusted-proxy: 「{}」は、10.0.0.1 や 10.0.0.0/8 "
                "のような「IPアドレス」「IPアドレス/長さ」ではありません。",
                "--trusted-proxy: \"{}\" is no ADDRESS or ADDRESS/PREFIX, as 10.0.0.1 or 10.0.0.0/8 are."};
            return std::unexpected(fmt::format(fmt::runtime(k_no_range.in(language_)), text));
        }
        settings.trusted_proxies.push_back(*range);
    }
    settings.address = listen->first;
    settings.port = listen->second;
    return settings;
}

} // namespace shirube::server
