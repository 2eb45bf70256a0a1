#include "server/staff/desk/file/dropped_files.hpp"

#include "directory/accounts/tokens.hpp"
#include "directory/store.hpp"
#include "server/staff/desk/file/turned_away.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <exception>
#include <system_error>
#include <utility>

namespace shirube::server {

namespace {

constexpr std::chrono::hours k_kept{1};

/// A server answers others meanwhile: less than an import on the command line may take.
importers::Limits limits_of_page() {
    importers::Limits limits;
    limits.file_bytes = std::size_t{128} << 20U;
    limits.workbook_bytes = std::size_t{64} << 20U;
    limits.table_cells = 1'000'000;
    limits.archive_entries = 100;
    limits.sheets = 50;
    return limits;
}

/// Thrown through an import that nobody waits for any more: its transaction is rolled back on the way.
struct GivenUp {};

bool is_at_work(FileStage stage) noexcept { return stage == FileStage::reading || stage == FileStage::writing; }
bool is_accepted(FileStage stage) noexcept { return stage == FileStage::queued || stage == FileStage::writing; }

} // namespace

DroppedFiles::DroppedFiles(std::filesystem::path store, std::function<void()> written)
    : store_(std::move(store)), written_(std::move(written)) {}

DroppedFiles::~DroppedFiles() {
    {
        const std::scoped_lock lock(mutex_);
        for (const auto& entry : entries_) {
            entry->given_up = true;
        }
    }
    worker_.request_stop();
    changed_.notify_all();
}

std::expected<std::string, NotDropped> DroppedFiles::take(std::int64_t account, FileDesk desk, std::string name,
                                                          std::string_view bytes, FileChoice choice) {
    forget_old();
    const std::scoped_lock lock(mutex_);
    // Whoever mended a file and sends it again has done with what she looked at.
    std::erase_if(entries_, [&](const Shared& entry) {
        const bool is_looked_at = entry->seen.stage == FileStage::ready || entry->seen.stage == FileStage::failed;
        return entry->account == account && entry->seen.name == name && is_looked_at;
    });
    const auto own = std::ranges::count_if(entries_, [&](const Shared& entry) {
        return entry->account == account && entry->seen.stage != FileStage::written;
    });
    if (static_cast<std::size_t>(own) >= k_files_of_account) {
        return std::unexpected(NotDropped::too_many);
    }
    const auto all =
        std::ranges::count_if(entries_, [](const Shared& entry) { return entry->seen.stage != FileStage::written; });
    if (static_cast<std::size_t>(all) >= k_files_of_all) {
        return std::unexpected(NotDropped::too_many_of_all);
    }
    auto entry = std::make_shared<Entry>();
    try {
        entry->held.emplace(std::filesystem::absolute(store_).parent_path(), bytes);
    } catch (const std::system_error& error) {
        spdlog::error("A file that was sent could not be kept: {}", error.what());
        return std::unexpected(NotDropped::no_room);
    }
    entry->seen.id = directory::new_token();
    entry->seen.name = std::move(name);
    entry->seen.bytes = bytes.size();
    entry->seen.choice = std::move(choice);
    entry->seen.language = desk.language;
    entry->account = account;
    entry->desk = std::move(desk);
    entry->looked_at = Clock::now();
    entries_.push_back(entry);
    queue_.push_back(entry);
    if (!worker_.joinable()) {
        worker_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
    }
    changed_.notify_all();
    return entry->seen.id;
}

DroppedFiles::Shared DroppedFiles::entry_of(std::int64_t account, std::string_view id) {
    const auto found = std::ranges::find_if(
        entries_, [&](const Shared& entry) { return entry->account == account && entry->seen.id == id; });
    return found == entries_.end() ? nullptr : *found;
}

DroppedFile DroppedFiles::seen_now(const Entry& entry) const {
    DroppedFile seen = entry.seen;
    const bool waits = seen.stage == FileStage::waiting || seen.stage == FileStage::queued;
    if (waits) {
        seen.ahead = static_cast<std::size_t>(
            std::ranges::count_if(entries_, [](const Shared& other) { return is_at_work(other->seen.stage); }));
        for (const auto& other : queue_) {
            if (other.get() == &entry) {
                break;
            }
            ++seen.ahead;
        }
    }
    return seen;
}

std::optional<DroppedFile> DroppedFiles::find(std::int64_t account, std::string_view id) {
    forget_old();
    const std::scoped_lock lock(mutex_);
    const auto entry = entry_of(account, id);
    if (!entry) {
        return std::nullopt;
    }
    entry->looked_at = Clock::now();
    return seen_now(*entry);
}

std::vector<DroppedFile> DroppedFiles::of_account(std::int64_t account) {
    forget_old();
    const std::scoped_lock lock(mutex_);
    std::vector<DroppedFile> files;
    for (const auto& entry : entries_) {
        if (entry->account == account) {
            files.push_back(seen_now(*entry));
        }
    }
    return files;
}

bool DroppedFiles::try_again(std::int64_t account, std::string_view id, FileChoice choice, std::string language) {
    const std::scoped_lock lock(mutex_);
    const auto entry = entry_of(account, id);
    if (!entry || (entry->seen.stage != FileStage::ready && entry->seen.stage != FileStage::failed)) {
        return false;
    }
    entry->seen.choice = std::move(choice);
    entry->seen.language = language;
    entry->desk.language = std::move(language);
    entry->seen.stage = FileStage::waiting;
    entry->seen.changed_meanwhile = false;
    queue_.push_back(entry);
    changed_.notify_all();
    return true;
}

bool DroppedFiles::accept(std::int64_t account, std::string_view id, std::string_view fingerprint, Written written) {
    const std::scoped_lock lock(mutex_);
    const auto entry = entry_of(account, id);
    const bool may = entry && entry->seen.stage == FileStage::ready && entry->seen.preview &&
                     entry->seen.preview->found != ListFound::unsure && entry->seen.preview->fingerprint == fingerprint;
    if (!may) {
        return false;
    }
    entry->accepted = fingerprint;
    entry->written = std::move(written);
    entry->seen.stage = FileStage::queued;
    queue_.push_back(entry);
    changed_.notify_all();
    return true;
}

bool DroppedFiles::cancel(std::int64_t account, std::string_view id) {
    const std::scoped_lock lock(mutex_);
    const auto entry = entry_of(account, id);
    if (!entry || is_accepted(entry->seen.stage)) {
        return false;
    }
    entry->given_up = true;
    queue_.remove(entry);
    entries_.remove(entry);
    return true;
}

void DroppedFiles::forget_old(Clock::time_point now) {
    const std::scoped_lock lock(mutex_);
    const auto is_old = [&](const Shared& entry) {
        return entry->looked_at + k_kept < now && !is_accepted(entry->seen.stage);
    };
    for (const auto& entry : entries_) {
        entry->given_up = entry->given_up || is_old(entry);
    }
    queue_.remove_if(is_old);
    entries_.remove_if(is_old);
}

void DroppedFiles::work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        Shared entry;
        {
            std::unique_lock lock(mutex_);
            constexpr std::chrono::minutes k_look{1}; // nobody may come any more who would forget what is old
            changed_.wait_for(lock, stop, k_look, [this] { return !queue_.empty(); });
            if (!queue_.empty() && !stop.stop_requested()) {
                entry = queue_.front();
                queue_.pop_front();
                entry->seen.stage = is_accepted(entry->seen.stage) ? FileStage::writing : FileStage::reading;
                entry->seen.step.clear();
                entry->seen.done = entry->seen.of = 0;
            }
        }
        if (!entry) {
            forget_old();
        } else if (entry->seen.stage == FileStage::writing) { // none but this thread leaves these two stages
            write(*entry);
        } else {
            read(*entry, stop);
        }
    }
}

