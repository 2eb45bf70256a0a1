#include "directory/who_runs.hpp"

namespace shirube::directory {

WhoRuns::ByRow::ByRow(std::span<const std::uint32_t> services, std::span<const std::uint32_t> row_of, std::size_t rows)
    : first_(rows + 1) {
    // Counted first, then laid out.
    for (const auto row : row_of) {
        if (row != k_no_index) {
            ++first_[row + 1];
        }
    }
    for (std::size_t i = 1; i < first_.size(); ++i) {
        first_[i] += first_[i - 1];
    }
    services_.resize(first_.back());
    std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
    for (std::size_t i = 0; i < services.size(); ++i) {
        if (row_of[i] != k_no_index) {
            services_[next[row_of[i]]++] = services[i];
        }
    }
}

WhoRuns::WhoRuns(const Reader& reader) {
    const auto organizations = reader.organizations();
    const auto sites = reader.sites();
    std::vector<std::uint32_t> services;
    std::vector<std::uint32_t> organization_of;
    std::vector<std::uint32_t> site_of;
    for (const std::uint32_t service : reader.services().indices()) {
        const ServiceRow& row = reader.services()[service];
        services.push_back(service);
        organization_of.push_back(row.organization == k_no_index ? k_no_index
                                                                 : organizations.standing(row.organization));
        site_of.push_back(row.site == k_no_index ? k_no_index : sites.standing(row.site));
    }
    by_organization_ = ByRow(services, organization_of, organizations.index_end());
    by_site_ = ByRow(services, site_of, sites.index_end());
}

} // namespace shirube::directory
