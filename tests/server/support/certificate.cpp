#include "tests/server/support/certificate.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>

namespace shirube::tests {

namespace {

struct Free {
    void operator()(EVP_PKEY* key) const noexcept { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const noexcept { X509_free(certificate); }
    void operator()(BIO* bio) const noexcept { BIO_free(bio); }
    void operator()(X509_EXTENSION* extension) const noexcept { X509_EXTENSION_free(extension); }
};

template <class T>
using Owned = std::unique_ptr<T, Free>;

void require(bool done) {
    if (!done) {
        throw std::runtime_error("OpenSSL does not make a certificate.");
    }
}

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const auto size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

Owned<BIO> memory() { return Owned<BIO>(BIO_new(BIO_s_mem())); }

} // namespace

TestCertificate make_certificate(const std::string& name, std::chrono::seconds from, std::chrono::seconds until) {
    const Owned<EVP_PKEY> key(EVP_EC_gen("P-256"));
    const Owned<X509> made(X509_new());
    require(key && made);
    X509_set_version(made.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), from.count());
    X509_gmtime_adj(X509_getm_notAfter(made.get()), until.count());
    X509_set_pubkey(made.get(), key.get());
    auto* const subject = X509_get_subject_name(made.get());
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(name.c_str()), -1,
                               -1, 0);
    X509_set_issuer_name(made.get(), subject);
    const Owned<X509_EXTENSION> names(X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1"));
    require(names != nullptr);
    X509_add_ext(made.get(), names.get(), -1);
    require(X509_sign(made.get(), key.get(), EVP_sha256()) > 0);

    const auto certificate_text = memory();
    const auto key_text = memory();
    require(PEM_write_bio_X509(certificate_text.get(), made.get()) == 1);
    require(PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return {text_of(certificate_text.get()), text_of(key_text.get())};
}

std::string encrypted_key(const std::string& key) {
    const Owned<BIO> in(BIO_new_mem_buf(key.data(), static_cast<int>(key.size())));
    const Owned<EVP_PKEY> read(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
    const auto out = memory();
    constexpr unsigned char k_passphrase[] = "secret";
    require(PEM_write_bio_PrivateKey(out.get(), read.get(), EVP_aes_128_cbc(), k_passphrase, 6, nullptr, nullptr) == 1);
    return text_of(out.get());
}

} // namespace shirube::tests
