// What is shown of a site and of its services, made of all rows that speak of it: field by field, by which list is
// believed more.
#pragma once

#include "directory/store/derive/derivation_context.hpp"
#include "directory/store/derive/service_writer.hpp"
#include "directory/store/list_facts.hpp"

#include <cstdint>
#include <vector>

namespace shirube::directory {

class SiteDeriver {
  public:
    explicit SiteDeriver(DerivationContext& context);

    /// Writes the site, or removes it where no row in force is at it; then its services, where lists share some.
    void derive(std::int64_t site_id);

  private:
    struct Row;
    struct Offer;
    std::vector<Row> rows_at(std::int64_t site_id);
    void write_site(std::int64_t site_id, const SiteReading& site);
    [[nodiscard]] bool has_merged(std::int64_t site_id);
    void merge_services(std::int64_t site_id, const std::vector<Row>& rows);

    DerivationContext& context_;
    ListBelief lists_;
    ServiceWriter services_;
    Statement select_rows_;
    Statement find_merged_;
    Statement delete_services_;
    Statement write_site_;
    Statement delete_site_;
};

} // namespace shirube::directory
