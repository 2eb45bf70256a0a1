#include "server/net/access_log.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <cerrno>
#include <iterator>
#include <system_error>
#include <utility>

namespace shirube::server {

namespace {

/// How long a line may wait: a thread that is woken for each costs more than what it writes.
constexpr std::chrono::milliseconds k_pause{100};

int open_file(const std::string& file) {
    if (file == "-") {
        return ::dup(STDOUT_FILENO);
    }
    // Readable by the operator's group and nobody else: times and clients are nobody's business.
    return ::open(file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
}

std::string_view name_of(const std::optional<Method>& method) noexcept {
    if (!method) {
        return "-";
    }
    switch (*method) {
        case Method::get:
            return "GET";
        case Method::head:
            return "HEAD";
        case Method::post:
            return "POST";
        case Method::other:
            return "OTHER";
    }
    return "-";
}

/// Writes all of it. \return 0, or errno
int write_all(int descriptor, std::string_view text) noexcept {
    while (!text.empty()) {
        const auto count = ::write(descriptor, text.data(), text.size());
        if (count >= 0) {
            text.remove_prefix(static_cast<std::size_t>(count));
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

} // namespace

std::string line_of(const AccessEntry& entry) {
    const auto ms = std::chrono::floor<std::chrono::milliseconds>(entry.time);
    std::string out =
        fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z {} {} {} {} {}", fmt::gmtime(std::chrono::system_clock::to_time_t(ms)),
                    ms.time_since_epoch().count() % 1000, name_of(entry.method),
                    entry.pattern.empty() ? "-" : entry.pattern, entry.status, entry.bytes, entry.took.count());
    if (!entry.client.empty()) {
        out += ' ';
        out += entry.client;
    }
    return out;
}

AccessLog::AccessLog(std::string file, std::size_t most_waiting)
    : file_(std::move(file)), most_waiting_(most_waiting), descriptor_(open_file(file_)) {
    if (descriptor_ < 0) {
        throw std::system_error(errno, std::generic_category(), file_);
    }
    writer_ = std::jthread([this](const std::stop_token& stop) { write_on(stop); });
}

AccessLog::~AccessLog() {
    writer_.request_stop();
    writer_.join();
    ::close(descriptor_);
}

void AccessLog::add(AccessEntry entry) {
    const std::scoped_lock lock(mutex_);
    if (waiting_.size() >= most_waiting_) {
        ++lost_;
        return;
    }
    waiting_.push_back(std::move(entry));
}

void AccessLog::reopen() {
    {
        const std::scoped_lock lock(mutex_);
        reopen_ = true;
    }
    awake_.notify_one();
}

void AccessLog::write_on(const std::stop_token& stop) {
    std::vector<AccessEntry> entries;
    while (true) {
        std::uint64_t lost = 0;
        bool reopens = false;
        const bool last = stop.stop_requested();
        {
            std::unique_lock lock(mutex_);
            awake_.wait_for(lock, stop, k_pause, [this] { return reopen_; });
            entries.clear();
            std::swap(entries, waiting_);
            lost = std::exchange(lost_, 0);
            reopens = std::exchange(reopen_, false);
        }
        write(entries, lost);
        if (reopens) {
            open_again();
        }
        if (last) {
            return;
        }
    }
}

void AccessLog::write(const std::vector<AccessEntry>& entries, std::uint64_t lost) {
    if (entries.empty() && lost == 0) {
        return;
    }
    std::string text;
    for (const auto& entry : entries) {
        text += line_of(entry);
        text += '\n';
    }
    if (lost != 0) {
        fmt::format_to(std::back_inserter(text), "# {} more were not written: too many at once\n", lost);
    }
    const int error = write_all(descriptor_, text);
    if (error != 0 && !failing_) {
        spdlog::warn("The access log {} cannot be written: {}. The server goes on without.", file_,
                     std::generic_category().message(error));
    }
    failing_ = error != 0;
}

void AccessLog::open_again() {
    const int opened = open_file(file_);
    if (opened < 0) {
        spdlog::warn("The access log {} cannot be opened anew: {}. The old file is written on.", file_,
                     std::generic_category().message(errno));
        return;
    }
    ::close(std::exchange(descriptor_, opened));
    failing_ = false;
}

} // namespace shirube::server
