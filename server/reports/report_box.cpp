#include "server/reports/report_box.hpp"

#include "server/address.hpp"

#include <unistd.h>

#include <chrono>

namespace shirube::server {

namespace {

constexpr double k_seconds_an_hour = 3'600;
constexpr double k_clients_in_all = 50;

/// One address is one client; of IPv6, one network of a household is.
std::string key_of(std::string_view client) {
    const auto address = Address::parse(client);
    return address ? address->key() : std::string{client};
}

} // namespace

std::vector<RateLimit> report_limits(double an_hour, std::size_t most_clients) {
    const double burst = an_hour > 0 ? an_hour : 1;
    return {{std::string{k_report_limit}, an_hour / k_seconds_an_hour, burst, most_clients},
            {std::string{k_all_reports_limit}, k_clients_in_all * an_hour / k_seconds_an_hour, k_clients_in_all * burst,
             1}};
}

ReportBox::ReportBox(std::filesystem::path store, RateLimiter* limiter, directory::ReportLimits limits)
    : file_(directory::reports_beside(store)), limiter_(limiter), limits_(limits) {}

bool ReportBox::can_take() const {
    // SQLite writes beside the file too.
    const auto folder = file_.has_parent_path() ? file_.parent_path() : std::filesystem::path(".");
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        return false;
    }
    return ::access(file_.c_str(), F_OK) != 0 || ::access(file_.c_str(), R_OK | W_OK) == 0;
}

RateVerdict ReportBox::count(std::string_view client) {
    if (limiter_ == nullptr) {
        return {};
    }
    const auto now = RateLimiter::Clock::now();
    const auto own = limiter_->take(k_report_limit, key_of(client), 1, now);
    return own.allowed ? limiter_->take(k_all_reports_limit, {}, 1, now) : own;
}

std::expected<std::int64_t, directory::ReportRefusal> ReportBox::add(const directory::NewReport& report) {
    const std::scoped_lock lock(mutex_);
    if (!reports_) {
        reports_ = std::make_unique<directory::Reports>(directory::Reports::open_or_create(file_));
    }
    reports_->forget_done(report.day); // also where no steward ever opens the queue
    return reports_->add(report, limits_);
}

directory::Reports* ReportBox::reports() {
    const std::scoped_lock lock(mutex_);
    if (!reports_) {
        std::error_code ignored;
        if (!std::filesystem::exists(file_, ignored)) {
            return nullptr;
        }
        reports_ = std::make_unique<directory::Reports>(directory::Reports::open(file_));
    }
    return reports_.get();
}

bool takes_reports(const Context& context) {
    return context.staff == nullptr && context.reports != nullptr && context.reports->can_take();
}

} // namespace shirube::server