importers::HeldFile DroppedFiles::file_of(Entry& entry) {
    return {.name = entry.seen.name, .bytes = entry.held->read(), .limits = limits_of_page()};
}

importers::Progress DroppedFiles::progress_of(Entry& entry) {
    return [this, &entry](std::string_view step, std::size_t done, std::size_t of) {
        if (entry.given_up && entry.seen.stage == FileStage::reading) {
            throw GivenUp{};
        }
        const std::scoped_lock lock(mutex_);
        entry.seen.step = step;
        entry.seen.done = done;
        entry.seen.of = of;
    };
}

/// What goes wrong on the way is told to whoever sent the file, not to the thread.
std::expected<FilePreview, FileFault> DroppedFiles::preview(directory::Store& store, Entry& entry,
                                                            const importers::HeldFile& file,
                                                            const importers::Progress& progress) const {
    try {
        return preview_file(store, store_, file, entry.seen.choice, entry.desk, progress);
    } catch (const directory::StoreError& error) {
        return std::unexpected(FileFault{error.code(), {}});
    } catch (const std::exception& error) {
        spdlog::error("A file that was sent could not be previewed: {}", error.what());
        return std::unexpected(FileFault{"file_failed", {}});
    }
}

void DroppedFiles::read(Entry& entry, const std::stop_token& stop) {
    try {
        const auto file = file_of(entry);
        auto store = directory::Store::open(store_, directory::OpenMode::write);
        auto outcome = preview(store, entry, file, progress_of(entry));
        if (!stop.stop_requested()) {
            settle(entry, std::move(outcome), false);
        }
    } catch (const GivenUp&) {
        return; // nobody has it any more
    } catch (const directory::StoreError& error) {
        settle(entry, std::unexpected(FileFault{error.code(), {}}), false);
    } catch (const std::exception& error) { // the thread goes on for others
        spdlog::error("A file that was sent could not be read again: {}", error.what());
        settle(entry, std::unexpected(FileFault{"file_failed", {}}), false);
    }
}

