#include "importers/districts/tables.hpp"

#include "importers/districts/addresses.hpp"
#include "importers/districts/members.hpp"

#include <fmt/format.h>

namespace shirube::importers {

std::expected<std::vector<directory::BatchList>, FileProblem> read_district_table(
    const Table& table, std::span<const directory::DistrictName> known, Intake& intake) {
    const std::string& profile = intake.options().profile;
    const auto members = MemberColumns::of(table.header);
    const auto addresses = AddressColumns::of(table.header);
    if (members.fits() && profile != k_addresses_profile) {
        return read_members(table, members, known, intake);
    }
    if (addresses.fits() && profile != k_members_profile) {
        return read_addresses(table, addresses, intake);
    }
    return std::unexpected(
        FileProblem{.code = "header_unknown_districts",
                    .a = fmt::format("{} (区域名, 構成区域); {} (学校名, 通学区域の住所 / 町字, 小学校, 中学校)",
                                     k_members_profile, k_addresses_profile)});
}

} // namespace shirube::importers
