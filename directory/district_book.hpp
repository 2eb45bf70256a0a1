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
    bool has_area = false; ///< its own, or its members'
};

class DistrictBook {
  public:
    explicit DistrictBook(const std::vector<DistrictName>& districts);

    /// The place, in what it was made of, of the district of that code, else of that name (see school_name_key). A name
    /// that several have (第一中学校) is found where `municipality`, or the designated city of its ward, says which; of
    /// one that is drawn and others that have nothing but addresses the drawn one is meant: they are the same school.
    /// Else it is nobody's.
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view layer, std::string_view code,
                                                    std::string_view name, std::string_view municipality) const;

    /// The one district of a layer that a municipality has (its area as a whole, of layer shikuchoson).
    [[nodiscard]] std::optional<std::uint32_t> find_only_of(std::string_view layer,
                                                            std::string_view municipality) const;

    /// The code of a district that find() answered.
    [[nodiscard]] const std::string& code_of(std::uint32_t place) const { return codes_.at(place); }

  private:
    struct Named {
        std::uint32_t place;
        std::string municipality;
        bool has_area;
    };
    using ByKey = std::multimap<std::string, Named>;

    template <class Fits>
    static std::optional<std::uint32_t> only(const ByKey& among, const std::string& key, const Fits& fits);

    std::vector<std::string> codes_;
    std::unordered_map<std::string, std::uint32_t> by_code_;
    ByKey by_name_;
    ByKey by_municipality_;
};

} // namespace shirube::directory