/// Tries once more, so that what is written is what was shown, whatever has been written meanwhile.
void DroppedFiles::write(Entry& entry) {
    try {
        const auto file = file_of(entry);
        const auto progress = progress_of(entry);
        auto store = directory::Store::open(store_, directory::OpenMode::write);
        constexpr int k_tries = 3;
        for (int i = 0; i < k_tries; ++i) {
            const auto counter = store.change_counter(); // of others: what this connection writes does not count
            auto outcome = preview(store, entry, file, progress);
            if (!outcome || outcome->fingerprint != entry.accepted) {
                settle(entry, std::move(outcome), true);
                return;
            }
            auto report = importers::import_held(store, options_of(*outcome, entry.desk), file, progress);
            if (!report) {
                settle(entry, std::unexpected(FileFault{report.error().code, report.error().message}), false);
                return;
            }
            if (store.change_counter() == counter) {
                finish(entry, *report);
                return;
            }
            store.undo(report->import_id); // somebody wrote between the trial and this: what is it now?
        }
        settle(entry, std::unexpected(FileFault{"store_busy", {}}), false);
    } catch (const directory::StoreError& error) {
        settle(entry, std::unexpected(FileFault{error.code(), {}}), false);
    } catch (const std::exception& error) {
        spdlog::error("A file that was accepted could not be imported: {}", error.what());
        settle(entry, std::unexpected(FileFault{"file_failed", {}}), false);
    }
}

void DroppedFiles::finish(Entry& entry, const importers::Report& report) {
    written_();
    if (entry.written) {
        entry.written(report.import_id);
    }
    const std::scoped_lock lock(mutex_);
    entry.seen.import_id = report.import_id;
    entry.seen.stage = FileStage::written;
    entry.held.reset();
    // It did what was shown: which rows it turned away is still to be told.
    auto left = entry.seen.preview ? turned_away_of(*entry.seen.preview) : FilePreview{};
    left.rows = report.rows;
    left.lists = report.lists;
    left.choice = entry.seen.choice;
    entry.seen.preview = std::make_shared<const FilePreview>(std::move(left));
}

void DroppedFiles::settle(Entry& entry, std::expected<FilePreview, FileFault> outcome, bool changed) {
    auto made = outcome ? std::make_shared<const FilePreview>(std::move(*outcome)) : nullptr;
    const std::scoped_lock lock(mutex_);
    entry.accepted.clear();
    entry.seen.changed_meanwhile = changed;
    if (made) {
        entry.seen.choice = made->choice;
    }
    entry.seen.fault = outcome ? std::nullopt : std::optional(std::move(outcome.error()));
    entry.seen.preview = std::move(made);
    entry.seen.stage = entry.seen.preview ? FileStage::ready : FileStage::failed;
}

} // namespace shirube::server
