// A store that is made by the very import that fills it: under another name until it is whole, so that one that fails
// leaves nothing behind, and two at the same time cannot spoil each other's.
#pragma once

#include "directory/store.hpp"

#include <filesystem>
#include <optional>

namespace shirube::server {

class NewStore {
  public:
    /// Opens the store; where there is none one is begun beside it. \throws directory::StoreError
    explicit NewStore(std::filesystem::path path);
    NewStore(const NewStore&) = delete;
    NewStore& operator=(const NewStore&) = delete;
    ~NewStore(); ///< a store that was begun and not kept is gone

    [[nodiscard]] directory::Store& store() noexcept { return *store_; }

    /// Gives a store that was begun its name. \pre store() is not used any more
    /// \throws directory::StoreError (store_busy) where another import made one meanwhile: theirs stays
    void keep();

  private:
    [[nodiscard]] bool is_begun() const noexcept { return !draft_.empty(); }

    std::filesystem::path path_;
    std::filesystem::path draft_; ///< empty: the store was there
    std::optional<directory::Store> store_;
};

} // namespace shirube::server
