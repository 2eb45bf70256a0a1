// Where a column stands in a header, by any spelling that column_key() folds to the same. Made once for a table and
// asked for every cell of every row.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace shirube::importers {

class HeaderIndex {
  public:
    explicit HeaderIndex(std::span<const std::string> header);

    /// The first column of that name. Remembers the answer: to be used by one thread.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view column) const;

    [[nodiscard]] const std::vector<std::string>& header() const noexcept { return header_; }

  private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
    };
    std::vector<std::string> header_;
    std::unordered_map<std::string, std::size_t> by_key_;
    mutable std::unordered_map<std::string, std::optional<std::size_t>, Hash, std::equal_to<>> asked_;
};

/// The index of a header. A thread that asks for the same few headers row after row is given the same few.
std::shared_ptr<const HeaderIndex> index_of(std::span<const std::string> header);

} // namespace shirube::importers
