#include "directory/store/derive/site_linker.hpp"

#include "directory/designated_city.hpp"
#include "directory/store/derive/resource_row.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <future>
#include <iterator>
#include <string_view>
#include <utility>

namespace shirube::directory {

namespace {

constexpr std::string_view k_by_itself = "the only place of this name and address";
constexpr std::string_view k_same_words = "same folded name and address";

/// Digits alone: lists write the same number with hyphens, brackets and full-width figures.
std::string phone_key(std::string_view phone) {
    std::string digits;
    for (std::size_t i = 0; i < phone.size(); ++i) {
        const auto byte = static_cast<unsigned char>(phone[i]);
        if (byte >= '0' && byte <= '9') {
            digits += phone[i];
        } else if (byte == 0xef && i + 2 < phone.size() && static_cast<unsigned char>(phone[i + 1]) == 0xbc) {
            const auto last = static_cast<unsigned char>(phone[i + 2]); // ０ to ９ are EF BC 90 to EF BC 99
            if (last >= 0x90 && last <= 0x99) {
                digits += static_cast<char>('0' + (last - 0x90));
            }
            i += 2;
        }
    }
    constexpr std::size_t k_least_digits = 9;
    return digits.size() < k_least_digits ? std::string{} : digits;
}

bool is_better_than_a_town(const SiteReading& site) {
    return site.position && (site.quality == PositionQuality::exact || site.quality == PositionQuality::block);
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = text.find(' ');
        parts.emplace_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return parts;
}

template <class T>
void sort_unique(std::vector<T>& values) {
    std::ranges::sort(values);
    values.erase(std::ranges::unique(values).begin(), values.end());
}

} // namespace

/// One row's statement of a place, with where it was put last.
struct SiteLinker::Mention {
    SourceRow row; ///< without its reading
    std::int64_t place_id = 0;
    std::string public_id; ///< of the place
    std::int64_t site_id = 0;
    Visibility visibility = Visibility::everyone; ///< who may see the row at all
    std::string name;
    std::string public_name;
    std::string owner; ///< of what is hidden
    std::string municipality;
    std::string municipality_name;
    std::string address;
    std::string organization;
    std::string phones;
    std::optional<geo::LonLat> position;
    std::int64_t linked_to = 0; ///< 0: it never was
    std::string reason;
};

/// The places of one municipality, and which of them are one.
struct SiteLinker::Unit {
    std::string name;
    std::vector<Mention> mentions;
    std::vector<std::int64_t> entities; ///< the store's number of each place
    std::vector<std::size_t> place_of;  ///< of each mention
    LinkedPlaces linked;
};

SiteLinker::SiteLinker(DerivationContext& context)
    : context_(context),
      insert_(context.database(), R"(INSERT INTO stated_place (row_id, list_id, key, unit, place_id, site_id,
              organization_id, is_public, is_stale, name, municipality, municipality_name, address, organization,
              phones, lon, lat, public_name, owner) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))"),
      find_(context.database(), "SELECT unit, site_id FROM stated_place WHERE row_id = ?"),
      delete_(context.database(), "DELETE FROM stated_place WHERE row_id = ?"),
      select_unit_(context.database(), R"(
          SELECT s.row_id, s.list_id, l.name, s.key, s.place_id, p.public_id, s.site_id,
              CASE WHEN s.is_public = 1 THEN 'public'
                  WHEN EXISTS (SELECT 1 FROM service v WHERE v.row_id = s.row_id AND v.visibility = 'staff')
                  THEN 'staff' ELSE 'coordinator' END, s.name,
              s.municipality, s.municipality_name, s.address, s.organization, s.phones, s.lon, s.lat, k.entity_id,
              k.reason, s.public_name, s.owner
          FROM stated_place s JOIN list l USING (list_id) JOIN entity p ON p.entity_id = s.place_id
              LEFT JOIN link k ON k.list_id = s.list_id AND k.key = s.key
                  AND k.role = iif(s.is_public = 1, 'site', 'hidden site')
          WHERE s.unit = ? ORDER BY p.public_id, l.name, s.key, s.row_id)"),
      move_place_(context.database(), "UPDATE stated_place SET site_id = ? WHERE row_id = ?"),
      move_services_(context.database(), "UPDATE service SET site_id = ? WHERE row_id = ?"),
      remember_(context.database(), "INSERT OR IGNORE INTO link_past (list_id, key, entity_id) VALUES (?, ?, ?)"),
      forget_doubts_(context.database(), "DELETE FROM doubtful_pair WHERE unit = ?"),
      insert_doubt_(context.database(),
                    "INSERT OR REPLACE INTO doubtful_pair (a, b, unit, total, reason) VALUES (?, ?, ?, ?, ?)") {}

