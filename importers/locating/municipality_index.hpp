// Which municipalities a text may speak of, without asking all of a country's 1,900 in turn.
#pragma once

#include "importers/locating/locator_index.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace shirube::importers {

using MunicipalityList = std::vector<const Municipality*>;

class MunicipalityIndex {
  public:
    /// \param municipalities must stay where they are
    explicit MunicipalityIndex(const std::vector<Municipality>& municipalities);

    /// Those that a row states by code or by folded name, a city's wards by the city's name too.
    [[nodiscard]] MunicipalityList named(std::string_view code, std::string_view key,
                                         std::string_view prefecture) const;

    /// Those of the longest name that stands at the front of an address key, and its bytes.
    struct AtFront {
        MunicipalityList municipalities;
        std::size_t bytes = 0;
    };
    [[nodiscard]] AtFront at_front_of(std::string_view key, std::string_view prefecture) const;

    /// Those that may have a town by whose name the address key begins, a ward or a municipality without its 市 before
    /// it or not: all that have one, and perhaps some that have not.
    [[nodiscard]] MunicipalityList that_may_hold(std::string_view key, std::string_view prefecture) const;

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
    };
    using Numbers = std::vector<std::uint32_t>;
    using ByText = std::unordered_map<std::string, Numbers, Hash, std::equal_to<>>;

    static void add(ByText& to, std::string_view text, std::uint32_t number);
    void add_towns_at_front(std::string_view text, Numbers& numbers) const;
    [[nodiscard]] MunicipalityList of_prefecture(const Numbers& numbers, std::string_view prefecture) const;

    const std::vector<Municipality>& municipalities_;
    ByText by_code_;
    ByText by_key_;
    ByText by_town_;
    std::unordered_set<std::string, Hash, std::equal_to<>> before_towns_; ///< wards, and names without 市
    std::size_t longest_key_ = 0;
    std::size_t longest_town_ = 0;
    std::size_t longest_before_ = 0;
};

/// The length of the text without its last letter. \pre length > 0
std::size_t previous_letter(std::string_view text, std::size_t length);

} // namespace shirube::importers
