// Who asks, where a proxy stands between: what the proxy says of it, believed from nobody else.
#pragma once

#include "server/address.hpp"

#include <string_view>
#include <vector>

namespace shirube::server {

/// The lines of each header in the order they came.
struct ForwardingHeaders {
    std::vector<std::string_view> x_forwarded_for;
    std::vector<std::string_view> x_forwarded_proto;
    std::vector<std::string_view> forwarded; ///< RFC 7239
};

struct Origin {
    Address client;
    bool secure = false; ///< the client's own connection is encrypted
};

/// \param peer who the connection is from, and `encrypted` whether it is
/// \param trusted proxies whose word is taken. Of the addresses in a header the rightmost that is none of them is the
///                client: what stands further left was written by whoever sent it.
///
/// What is malformed up to there is as if the header had not come. Most proxies pass on a header that they do not write
/// themselves, so where both headers come and name two clients, one of them may be forged: neither is believed.
Origin origin_of(const ForwardingHeaders& headers, const Address& peer, bool encrypted,
                 const std::vector<AddressRange>& trusted);

} // namespace shirube::server
