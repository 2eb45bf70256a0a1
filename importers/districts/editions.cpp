#include "importers/districts/editions.hpp"

#include "importers/columns/header_columns.hpp"
#include "importers/files/csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

namespace shirube::importers {

namespace {

constexpr std::string_view k_middle = "chugakkoku";
constexpr std::string_view k_elementary = "shogakkoku";
constexpr std::string_view k_municipalities = "shikuchoson";

// National Land Numerical Information: product specifications of A32 (middle-school districts), A27
// (elementary-school districts) and N03 (administrative areas). Editions with more telling columns come first; 2021 and
// 2023 share theirs.
constexpr std::array k_editions{
    DistrictEdition{.profile = "a32-2016",
                    .layer = k_middle,
                    .municipality = "A32_006",
                    .municipality_name = {},
                    .name = "A32_008",
                    .school_code = {}},
    DistrictEdition{.profile = "a32-2021",
                    .layer = k_middle,
                    .municipality = "A32_001",
                    .municipality_name = {},
                    .name = "A32_004",
                    .school_code = "A32_003"},
    DistrictEdition{.profile = "a32-2013",
                    .layer = k_middle,
                    .municipality = "A32_001",
                    .municipality_name = "A32_002",
                    .name = "A32_003",
                    .school_code = {}},
    DistrictEdition{.profile = "a27-2010", // and 2016
                    .layer = k_elementary,
                    .municipality = "A27_005",
                    .municipality_name = {},
                    .name = "A27_007",
                    .school_code = {}},
    DistrictEdition{.profile = "a27-2021",
                    .layer = k_elementary,
                    .municipality = "A27_001",
                    .municipality_name = {},
                    .name = "A27_004",
                    .school_code = "A27_003"},
    DistrictEdition{.profile = "a27-2013",
                    .layer = k_elementary,
                    .municipality = "A27_001",
                    .municipality_name = {},
                    .name = "A27_003",
                    .school_code = {}},
    DistrictEdition{.profile = "n03-2024",
                    .layer = k_municipalities,
                    .municipality = "N03_007",
                    .municipality_name = {},
                    .name = "N03_004",
                    .school_code = {},
                    .city = {},
                    .ward = "N03_005",
                    .division = Division::municipalities},
    DistrictEdition{.profile = "n03",
                    .layer = k_municipalities,
                    .municipality = "N03_007",
                    .municipality_name = {},
                    .name = "N03_004",
                    .school_code = {},
                    .city = "N03_003",
                    .ward = {},
                    .division = Division::municipalities},
    DistrictEdition{.profile = "n03-plain",
                    .layer = k_municipalities,
                    .municipality = "city_code",
                    .municipality_name = {},
                    .name = "name",
                    .school_code = {},
                    .city = {},
                    .ward = {},
                    .division = Division::municipalities},
    DistrictEdition{.profile = "districts-plain",
                    .layer = k_middle,
                    .municipality = "code",
                    .municipality_name = "municipality",
                    .name = "name",
                    .school_code = {}},
};

std::optional<std::size_t> find_column(const VectorFile& file, std::string_view column) {
    const auto found = std::ranges::find(file.columns, column);
    if (column.empty() || found == file.columns.end()) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(found - file.columns.begin());
}

std::vector<std::string_view> missing_columns(const DistrictEdition& edition, const VectorFile& file) {
    std::vector<std::string_view> missing;
    for (const std::string_view column : {edition.municipality, edition.municipality_name, edition.name,
                                          edition.school_code, edition.city, edition.ward, edition.status}) {
        if (!column.empty() && !find_column(file, column)) {
            missing.push_back(column);
        }
    }
    return missing;
}

/// School codes of the Ministry of Education: kind, founder, then eleven digits, e.g. C113110100015.
bool looks_like_school_code(std::string_view text) {
    return text.size() == 13 && text[0] >= 'A' && text[0] <= 'H' &&
           std::ranges::all_of(text.substr(1), [](unsigned char c) { return std::isalnum(c) != 0; });
}

/// Two editions use the same column names for other things; what stands in them tells which it is.
bool values_fit(const DistrictEdition& edition, const VectorFile& file) {
    const auto school_code = find_column(file, edition.school_code);
    return !school_code || std::ranges::any_of(file.features, [&](const VectorFeature& feature) {
        return looks_like_school_code(trimmed(feature.values[*school_code]));
    });
}

} // namespace

std::span<const DistrictEdition> district_editions() { return k_editions; }

DistrictColumns columns_of(const DistrictEdition& edition, const VectorFile& file) {
    return {.municipality = find_column(file, edition.municipality),
            .municipality_name = find_column(file, edition.municipality_name),
            .name = find_column(file, edition.name),
            .school_code = find_column(file, edition.school_code),
            .city = find_column(file, edition.city),
            .ward = find_column(file, edition.ward),
            .status = find_column(file, edition.status)};
}

std::vector<std::string> understood_columns(const DistrictEdition& edition, const VectorFile& file) {
    const DistrictColumns columns = columns_of(edition, file);
    return understood_as(file.columns.size(), {{columns.municipality, district_field::k_municipality},
                                               {columns.municipality_name, district_field::k_municipality_name},
                                               {columns.name, district_field::k_name},
                                               {columns.school_code, district_field::k_code},
                                               {columns.city, "郡・政令指定都市"},
                                               {columns.ward, "行政区"},
                                               {columns.status, district_field::k_status}});
}

std::expected<const DistrictEdition*, FileProblem> recognise_edition(const VectorFile& file, std::string_view profile) {
    std::string tried;
    for (const DistrictEdition& edition : k_editions) {
        if (!profile.empty() && edition.profile != profile) {
            continue;
        }
        const auto missing = missing_columns(edition, file);
        if (missing.empty() && (!profile.empty() || values_fit(edition, file))) {
            return &edition;
        }
        if (!profile.empty()) {
            return std::unexpected(FileProblem{.code = "profile_misfits",
                                               .a = std::string(profile),
                                               .b = fmt::format("{}", fmt::join(missing, ", "))});
        }
        tried += fmt::format("{}{} ({})", tried.empty() ? "" : "; ", edition.profile, fmt::join(missing, ", "));
    }
    if (tried.empty()) { // the name of a kind of table
        return std::unexpected(FileProblem{
            .code = "profile_misfits", .a = std::string(profile), .b = std::string(district_field::k_name)});
    }
    return std::unexpected(FileProblem{.code = "header_unknown_districts", .a = tried});
}

} // namespace shirube::importers
