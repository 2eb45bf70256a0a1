#include "directory/snapshot/text_buffer.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace shirube::directory {

namespace {

std::unique_ptr<char[]> room_of(std::size_t bytes) {
    auto room = std::make_unique_for_overwrite<char[]>(bytes);
    // Advice, and only for whole large pages: whether it is taken changes nothing but the time.
    constexpr std::size_t large_page = std::size_t{1} << 21U;
    void* from = room.get();
    std::size_t left = bytes;
    if (std::align(large_page, large_page, from, left) != nullptr) {
        madvise(from, left - left % large_page, MADV_HUGEPAGE);
    }
    return room;
}

} // namespace

TextBuffer::TextBuffer(std::size_t room) : bytes_(room_of(room)), room_(room) {}

void TextBuffer::grow(std::size_t more) {
    const std::size_t room = std::max(room_ + more, room_ + room_ / 2 + 64);
    auto bytes = room_of(room);
    if (size_ != 0) {
        std::memcpy(bytes.get(), bytes_.get(), size_);
    }
    bytes_ = std::move(bytes);
    room_ = room;
}

} // namespace shirube::directory
