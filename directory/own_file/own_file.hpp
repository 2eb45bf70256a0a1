// A small file of our own beside the store, of one kind: accounts, reports, counts of unmet need. Made for its owner's
// eyes alone, in WAL mode, brought to today's form, one writer after the other; a file of another kind is refused and
// stays as it is. It uses the store's connection classes; that these load SpatiaLite too costs one millisecond at an
// opening (fourteen for the first of a process).
#pragma once

#include "directory/store/sqlite.hpp"

#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace shirube::directory {

enum class OwnFileWanted : std::uint8_t { existing, made_if_missing };

enum class OwnFileTrouble : std::uint8_t {
    missing,   ///< there is no such file
    not_made,  ///< it cannot be made; `detail` is the system's reason
    foreign,   ///< it is of another kind, or no database
    newer,     ///< a newer program has written it: see `form` and `known`
    busy,      ///< somebody else is writing
    full,      ///< the disk is
    damaged,   ///< what is in it makes no sense
    io,        ///< the disk refused to read or write
    read_only, ///< this user cannot open or write it
    other      ///< `detail` is all that is known
};

struct OwnFileProblem {
    OwnFileTrouble trouble = OwnFileTrouble::other;
    std::string detail{};
    std::int64_t form = 0;  ///< of the file
    std::int64_t known = 0; ///< the newest form that this program knows
};

struct OwnFileKind {
    std::string_view migrations; ///< folder of the embedded files, with its slash
    std::int64_t application_id = 0;
    /// The exception that says a trouble in the words of the kind.
    std::exception_ptr (*in_words)(const OwnFileProblem& problem, const std::filesystem::path& path) = nullptr;
};

class OwnFile {
  public:
    /// Called in the transaction that brings a file to today's form, with the form that it had; 0: it is new.
    using Migrated = std::function<void(Database& database, std::int64_t before)>;

    /// Opens the file, or makes it with mode 0600 before SQLite does. \throws what in_words() gives, as all of it does
    OwnFile(std::filesystem::path path, const OwnFileKind& kind, OwnFileWanted wanted, const Migrated& migrated = {});

    /// One after the other on the connection, its errors in the words of the kind. Nothing slow belongs inside.
    template <class Work>
    auto locked(Work&& work) {
        const std::scoped_lock lock(mutex_);
        try {
            return work();
        } catch (const StoreError& error) {
            fail(error);
        }
    }

    /// As locked(), in a transaction that is kept unless the work throws.
    template <class Work>
    auto written(Work&& work) {
        return locked([&] {
            Transaction transaction(*database_);
            if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
                work();
                transaction.commit();
            } else {
                auto result = work();
                transaction.commit();
                return result;
            }
        });
    }

    /// To be used inside locked() or written().
    [[nodiscard]] Database& database() noexcept { return *database_; }

  private:
    void migrate(const OwnFileKind& kind, const Migrated& migrated);
    [[noreturn]] void fail(const StoreError& error) const;
    [[noreturn]] void fail(const OwnFileProblem& problem) const;
    void make_ready(OwnFileWanted wanted) const;

    std::filesystem::path path_;
    OwnFileKind kind_;
    std::optional<Database> database_; ///< never empty once the object is made
    std::mutex mutex_;
};

/// The file of a kind beside a store: town.shirube → town.shirube.KIND.
std::filesystem::path own_file_beside(const std::filesystem::path& store, std::string_view kind);

} // namespace shirube::directory
