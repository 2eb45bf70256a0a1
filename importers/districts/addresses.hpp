// 小中学校通学区域情報: which addresses go to which school. One row a school with its addresses in a cell, as the
// municipal standard data set has it, or one row a town with its schools.
#pragma once

#include "directory/batch.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/report/intake.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace shirube::importers {

struct AddressColumns {
    std::optional<std::size_t> municipality, municipality_name;
    std::optional<std::size_t> school, school_kind, school_code, addresses, ended; ///< one row a school
    std::optional<std::size_t> town, numbers, elementary, middle;                  ///< one row a town

    static AddressColumns of(std::span<const std::string> header);
    [[nodiscard]] bool is_by_school() const noexcept { return school && addresses; }
    [[nodiscard]] bool is_by_town() const noexcept { return town && (elementary || middle); }
    [[nodiscard]] bool fits() const noexcept { return is_by_school() || is_by_town(); }
    [[nodiscard]] std::vector<std::string> understood(std::size_t width) const;
};

/// A list a layer: shogakkoku, chugakkoku, or the one that --layer names. Some tables keep areas that have ended
/// (通学区域_廃止日): those are out of scope. A part of a town that is written in a way
/// nobody can be sure of is flagged (address_range_unread): the town belongs possibly.
std::vector<directory::BatchList> read_addresses(const Table& table, const AddressColumns& columns, Intake& intake);

} // namespace shirube::importers
