// Districts by what lists call them: a code, or a name within a municipality.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace shirube::directory {

/// A district by what it is called.
struct DistrictName {
    std::string layer;
    std::string code;
    std::string name;
    std::string municipality;
    bool has_area = false;
};

class DistrictBook {
  public:
    explicit DistrictBook(const std::vector<DistrictName>& districts);

    /// The place, in what it was made of, of the district of that code, else of that folded name. A name that several
    /// municipalities have (第一中学校) is found where `municipality` says which; else it is nobody's.
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view layer, std::string_view code,
                                                    std::string_view name, std::string_view municipality) const;

  private:
    struct Named {
        std::uint32_t place;
        std::string municipality;
    };
    std::unordered_map<std::string, std::uint32_t> by_code_;
    std::multimap<std::string, Named> by_name_;
};

} // namespace shirube::directory
