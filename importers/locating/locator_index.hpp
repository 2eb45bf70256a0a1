// The gazetteer arranged for looking up: municipalities by the forms of their names, and in each its towns by folded
// name, all 丁目 of a town together.
#pragma once

#include "directory/reading.hpp"
#include "importers/locating/address_block.hpp"
#include "importers/locating/locator.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace shirube::importers {

/// One point of the gazetteer under its town's name.
struct TownEntry {
    std::uint32_t town = 0; ///< index into LocatorIndex::towns()
    int chome = 0;          ///< 0: the town itself, not one of its 丁目
};

/// The 小字 of one town that have blocks of their own.
struct TownParts {
    std::vector<std::uint32_t> towns; ///< indexes into LocatorIndex::towns()
    bool numbers_recur = false;       ///< lots are counted anew in each of them: a number alone tells none
};

struct Municipality {
    std::string prefecture;
    std::string name;              ///< as the gazetteer writes it
    std::string code;              ///< empty where the gazetteer has none
    std::vector<std::string> keys; ///< folded forms: whole, without its 郡; longest first
    std::string city_key;          ///< folded city of a designated city's ward; empty for others
    std::string ward_key;          ///< its ward alone
    std::string stem_key;          ///< without 市, 区, 町 or 村
    std::unordered_map<std::string, std::vector<TownEntry>> towns;            ///< by folded name without 丁目
    std::unordered_map<std::string, std::vector<TownEntry>> towns_without_ga; ///< 千駄ヶ谷 and 千駄谷 are one here
    std::unordered_map<std::string, TownParts> parts;                         ///< by the town's whole key
    std::size_t longest_name = 0;                                             ///< bytes
};

class LocatorIndex {
  public:
    explicit LocatorIndex(std::vector<directory::TownReading> towns);

    [[nodiscard]] const std::vector<directory::TownReading>& towns() const noexcept { return towns_; }
    [[nodiscard]] const std::vector<Municipality>& municipalities() const noexcept { return municipalities_; }

    /// The place of one entry.
    [[nodiscard]] Location at(const TownEntry& entry) const;

    /// All entries as one area: the middle of their points, and a radius that holds them all.
    /// \pre entries is not empty
    [[nodiscard]] Location area_of(const std::vector<TownEntry>& entries) const;

    /// What an address key names in a municipality, by the longest name at its front, as finely as `hint` lets the
    /// numbers behind it be read (without one: its town); nothing where no name stands there.
    [[nodiscard]] std::optional<Location> find(const Municipality& municipality, std::string_view key,
                                               const std::optional<BlockHint>& hint) const;

  private:
    using Names = std::unordered_map<std::string, std::vector<TownEntry>>;

    /// Entries an address means, and what it says behind them.
    struct Chosen {
        std::vector<TownEntry> entries;
        std::string_view rest;
    };

    void gather_parts();
    [[nodiscard]] std::optional<Chosen> match(const Names& names, std::size_t longest, std::string_view key,
                                              std::string_view suffix, bool begins_with_block) const;
    [[nodiscard]] static std::optional<Chosen> choose(const std::vector<TownEntry>& entries, std::string_view rest,
                                                      bool begins_with_block);
    [[nodiscard]] std::optional<Location> block_of(const Municipality& municipality, const Chosen& chosen,
                                                   BlockForm form) const;
    [[nodiscard]] std::optional<Location> block_in(std::uint32_t town, const std::vector<std::string>& numbers,
                                                   BlockForm form) const;

    std::vector<directory::TownReading> towns_;
    std::vector<Municipality> municipalities_;
};

/// A folded text without the が between its letters.
std::string without_ga(std::string_view key);

} // namespace shirube::importers
