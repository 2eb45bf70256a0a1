#include "directory/network/measures/referrals.hpp"

#include "directory/network/measures/measured_scope.hpp"
#include "directory/network/period.hpp"

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

/// Whether it is sure that nobody was referred: a row that says so is no referral.
bool is_surely_none(const ReferralSums& sums) { return sums.informed.unknown == 0 && sums.informed.sum == 0; }

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
    std::map<std::string, ReferralPeriod> periods; // by key
    std::map<std::pair<std::uint32_t, std::uint32_t>, ReferralPair> pairs;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::map<std::string, ReferralSums>> counted; // by key of period
    for (const auto index : view_of(reader, of_all_kinds(scope)).edges) {
        const NetworkEdge& edge = network.edges()[index];
        if (edge.kind != RelationKind::refers) {
            continue;
        }
        const auto& reading = reader.relations()[edge.relation].reading;
        const std::string key = period_key(reading.period);
        ReferralPair& pair = pairs[{edge.from, edge.to}];
        pair.from = edge.from;
        pair.to = edge.to;
        pair.edges.push_back(index);
        add(counted[{edge.from, edge.to}][key], reading.referrals);
        add(periods.try_emplace(key, ReferralPeriod{.period = reading.period, .sums = {}}).first->second.sums,
            reading.referrals);
    }
    for (auto& [ends, pair] : pairs) {
        const auto& [key, sums] = *counted.at(ends).rbegin();
        pair.period = periods.at(key).period;
        pair.sums = sums;
    }
    Referrals found;
    for (auto& [ends, pair] : pairs) {
        const auto reverse = pairs.find({ends.second, ends.first});
        pair.back = way_back(pair.sums, reverse != pairs.end() && !is_surely_none(reverse->second.sums));
        found.one_way += pair.back == WayBack::none ? 1 : 0;
        found.unknown += pair.back == WayBack::unknown ? 1 : 0;
    }
    for (auto& [key, period] : periods) {
        found.periods.push_back(std::move(period));
    }
    for (auto& [ends, pair] : pairs) {
        found.pairs.push_back(std::move(pair));
    }
    return found;
}

} // namespace shirube::directory
