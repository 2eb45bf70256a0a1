// Writes sites: the one place that knows the table's columns.
#pragma once

#include "directory/reading.hpp"
#include "directory/store/sqlite.hpp"

#include <cstdint>

namespace shirube::directory {

class SiteWriter {
  public:
    explicit SiteWriter(Database& database);

    /// Writes the site anew or over what stood there.
    void write(std::int64_t site_id, const SiteReading& site);
    void remove(std::int64_t site_id) { delete_.bind(site_id).run(); }

  private:
    Statement write_;
    Statement delete_;
};

} // namespace shirube::directory
