// Where reports of the public go: what is taken, from whom how often, and whether any is taken at all.
#pragma once

#include "directory/reports.hpp"
#include "server/context.hpp"
#include "server/rate_limiter.hpp"

#include <filesystem>
#include <memory>
#include <mutex>

namespace shirube::server {

/// Reports of one client, by its address, and of everybody together.
inline constexpr std::string_view k_report_limit = "report";
inline constexpr std::string_view k_all_reports_limit = "reports";

/// The two, to be known by the limiter that a ReportBox is given.
/// \param an_hour of one client; as many at once, and fifty times as many of all. 0: neither is limited
std::vector<RateLimit> report_limits(double an_hour, std::size_t most_clients);

class ReportBox {
  public:
    /// \param limiter knows report_limits(); null: nobody is counted
    ReportBox(std::filesystem::path store, RateLimiter* limiter, directory::ReportLimits limits = {});

    /// Whether a report could be written: looked at each time, for disks and permissions change.
    [[nodiscard]] bool can_take() const;

    /// Whether this client may report now; counted.
    RateVerdict count(std::string_view client);

    /// Writes it; the file is made by the first. \throws directory::ReportsError
    std::expected<std::int64_t, directory::ReportRefusal> add(const directory::NewReport& report);

    /// Null while nobody has reported anything. \throws directory::ReportsError
    directory::Reports* reports();

  private:
    std::filesystem::path file_;
    RateLimiter* limiter_;
    directory::ReportLimits limits_;
    std::mutex mutex_;
    std::unique_ptr<directory::Reports> reports_;
};

/// Whether the public's pages offer to report.
bool takes_reports(const Context& context);

} // namespace shirube::server
