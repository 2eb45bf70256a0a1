#include "server/cli/new_store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace shirube::server {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_in_the_making = ".making-";

void remove_with_companions(const fs::path& store) {
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
        fs::remove(store.string() + suffix, ignored);
    }
}

/// What imports that were killed have begun: of processes that are no more.
void sweep(const fs::path& path) {
    std::error_code ignored;
    const std::string begin = path.filename().string() + std::string(k_in_the_making);
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(begin)) {
            continue;
        }
        pid_t process = 0;
        const char* end = name.data() + name.size();
        const auto read = std::from_chars(name.data() + begin.size(), end, process);
        if (read.ec == std::errc{} && read.ptr == end && process > 0 && ::kill(process, 0) != 0 && errno == ESRCH) {
            remove_with_companions(entry.path());
        }
    }
}

} // namespace

NewStore::NewStore(fs::path path) : path_(std::move(path)) {
    std::error_code ignored;
    if (path_.empty() || fs::exists(fs::symlink_status(path_, ignored))) {
        store_.emplace(directory::Store::open(path_, directory::OpenMode::write_or_create));
        return;
    }
    sweep(path_);
    draft_ = path_.string() + std::string(k_in_the_making) + std::to_string(::getpid());
    remove_with_companions(draft_);
    try {
        store_.emplace(directory::Store::open(draft_, directory::OpenMode::write_or_create));
    } catch (...) {
        remove_with_companions(draft_);
        throw;
    }
}

NewStore::~NewStore() {
    store_.reset();
    if (is_begun()) {
        remove_with_companions(draft_);
    }
}

void NewStore::keep() {
    store_.reset(); // its log is written into it as it is closed
    if (!is_begun()) {
        return;
    }
    // What could not be written into it (a disk that ran full just now) would not come along under the new name.
    std::error_code ignored;
    const fs::path log = draft_.string() + "-wal";
    if (fs::exists(log, ignored) && fs::file_size(log, ignored) > 0) {
        throw directory::StoreError(
            "store_full",
            fmt::format("{}: the disk is full (or refused to write); the store was not made. Free some space and "
                        "import again. / ディスクに書ききれず、台帳を作れませんでした。空きを作ってもう一度"
                        "取り込んでください。",
                        path_.string()));
    }
    if (::renameat2(AT_FDCWD, draft_.c_str(), AT_FDCWD, path_.c_str(), RENAME_NOREPLACE) == 0) {
        draft_.clear();
        return;
    }
    // Some file systems cannot rename without replacing; a second name cannot replace either.
    if ((errno == EINVAL || errno == ENOSYS) && ::link(draft_.c_str(), path_.c_str()) == 0) {
        return; // the first name goes with this object
    }
    const std::string path = path_.string();
    if (errno == EEXIST) {
        throw directory::StoreError(
            "store_busy",
            fmt::format(
                "{}: another import made this store meanwhile, and it stays as that left it; nothing of this one "
                "was kept. Import again. / 別の取り込みが先にこの台帳を作りました。この取り込みは入っていません。"
                "もう一度取り込んでください。",
                path));
    }
    const auto why = std::error_code(errno, std::generic_category()).message();
    throw directory::StoreError("store_failed",
                                fmt::format("{}: the store could not be given its name ({}). Check the folder. "
                                            "/ 台帳に名前を付けられません。フォルダーを確かめてください。",
                                            path, why));
}

} // namespace shirube::server
