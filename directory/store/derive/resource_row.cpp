#include "directory/store/derive/resource_row.hpp"

#include "directory/audience.hpp"
#include "directory/fold.hpp"
#include "directory/publication.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace shirube::directory {

ResourceReading resource_reading_of(const SourceRow& row) {
    auto reading = reading_of<ResourceReading>(row);
    keep_public_part(reading);
    if (row.is_stale) {
        for (auto& service : reading.services) {
            service.certainty = Certainty::stale;
        }
    }
    return reading;
}

std::set<std::size_t> staff_parts_of(const SourceRow& row) {
    // Most rows say nothing for staff; their text is not read a second time.
    const bool may_say = row.read != nullptr || row.reading.find("\"staff\"") != std::string::npos ||
                         row.reading.find("\"place_is_for_staff\"") != std::string::npos;
    std::set<std::size_t> parts;
    if (may_say) {
        const auto reading = reading_of<ResourceReading>(row);
        for (std::size_t i = 0; i < reading.services.size(); ++i) {
            if (has_staff_part(reading.site, reading.services[i])) {
                parts.insert(i);
            }
        }
    }
    return parts;
}

std::string owner_of(const ResourceReading& reading) {
    return reading.owner.empty() ? owner_of(std::string_view{reading.site.municipality}) : reading.owner;
}

bool is_public(const Taxonomy& taxonomy, const ResourceReading& reading) {
    return std::ranges::any_of(reading.services, [&](const ServiceReading& service) {
        return visibility_by(taxonomy, service) == Visibility::everyone;
    });
}

std::string place_id_of(const DerivationContext& context, const SourceRow& row, const ResourceReading& reading) {
    const SiteReading& site = reading.site;
    const std::string name = fold(site.official_name);
    const std::string address = fold_address(site.address);
    if (name.empty() || address.empty()) {
        return context.mint("site of row", {row.list, row.key});
    }
    return is_public(context.taxonomy(), reading)
               ? context.mint("site", {site.municipality, name, address})
               : context.mint("hidden site", {owner_of(reading), site.municipality, name, address});
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
