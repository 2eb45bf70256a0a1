// A zip archive put together in memory: the same members make the same bytes, on any day.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace shirube::importers {

class ZipFile {
  public:
    /// Adds a member as it is. An OpenDocument's `mimetype` must be the first and stored so (OpenDocument 1.3 part 2,
    /// 3.3).
    void store(std::string_view name, std::string_view bytes);

    /// Adds a member, deflated.
    void deflate(std::string_view name, std::string_view bytes);

    /// The whole archive. Members carry the first moment a zip can name, 1980-01-01.
    [[nodiscard]] std::string finish();

  private:
    void add(std::string_view name, std::string_view plain, std::string_view packed, unsigned method);

    std::string bytes_;
    std::string directory_;
    unsigned members_ = 0;
};

} // namespace shirube::importers
