// The editions in which districts with polygons are published, recognised by their attributes.
#pragma once

#include "importers/files/vector_file.hpp"
#include "importers/report/problem.hpp"

#include <cstddef>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

/// What the polygons of an edition are.
enum class Division : std::uint8_t {
    districts,     ///< one district each, or a part of one
    municipalities ///< municipalities and wards: one file is two layers
};

/// A district's fields, as mappings and --explain name them.
namespace district_field {
inline constexpr std::string_view k_name = "区域名";
inline constexpr std::string_view k_code = "区域コード";
inline constexpr std::string_view k_municipality = "市区町村コード";
inline constexpr std::string_view k_municipality_name = "市区町村名";
inline constexpr std::string_view k_layer = "区域の層";
inline constexpr std::string_view k_status = "状態";
} // namespace district_field

/// Where an edition keeps what we ask for; empty: it does not have it.
struct DistrictEdition {
    std::string_view profile;
    std::string_view layer;        ///< what its districts are, where the command line does not say
    std::string_view municipality; ///< 5-digit code
    std::string_view municipality_name;
    std::string_view name;
    std::string_view school_code;
    std::string_view city = {}; ///< of N03 before 2024: the county or designated city before the name
    std::string_view ward = {}; ///< of N03 from 2024 on: the ward of a designated city behind the name
    std::string_view status = {};
    Division division = Division::districts;
};

/// The editions known, each with its columns.
std::span<const DistrictEdition> district_editions();

/// Where a file has an edition's columns; nothing where the edition has no such column.
struct DistrictColumns {
    std::optional<std::size_t> municipality;
    std::optional<std::size_t> municipality_name;
    std::optional<std::size_t> name;
    std::optional<std::size_t> school_code;
    std::optional<std::size_t> city;
    std::optional<std::size_t> ward;
    std::optional<std::size_t> status;
};
DistrictColumns columns_of(const DistrictEdition& edition, const VectorFile& file);

/// What each of a file's columns is in an edition, in the words of a district's fields; empty: nothing of ours.
std::vector<std::string> understood_columns(const DistrictEdition& edition, const VectorFile& file);

/// Problems: header_unknown_districts, profile_misfits (where a profile is named).
std::expected<const DistrictEdition*, FileProblem> recognise_edition(const VectorFile& file, std::string_view profile);

} // namespace shirube::importers
