// Resources: a row is one place with one or several services, run by one organization. Places and organizations are
// made of all rows that speak of them.
#include "directory/store/derive/corrections_in_force.hpp"
#include "directory/store/derive/derived_kind.hpp"
#include "directory/store/derive/resource_row.hpp"
#include "directory/store/derive/service_writer.hpp"
#include "directory/store/derive/site_deriver.hpp"
#include "directory/store/derive/site_linker.hpp"
#include "directory/store/derive/site_writer.hpp"

#include <set>
#include <unordered_set>

namespace shirube::directory {

namespace {

class ResourcesKind final : public DerivedKind {
  public:
    explicit ResourcesKind(DerivationContext& context)
        : context_(context),
          linker_(context),
          sites_(context.database()),
          services_(context.database()),
          services_of_row_(context.database(), R"(SELECT service_id, organization_id, public_id
              FROM service JOIN entity ON entity_id = service_id WHERE row_id = ?)"),
          places_of_list_(context.database(),
                          "SELECT DISTINCT site_id, organization_id FROM stated_place WHERE list_id = ?"),
          // One that the public may see, of the newest list, then by name and key so that the order of imports does not
          // matter.
          best_of_organization_(context.database(), R"(
              SELECT r.reading FROM stated_place s JOIN source_row r USING (row_id)
                  JOIN list l ON l.list_id = r.list_id
                  JOIN current_edition c ON c.list_id = r.list_id
                  JOIN list_edition e ON e.import_id = c.import_id AND e.list_id = c.list_id
              WHERE s.organization_id = ?
              ORDER BY s.is_public = 0, e.as_of DESC, l.name, r.key LIMIT 1)"),
          write_organization_(context.database(), R"(INSERT INTO organization VALUES (?, ?, ?, ?)
              ON CONFLICT (organization_id) DO UPDATE SET name = excluded.name, kind = excluded.kind,
                  corporate_number = excluded.corporate_number)"),
          delete_organization_(context.database(), "DELETE FROM organization WHERE organization_id = ?"),
          count_(context.database(), "SELECT count(*) FROM service WHERE list_id = ?") {}

    void leave(const SourceRow& row) override {
        const std::string stated = statement_of(row);
        services_of_row_.bind(row.row_id);
        while (services_of_row_.step()) {
            touch_organization(services_of_row_.maybe_integer(1));
            context_.tally().count(std::string{services_of_row_.text(2)}, stated, {});
            services_.remove(services_of_row_.integer(0));
        }
        if (const auto site_id = linker_.retract(row.row_id); site_id != 0) {
            touched_sites_.insert(site_id);
            alone_.erase(site_id);
        }
    }

    void come(const SourceRow& row) override {
        const auto reading = resource_reading_of(row);
        const auto organization_id = organization_of(context_, reading);
        if (organization_id) {
            context_.link(row, "organization", *organization_id,
                          reading.organization.corporate_number.empty() ? "same folded name in the municipality"
                                                                        : "same corporate number");
        }
        touch_organization(organization_id);
        const auto place = linker_.state(row, reading, organization_id);
        touched_sites_.insert(place.id);
        if (place.is_new) {
            sites_.write(place.id, reading.site);
            alone_.insert(place.id);
        } else {
            alone_.erase(place.id);
        }
        const std::string stated = statement_of(row);
        const std::string owner = owner_of(reading);
        const auto staff_parts = staff_parts_of(row);
        for (std::size_t i = 0; i < reading.services.size(); ++i) {
            const auto& service = reading.services[i];
            const auto public_id = service_public_id(context_, row, reading, i);
            WrittenService written;
            written.service_id = context_.entity("service", public_id);
            written.row_id = row.row_id;
            written.list_id = row.list_id;
            written.site_id = place.id;
            written.organization_id = organization_id;
            written.visibility = visibility_of(context_, row, service);
            written.owner = owner;
            if (staff_parts.contains(i)) {
                written.staff_part = static_cast<std::int64_t>(i);
            }
            services_.write(written, service);
            context_.link(row, service_role(context_.taxonomy(), reading, i), written.service_id, "its own row");
            context_.tally().count(public_id, {}, stated);
        }
    }

    void redated(std::int64_t list_id) override {
        places_of_list_.bind(list_id);
        while (places_of_list_.step()) {
            touched_sites_.insert(places_of_list_.integer(0));
            touch_organization(places_of_list_.maybe_integer(1));
        }
    }

    void finish() override {
        const CorrectionsInForce corrections(context_.database());
        StandingPlaces places(context_.database());
        for (const auto& id : context_.corrected()) {
            for (const auto& place : places.of(id)) {
                linker_.touch(place.unit);
            }
        }
        for (const auto id : linker_.relink(corrections.decisions())) {
            touched_sites_.insert(id);
            alone_.erase(id);
        }
        if (!corrections.all().empty()) {
            alone_.clear();
        }
        for (const auto& id : context_.corrected()) {
            for (const auto& place : places.of(id)) {
                touched_sites_.insert(place.site_id);
            }
        }
        SiteDeriver sites(context_, corrections);
        for (const auto id : touched_sites_) {
            if (!alone_.contains(id)) {
                sites.derive(id);
            }
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
    /// What the row states of each of its services, for telling whether it changed.
    static std::string statement_of(const SourceRow& row) {
        return row.is_stale ? row.reading + "\nstale" : row.reading;
    }

    void touch_organization(const std::optional<std::int64_t>& organization_id) {
        if (organization_id) {
            touched_organizations_.insert(*organization_id);
        }
    }

    void derive_organization(std::int64_t organization_id) {
        best_of_organization_.bind(organization_id);
        if (!best_of_organization_.step()) {
            delete_organization_.bind(organization_id).run();
            return;
        }
        const auto reading = read_as<ResourceReading>(best_of_organization_.text(0));
        const auto& organization = reading.organization;
        write_organization_.bind(organization_id, organization.name, organization.kind, organization.corporate_number)
            .run();
    }

    DerivationContext& context_;
    SiteLinker linker_;
    SiteWriter sites_;
    ServiceWriter services_;
    Statement services_of_row_;
    Statement places_of_list_;
    Statement best_of_organization_;
    Statement write_organization_;
    Statement delete_organization_;
    Statement count_;
    std::set<std::int64_t> touched_sites_;
    /// Sites of which one row speaks, the first that ever did: what it says stands as it came.
    std::unordered_set<std::int64_t> alone_;
    std::set<std::int64_t> touched_organizations_;
};

} // namespace

std::unique_ptr<DerivedKind> derive_resources(DerivationContext& context) {
    return std::make_unique<ResourcesKind>(context);
}

} // namespace shirube::directory