DerivationContext::Entity SiteLinker::state(const SourceRow& row, const ResourceReading& reading,
                                            std::optional<std::int64_t> organization_id) {
    const SiteReading& site = reading.site;
    const auto place = context_.find_entity("site", place_id_of(context_, row, reading));
    const std::string unit{designated_city_of(site.municipality)};
    const Visibility of_row = class_of(context_.taxonomy(), reading);
    const bool is_public = of_row == Visibility::everyone;
    std::vector<std::string> numbers;
    for (const auto& service : reading.services) {
        // A telephone that only a hidden service names must not move what the public sees.
        if (visibility_of(context_, row, service) == of_row) {
            if (auto number = phone_key(service.phone); !number.empty()) {
                numbers.push_back(std::move(number));
            }
        }
    }
    sort_unique(numbers);
    const std::string phones = fmt::format("{}", fmt::join(numbers, " "));
    std::optional<double> lon;
    std::optional<double> lat;
    if (is_better_than_a_town(site)) {
        lon = site.position->lon;
        lat = site.position->lat;
    }
    insert_
        .bind(row.row_id, row.list_id, row.key, unit, place.id, place.id, organization_id, static_cast<int>(is_public),
              static_cast<int>(row.is_stale), site.official_name, site.municipality, site.municipality_name,
              site.address, reading.organization.name, phones, lon, lat, site.public_name,
              is_public ? std::string{} : owner_of(reading))
        .run();
    units_.insert(unit);
    return place;
}

std::int64_t SiteLinker::retract(std::int64_t row_id) {
    find_.bind(row_id);
    if (!find_.step()) {
        return 0;
    }
    units_.insert(std::string{find_.text(0)});
    const auto site_id = find_.integer(1);
    delete_.bind(row_id).run();
    return site_id;
}

std::set<std::int64_t> SiteLinker::relink(std::span<const LinkDecision> decisions) {
    std::set<std::int64_t> moved;
    // One unit is compared by a second thread while this one writes the unit before and reads the next: what is
    // compared needs no store.
    const auto compare = [decisions](Unit unit) {
        link(unit, decisions);
        return unit;
    };
    std::future<Unit> compared;
    double done = 0;
    for (const auto& name : units_) {
        // Linking is most of what comes after the rows; services of sites that rows share come last.
        constexpr double k_share = 0.9;
        context_.tell_share(k_share * done++ / static_cast<double>(units_.size()));
        Unit unit{.name = name, .mentions = mentions_of(name), .entities = {}, .place_of = {}, .linked = {}};
        if (compared.valid()) {
            const Unit before = compared.get();
            compared = std::async(std::launch::async, compare, std::move(unit));
            put(before, moved);
        } else {
            compared = std::async(std::launch::async, compare, std::move(unit));
        }
    }
    if (compared.valid()) {
        put(compared.get(), moved);
    }
    units_.clear();
    return moved;
}

std::vector<SiteLinker::Mention> SiteLinker::mentions_of(const std::string& unit) {
    std::vector<Mention> mentions;
    select_unit_.bind(unit);
    while (select_unit_.step()) {
        Mention mention;
        mention.row.row_id = select_unit_.integer(0);
        mention.row.list_id = select_unit_.integer(1);
        mention.row.list = select_unit_.text(2);
        mention.row.key = select_unit_.text(3);
        mention.place_id = select_unit_.integer(4);
        mention.public_id = select_unit_.text(5);
        mention.site_id = select_unit_.integer(6);
        mention.visibility = parse_code<Visibility>(select_unit_.text(7)).value_or(Visibility::coordinator);
        mention.name = select_unit_.text(8);
        mention.municipality = select_unit_.text(9);
        mention.municipality_name = select_unit_.text(10);
        mention.address = select_unit_.text(11);
        mention.organization = select_unit_.text(12);
        mention.phones = select_unit_.text(13);
        if (!select_unit_.is_null(14) && !select_unit_.is_null(15)) {
            mention.position = geo::LonLat{select_unit_.real(14), select_unit_.real(15)};
        }
        mention.linked_to = select_unit_.maybe_integer(16).value_or(0);
        mention.reason = select_unit_.text(17);
        mention.public_name = select_unit_.text(18);
        mention.owner = select_unit_.text(19);
        mentions.push_back(std::move(mention));
    }
    return mentions;
}

