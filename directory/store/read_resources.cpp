#include "directory/store/read_resources.hpp"

#include "directory/store/read_staff.hpp"
#include "directory/store/wkb.hpp"
#include "directory/text_order.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace shirube::directory {

namespace {

/// Public ids by the store's numbers, asked for in ascending order: one walk beside another costs a fraction of looking
/// each up.
class PublicIds {
  public:
    explicit PublicIds(Database& database)
        : select_(database, "SELECT entity_id, public_id FROM entity NOT INDEXED ORDER BY entity_id") {
        more_ = select_.step();
    }
    /// Valid until the next call. \throws StoreError where there is none
    std::string_view of(std::int64_t number) {
        while (more_ && select_.integer(0) < number) {
            more_ = select_.step();
        }
        if (!more_ || select_.integer(0) != number) {
            throw StoreError("store_damaged", fmt::format("The store has no entity {}; restore it from a backup. / "
                                                          "台帳に番号 {} の項目がありません。控えから戻してください。",
                                                          number, number));
        }
        return select_.text(1);
    }

  private:
    Statement select_;
    bool more_ = false;
};

template <class Row>
std::vector<std::string_view> texts_of(const std::vector<Row>& rows, std::string Row::* text) {
    std::vector<std::string_view> texts;
    texts.reserve(rows.size());
    for (const Row& row : rows) {
        texts.emplace_back(row.*text);
    }
    return texts;
}

/// Puts rows in `order` where they stand: row order[i] comes to place i. Each is moved once, and no second room for all
/// of them is needed.
template <class Row>
void reorder(std::vector<Row>& rows, std::vector<std::uint32_t> order) {
    for (std::uint32_t start = 0; start < order.size(); ++start) {
        if (order[start] == start) {
            continue;
        }
        Row first = std::move(rows[start]);
        std::uint32_t at = start;
        while (order[at] != start) {
            const auto from = order[at];
            rows[at] = std::move(rows[from]);
            order[at] = at;
            at = from;
        }
        rows[at] = std::move(first);
        order[at] = at;
    }
}

/// Rows as they came, with the store's numbers: put in the order of their public ids.
template <class Row>
Places sort_by_id(std::vector<Row>& rows, const std::vector<std::int64_t>& numbers) {
    const std::vector<std::string_view> ids = texts_of(rows, &Row::id);
    std::vector<std::uint32_t> order = text_order(ids);
    Places places;
    for (std::uint32_t place = 0; place < order.size(); ++place) {
        places.set(numbers[order[place]], place);
    }
    reorder(rows, std::move(order));
    return places;
}

std::optional<std::int16_t> maybe_minute(const Statement& row, int column) {
    const auto value = row.maybe_integer(column);
    return value ? std::optional(static_cast<std::int16_t>(*value)) : std::nullopt;
}

SiteRow site_at(const Statement& row, const Audience& audience) {
    // A place with a public name is never called by its official one but by its own staff.
    SiteRow site;
    const bool renamed = !row.text(2).empty();
    const bool is_own = audience.may_see(Visibility::staff, owner_of(row.text(6)));
    site.name = renamed ? row.text(2) : row.text(1);
    if (!renamed || is_own) {
        site.official_name = row.text(1);
        site.kana = row.text(3);
    }
    site.address = row.text(4);
    site.building = row.text(5);
    site.municipality = row.text(6);
    site.municipality_name = row.text(7);
    site.quality = code_at<PositionQuality>(row, 8);
    site.accuracy_m = row.maybe_real(9);
    site.position = point_from_blob(row.blob(10));
    return site;
}

Schedule schedule_at(const Statement& row) {
    Schedule schedule;
    ScheduleRule& rule = schedule.rule;
    rule.state = parse_schedule_state(row.text(1)).value_or(ScheduleState::text);
    rule.weekdays = static_cast<WeekdayMask>(row.integer(2));
    rule.ordinals = static_cast<std::uint8_t>(row.integer(3));
    rule.months = static_cast<std::uint16_t>(row.integer(4));
    rule.days_of_month = static_cast<std::uint32_t>(row.integer(5));
    rule.from_minute = maybe_minute(row, 6);
    rule.to_minute = maybe_minute(row, 7);
    rule.holidays = parse_holiday_rule(row.text(8)).value_or(HolidayRule::unknown);
    schedule.venue = row.text(9);
    schedule.text = row.text(10);
    rule.usually = row.integer(11) != 0;
    return schedule;
}

ServiceRow service_at(const Statement& row, const Taxonomy& taxonomy) {
    ServiceRow service;
    const auto programme = taxonomy.by_code(row.text(4));
    if (!programme) {
        throw StoreError(
            "programme_unknown",
            fmt::format("The store names the programme {}, which this program does not know; use a newer shirube.",
                        row.text(4)));
    }
    service.programme = *programme;
    service.from_age_months = maybe_int(row, 5);
    service.to_age_months = maybe_int(row, 6);
    service.stage = row.text(7);
    service.for_whom = static_cast<std::uint8_t>(row.integer(8));
    service.for_whom_text = row.text(9);
    service.entry = code_at<Entry>(row, 10);
    service.entry_text = row.text(11);
    service.fee = code_at<Fee>(row, 12);
    service.fee_text = row.text(13);
    service.transport = code_at<Transport>(row, 14);
    service.capacity = maybe_int(row, 15);
    service.contract = code_at<Contract>(row, 16);
    service.status = code_at<Status>(row, 17);
    service.certainty = code_at<Certainty>(row, 18);
    service.features = static_cast<std::uint8_t>(row.integer(19));
    service.serves = texts_at(row, 20);
    service.usable_by = texts_at(row, 21);
    service.phone = row.text(22);
    service.url = row.text(23);
    service.note = row.text(24);
    service.valid_from = parse_day(row.text(25));
    service.valid_to = parse_day(row.text(26));
    service.last_confirmed_on = parse_day(row.text(27));
    service.visibility = code_at<Visibility>(row, 28);
    if (service.visibility != Visibility::everyone) {
        service.owner = row.text(29);
    }
    service.department = row.text(30);
    if (const auto terms = row.text(31); terms != "[]") {
        service.use_terms = use_terms_of(terms);
    }
    return service;
}

} // namespace

