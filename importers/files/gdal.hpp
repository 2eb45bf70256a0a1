// GDAL behind small owners: errors are captured instead of printed, files in memory are let go of.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::importers {

/// While it lives, what GDAL complains about in this thread is kept here and printed nowhere.
class GdalErrors {
  public:
    GdalErrors();
    GdalErrors(const GdalErrors&) = delete;
    GdalErrors& operator=(const GdalErrors&) = delete;
    ~GdalErrors();

    /// The first error, else the first warning; empty where there was none.
    [[nodiscard]] const std::string& first() const noexcept { return error_.empty() ? warning_ : error_; }
    [[nodiscard]] bool failed() const noexcept { return !error_.empty(); }
    void forget() noexcept;

  private:
    friend struct GdalErrorHook;
    std::string error_;
    std::string warning_;
};

/// A folder of files in memory that GDAL can open, gone with its owner. The bytes are not copied and must outlive it.
class MemoryFolder {
  public:
    MemoryFolder();
    MemoryFolder(const MemoryFolder&) = delete;
    MemoryFolder& operator=(const MemoryFolder&) = delete;
    ~MemoryFolder();

    /// \return the path under which GDAL finds it
    /// \throws std::runtime_error where GDAL has no memory for it
    std::string add(std::string_view name, std::string_view bytes);
    /// Where GDAL may write a file of that name; it goes with the folder.
    [[nodiscard]] std::string path_of(std::string_view name) const;

  private:
    std::string path_;
};

/// A configuration option of GDAL for this thread, as it was before once its owner is gone.
class GdalOption {
  public:
    GdalOption(const char* name, const char* value);
    GdalOption(const GdalOption&) = delete;
    GdalOption& operator=(const GdalOption&) = delete;
    ~GdalOption();

  private:
    const char* name_;
    std::optional<std::string> before_;
};

/// Registers the drivers that imports read with, once. Others stay unknown: less surface for hostile files.
void register_drivers();

} // namespace shirube::importers
