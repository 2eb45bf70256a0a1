#include "directory/publication.hpp"

#include "directory/correction.hpp"

#include <array>

namespace shirube::directory {

namespace {

void withhold_place(SiteReading& site) {
    site.address.clear();
    site.building.clear();
    site.position.reset();
    site.accuracy_m.reset();
    site.located_by.clear();
    site.quality = PositionQuality::withheld;
}

} // namespace

std::span<const CorrectedField> fields_that_may_be_withheld() {
    // Not what a place is called or whether there is one: who may see that at all is the row's own class.
    using enum CorrectedField;
    static constexpr std::array k_fields{ages,     for_whom,  entry,      fee,       transport,
                                         capacity, contract,  department, schedules, features,
                                         serves,   usable_by, phone,      url,       note};
    return k_fields;
}

void keep_public_part(ResourceReading& reading) {
    if (reading.site.place_is_for_staff) {
        withhold_place(reading.site);
        reading.site.place_is_for_staff = false;
    }
    for (ServiceReading& service : reading.services) {
        if (!service.staff.withheld.empty()) {
            CorrectionReading unknown; // whose values are all unknown
            unknown.fields = service.staff.withheld;
            correct(service, unknown);
        }
        service.staff = {};
    }
}

bool has_staff_part(const SiteReading& site, const ServiceReading& service) {
    return site.place_is_for_staff || service.awaits_consent || !service.staff.is_empty();
}

} // namespace shirube::directory
