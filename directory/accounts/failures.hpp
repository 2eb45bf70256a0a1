// Failed log-ins, counted by name and by client, and the waits they make. Names that do not exist are counted like
// names that do, so that waits tell nothing of which is which.
#pragma once

#include "directory/accounts.hpp"
#include "directory/accounts/tokens.hpp"
#include "directory/store/sqlite.hpp"

#include <cstdint>
#include <optional>

namespace shirube::directory {

/// Who tried, as hashes.
struct Attempt {
    Hash name;
    Hash client;
};

/// Counts within one lock of the file. \throws StoreError
class Failures {
  public:
    Failures(Database& database, const AccountSettings& settings, std::int64_t now)
        : database_(database), settings_(settings), now_(now) {}

    /// Seconds until the attempt is looked at, by whichever of both asks for more; 0: now.
    [[nodiscard]] std::int64_t wait_of(const Attempt& attempt);

    /// The count before a failure, so that it can be taken back.
    struct Before {
        std::int64_t count = 0;
        std::int64_t last_at = 0;
        std::int64_t wait_until = 0;
        std::int64_t counted = 0; ///< what the failure made of the count
    };
    Before count_name(const Hash& name);
    void count_client(const Hash& client);

    /// As if the failure had not been, unless others came since: these stay.
    void take_back_name(const Hash& name, const Before& before);
    void forget_name(const Hash& name);

    /// Deletes what is older than settings say, and the oldest of what is too much.
    void sweep();

  private:
    struct Row {
        std::int64_t count = 0;
        std::int64_t last_at = 0;
        std::int64_t wait_until = 0;
    };
    [[nodiscard]] std::optional<Row> row_of(const char* kind, const Hash& hash);
    void write(const char* kind, const Hash& hash, const Row& row);
    [[nodiscard]] std::int64_t end_of_wait(std::int64_t count, int before_wait) const noexcept;

    Database& database_;
    const AccountSettings& settings_;
    std::int64_t now_;
};

} // namespace shirube::directory
