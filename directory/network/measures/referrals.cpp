#include "directory/network/measures/referrals.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace shirube::directory {

namespace {

void add(ReferralSums& sums, const ReferralCounts& counts) {
    sums.informed.add(counts.informed);
    sums.linked.add(counts.linked);
    sums.fed_back.add(counts.fed_back);
}

WayBack way_back(const ReferralSums& sums, bool refers_back) {
    if (refers_back || sums.fed_back.sum.value_or(0) > 0) {
        return WayBack::comes;
    }
    return sums.fed_back.unknown == 0 && sums.fed_back.known > 0 ? WayBack::none : WayBack::unknown;
}

} // namespace

void KnownSum::add(const std::optional<std::int64_t>& count) {
    if (count) {
        sum = sum.value_or(0) + *count;
        ++known;
    } else {
        ++unknown;
    }
}

std::string_view code_of(WayBack back) noexcept {
    switch (back) {
        case WayBack::comes:
            return "comes";
        case WayBack::none:
            return "none";
        case WayBack::unknown:
            break;
    }
    return "unknown";
}

Referrals referrals(const Reader& reader, const NetworkScope& scope) {
    const Network& network = reader.network();
    std::map<std::pair<std::uint32_t, std::uint32_t>, ReferralPair> pairs;
    std::map<std::string, ReferralSums> periods;
    for (const auto index : view_of(reader, scope).edges) {
        const NetworkEdge& edge = network.edges()[index];
        if (edge.kind != RelationKind::refers) {
            continue;
        }
        const auto& reading = reader.relations()[edge.relation].reading;
        ReferralPair& pair = pairs[{edge.from, edge.to}];
        pair.from = edge.from;
        pair.to = edge.to;
        pair.edges.push_back(index);
        add(pair.sums, reading.referrals);
        add(periods[reading.period], reading.referrals);
    }
    Referrals found;
    for (auto& [period, sums] : periods) {
        found.periods.push_back({period, sums});
    }
    for (auto& [ends, pair] : pairs) {
        pair.back = way_back(pair.sums, pairs.contains({ends.second, ends.first}));
        found.one_way += pair.back == WayBack::none ? 1 : 0;
        found.unknown += pair.back == WayBack::unknown ? 1 : 0;
    }
    for (auto& [ends, pair] : pairs) {
        found.pairs.push_back(std::move(pair));
    }
    return found;
}

} // namespace shirube::directory
