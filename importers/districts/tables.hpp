// Districts out of tables: what they are made of (other districts, municipalities, towns), and the addresses that
// belong to schools (小中学校通学区域情報).
#pragma once

#include "directory/batch.hpp"
#include "directory/store.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/report/intake.hpp"
#include "importers/report/problem.hpp"

#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

inline constexpr std::string_view k_members_profile = "district-members";
inline constexpr std::string_view k_addresses_profile = "school-addresses";

/// What keeps a header from being that of such a table: header_unknown_districts (a: what each kind lacks), or
/// profile_misfits where a profile is named.
std::optional<FileProblem> district_table_fault(std::span<const std::string> header, std::string_view profile);

/// How a header of fields fits the two kinds together, for mappings: no field is needed by both.
HeaderFit fit_district_fields(std::span<const std::string> fields);

/// Reads a table into lists, one a layer. \param known districts the store has
/// \param profile a kind of table to read it as; empty: as it is recognised
/// Problems: those of district_table_fault
std::expected<std::vector<directory::BatchList>, FileProblem> read_district_table(
    const Table& table, std::span<const directory::DistrictName> known, std::string_view profile, Intake& intake);

} // namespace shirube::importers
