#include "importers/districts/tables.hpp"

#include "importers/districts/addresses.hpp"
#include "importers/districts/members.hpp"
#include "importers/report/explanation.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace shirube::importers {

namespace {

constexpr std::string_view k_members_need = "区域名, 構成区域";
constexpr std::string_view k_addresses_need = "学校名, 通学区域の住所 / 町字, 小学校, 中学校";

bool reads_members(const MemberColumns& columns, std::string_view profile) {
    return columns.fits() && (profile.empty() || profile == k_members_profile);
}

bool reads_addresses(const AddressColumns& columns, std::string_view profile) {
    return columns.fits() && (profile.empty() || profile == k_addresses_profile);
}

} // namespace

std::optional<FileProblem> district_table_fault(std::span<const std::string> header, std::string_view profile) {
    if (reads_members(MemberColumns::of(header), profile) || reads_addresses(AddressColumns::of(header), profile)) {
        return std::nullopt;
    }
    if (!profile.empty()) {
        return FileProblem{.code = "profile_misfits",
                           .a = std::string(profile),
                           .b = std::string(profile == k_addresses_profile ? k_addresses_need : k_members_need)};
    }
    return FileProblem{
        .code = "header_unknown_districts",
        .a = fmt::format("{} ({}); {} ({})", k_members_profile, k_members_need, k_addresses_profile, k_addresses_need)};
}

HeaderFit fit_district_fields(std::span<const std::string> fields) {
    HeaderFit fit;
    const auto members = MemberColumns::of(fields).understood(fields.size());
    const auto addresses = AddressColumns::of(fields).understood(fields.size());
    for (std::size_t i = 0; i < fields.size(); ++i) {
        fit.understood.push_back(members[i].empty() ? addresses[i] : members[i]);
        fit.known += fit.understood.back().empty() ? 0 : 1;
    }
    return fit;
}

std::expected<std::vector<directory::BatchList>, FileProblem> read_district_table(
    const Table& table, std::span<const directory::DistrictName> known, std::string_view profile, Intake& intake) {
    const auto members = MemberColumns::of(table.header);
    if (reads_members(members, profile)) {
        explain(table, members.understood(table.header.size()), intake);
        return read_members(table, members, known, intake);
    }
    const auto addresses = AddressColumns::of(table.header);
    if (reads_addresses(addresses, profile)) {
        explain(table, addresses.understood(table.header.size()), intake);
        return read_addresses(table, addresses, intake);
    }
    return std::unexpected(*district_table_fault(table.header, profile));
}

} // namespace shirube::importers
