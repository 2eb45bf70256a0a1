#include "server/net/tls.hpp"

#include "server/cli/spoken.hpp"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <optional>
#include <system_error>
#include <utility>

namespace shirube::server {

namespace {

struct Closer {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
};

using File = std::unique_ptr<std::FILE, Closer>;
using Key = std::unique_ptr<EVP_PKEY, Closer>;

std::string last_openssl_error() {
    const auto code = ERR_peek_last_error();
    ERR_clear_error();
    const char* const reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    return reason == nullptr ? std::string{} : std::string{reason};
}

/// Nobody is there to type a passphrase. \param asked told that one was wanted
int no_passphrase(char*, int, int, void* asked) {
    *static_cast<bool*>(asked) = true;
    return -1;
}

std::expected<File, TlsProblem> open_file(const std::filesystem::path& path) {
    File file(std::fopen(path.c_str(), "re"));
    if (file == nullptr) {
        const auto fault = errno == ENOENT || errno == ENOTDIR ? TlsFault::missing : TlsFault::unreadable;
        return std::unexpected(TlsProblem{fault, path, std::generic_category().message(errno)});
    }
    struct stat about{};
    if (::fstat(::fileno(file.get()), &about) != 0 || S_ISDIR(about.st_mode)) {
        return std::unexpected(TlsProblem{TlsFault::unreadable, path, std::generic_category().message(EISDIR)});
    }
    return file;
}

std::expected<Key, TlsProblem> read_key(const std::filesystem::path& path) {
    const auto file = open_file(path);
    if (!file) {
        return std::unexpected(file.error());
    }
    bool asked = false;
    Key key(PEM_read_PrivateKey(file->get(), nullptr, no_passphrase, &asked));
    if (key == nullptr) {
        return std::unexpected(
            TlsProblem{asked ? TlsFault::encrypted_key : TlsFault::no_key, path, last_openssl_error()});
    }
    return key;
}

std::optional<TlsProblem> use_certificate(SSL_CTX* context, const std::filesystem::path& path) {
    if (const auto file = open_file(path); !file) {
        return file.error();
    }
    if (SSL_CTX_use_certificate_chain_file(context, path.c_str()) == 1) {
        return std::nullopt;
    }
    // What OpenSSL says first is nearest to the reason: a key that is too short, or no PEM at all.
    const bool is_refused = ERR_GET_LIB(ERR_peek_error()) == ERR_LIB_SSL;
    return TlsProblem{is_refused ? TlsFault::refused : TlsFault::no_certificate, path, last_openssl_error()};
}

std::optional<TlsProblem> use_key(SSL_CTX* context, const std::filesystem::path& path) {
    const auto key = read_key(path);
    if (!key) {
        return key.error();
    }
    if (SSL_CTX_use_PrivateKey(context, key->get()) == 1 && SSL_CTX_check_private_key(context) == 1) {
        return std::nullopt;
    }
    return TlsProblem{TlsFault::key_does_not_fit, path, last_openssl_error()};
}

/// HTTP/1.1 is what is spoken. Who offers other protocols alone is refused in the handshake (RFC 7301, 3.2).
int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* offered,
                    unsigned offered_size, void*) {
    static constexpr std::string_view k_http{"\x08http/1.1"};
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, out_size, reinterpret_cast<const unsigned char*>(k_http.data()),
                              static_cast<unsigned>(k_http.size()), offered, offered_size) != OPENSSL_NPN_NEGOTIATED) {
        return SSL_TLSEXT_ERR_ALERT_FATAL;
    }
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
}

void set_rules(SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                     SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20"); // of TLS 1.2; those of 1.3 are all sound
    // Who comes again brings a ticket; nothing of it is kept here.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
}