Places read_organizations(Database& database, State& state) {
    Statement select(database, fmt::format(R"(
        SELECT organization_id, public_id, name, kind FROM organization JOIN entity ON entity_id = organization_id
        WHERE EXISTS (SELECT 1 FROM service s
            WHERE s.organization_id = organization.organization_id AND {}))",
                                           seen_by(state.audience, "s.")));
    std::vector<std::int64_t> numbers;
    while (select.step()) {
        numbers.push_back(select.integer(0));
        state.organizations.push_back(
            {std::string{select.text(1)}, std::string{select.text(2)}, std::string{select.text(3)}});
    }
    if (!state.audience.is_public()) {
        name_hidden_organizations(database, state, numbers);
    }
    return sort_by_id(state.organizations, numbers);
}

Places read_sites(Database& database, State& state) {
    Statement select(database, fmt::format(R"(
        SELECT site_id, official_name, public_name, kana, address, building, municipality, municipality_name,
            position_quality, accuracy_m, geom
        FROM (SELECT DISTINCT site_id FROM service WHERE {} ORDER BY site_id)
            CROSS JOIN site USING (site_id))",
                                           seen_by(state.audience)));
    PublicIds ids(database);
    std::vector<std::int64_t> numbers;
    state.sites.reserve(rows_of(database, "site"));
    while (select.step()) {
        numbers.push_back(select.integer(0));
        SiteRow site = site_at(select, state.audience);
        site.id = ids.of(numbers.back());
        state.sites.push_back(std::move(site));
    }
    return sort_by_id(state.sites, numbers);
}

std::vector<References> read_services(Database& database, State& state) {
    // Both ordered by the store's number, so that one walk joins them.
    const std::string seen = seen_by(state.audience);
    Statement select(database, fmt::format(R"(
        SELECT service_id, list_id, site_id, organization_id, programme, from_age_months, to_age_months,
            stage, for_whom, for_whom_text, entry, entry_text, fee, fee_text, transport, capacity, contract, status,
            certainty, features, serves, usable_by, phone, url, note, valid_from, valid_to, last_confirmed_on,
            visibility, owner, department, use_terms
        FROM service WHERE {} AND shown_as IS NULL
        ORDER BY service_id)",
                                           seen));
    // Lists whose own service is not shown beside it, and those that correct it.
    Statement others(database, fmt::format(R"(SELECT shown_as, list_id FROM service
        WHERE shown_as IS NOT NULL AND {}
        UNION SELECT service_id, list_id FROM corrected_service ORDER BY 1, 2)",
                                           seen));
    bool more_others = others.step();
    Statement schedules(database, R"(
        SELECT service_id, state, weekdays, ordinals, months, days_of_month, from_minute, to_minute, holidays, venue, text,
            usually
        FROM schedule ORDER BY service_id, ordinal)");
    PublicIds ids(database);
    const Taxonomy& taxonomy = Taxonomy::shipped();
    StaffParts staff(database, state.audience);
    std::vector<References> references;
    const auto count = rows_of(database, "service");
    references.reserve(count);
    state.services.reserve(count);
    bool more = schedules.step();
    while (select.step()) {
        ServiceRow service = service_at(select, taxonomy);
        service.id = ids.of(select.integer(0));
        while (more && schedules.integer(0) < select.integer(0)) {
            more = schedules.step();
        }
        while (more && schedules.integer(0) == select.integer(0)) {
            service.schedules.push_back(schedule_at(schedules));
            more = schedules.step();
        }
        References refers{select.integer(1), select.integer(2), select.maybe_integer(3), {}};
        while (more_others && others.integer(0) <= select.integer(0)) {
            if (others.integer(0) == select.integer(0)) {
                refers.other_lists.push_back(others.integer(1));
            }
            more_others = others.step();
        }
        references.push_back(std::move(refers));
        staff.add_to(service, select.integer(0));
        state.services.push_back(std::move(service));
    }
    return references;
}

void refer(State& state, const std::vector<References>& references, const Places& lists, const Places& sites,
           const Places& organizations) {
    std::vector<std::int64_t> none(state.services.size());
    for (std::size_t i = 0; i < references.size(); ++i) {
        ServiceRow& service = state.services[i];
        service.list = lists[references[i].list];
        for (const auto list : references[i].other_lists) {
            service.other_lists.push_back(lists[list]);
        }
        std::ranges::sort(service.other_lists);
        service.site = sites[references[i].site];
        service.organization = references[i].organization ? organizations[*references[i].organization] : k_no_index;
    }
    sort_by_id(state.services, none);
}

} // namespace shirube::directory
