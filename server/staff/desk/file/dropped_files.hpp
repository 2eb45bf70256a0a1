// Files that stewards have handed over and not decided on yet. One after the other is read and tried on a thread of its
// own, so that no request waits for it; what was accepted is imported there too, one at a time.
#pragma once

#include "directory/accounts.hpp"
#include "server/staff/desk/file/file_preview.hpp"
#include "server/staff/desk/file/held_bytes.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace shirube::server {

/// At once: of one account, and of all. Each may take some hundred megabytes of memory while it is looked at.
inline constexpr std::size_t k_files_of_account = 2;
inline constexpr std::size_t k_files_of_all = 8;

enum class FileStage : std::uint8_t {
    waiting, ///< for its turn to be read
    reading,
    ready,   ///< previewed
    failed,  ///< there is nothing to preview
    queued,  ///< accepted, waits for its turn to be written
    writing, ///< accepted
    written
};

/// A file as its sender may see it now.
struct DroppedFile {
    std::string id;
    std::string name;
    std::size_t bytes = 0;
    FileStage stage = FileStage::waiting;
    std::string step; ///< what an import calls it: files, rows, store
    std::size_t done = 0;
    std::size_t of = 0;    ///< 0: not known
    std::size_t ahead = 0; ///< files whose turn comes before
    FileChoice choice{};
    std::string language;
    std::optional<FileFault> fault{};
    std::shared_ptr<const FilePreview> preview{};
    bool changed_meanwhile = false; ///< accepted, and no longer what had been shown: it is shown anew
    std::int64_t import_id = 0;     ///< of what was written
};

enum class NotDropped : std::uint8_t { too_many, too_many_of_all, no_room };

/// Safe from any thread.
class DroppedFiles {
  public:
    using Clock = std::chrono::steady_clock;
    /// Told the number of an import that was written.
    using Written = std::function<void(std::int64_t import_id)>;

    /// \param written is called whenever the store was written
    DroppedFiles(std::filesystem::path store, std::function<void()> written);
    ~DroppedFiles(); ///< what is being read is given up, what is being written is finished
    DroppedFiles(const DroppedFiles&) = delete;
    DroppedFiles& operator=(const DroppedFiles&) = delete;

    /// Keeps the file and has it read. \returns its id, which nobody guesses
    std::expected<std::string, NotDropped> take(std::int64_t account, FileDesk desk, std::string name,
                                                std::string_view bytes, FileChoice choice);

    /// Nothing where there is none of that id, or another account sent it.
    [[nodiscard]] std::optional<DroppedFile> find(std::int64_t account, std::string_view id);
    [[nodiscard]] std::vector<DroppedFile> of_account(std::int64_t account);

    /// Has a previewed file tried again with another choice. False where it is not to be had, or not at that stage.
    /// \param language of problems, of whoever reads now
    bool try_again(std::int64_t account, std::string_view id, FileChoice choice, std::string language);

    /// Has a previewed file imported, if it still does what was shown.
    /// \param fingerprint of the preview that was accepted \returns false as try_again()
    bool accept(std::int64_t account, std::string_view id, std::string_view fingerprint, Written written);

    /// Gives a file up. What is accepted already is not to be given up. False as try_again().
    bool cancel(std::int64_t account, std::string_view id);

    /// Forgets what nobody has looked at for an hour.
    void forget_old(Clock::time_point now = Clock::now());

  private:
    struct Entry {
        DroppedFile seen;
        std::int64_t account = 0;
        FileDesk desk;
        std::optional<HeldBytes> held; ///< until it is decided on
        Clock::time_point looked_at;
        std::string accepted; ///< the fingerprint
        Written written;
        std::atomic<bool> given_up = false;
    };
    using Shared = std::shared_ptr<Entry>;

    void work(const std::stop_token& stop);
    void read(Entry& entry, const std::stop_token& stop);
    void write(Entry& entry);
    void finish(Entry& entry, const importers::Report& report);
    void settle(Entry& entry, std::expected<FilePreview, FileFault> outcome, bool changed);
    [[nodiscard]] std::expected<FilePreview, FileFault> preview(directory::Store& store, Entry& entry,
                                                                const importers::HeldFile& file,
                                                                const importers::Progress& progress) const;
    [[nodiscard]] importers::HeldFile file_of(Entry& entry);
    [[nodiscard]] importers::Progress progress_of(Entry& entry);
    Shared entry_of(std::int64_t account, std::string_view id);
    [[nodiscard]] DroppedFile seen_now(const Entry& entry) const;

    std::filesystem::path store_;
    std::function<void()> written_;
    mutable std::mutex mutex_; ///< for what follows, and each entry's `seen`
    std::condition_variable_any changed_;
    std::list<Shared> entries_; ///< in the order they came
    std::list<Shared> queue_;
    std::jthread worker_; ///< begins with the first file
};

} // namespace shirube::server
