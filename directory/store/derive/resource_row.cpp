#include "directory/store/derive/resource_row.hpp"

#include "directory/fold.hpp"

#include <fmt/format.h>

namespace shirube::directory {

ResourceReading resource_reading_of(const SourceRow& row) {
    auto reading = reading_of<ResourceReading>(row);
    if (row.is_stale) {
        for (auto& service : reading.services) {
            service.certainty = Certainty::stale;
        }
    }
    return reading;
}

std::string place_id_of(const DerivationContext& context, const SourceRow& row, const SiteReading& site) {
    const std::string name = fold(site.official_name);
    const std::string address = fold_address(site.address);
    return name.empty() || address.empty() ? context.mint("site of row", {row.list, row.key})
                                           : context.mint("site", {site.municipality, name, address});
}

std::string service_role(const ServiceReading& service, std::size_t place) {
    return fmt::format("service:{}:{}", service.programme, place);
}

std::string service_public_id(const DerivationContext& context, const SourceRow& row, const ServiceReading& service,
                              std::size_t place) {
    return context.mint("service", {row.list, row.key, service_role(service, place)});
}

std::optional<std::int64_t> organization_of(DerivationContext& context, const ResourceReading& reading) {
    const auto& organization = reading.organization;
    if (organization.name.empty()) {
        return std::nullopt;
    }
    const auto& number = organization.corporate_number;
    return context.entity("organization", number.empty() ? context.mint("organization", {reading.site.municipality,
                                                                                         fold(organization.name)})
                                                         : context.mint("organization by number", {number}));
}

std::optional<Visibility> visibility_by(const Taxonomy& taxonomy, const ServiceReading& service) {
    const auto programme = taxonomy.by_code(service.programme);
    return programme ? std::optional(service.visibility.value_or(taxonomy.at(*programme).visibility)) : std::nullopt;
}

Visibility visibility_of(const DerivationContext& context, const SourceRow& row, const ServiceReading& service) {
    const auto visibility = visibility_by(context.taxonomy(), service);
    if (!visibility) {
        throw StoreError("programme_unknown",
                         fmt::format("The row {} of list {} names the programme {}, which this program's taxonomy "
                                     "does not have.",
                                     row.key, row.list, service.programme));
    }
    return *visibility;
}

} // namespace shirube::directory
