// Every row is taken apart by name below, so that a field that is added to a row does not compile until somebody says
// here that it belongs to the edition.
#include "directory/snapshot/edition.hpp"

#include "directory/snapshot/columns.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <concepts>
#include <cstring>
#include <memory>
#include <string_view>
#include <type_traits>

namespace shirube::directory {

namespace {

class EditionDigest {
  public:
    EditionDigest() { crypto_generichash_init(&state_, nullptr, 0, k_bytes); }

    template <class... Parts>
    void add_each(const Parts&... parts) {
        (add(parts), ...);
    }

    template <class T>
        requires std::is_arithmetic_v<T> || std::is_enum_v<T>
    void add(T value) {
        put(&value, sizeof value);
    }
    void add(std::string_view text) {
        add(std::uint64_t{text.size()});
        put(text.data(), text.size());
    }
    void add(const std::string& text) { add(std::string_view{text}); }
    void add(Day day) { add(day_number(day)); }
    template <class T>
    void add(const std::optional<T>& value) {
        add(value.has_value());
        if (value) {
            add(*value);
        }
    }
    template <class T>
    void add(const std::vector<T>& items) {
        add(std::span<const T>(items));
    }
    template <class T>
    void add(std::span<const T> items) {
        add(std::uint64_t{items.size()});
        for (const auto& item : items) {
            add(item);
        }
    }

    void add(const geo::LonLat& point) { add_each(point.lon, point.lat); }
    void add(const geo::Polygon& polygon) {
        const auto& [outer, holes] = polygon;
        add_each(outer, holes);
    }
    void add(const OrganizationRow& row) {
        const auto& [id, name, kind] = row;
        add_each(id, name, kind);
    }
    void add(const SiteRow& row) {
        const auto& [id, name, official_name, kana, address, building, municipality, municipality_name, position,
                     quality, accuracy_m] = row;
        add_each(id, name, official_name, kana, address, building, municipality, municipality_name, position, quality,
                 accuracy_m);
    }
    void add(const Claim& claim) {
        const auto& [programme, municipality, complete] = claim;
        add_each(programme, municipality, complete);
    }
    void add(const ListRow& row) {
        const auto& [name, profile, publisher, source, licence, as_of, kind, claims] = row;
        add_each(name, profile, publisher, source, licence, as_of, kind, claims);
    }
    void add(const Schedule& schedule) {
        const auto& [rule, venue, text] = schedule;
        const auto& [state, weekdays, ordinals, months, days_of_month, from_minute, to_minute, holidays, usually] =
            rule;
        add_each(state, weekdays, ordinals, months, days_of_month, from_minute, to_minute, holidays, usually, venue,
                 text);
    }
    void add(const ServiceRow& row) {
        const auto& [id, site, organization, list, other_lists, programme, from_age_months, to_age_months, stage,
                     for_whom, for_whom_text, entry, entry_text, fee, fee_text, transport, capacity, contract,
                     department, status, certainty, features, serves, usable_by, use_terms, phone, url, note,
                     valid_from, valid_to, last_confirmed_on, schedules, visibility, owner, staff] = row;
        add_each(id, site, organization, list, other_lists, programme, from_age_months, to_age_months, stage, for_whom,
                 for_whom_text, entry, entry_text, fee, fee_text, transport, capacity, contract, department, status,
                 certainty, features, serves, usable_by, use_terms, phone, url, note, valid_from, valid_to,
                 last_confirmed_on, schedules, visibility, owner, staff != nullptr);
        if (staff) {
            const auto& [says, consent, place_is_for_staff, awaits_consent] = *staff;
            add_each(says, consent, place_is_for_staff, awaits_consent);
        }
    }
    void add(const StaffReading& reading) {
        const auto& [referral_route, vacancy, vacancy_on, contact, withheld] = reading;
        add_each(referral_route, vacancy, vacancy_on, contact, withheld);
    }
    void add(const Consent& consent) {
        const auto& [on, by] = consent;
        add_each(on, by);
    }
    void add(const SeenOwner& seen) {
        const auto& [owner, up_to] = seen;
        add_each(owner, up_to);
    }
    void add(const NumberRange& range) {
        const auto& [from, to, parity] = range;
        add_each(from, to, parity);
    }
    void add(const AddressRule& rule) {
        const auto& [municipality, town, chome, numbers, all_but, understood, text] = rule;
        add_each(municipality, town, chome, numbers, all_but, understood, text);
    }
    void add(const DistrictRow& row) {
        const auto& [layer, code, name, municipality, municipality_name, status, geometry, list, addresses, valid_from,
                     valid_to] = row;
        add_each(layer, code, name, municipality, municipality_name, status, geometry, list, addresses, valid_from,
                 valid_to);
    }
    void add(const BandReading& band) {
        const auto& [from_age_years, to_age_years, count] = band;
        add_each(from_age_years, to_age_years, count);
    }
    void add(const CellRow& row) {
        const auto& [mesh, total, bands, suppressed_into, list, carrier_missing, town, town_code, municipality,
                     position, accuracy_m] = row;
        add_each(mesh, total, bands, suppressed_into, list, carrier_missing, town, town_code, municipality, position,
                 accuracy_m);
    }
    void add(const AgeProfile& row) {
        const auto& [municipality, children, list] = row;
        add_each(municipality, list);
        for (const auto count : children) {
            add(count);
        }
    }
    void add(const NeedRow& row) {
        const auto& [reading, list] = row;
        const auto& [indicator, unit, layer, code, name, municipality, from, to, value, suppressed, source, note] =
            reading;
        add_each(indicator, unit, layer, code, name, municipality, from, to, value, suppressed, source, note, list);
    }
    void add(const HolidayRow& row) {
        const auto& [day, name, list] = row;
        add_each(day, name, list);
    }
    void add(const TownReading& row) {
        const auto& [prefecture, municipality, municipality_name, town, koaza, position, accuracy_m, blocks,
                     is_middle_of_blocks] = row;
        add_each(prefecture, municipality, municipality_name, town, koaza, position, accuracy_m,
                 blocks ? *blocks : std::string{}, is_middle_of_blocks);
    }

