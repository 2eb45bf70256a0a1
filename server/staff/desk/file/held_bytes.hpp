// A file that was handed over, on the disk but under no name: whoever looks into the folder does not see it, nobody can
// open it, and it is gone when this is, also where the program is killed.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace shirube::server {

class HeldBytes {
  public:
    /// \param folder where the disk is; nothing stays visible in it \throws std::system_error
    HeldBytes(const std::filesystem::path& folder, std::string_view bytes);
    HeldBytes(HeldBytes&& other) noexcept;
    HeldBytes& operator=(HeldBytes&&) = delete;
    ~HeldBytes();

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    /// \throws std::system_error
    [[nodiscard]] std::string read() const;

  private:
    int file_ = -1;
    std::size_t size_ = 0;
};

} // namespace shirube::server