void warn_of_its_time(SSL_CTX* context, const std::filesystem::path& path) {
    const X509* const certificate = SSL_CTX_get0_certificate(context);
    if (X509_cmp_current_time(X509_get0_notAfter(certificate)) < 0) {
        spdlog::warn(
            "The certificate {} has expired: browsers will refuse it. Put a new one in its place; it is taken "
            "without a stop.",
            path.string());
    } else if (X509_cmp_current_time(X509_get0_notBefore(certificate)) > 0) {
        spdlog::warn("The certificate {} is not valid yet: browsers will refuse it until then.", path.string());
    }
}

constexpr Spoken words_of(TlsFault fault) {
    switch (fault) {
        case TlsFault::missing:
            return {"{file} というファイルはありません。", "There is no file {file}."};
        case TlsFault::unreadable:
            return {"{file} を読めません（{detail}）。サーバーを動かす利用者が読めるようにしてください。",
                    "{file} cannot be read ({detail}). Let the user that runs the server read it."};
        case TlsFault::no_certificate:
            return {"{file} は PEM 形式の証明書ではありません（{detail}）。",
                    "{file} holds no certificate in PEM ({detail})."};
        case TlsFault::no_key:
            return {"{file} は PEM 形式の秘密鍵ではありません（{detail}）。",
                    "{file} holds no private key in PEM ({detail})."};
        case TlsFault::encrypted_key:
            return {
                "{file} の秘密鍵にはパスフレーズが付いています。付いていない鍵を置き、ファイルの権限で守ってください。",
                "The private key in {file} wants a passphrase. Use one without, and guard it by the file's "
                "permissions."};
        case TlsFault::key_does_not_fit:
            return {"{file} の秘密鍵は、この証明書のものではありません（{detail}）。",
                    "The private key in {file} is not that of the certificate ({detail})."};
        case TlsFault::refused:
            return {"{file} の証明書は使えません（{detail}）。", "The certificate in {file} is refused ({detail})."};
    }
    return {"", ""};
}

} // namespace

std::string in_words(const TlsProblem& problem, std::string_view language) {
    return fmt::format(fmt::runtime(words_of(problem.fault).in(language)), fmt::arg("file", problem.file.string()),
                       fmt::arg("detail", problem.detail.empty() ? "-" : problem.detail));
}

std::expected<TlsContext, TlsProblem> load_tls(const std::filesystem::path& certificate,
                                               const std::filesystem::path& key) {
    ERR_clear_error();
    auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
    SSL_CTX* const handle = context->native_handle();
    set_rules(handle);
    if (auto problem = use_certificate(handle, certificate)) {
        return std::unexpected(std::move(*problem));
    }
    if (auto problem = use_key(handle, key)) {
        return std::unexpected(std::move(*problem));
    }
    warn_of_its_time(handle, certificate);
    return context;
}

Certificates::Certificates(std::filesystem::path certificate, std::filesystem::path key)
    : certificate_(std::move(certificate)), key_(std::move(key)), seen_(stamps()) {
    auto loaded = load_tls(certificate_, key_);
    if (!loaded) {
        throw TlsError(loaded.error());
    }
    current_ = std::move(*loaded);
}

void Certificates::reload() {
    seen_ = stamps(); // before they are read: what is written meanwhile is seen the next time
    auto loaded = load_tls(certificate_, key_);
    if (!loaded) {
        spdlog::warn("The new certificate is not taken, the old one stays in force. {}",
                     in_words(loaded.error(), "en"));
        return;
    }
    {
        const std::scoped_lock lock(current_mutex_);
        current_ = std::move(*loaded);
    }
    generation_.fetch_add(1, std::memory_order_release);
    spdlog::info("The certificate {} is in force.", certificate_.string());
}

void Certificates::look() {
    if (stamps() != seen_) {
        reload();
    }
}

Certificates::Stamp Certificates::stamp_of(const std::filesystem::path& file) {
    struct stat about{};
    if (::stat(file.c_str(), &about) != 0) {
        return {};
    }
    return {about.st_dev, about.st_ino, about.st_size, about.st_mtim.tv_sec * 1'000'000'000L + about.st_mtim.tv_nsec};
}

} // namespace shirube::server
