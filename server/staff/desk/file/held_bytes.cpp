#include "server/staff/desk/file/held_bytes.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace shirube::server {

namespace {

[[noreturn]] void fail(const char* doing) { throw std::system_error(errno, std::generic_category(), doing); }

} // namespace

HeldBytes::HeldBytes(const std::filesystem::path& folder, std::string_view bytes) : size_(bytes.size()) {
    std::string name = (folder / ".shirube-XXXXXX").string();
    file_ = ::mkostemp(name.data(), O_CLOEXEC); // 0600
    if (file_ < 0) {
        fail("keep a file while it is looked at");
    }
    ::unlink(name.c_str()); // from here on it lives as long as it is open
    while (!bytes.empty()) {
        const auto written = ::write(file_, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            const int reason = errno;
            ::close(file_);
            errno = reason;
            fail("keep a file while it is looked at");
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
}

HeldBytes::HeldBytes(HeldBytes&& other) noexcept : file_(std::exchange(other.file_, -1)), size_(other.size_) {}

HeldBytes::~HeldBytes() {
    if (file_ >= 0) {
        ::close(file_);
    }
}

std::string HeldBytes::read() const {
    std::string bytes(size_, '\0');
    for (std::size_t at = 0; at < size_;) {
        const auto count = ::pread(file_, bytes.data() + at, size_ - at, static_cast<off_t>(at));
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            fail("read a file that is looked at");
        }
        at += static_cast<std::size_t>(count);
    }
    return bytes;
}

} // namespace shirube::server
