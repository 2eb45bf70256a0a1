// Internet addresses as one kind of value, whatever their version, and ranges of them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

/// An address as IPv6 keeps it; one of IPv4 as ::ffff:a.b.c.d, and so equal however it was written.
class Address {
  public:
    using Bytes = std::array<std::uint8_t, 16>;

    Address() = default; ///< ::, which is nobody's
    explicit Address(const Bytes& bytes) noexcept : bytes_(bytes) {}

    /// Of an address alone: no port, no brackets, no zone.
    static std::optional<Address> parse(std::string_view text);

    [[nodiscard]] const Bytes& bytes() const noexcept { return bytes_; }
    [[nodiscard]] bool is_v4() const noexcept;
    [[nodiscard]] std::string text() const;

    /// What limits count by: an address of IPv4 whole, of IPv6 its /64, because a household has all of that at its
    /// will. Bytes, not text.
    [[nodiscard]] std::string key() const;

    friend bool operator==(const Address&, const Address&) = default;

  private:
    Bytes bytes_{};
};

/// ADDRESS or ADDRESS/PREFIX.
class AddressRange {
  public:
    /// Nothing where it is no range. Bits behind the prefix are not looked at.
    static std::optional<AddressRange> parse(std::string_view text);

    [[nodiscard]] bool holds(const Address& address) const noexcept;

  private:
    AddressRange(const Address& first, unsigned bits) noexcept : first_(first), bits_(bits) {}

    Address first_;
    unsigned bits_ = 128;
};

/// Whether one of them holds it.
bool holds(const std::vector<AddressRange>& ranges, const Address& address) noexcept;

} // namespace shirube::server
