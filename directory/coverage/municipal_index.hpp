// The services of every municipality of an edition, its own and those of others that its residents may use: what tables
// by municipality go through, instead of all services of a country.
#pragma once

#include "directory/coverage/municipality.hpp"
#include "directory/reader.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace shirube::directory {

struct MunicipalService {
    std::uint32_t service = 0; ///< index into Reader::services()
    bool is_own = true;        ///< else `across`, see ServiceFor
};

/// Asked for by Reader::municipal_index().
class MunicipalIndex {
  public:
    explicit MunicipalIndex(const Reader& reader);

    [[nodiscard]] const std::vector<Municipality>& municipalities() const noexcept { return municipalities_; }
    /// \param municipality its place in municipalities(). In the order of the services.
    [[nodiscard]] std::span<const MunicipalService> services_of(std::size_t municipality) const noexcept {
        return services_[municipality];
    }
    /// The municipality with most services of its own; nothing where none has any.
    [[nodiscard]] const Municipality* with_most_services() const;
    /// \param code of a municipality or a ward, which is its city's; null where the edition does not speak of it
    [[nodiscard]] const Municipality* find(std::string_view code) const;
    /// \param municipality one of municipalities()
    [[nodiscard]] std::size_t place_of(const Municipality& municipality) const;

  private:
    std::vector<Municipality> municipalities_; ///< by code
    std::vector<std::vector<MunicipalService>> services_;
};

} // namespace shirube::directory
