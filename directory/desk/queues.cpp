#include "directory/desk/queues.hpp"

#include "directory/audience.hpp"
#include "directory/coverage/municipal_index.hpp"
#include "directory/desk/page_lists.hpp"
#include "directory/whose_service.hpp"

#include <algorithm>
#include <tuple>

namespace shirube::directory {

namespace {

const std::string& name_at(const Reader& reader, std::uint32_t service) {
    static const std::string k_none;
    const auto site = reader.services()[service].site;
    return site == k_no_index ? k_none : reader.sites()[site].name;
}

bool has_ended(const Reader& reader, std::uint32_t service, Day today) {
    return reader.status_on(service, today) == Status::closed;
}

} // namespace

bool is_own(const Reader& reader, std::uint32_t service, std::string_view owner) {
    const ServiceRow& row = reader.services()[service];
    if (row.visibility != Visibility::everyone) {
        return row.owner == owner;
    }
    if (row.site == k_no_index) {
        return is_of(owner, {}, row, reader.serves(service), reader.districts());
    }
    const SiteRow& site = reader.sites()[row.site];
    if (is_of(owner, site.municipality, row, reader.serves(service), reader.districts())) {
        return true;
    }
    if (!site.municipality.empty() || site.municipality_name.empty()) {
        return false;
    }
    // An address that no gazetteer has still begins with a municipality: whose it is its name tells, where one alone
    // is called so (there are two 府中市).
    const auto& index = reader.municipal_index();
    const Municipality* own = index.find(owner);
    return own != nullptr && own->name == site.municipality_name &&
           std::ranges::count(index.municipalities(), own->name, &Municipality::name) == 1;
}

std::optional<Day> confirmed_on(const Reader& reader, const ServiceRow& service) {
    if (service.last_confirmed_on) {
        return service.last_confirmed_on;
    }
    std::optional<Day> newest;
    const auto look_at = [&](std::uint32_t list) {
        const ListRow& row = reader.lists()[list];
        if (row.kind == ImportKind::resources) {
            newest = std::max(newest, last_day_of(row.as_of));
        }
    };
    if (service.list != k_no_index) {
        look_at(service.list);
    }
    std::ranges::for_each(service.other_lists, look_at);
    return newest;
}

bool is_stale(const Reader& reader, std::uint32_t service, Day today) {
    if (has_ended(reader, service, today)) {
        return false;
    }
    const ServiceRow& row = reader.services()[service];
    const auto confirmed = confirmed_on(reader, row);
    if (row.certainty == Certainty::stale || !confirmed) {
        return true;
    }
    const std::chrono::year_month_day day{*confirmed};
    auto a_year_later = day + k_confirmed_holds_for;
    if (!a_year_later.ok()) { // 29 February
        a_year_later = a_year_later.year() / std::chrono::March / 1;
    }
    return Day{a_year_later} < today;
}

std::vector<std::uint32_t> stale_services(const Reader& reader, std::string_view owner, Day today) {
    using Key = std::tuple<bool, bool, bool, Day, std::string_view>;
    std::vector<std::pair<Key, std::uint32_t>> found;
    for (const std::uint32_t i : reader.services().indices()) {
        if (!is_own(reader, i, owner) || !is_stale(reader, i, today)) {
            continue;
        }
        const ServiceRow& row = reader.services()[i];
        const auto confirmed = confirmed_on(reader, row);
        found.push_back({{row.visibility != Visibility::everyone, row.certainty != Certainty::stale, !confirmed,
                          confirmed.value_or(Day{}), row.id},
                         i});
    }
    std::ranges::sort(found);
    std::vector<std::uint32_t> stale;
    stale.reserve(found.size());
    for (const auto& [key, i] : found) {
        stale.push_back(i);
    }
    return stale;
}

std::vector<std::uint32_t> unlocated_sites(const Reader& reader, std::string_view owner, Day today) {
    struct Found {
        std::uint32_t site = 0;
        std::size_t services = 0;
    };
    std::vector<Found> found;
    for (const std::uint32_t i : reader.sites().indices()) {
        const SiteRow& site = reader.sites()[i];
        if (site.position || site.quality == PositionQuality::withheld || site.address.empty()) {
            continue;
        }
        const auto there = reader.services_at(i);
        if (std::ranges::any_of(there, [&](std::uint32_t service) {
                return keeps_back(reader.services()[service], CorrectedField::address);
            })) {
            continue;
        }
        const auto services = std::ranges::count_if(there, [&](std::uint32_t service) {
            return is_own(reader, service, owner) && !has_ended(reader, service, today);
        });
        if (services > 0) {
            found.push_back({i, static_cast<std::size_t>(services)});
        }
    }
    std::ranges::sort(found, [&](const Found& a, const Found& b) {
        const SiteRow& left = reader.sites()[a.site];
        const SiteRow& right = reader.sites()[b.site];
        return std::tie(b.services, left.name, left.id) < std::tie(a.services, right.name, right.id);
    });
    std::vector<std::uint32_t> sites;
    sites.reserve(found.size());
    for (const auto& each : found) {
        sites.push_back(each.site);
    }
    return sites;
}

std::vector<std::uint32_t> finds_awaiting(const Reader& reader, std::string_view owner, Day today) {
    std::vector<std::uint32_t> finds;
    for (const std::uint32_t i : reader.services().indices()) {
        const ServiceRow& row = reader.services()[i];
        const bool waits = is_find(reader, row) || (row.staff != nullptr && row.staff->awaits_consent);
        if (row.visibility != Visibility::everyone && row.owner == owner && waits && !has_ended(reader, i, today)) {
            finds.push_back(i);
        }
    }
    std::ranges::sort(finds, [&](std::uint32_t a, std::uint32_t b) {
        return std::tie(name_at(reader, a), reader.services()[a].id) <
               std::tie(name_at(reader, b), reader.services()[b].id);
    });
    return finds;
}

bool keeps_back(const ServiceRow& service, CorrectedField field) {
    if (service.staff == nullptr) {
        return false;
    }
    const bool is_where =
        field == CorrectedField::address || field == CorrectedField::building || field == CorrectedField::position;
    return (is_where && service.staff->place_is_for_staff) ||
           std::ranges::any_of(service.staff->says, [&](const StaffReading& said) {
               return std::ranges::find(said.withheld, field) != said.withheld.end();
           });
}

bool is_find(const Reader& reader, const ServiceRow& service) {
    return service.list != k_no_index && reader.lists()[service.list].name.starts_with(k_list_of_finds);
}

} // namespace shirube::directory
