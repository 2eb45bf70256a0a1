// Who will see the rows of a file once it is brought in: said before it is accepted.
#pragma once

#include "directory/network/hidden_names.hpp"
#include "directory/store.hpp"
#include "server/pages/templates.hpp"
#include "server/staff/desk/file/file_preview.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace shirube::server {

/// What a store knows of whom rows of a kind are for, beside what they say themselves.
class RowReadersIn {
  public:
    /// \param path where the store lies \throws directory::StoreError
    RowReadersIn(const directory::Store& store, const std::filesystem::path& path, directory::ImportKind kind);

    /// As was decided of the row that stands, else as the row says, else as its programme or its kind of tie has it.
    /// Of a place with several services the widest: whoever sees one of them sees the place. Of a tie at most whoever
    /// may know whom it names; of a meeting itself, not of its members. Nothing of a row of another kind.
    [[nodiscard]] std::optional<RowReaders> of(const std::string& list, const std::string& key,
                                               const directory::Reading& reading) const;

  private:
    [[nodiscard]] RowReaders of_tie(const directory::RelationReading& tie, directory::Visibility said) const;

    directory::HiddenNames hidden_;
    std::map<std::pair<std::string, std::string>, directory::Visibility> decided_; ///< by list and key
};

/// In words; everybody too.
std::string readers_in_words(const RowReaders& readers, const Texts& texts);

/// Fills SEEN with the rows of each audience; nothing where no row would be taken.
void fill_seen_by(View ready, const FilePreview& preview);

} // namespace shirube::server