/// Pure: the unit's mentions and the decisions are all it looks at.
void SiteLinker::link(Unit& unit, std::span<const LinkDecision> decisions) {
    const auto& mentions = unit.mentions;
    std::vector<StatedPlace> places;
    for (std::size_t first = 0; first < mentions.size();) {
        std::size_t end = first;
        while (end < mentions.size() && mentions[end].place_id == mentions[first].place_id) {
            ++end;
        }
        const std::span group(mentions.begin() + static_cast<std::ptrdiff_t>(first), end - first);
        StatedPlace place;
        place.id = mentions[first].public_id;
        place.visibility = std::ranges::min(group, {}, &Mention::visibility).visibility;
        place.owner = place.visibility == Visibility::everyone ? std::string{} : mentions[first].owner;
        for (const auto& mention : group) {
            // What is hidden has no say in what the public sees.
            if (mention.visibility != place.visibility) {
                continue;
            }
            if (place.lists.empty()) {
                place.shown_name = mention.name;
                place.municipality = mention.municipality;
                place.name = read_place_name(mention.name, mention.municipality_name, mention.organization);
                place.address = read_place_address(mention.address, mention.municipality_name);
            }
            if (!place.public_name && !mention.public_name.empty()) {
                place.public_name =
                    read_place_name(mention.public_name, mention.municipality_name, mention.organization);
            }
            place.lists.push_back(mention.row.list_id);
            std::ranges::move(split(mention.phones), std::back_inserter(place.phones));
            if (!place.position) {
                place.position = mention.position;
            }
        }
        sort_unique(place.lists);
        sort_unique(place.phones);
        unit.entities.push_back(mentions[first].place_id);
        unit.place_of.resize(end, places.size());
        places.push_back(std::move(place));
        first = end;
    }

    unit.linked = link_places(places, decisions);
}

void SiteLinker::put(const Unit& unit, std::set<std::int64_t>& moved) {
    std::vector<std::size_t> rows_of_place(unit.entities.size());
    for (const auto place : unit.place_of) {
        ++rows_of_place[place];
    }
    for (std::size_t i = 0; i < unit.mentions.size(); ++i) {
        const auto place = unit.place_of[i];
        const std::string& reason = unit.linked.reason[place];
        put(unit.mentions[i], unit.entities[unit.linked.site[place]],
            !reason.empty() ? reason : std::string{rows_of_place[place] > 1 ? k_same_words : k_by_itself}, moved);
    }
    keep_doubts(unit);
}

void SiteLinker::put(const Mention& mention, std::int64_t site_id, const std::string& reason,
                     std::set<std::int64_t>& moved) {
    if (mention.site_id != site_id) {
        move_place_.bind(site_id, mention.row.row_id).run();
        move_services_.bind(site_id, mention.row.row_id).run();
        moved.insert(mention.site_id);
        moved.insert(site_id);
    }
    const bool is_public = mention.visibility == Visibility::everyone;
    if (is_public && mention.linked_to != 0 && mention.linked_to != site_id) {
        remember_.bind(mention.row.list_id, mention.row.key, mention.linked_to).run();
    }
    if (mention.linked_to != site_id || mention.reason != reason) {
        context_.link(mention.row, site_role(mention.visibility), site_id, reason);
    }
}

void SiteLinker::keep_doubts(const Unit& unit) {
    forget_doubts_.bind(unit.name).run();
    for (const auto& pair : unit.linked.doubts) {
        const auto reason = nlohmann::json{{"ja", in_words(pair.score, "ja")},
                                           {"en", in_words(pair.score, "en")},
                                           {"objection", code_of(pair.score.objection)}}
                                .dump();
        insert_doubt_.bind(unit.entities[pair.a], unit.entities[pair.b], unit.name, pair.score.total, reason).run();
    }
}

} // namespace shirube::directory
