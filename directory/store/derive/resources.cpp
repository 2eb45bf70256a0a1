// Resources: a row is one place with one or several services, run by one organization. Places and organizations are
// made of all rows that speak of them.
#include "directory/fold.hpp"
#include "directory/store/derive/derived_kind.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <optional>
#include <set>
#include <vector>

namespace shirube::directory {

namespace {

/// The best row for what several rows say together: one that the public may see, of the newest list, then by name and
/// key so that the order of imports does not matter.
constexpr std::string_view k_best_row = R"(
    SELECT r.reading FROM service s JOIN source_row r USING (row_id)
        JOIN list l ON l.list_id = r.list_id
        JOIN current_edition c ON c.list_id = r.list_id
        JOIN list_edition e ON e.import_id = c.import_id AND e.list_id = c.list_id
    WHERE s.{} = ?
    ORDER BY s.visibility <> 'public', e.as_of DESC, l.name, r.key LIMIT 1)";

template <class T>
std::int64_t bits_of(const std::vector<T>& values) noexcept {
    std::int64_t bits = 0;
    for (const auto value : values) {
        bits |= std::int64_t{1} << static_cast<unsigned>(value);
    }
    return bits;
}

std::optional<std::string> text_of(const std::optional<Day>& day) {
    if (!day) {
        return std::nullopt;
    }
    return to_string(*day);
}

class ResourcesKind final : public DerivedKind {
  public:
    explicit ResourcesKind(DerivationContext& context)
        : context_(context),
          insert_service_(context.database(), R"(INSERT INTO service VALUES
              (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))"),
          insert_schedule_(context.database(), "INSERT INTO schedule VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
          services_of_row_(context.database(), R"(SELECT service_id, site_id, organization_id, public_id
              FROM service JOIN entity ON entity_id = service_id WHERE row_id = ?)"),
          delete_service_(context.database(), "DELETE FROM service WHERE service_id = ?"),
          places_of_list_(context.database(),
                          "SELECT DISTINCT site_id, organization_id FROM service WHERE list_id = ?"),
          best_of_site_(context.database(), fmt::format(fmt::runtime(k_best_row), "site_id")),
          // INSERT OR REPLACE would cascade; an upsert keeps what refers to the site.
          write_site_(context.database(), R"(INSERT INTO site (site_id, official_name, public_name, kana, address,
                  building, municipality, municipality_name, position_quality, accuracy_m, located_by, geom)
              VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, MakePoint(?, ?, 4326))
              ON CONFLICT (site_id) DO UPDATE SET official_name = excluded.official_name,
                  public_name = excluded.public_name, kana = excluded.kana, address = excluded.address,
                  building = excluded.building, municipality = excluded.municipality,
                  municipality_name = excluded.municipality_name, position_quality = excluded.position_quality,
                  accuracy_m = excluded.accuracy_m, located_by = excluded.located_by, geom = excluded.geom)"),
          delete_site_(context.database(), "DELETE FROM site WHERE site_id = ?"),
          best_of_organization_(context.database(), fmt::format(fmt::runtime(k_best_row), "organization_id")),
          write_organization_(context.database(), R"(INSERT INTO organization VALUES (?, ?, ?, ?)
              ON CONFLICT (organization_id) DO UPDATE SET name = excluded.name, kind = excluded.kind,
                  corporate_number = excluded.corporate_number)"),
          delete_organization_(context.database(), "DELETE FROM organization WHERE organization_id = ?"),
          count_(context.database(), "SELECT count(*) FROM service WHERE list_id = ?") {}

    void leave(const SourceRow& row) override {
        const auto reading = nlohmann::json::parse(row.reading);
        services_of_row_.bind(row.row_id);
        while (services_of_row_.step()) {
            touch(services_of_row_, 1);
            context_.tally().count(std::string{services_of_row_.text(3)}, reading.dump(), {});
            delete_service_.bind(services_of_row_.integer(0)).run();
        }
    }

    void come(const SourceRow& row) override {
        const auto reading = nlohmann::json::parse(row.reading).get<ResourceReading>();
        const auto site_id = site_of(row, reading.site);
        const auto organization_id = organization_of(row, reading);
        for (std::size_t i = 0; i < reading.services.size(); ++i) {
            add_service(row, reading, i, site_id, organization_id);
        }
    }

    void redated(std::int64_t list_id) override {
        places_of_list_.bind(list_id);
        while (places_of_list_.step()) {
            touch(places_of_list_, 0);
        }
    }

    void finish() override {
        for (const auto id : touched_sites_) {
            derive_site(id);
        }
        for (const auto id : touched_organizations_) {
            derive_organization(id);
        }
    }

    std::int64_t entities_of(std::int64_t list_id) override {
        count_.bind(list_id);
        return count_.step() ? count_.integer(0) : 0;
    }

  private:
    /// The site in `column`, the organization in the one after it.
    void touch(const Statement& statement, int column) {
        touched_sites_.insert(statement.integer(column));
        if (const auto organization = statement.maybe_integer(column + 1)) {
            touched_organizations_.insert(*organization);
        }
    }

