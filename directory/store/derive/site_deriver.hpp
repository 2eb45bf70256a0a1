// What is shown of a site and of its services, made of all rows that speak of it: field by field, by which list is
// believed more. What was corrected by hand goes before all of them.
#pragma once

#include "directory/store/derive/corrections_in_force.hpp"
#include "directory/store/derive/derivation_context.hpp"
#include "directory/store/derive/service_writer.hpp"
#include "directory/store/derive/site_writer.hpp"
#include "directory/store/list_facts.hpp"

#include <cstdint>
#include <vector>

namespace shirube::directory {

class SiteDeriver {
  public:
    SiteDeriver(DerivationContext& context, const CorrectionsInForce& corrections);

    /// Writes the site, or removes it where no row in force is at it; then its services, where lists share some.
    void derive(std::int64_t site_id);

  private:
    struct Row;
    struct Offer;
    struct Spoken;
    std::vector<Row> rows_at(std::int64_t site_id);
    [[nodiscard]] bool has_merged(std::int64_t site_id);
    [[nodiscard]] std::vector<Spoken> corrections_at(const std::vector<Row>& rows) const;
    std::vector<Offer> offers_of(std::int64_t site_id, const std::vector<Row>& rows);
    void merge(std::vector<Offer>& offers) const;
    void correct_offer(Offer& offer, const std::vector<Spoken>& spoken) const;
    void write_services(std::int64_t site_id, const std::vector<Offer>& offers);

    DerivationContext& context_;
    const CorrectionsInForce& corrections_;
    ListBelief lists_;
    SiteWriter sites_;
    ServiceWriter services_;
    Statement select_rows_;
    Statement find_merged_;
    Statement delete_services_;
    Statement insert_corrected_;
};

} // namespace shirube::directory