    void add(const LandmarkRow& row) {
        const auto& [reading, list] = row;
        const auto& [kind, name, kana, detail, municipality, municipality_name, position, accuracy_m] = reading;
        add_each(kind, name, kana, detail, municipality, municipality_name, position, accuracy_m, list);
    }
    void add(const UseTerms& terms) {
        const auto& [municipality, contract, fee, fee_text, weekdays, text] = terms;
        add_each(municipality, contract, fee, fee_text, weekdays, text);
    }
    void add(const PartyReading& party) {
        const auto& [kind, name, municipality, layer] = party;
        add_each(kind, name, municipality, layer);
    }
    void add(const ForumMember& member) {
        add(static_cast<const PartyReading&>(member));
        add_each(member.joined_on, member.left_on, member.visibility);
    }
    void add(const TieDecision& decided) {
        const auto& [target, is_wrong, fields, on, by, reason] = decided;
        add_each(target, is_wrong, fields, on, by, reason);
    }
    void add(const RelationRow& row) {
        const auto& [id, reading, list, visibility, owner_of_row] = row;
        const auto& [kind, from, to, programme, valid_from, valid_to, referrals, period, terms, source, note,
                     stated_visibility, owner, confirmed_on, decided] = reading;
        const auto& [informed, linked, fed_back] = referrals;
        add_each(id, list, visibility, owner_of_row, kind, from, to, programme, valid_from, valid_to, informed, linked,
                 fed_back, period, terms, source, note, stated_visibility, owner, confirmed_on, decided);
    }
    void add(const ForumRow& row) {
        const auto& [id, reading, list, visibility, owner_of_row] = row;
        const auto& [kind, name, municipality, layer, area, cadence, times_per_year, members, valid_from, valid_to,
                     source, note, stated_visibility, owner, confirmed_on, decided] = reading;
        add_each(id, list, visibility, owner_of_row, kind, name, municipality, layer, area, cadence, times_per_year,
                 members, valid_from, valid_to, source, note, stated_visibility, owner, confirmed_on, decided);
    }
    void add(const HelperCountRow& row) {
        const auto& [reading, list] = row;
        const auto& [organization, municipality, programme, layer, area, weekdays, hours, skill, count, counted_on,
                     note] = reading;
        add_each(organization, municipality, programme, layer, area, weekdays, hours, skill, count, counted_on, note,
                 list);
    }
    void add(const PolicyRow& row) {
        const auto& [id, municipality, version, public_version, document] = row;
        add_each(id, municipality, version, public_version, document);
    }

    std::string hex() {
        flush();
        std::array<unsigned char, k_bytes> hash{};
        crypto_generichash_final(&state_, hash.data(), hash.size());
        std::string out;
        for (std::size_t i = 0; i < 8; ++i) {
            out += fmt::format("{:02x}", hash[i]);
        }
        return out;
    }

  private:
    /// Gathered first: the hash takes long pieces many times faster than the small ones that rows are made of.
    void put(const void* bytes, std::size_t size) {
        if (size == 0) {
            return;
        }
        if (size > k_buffer - used_) {
            flush();
            if (size > k_buffer) {
                crypto_generichash_update(&state_, static_cast<const unsigned char*>(bytes), size);
                return;
            }
        }
        std::memcpy(buffer_.get() + used_, bytes, size);
        used_ += size;
    }
    void flush() {
        crypto_generichash_update(&state_, buffer_.get(), used_);
        used_ = 0;
    }

    static constexpr std::size_t k_bytes = 32;
    static constexpr std::size_t k_buffer = std::size_t{1} << 14U;
    crypto_generichash_state state_{};
    std::unique_ptr<unsigned char[]> buffer_ = std::make_unique<unsigned char[]>(k_buffer);
    std::size_t used_ = 0;
};

} // namespace

EditionRows::EditionRows(const State& state) {
    const auto& [of, all_lists, all_organizations, all_sites, all_services, all_districts, all_cells, all_age_profiles,
                 all_needs, all_holidays, all_towns, all_landmarks, all_relations, all_forums, all_helper_counts,
                 all_policies, all_match_rules, moved, ended, ended_sites] = state;
    audience = of;
    lists = all_lists;
    organizations = all_organizations;
    sites = all_sites;
    services = all_services;
    districts = all_districts;
    cells = all_cells;
    age_profiles = all_age_profiles;
    needs = all_needs;
    holidays = all_holidays;
    towns = all_towns;
    landmarks = all_landmarks;
    relations = all_relations;
    forums = all_forums;
    helper_counts = all_helper_counts;
    policies = all_policies;
    match_rules = all_match_rules;
}

std::string edition_name(const EditionRows& rows) {
    const auto& [audience, lists, organizations, sites, services, districts, cells, age_profiles, needs, holidays,
                 towns, landmarks, relations, forums, helper_counts, policies, match_rules] = rows;
    EditionDigest digest;
    digest.add_each(audience.municipality, audience.owners);
    digest.add_each(lists, organizations, sites, services, districts, cells, age_profiles, needs, holidays, towns);
    digest.add_each(landmarks, policies);
    digest.add_each(relations, forums);
    if (!helper_counts.empty()) { // likewise
        digest.add_each(helper_counts);
    }
    if (!match_rules.empty()) { // nobody else's edition is called otherwise because there are such documents
        digest.add_each(match_rules);
    }
    return digest.hex();
}

} // namespace shirube::directory