    /// The same folded name at the same folded address is one place, whichever lists speak of it. Without an address
    /// the name alone is not enough: the row is a place of its own.
    std::int64_t site_of(const SourceRow& row, const SiteReading& site) {
        const std::string name = fold(site.official_name);
        const std::string address = fold_address(site.address);
        const bool by_address = !name.empty() && !address.empty();
        const auto site_id =
            context_.entity("site", by_address ? context_.mint("site", {site.municipality, name, address})
                                               : context_.mint("site of row", {row.list, row.key}));
        context_.link(row, "site", site_id, by_address ? "same folded name and address" : "its own row");
        touched_sites_.insert(site_id);
        return site_id;
    }

    std::optional<std::int64_t> organization_of(const SourceRow& row, const ResourceReading& reading) {
        const auto& [name, kind, number] = reading.organization;
        if (name.empty()) {
            return std::nullopt;
        }
        const auto id = context_.entity(
            "organization", number.empty() ? context_.mint("organization", {reading.site.municipality, fold(name)})
                                           : context_.mint("organization by number", {number}));
        context_.link(row, "organization", id,
                      number.empty() ? "same folded name in the municipality" : "same corporate number");
        touched_organizations_.insert(id);
        return id;
    }

    void add_service(const SourceRow& row, const ResourceReading& reading, std::size_t place, std::int64_t site_id,
                     std::optional<std::int64_t> organization_id) {
        const ServiceReading& service = reading.services[place];
        const auto programme = context_.taxonomy().by_code(service.programme);
        if (!programme) {
            throw StoreError("programme_unknown",
                             fmt::format("The row {} of list {} names the programme {}, which this program's taxonomy "
                                         "does not have.",
                                         row.key, row.list, service.programme));
        }
        const std::string role = fmt::format("service:{}:{}", service.programme, place);
        const std::string public_id = context_.mint("service", {row.list, row.key, role});
        const auto service_id = context_.entity("service", public_id);
        context_.link(row, role, service_id, "its own row");
        const Visibility visibility = service.visibility.value_or(context_.taxonomy().at(*programme).visibility);
        const std::string serves = nlohmann::json(service.serves).dump();
        const std::string usable_by = nlohmann::json(service.usable_by).dump();
        const auto from = text_of(service.valid_from);
        const auto to = text_of(service.valid_to);
        const auto confirmed = text_of(service.last_confirmed_on);
        insert_service_
            .bind(service_id, row.row_id, row.list_id, site_id, organization_id, service.programme, code_of(visibility),
                  service.from_age_months, service.to_age_months, service.stage, bits_of(service.for_whom),
                  service.for_whom_text, code_of(service.entry), service.entry_text, code_of(service.fee),
                  service.fee_text, code_of(service.transport), service.capacity, code_of(service.contract),
                  code_of(service.status), code_of(service.certainty), bits_of(service.features), serves, usable_by,
                  service.phone, service.url, service.note, from, to, confirmed)
            .run();
        add_schedules(service_id, service.schedules);
        context_.tally().count(public_id, {}, nlohmann::json(reading).dump());
    }

    void add_schedules(std::int64_t service_id, const std::vector<Schedule>& schedules) {
        for (std::size_t i = 0; i < schedules.size(); ++i) {
            const Schedule& schedule = schedules[i];
            const ScheduleRule& rule = schedule.rule;
            insert_schedule_
                .bind(service_id, static_cast<std::int64_t>(i), code_of(rule.state), static_cast<int>(rule.weekdays),
                      static_cast<int>(rule.ordinals), static_cast<int>(rule.months),
                      static_cast<std::int64_t>(rule.days_of_month), rule.from_minute, rule.to_minute,
                      code_of(rule.holidays), schedule.venue, schedule.text)
                .run();
        }
    }

    void derive_site(std::int64_t site_id) {
        best_of_site_.bind(site_id);
        if (!best_of_site_.step()) {
            delete_site_.bind(site_id).run();
            return;
        }
        const auto reading = nlohmann::json::parse(best_of_site_.text(0)).get<ResourceReading>();
        const SiteReading& site = reading.site;
        std::optional<double> lon;
        std::optional<double> lat;
        if (site.position) {
            lon = site.position->lon;
            lat = site.position->lat;
        }
        write_site_
            .bind(site_id, site.official_name, site.public_name, site.kana, site.address, site.building,
                  site.municipality, site.municipality_name, code_of(site.quality), site.accuracy_m, site.located_by,
                  lon, lat)
            .run();
    }

    void derive_organization(std::int64_t organization_id) {
        best_of_organization_.bind(organization_id);
        if (!best_of_organization_.step()) {
            delete_organization_.bind(organization_id).run();
            return;
        }
        const auto reading = nlohmann::json::parse(best_of_organization_.text(0)).get<ResourceReading>();
        const auto& organization = reading.organization;
        write_organization_.bind(organization_id, organization.name, organization.kind, organization.corporate_number)
            .run();
    }

    DerivationContext& context_;
    Statement insert_service_;
    Statement insert_schedule_;
    Statement services_of_row_;
    Statement delete_service_;
    Statement places_of_list_;
    Statement best_of_site_;
    Statement write_site_;
    Statement delete_site_;
    Statement best_of_organization_;
    Statement write_organization_;
    Statement delete_organization_;
    Statement count_;
    std::set<std::int64_t> touched_sites_;
    std::set<std::int64_t> touched_organizations_;
};

} // namespace

std::unique_ptr<DerivedKind> derive_resources(DerivationContext& context) {
    return std::make_unique<ResourcesKind>(context);
}

} // namespace shirube::directory
