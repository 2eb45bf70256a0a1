// Districts as one audience may have them, with the addresses that belong to each.
#include "directory/designated_city.hpp"
#include "directory/store/read_state.hpp"
#include "directory/store/wkb.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace shirube::directory {

namespace {

/// By district, in the order of its table.
std::map<std::int64_t, std::vector<AddressRule>> read_addresses(Database& database) {
    Statement select(database, "SELECT district_id, rule FROM district_address ORDER BY district_id, ordinal");
    std::map<std::int64_t, std::vector<AddressRule>> rules;
    while (select.step()) {
        rules[select.integer(0)].push_back(nlohmann::json::parse(select.text(1)).get<AddressRule>());
    }
    return rules;
}

/// A district as it is read, with the store's number.
struct NumberedDistrict {
    std::int64_t id = 0;
    DistrictRow row;
};

/// A table of addresses names schools, an edition with polygons may know them by codes: one that has nothing but
/// addresses and shares its name with one drawn district of the municipality is that district.
void join_addresses(std::vector<NumberedDistrict>& districts) {
    const auto key_of = [](const DistrictRow& district) {
        return district.layer + "\n" + std::string(designated_city_of(district.municipality)) + "\n" +
               school_name_key(district.name);
    };
    const auto has_addresses_only = [](const NumberedDistrict& district) {
        return district.row.geometry.empty() && !district.row.addresses.empty();
    };
    if (std::ranges::none_of(districts, has_addresses_only)) {
        return;
    }
    std::multimap<std::string, DistrictRow*> drawn;
    for (auto& [id, district] : districts) {
        if (!district.geometry.empty()) {
            drawn.emplace(key_of(district), &district);
        }
    }
    std::vector<bool> gone(districts.size());
    for (std::size_t i = 0; i < districts.size(); ++i) {
        if (!has_addresses_only(districts[i])) {
            continue;
        }
        const auto [first, last] = drawn.equal_range(key_of(districts[i].row));
        if (first == last || std::next(first) != last || !first->second->addresses.empty()) {
            continue;
        }
        first->second->addresses = std::move(districts[i].row.addresses);
        gone[i] = true;
    }
    std::vector<NumberedDistrict> kept;
    for (std::size_t i = 0; i < districts.size(); ++i) {
        if (!gone[i]) {
            kept.push_back(std::move(districts[i]));
        }
    }
    districts = std::move(kept);
}

/// What is in a member by its address is in the district that is made of it.
void inherit_addresses(Database& database, std::vector<NumberedDistrict>& districts) {
    Statement select(database,
                     "SELECT district_id, member_id FROM district_member WHERE member_id IS NOT NULL "
                     "ORDER BY district_id, ordinal");
    std::map<std::int64_t, std::vector<std::int64_t>> members;
    while (select.step()) {
        members[select.integer(0)].push_back(select.integer(1));
    }
    if (members.empty()) {
        return;
    }
    std::map<std::int64_t, std::vector<AddressRule>> own;
    for (const auto& [id, district] : districts) {
        own.emplace(id, district.addresses);
    }
    for (auto& [id, district] : districts) {
        std::set<std::int64_t> met{id};
        std::vector<std::int64_t> open{id};
        while (!open.empty()) {
            const auto at = open.back();
            open.pop_back();
            const auto found = members.find(at);
            for (const auto member : found == members.end() ? std::vector<std::int64_t>{} : found->second) {
                if (met.insert(member).second) {
                    const auto& rules = own[member];
                    district.addresses.insert(district.addresses.end(), rules.begin(), rules.end());
                    open.push_back(member);
                }
            }
        }
    }
}

} // namespace

void read_districts(Database& database, State& state, const Places& lists) {
    Statement select(database, R"(
        SELECT list_id, layer, code, name, municipality, municipality_name, status, AsBinary(geom), district_id,
            valid_from, valid_to
        FROM district ORDER BY layer, code)");
    auto addresses = read_addresses(database);
    std::vector<NumberedDistrict> districts;
    while (select.step()) {
        DistrictRow district;
        district.list = lists[select.integer(0)];
        district.layer = select.text(1);
        district.code = select.text(2);
        district.name = select.text(3);
        district.municipality = select.text(4);
        district.municipality_name = select.text(5);
        district.status = code_at<DistrictStatus>(select, 6);
        if (!select.is_null(7)) {
            district.geometry = area_from_wkb(select.blob(7));
        }
        if (const auto found = addresses.find(select.integer(8)); found != addresses.end()) {
            district.addresses = std::move(found->second);
        }
        district.valid_from = parse_day(select.text(9));
        district.valid_to = parse_day(select.text(10));
        districts.push_back({select.integer(8), std::move(district)});
    }
    join_addresses(districts);
    inherit_addresses(database, districts);
    state.districts.reserve(districts.size());
    for (auto& [id, district] : districts) {
        state.districts.push_back(std::move(district));
    }
}

} // namespace shirube::directory
