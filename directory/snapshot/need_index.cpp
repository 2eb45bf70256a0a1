#include "directory/snapshot/need_index.hpp"

#include "directory/district_book.hpp"

#include <utility>

namespace shirube::directory {

NeedIndex::NeedIndex(std::vector<NeedRow> needs, std::span<const DistrictRow> all_districts)
    : rows(std::move(needs)), districts(rows.size(), k_no_index) {
    std::vector<std::vector<std::uint32_t>> needs_of(all_districts.size());
    if (!rows.empty()) {
        std::vector<DistrictName> known;
        known.reserve(all_districts.size());
        for (const auto& district : all_districts) {
            known.push_back({district.layer, district.code, district.name, district.municipality, true});
        }
        const DistrictBook names(known);
        for (std::uint32_t i = 0; i < rows.size(); ++i) {
            const NeedReading& need = rows[i].reading;
            if (const auto district = names.find(need.layer, need.code, need.name, need.municipality)) {
                districts[i] = *district;
                needs_of[*district].push_back(i);
            }
        }
    }
    of_district = Lists<std::uint32_t>(needs_of);
}

} // namespace shirube::directory
