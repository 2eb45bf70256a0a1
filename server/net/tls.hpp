// TLS: the certificate in force, taken from its files and taken anew when they change.
#pragma once

#include "server/net/asio.hpp"

#include <boost/asio/ssl/context.hpp>

#include <array>
#include <atomic>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>

namespace shirube::server {

enum class TlsFault : std::uint8_t {
    missing,          ///< there is no such file
    unreadable,       ///< there is one that may not be read
    no_certificate,   ///< no certificate in PEM in it
    no_key,           ///< no key in PEM in it
    encrypted_key,    ///< it wants a passphrase, and nobody is there to type one
    key_does_not_fit, ///< the key is another certificate's
    refused           ///< OpenSSL does not take it: too weak, most likely
};

struct TlsProblem {
    TlsFault fault;
    std::filesystem::path file;
    std::string detail; ///< OpenSSL's word for it, where it has one
};

/// A sentence that says what to do; `language` ja or en.
std::string in_words(const TlsProblem& problem, std::string_view language);

class TlsError : public std::runtime_error {
  public:
    explicit TlsError(TlsProblem problem) : std::runtime_error(in_words(problem, "en")), problem_(std::move(problem)) {}
    [[nodiscard]] const TlsProblem& problem() const noexcept { return problem_; }

  private:
    TlsProblem problem_;
};

using TlsContext = std::shared_ptr<asio::ssl::context>;

/// TLS 1.3, and 1.2 with ephemeral keys and authenticated ciphers (RFC 9325); HTTP/1.1 by ALPN; no compression and no
/// renegotiation. A certificate that is over or not yet valid is taken, and warned of in the log: a server that does
/// not start helps nobody.
std::expected<TlsContext, TlsProblem> load_tls(const std::filesystem::path& certificate,
                                               const std::filesystem::path& key);

class Certificates {
  public:
    /// \throws TlsError
    Certificates(std::filesystem::path certificate, std::filesystem::path key);

    [[nodiscard]] TlsContext current() const {
        const std::scoped_lock lock(current_mutex_);
        return current_;
    }
    /// Changes with every swap, as that of Editions.
    [[nodiscard]] std::uint64_t generation() const noexcept { return generation_.load(std::memory_order_acquire); }

    /// Takes the files anew. What does not fit leaves the old in force and is warned of. One thread at a time.
    void reload();

    /// The same where a file is another than last time.
    void look();

  private:
    /// What a file that was written anew differs in.
    struct Stamp {
        std::uint64_t device = 0;
        std::uint64_t number = 0;
        std::int64_t size = -1;
        std::int64_t changed_ns = 0;
        friend bool operator==(const Stamp&, const Stamp&) = default;
    };
    static Stamp stamp_of(const std::filesystem::path& file);
    [[nodiscard]] std::array<Stamp, 2> stamps() const { return {stamp_of(certificate_), stamp_of(key_)}; }

    std::filesystem::path certificate_;
    std::filesystem::path key_;
    std::array<Stamp, 2> seen_;
    mutable std::mutex current_mutex_; // see Editions
    TlsContext current_;
    std::atomic<std::uint64_t> generation_{1};
};

} // namespace shirube::server
