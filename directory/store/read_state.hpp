// Parts of reading a state that several files share.
#pragma once

#include "directory/state.hpp"
#include "directory/store.hpp"
#include "directory/store/sqlite.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// From the store's numbers to places in a vector of the state.
class Places {
  public:
    void set(std::int64_t id, std::uint32_t place) {
        const auto at = static_cast<std::size_t>(id);
        if (at >= places_.size()) {
            places_.resize(std::max(at + 1, places_.size() * 2), k_no_index);
        }
        places_[at] = place;
    }
    [[nodiscard]] std::uint32_t operator[](std::int64_t id) const noexcept {
        const auto at = static_cast<std::size_t>(id);
        return at < places_.size() ? places_[at] : k_no_index;
    }

  private:
    std::vector<std::uint32_t> places_; ///< by the store's number, which counts up from 1
};

template <class T>
T code_at(const Statement& row, int column) {
    const auto value = parse_code<T>(row.text(column));
    if (!value) {
        throw StoreError("store_damaged",
                         fmt::format("The store holds the unknown code {}; use a newer shirube.", row.text(column)));
    }
    return *value;
}

inline std::optional<int> maybe_int(const Statement& row, int column) {
    const auto value = row.maybe_integer(column);
    return value ? std::optional(static_cast<int>(*value)) : std::nullopt;
}

/// An SQL condition on a table with `visibility` and `owner`: the rows an audience may have.
/// \param table its name with a dot behind, or empty
std::string seen_by(const Audience& audience, std::string_view table = {});

/// A JSON array of texts.
std::vector<std::string> texts_at(const Statement& row, int column);

/// How many rows a table has, hidden ones too: room to reserve.
std::size_t rows_of(Database& database, std::string_view table);

/// Districts by layer and code, each with its area and the addresses that belong to it. \param lists places in
/// state.lists
void read_districts(Database& database, State& state, const Places& lists);

} // namespace shirube::directory
