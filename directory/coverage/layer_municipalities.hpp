// The municipalities of a layer's districts: what lists claim and whose residents may use a place goes by them, and a
// country has ten thousand districts in two thousand of them.
#pragma once

#include "directory/reader.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

class LayerMunicipalities {
  public:
    LayerMunicipalities(const Reader& reader, const Layer& layer);

    [[nodiscard]] std::size_t size() const noexcept { return codes_.size(); }
    [[nodiscard]] const std::string& code(std::size_t municipality) const { return *codes_[municipality]; }
    /// The municipality of a district (place within the layer), as a place here.
    [[nodiscard]] std::uint32_t of(std::uint32_t district) const { return of_district_[district]; }
    [[nodiscard]] std::optional<std::size_t> find(std::string_view code) const;

    /// visit(municipality) for each that lies in an area: a municipality, a designated city or a prefecture.
    template <class Visit>
    void for_each_in(std::string_view area, Visit&& visit) const {
        const auto [first, last] = around(area);
        for (std::size_t i = first; i < last; ++i) {
            if (is_in(i, area)) {
                visit(i);
            }
        }
    }

  private:
    struct Range {
        std::size_t first;
        std::size_t last;
    };
    /// Those of the area's prefecture.
    [[nodiscard]] Range around(std::string_view area) const;
    [[nodiscard]] bool is_in(std::size_t municipality, std::string_view area) const;

    std::vector<const std::string*> codes_; ///< ascending, each once
    std::vector<std::uint32_t> of_district_;
};

} // namespace shirube::directory
