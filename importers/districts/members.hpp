// Tables of what districts are made of: 区域コード, 区域名, 市区町村コード, 構成区域の層, 構成区域 (several with 、
// between, or one a row), 対象外, 開始年月日, 終了年月日, 状態.
#pragma once

#include "directory/batch.hpp"
#include "directory/store.hpp"
#include "importers/layouts/layout.hpp"
#include "importers/report/intake.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace shirube::importers {

struct MemberColumns {
    std::optional<std::size_t> code, name, municipality, layer, members, set_apart, from, to, status;

    static MemberColumns of(std::span<const std::string> header);
    [[nodiscard]] bool fits() const noexcept { return name && members; }
    [[nodiscard]] std::vector<std::string> understood(std::size_t width) const;
};

/// One list. A member nobody has imported, or that has no area, is told at its row (member_without_geometry); its
/// district is drawn from the others, and again as soon as the member comes. Towns have no area: they belong to the
/// district by their addresses.
std::vector<directory::BatchList> read_members(const Table& table, const MemberColumns& columns,
                                               std::span<const directory::DistrictName> known, Intake& intake);

} // namespace shirube::importers
