// Text in one piece that is written once and then read: the fragments of an edition, a few hundred bytes at a time up
// to some hundred MiB.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>

namespace shirube::directory {

class TextBuffer {
  public:
    TextBuffer() = default;
    /// Room that is not written to costs no memory; growing copies what is there. Asks the system for large pages,
    /// which makes first writing and random reading cheaper where it grants them.
    explicit TextBuffer(std::size_t room);

    TextBuffer& append(const char* bytes, std::size_t count) {
        if (count > room_ - size_) {
            grow(count);
        }
        std::memcpy(bytes_.get() + size_, bytes, count);
        size_ += count;
        return *this;
    }
    TextBuffer& append(std::string_view text) { return append(text.data(), text.size()); }
    TextBuffer& operator+=(std::string_view text) { return append(text); }
    TextBuffer& operator+=(char character) { return append(&character, 1); }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] std::string_view view() const noexcept { return {bytes_.get(), size_}; }

  private:
    void grow(std::size_t more);

    std::unique_ptr<char[]> bytes_;
    std::size_t size_ = 0;
    std::size_t room_ = 0;
};

} // namespace shirube::directory
