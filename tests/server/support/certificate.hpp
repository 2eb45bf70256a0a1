// Certificates made on the spot: self-signed, for 127.0.0.1, worth nothing outside a test.
#pragma once

#include <chrono>
#include <string>

namespace shirube::tests {

struct TestCertificate {
    std::string certificate; ///< PEM
    std::string key;         ///< PEM, P-256
};

/// \param name the subject's common name
/// \param from, until relative to now
TestCertificate make_certificate(const std::string& name, std::chrono::seconds from = std::chrono::hours{-1},
                                 std::chrono::seconds until = std::chrono::hours{24});

/// The same key under a passphrase.
std::string encrypted_key(const std::string& key);

} // namespace shirube::tests
