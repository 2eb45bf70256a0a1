// What staff pages stand on: the accounts beside the store, and an edition for each audience that is signed in. Used by
// several threads of the pool for slow requests, never by a worker.
#pragma once

#include "directory/accounts.hpp"
#include "directory/audience.hpp"
#include "directory/reports.hpp"
#include "directory/unmet.hpp"
#include "server/editions.hpp"
#include "server/rate_limiter.hpp"
#include "server/staff/kept_forms.hpp"
#include "server/staff/spent_once.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace shirube::server {

class DroppedFiles;
class FilePasses;
class ReportBox;

struct StaffSettings {
    directory::AccountSettings accounts;
    RateLimiter* limiter = nullptr; ///< knows k_account_limit; null: requests are not counted
    ReportBox* reports = nullptr;   ///< of the public; null: there are none to read
    /// An audience's edition is let go when nobody has read it for so long.
    std::chrono::minutes keep_edition{30};
};

class StaffDesk {
  public:
    StaffDesk(std::filesystem::path store, const Editions& editions, StaffSettings settings = {});
    ~StaffDesk();
    StaffDesk(const StaffDesk&) = delete;
    StaffDesk& operator=(const StaffDesk&) = delete;

    /// Null while nobody has made an account: the file is looked for again each time. \throws directory::AccountsError
    directory::Accounts* accounts();

    /// What an account may read, as of the store's newest state: built where nobody has read it since that came, which
    /// takes as long as a start; others of the same audience wait. An administrator of the whole store reads what the
    /// public does. \throws directory::StoreError
    std::shared_ptr<const Loaded> edition_for(const directory::Account& account, directory::Day today);

    /// A handler has written to the store: whoever reads next reads that, whether the watcher has seen it or not.
    void note_written() noexcept { written_.fetch_add(1, std::memory_order_acq_rel); }

    /// What the public has reported; null while there is nothing. \throws directory::ReportsError
    directory::Reports* reports();

    /// What caseworkers have counted; null while there is nothing. \throws directory::UnmetError
    directory::Unmet* unmet();
    /// The same to count in: made where it does not exist. \throws directory::UnmetError
    directory::Unmet& unmet_to_write();

    /// Presses of "count this" that were kept.
    SpentOnce& counted() noexcept { return counted_; }

    /// Long forms that wait for their person to sign in again.
    KeptForms& kept_forms() noexcept { return kept_forms_; }

    /// Files that stewards have handed over and not decided on.
    [[nodiscard]] DroppedFiles& dropped_files() noexcept { return *dropped_files_; }
    /// Who may send a file; workers ask it too.
    [[nodiscard]] FilePasses& file_passes() noexcept { return *file_passes_; }

    /// The name of what the public reads now, and that itself: for what goes out of the office.
    [[nodiscard]] std::string public_edition() const;
    [[nodiscard]] std::shared_ptr<const Loaded> public_now() const { return editions_.current(); }

    /// Counts a request of an account.
    RateVerdict count_request(std::int64_t account);

    [[nodiscard]] const std::filesystem::path& store() const noexcept { return store_; }

  private:
    using Key = std::pair<std::string, directory::Visibility>; ///< municipality, class

    struct Held {
        std::mutex building;
        std::shared_ptr<const Loaded> loaded;
        std::atomic<std::uint64_t> of_state{0}; ///< 0: not built yet
        std::uint64_t of_written = 0;
        directory::Day of_day{};
        std::chrono::steady_clock::time_point used;
    };

    std::shared_ptr<Held> held_for(const Key& key);

    std::filesystem::path store_;
    const Editions& editions_;
    StaffSettings settings_;
    std::atomic<std::uint64_t> written_{0};
    std::mutex mutex_;
    std::unique_ptr<directory::Accounts> accounts_;
    std::unique_ptr<directory::Unmet> unmet_;
    SpentOnce counted_;
    KeptForms kept_forms_;
    std::map<Key, std::shared_ptr<Held>> held_;
    std::unique_ptr<FilePasses> file_passes_;
    std::unique_ptr<DroppedFiles> dropped_files_; ///< its thread uses the rest: the first to go
};

} // namespace shirube::server
