#include "server/net/forwarding.hpp"

#include "server/http.hpp"
#include "server/numbers.hpp"

#include <algorithm>
#include <optional>
#include <ranges>
#include <string>

namespace shirube::server {

namespace {

/// More stations than anybody has; further ones are not looked at.
constexpr std::size_t k_most_hops = 32;

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_word(std::string_view a, std::string_view b) noexcept { return std::ranges::equal(a, b, {}, lower, lower); }

bool is_port(std::string_view text) noexcept {
    const auto port = parse_digits(text);
    return port && *port <= 65'535;
}

/// An address, maybe with a port: 192.0.2.1, 192.0.2.1:4711, 2001:db8::1, [2001:db8::1], [2001:db8::1]:4711.
std::optional<Address> address_of_node(std::string_view text) {
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos) {
            return std::nullopt;
        }
        const auto rest = text.substr(end + 1);
        const bool ends_well = rest.empty() || (rest.starts_with(':') && is_port(rest.substr(1)));
        const auto inside = text.substr(1, end - 1);
        return ends_well && inside.find(':') != std::string_view::npos ? Address::parse(inside) : std::nullopt;
    }
    const auto colon = text.find(':');
    if (colon != std::string_view::npos && text.find(':', colon + 1) == std::string_view::npos) {
        return is_port(text.substr(colon + 1)) ? Address::parse(text.substr(0, colon)) : std::nullopt;
    }
    return Address::parse(text);
}

/// What one station said of the one before it.
struct Hop {
    std::optional<Address> address; ///< nothing where it is no address
    std::optional<bool> secure;     ///< nothing where it does not say
};

std::optional<bool> is_https(std::string_view scheme) noexcept {
    if (same_word(scheme, "https")) {
        return true;
    }
    return same_word(scheme, "http") ? std::optional{false} : std::nullopt;
}

std::vector<Hop> hops_of_list(const std::vector<std::string_view>& lines) {
    std::vector<Hop> hops;
    for (const auto line : lines) {
        for (const auto entry : split(line, ',')) {
            hops.push_back({address_of_node(without_blanks(entry)), std::nullopt});
        }
    }
    return hops;
}

/// Reads `name=value` parts; a value may stand in quotes, in which a comma parts nothing (RFC 7239, 4).
class ForwardedLine {
  public:
    explicit ForwardedLine(std::string_view line) noexcept : rest_(line) {}

    /// Nothing where the line is malformed.
    std::optional<std::vector<Hop>> hops() {
        std::vector<Hop> out(1);
        while (true) {
            if (!pair(out.back())) {
                return std::nullopt;
            }
            skip_blanks();
            if (rest_.empty()) {
                return out;
            }
            const char separator = rest_.front();
            rest_.remove_prefix(1);
            if (separator == ',') {
                out.emplace_back();
            } else if (separator != ';') {
                return std::nullopt;
            }
        }
    }

  private:
    void skip_blanks() noexcept { rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size())); }

    bool pair(Hop& hop) {
        skip_blanks();
        if (rest_.empty() || rest_.front() == ';' || rest_.front() == ',') {
            return true; // an empty part is allowed
        }
        const auto equals = rest_.find('=');
        if (equals == std::string_view::npos || rest_.substr(0, equals).find_first_of(",;\" \t") != rest_.npos) {
            return false;
        }
        const auto name = rest_.substr(0, equals);
        rest_.remove_prefix(equals + 1);
        const auto value = this->value();
        if (!value) {
            return false;
        }
        if (same_word(name, "for")) {
            hop.address = address_of_node(*value);
        } else if (same_word(name, "proto")) {
            hop.secure = is_https(*value);
        }
        return true;
    }

    std::optional<std::string> value() {
        std::string out;
        if (!rest_.starts_with('"')) {
            const auto end = std::min(rest_.find_first_of(",; \t"), rest_.size());
            out = rest_.substr(0, end);
            rest_.remove_prefix(end);
            return out.find('"') == std::string::npos ? std::optional{out} : std::nullopt;
        }
        for (std::size_t i = 1; i < rest_.size(); ++i) {
            if (rest_[i] == '"') {
                rest_.remove_prefix(i + 1);
                return out;
            }
            if (rest_[i] == '\\' && i + 1 < rest_.size()) {
                ++i;
            }
            out += rest_[i];
        }
        return std::nullopt;
    }

    std::string_view rest_;
};

std::vector<Hop> hops_of_forwarded(const std::vector<std::string_view>& lines) {
    std::vector<Hop> hops;
    for (const auto line : lines) {
        if (auto read = ForwardedLine(line).hops()) {
            hops.insert(hops.end(), read->begin(), read->end());
        } else {
            hops.emplace_back(); // no address: who walks to it stops
        }
    }
    return hops;
}

/// The rightmost station that is no trusted proxy, or the leftmost where all are; nothing where one on the way to it
/// cannot be read.
std::optional<Hop> client_among(const std::vector<Hop>& hops, const std::vector<AddressRange>& trusted) {
    std::optional<Hop> last;
    std::size_t seen = 0;
    for (const Hop& hop : hops | std::views::reverse) {
        if (!hop.address || ++seen > k_most_hops) {
            return std::nullopt;
        }
        last = hop;
        if (!holds(trusted, *hop.address)) {
            break;
        }
    }
    return last;
}

/// Whether all stations that say something say https: one that does not is a stretch in the clear.
std::optional<bool> all_https(const std::vector<std::string_view>& lines) {
    std::optional<bool> all;
    for (const auto line : lines) {
        for (const auto entry : split(line, ',')) {
            const auto one = is_https(without_blanks(entry));
            if (!one) {
                return std::nullopt;
            }
            all = all.value_or(true) && *one;
        }
    }
    return all;
}

} // namespace

Origin origin_of(const ForwardingHeaders& headers, const Address& peer, bool encrypted,
                 const std::vector<AddressRange>& trusted) {
    Origin origin{peer, encrypted};
    if (!holds(trusted, peer)) {
        return origin;
    }
    const auto listed = client_among(hops_of_list(headers.x_forwarded_for), trusted);
    const auto told = client_among(hops_of_forwarded(headers.forwarded), trusted);
    const bool contradict = !headers.x_forwarded_for.empty() && !headers.forwarded.empty() &&
                            !(listed && told && listed->address == told->address);
    if (contradict) {
        return origin;
    }
    if (const auto& client = listed ? listed : told) {
        origin.client = *client->address;
    }
    const auto by_proto = all_https(headers.x_forwarded_proto);
    std::optional<bool> by_forwarded;
    if (told) {
        by_forwarded = told->secure;
    }
    if (by_proto || by_forwarded) {
        origin.secure = by_proto != false && by_forwarded != false;
    }
    return origin;
}

} // namespace shirube::server
