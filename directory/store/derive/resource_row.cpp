#include "directory/store/derive/resource_row.hpp"

#include "directory/audience.hpp"
#include "directory/fold.hpp"
#include "directory/publication.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace shirube::directory {

namespace {

std::set<std::size_t> staff_parts_of(const ResourceReading& reading) {
    std::set<std::size_t> parts;
    for (std::size_t i = 0; i < reading.services.size(); ++i) {
        if (has_staff_part(reading.site, reading.services[i])) {
            parts.insert(i);
        }
    }
    return parts;
}

} // namespace

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
    if (row.read != nullptr) {
        return staff_parts_of(std::get<ResourceReading>(*row.read));
    }
    // Most rows say nothing for staff; their text is not read a second time.
    const bool may_say = row.reading.find("\"staff\"") != std::string::npos ||
                         row.reading.find("\"place_is_for_staff\"") != std::string::npos;
    return may_say ? staff_parts_of(read_as<ResourceReading>(row.reading)) : std::set<std::size_t>{};
}

std::string owner_of(const ResourceReading& reading) {
    return reading.owner.empty() ? owner_of(std::string_view{reading.site.municipality}) : reading.owner;
}

Visibility class_of(const Taxonomy& taxonomy, const ResourceReading& reading) {
    Visibility widest = Visibility::coordinator;
    for (const ServiceReading& service : reading.services) {
        widest = std::min(widest, visibility_by(taxonomy, service).value_or(Visibility::coordinator));
    }
    return widest;
}

std::string place_id_of(const DerivationContext& context, const SourceRow& row, const ResourceReading& reading) {
    const SiteReading& site = reading.site;
    const std::string name = fold(site.official_name);
    const std::string address = fold_address(site.address);
    const bool is_of_row = name.empty() || address.empty();
    const Visibility of_row = class_of(context.taxonomy(), reading);
    if (of_row != Visibility::everyone) {
        const std::string owner = owner_of(reading);
        return is_of_row ? context.mint("hidden site of row", {owner, code_of(of_row), row.list, row.key})
                         : context.mint("hidden site", {owner, code_of(of_row), site.municipality, name, address});
    }
    return is_of_row ? context.mint("site of row", {row.list, row.key})
                     : context.mint("site", {site.municipality, name, address});
}

std::string_view site_role(Visibility of_row) noexcept {
    return of_row == Visibility::everyone ? "site" : "hidden site";
}

std::string service_role(const Taxonomy& taxonomy, const ResourceReading& reading, std::size_t place) {
    // The widest first, else as they stand in the row: no two services of a row have the same place.
    const auto visibility = visibility_by(taxonomy, reading.services[place]);
    std::size_t before = 0;
    for (std::size_t i = 0; i < reading.services.size(); ++i) {
        const auto other = visibility_by(taxonomy, reading.services[i]);
        before += static_cast<std::size_t>(other < visibility || (other == visibility && i < place));
    }
    return fmt::format("service:{}:{}", reading.services[place].programme, before);
}

std::string service_public_id(const DerivationContext& context, const SourceRow& row, const ResourceReading& reading,
                              std::size_t place) {
    return context.mint("service", {row.list, row.key, service_role(context.taxonomy(), reading, place)});
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
