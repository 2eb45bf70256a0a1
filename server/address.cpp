#include "server/address.hpp"

#include "server/numbers.hpp"

#include <arpa/inet.h>

#include <algorithm>

namespace shirube::server {

namespace {

constexpr std::size_t k_mapped = 12; // bytes before those of IPv4 in an address of IPv6
constexpr unsigned k_mapped_bits = 96;

constexpr std::array<std::uint8_t, k_mapped> k_mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

} // namespace

std::optional<Address> Address::parse(std::string_view text) {
    if (text.size() >= INET6_ADDRSTRLEN || text.find('\0') != std::string_view::npos) {
        return std::nullopt;
    }
    const std::string ended{text};
    Bytes bytes{};
    if (::inet_pton(AF_INET, ended.c_str(), bytes.data() + k_mapped) == 1) {
        std::ranges::copy(k_mapped_prefix, bytes.begin());
        return Address{bytes};
    }
    if (::inet_pton(AF_INET6, ended.c_str(), bytes.data()) == 1) {
        return Address{bytes};
    }
    return std::nullopt;
}

bool Address::is_v4() const noexcept {
    return std::equal(k_mapped_prefix.begin(), k_mapped_prefix.end(), bytes_.begin());
}

std::string Address::text() const {
    std::array<char, INET6_ADDRSTRLEN> out{};
    if (is_v4()) {
        ::inet_ntop(AF_INET, bytes_.data() + k_mapped, out.data(), out.size());
    } else {
        ::inet_ntop(AF_INET6, bytes_.data(), out.data(), out.size());
    }
    return out.data();
}

std::string Address::key() const {
    const auto* const bytes = reinterpret_cast<const char*>(bytes_.data());
    return is_v4() ? std::string(bytes + k_mapped, 4) : std::string(bytes, 8);
}

std::optional<AddressRange> AddressRange::parse(std::string_view text) {
    const auto slash = text.find('/');
    const auto first = Address::parse(text.substr(0, slash));
    if (!first) {
        return std::nullopt;
    }
    if (slash == std::string_view::npos) {
        return AddressRange{*first, 128};
    }
    const bool is_v4 = text.substr(0, slash).find(':') == std::string_view::npos;
    const auto bits = parse_digits(text.substr(slash + 1));
    if (!bits || *bits > (is_v4 ? 32 : 128)) {
        return std::nullopt;
    }
    return AddressRange{*first, static_cast<unsigned>(*bits) + (is_v4 ? k_mapped_bits : 0)};
}

bool AddressRange::holds(const Address& address) const noexcept {
    const std::size_t whole = bits_ / 8;
    const unsigned rest = bits_ % 8;
    const auto& mine = first_.bytes();
    const auto& other = address.bytes();
    if (!std::equal(mine.begin(), mine.begin() + static_cast<std::ptrdiff_t>(whole), other.begin())) {
        return false;
    }
    return rest == 0 || ((mine[whole] ^ other[whole]) >> (8U - rest)) == 0;
}

bool holds(const std::vector<AddressRange>& ranges, const Address& address) noexcept {
    return std::ranges::any_of(ranges, [&](const AddressRange& range) { return range.holds(address); });
}

} // namespace shirube::server
