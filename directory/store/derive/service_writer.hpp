#pragma once

#include "directory/reading.hpp"
#include "directory/store/sqlite.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace shirube::directory {

/// One service as it goes into the table.
struct WrittenService {
    std::int64_t service_id = 0;
    std::int64_t row_id = 0;
    std::int64_t list_id = 0;
    std::int64_t site_id = 0;
    std::optional<std::int64_t> organization_id;
    Visibility visibility = Visibility::everyone;
    std::optional<std::int64_t> shown_as;     ///< another list's service that is shown for it
    bool merged = false;                      ///< several lists' rows had a part in it
    std::string owner{};                      ///< whose staff may see what of it is hidden
    std::optional<std::int64_t> staff_part{}; ///< its place in the row, where the row says something for staff alone
};

class ServiceWriter {
  public:
    explicit ServiceWriter(Database& database);
    void write(const WrittenService& service, const ServiceReading& reading);
    void remove(std::int64_t service_id) { delete_.bind(service_id).run(); }

  private:
    Statement insert_;
    Statement insert_schedule_;
    Statement delete_;
};

} // namespace shirube::directory
