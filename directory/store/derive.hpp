// From rows in force to derived entities. Works on what changed: rows that left and rows that came.
#pragma once

#include "directory/batch.hpp"
#include "directory/store/identity.hpp"
#include "directory/store/sqlite.hpp"
#include "directory/taxonomy.hpp"

#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace shirube::directory {

/// How the rows in force of one list differ from before.
struct RowChanges {
    std::int64_t list_id = 0;
    ImportKind kind = ImportKind::resources;
    std::vector<std::int64_t> left;
    std::vector<std::int64_t> came;
    bool redated = false; ///< the list's date changed, and with it which list is believed, also where its rows stayed
};

/// Derives inside one transaction of the caller.
class Derivation {
  public:
    Derivation(Database& database, const Taxonomy& taxonomy, const StoreSecret& secret);

    /// Applies one list's changes. Call finish() after all of them.
    void apply(const RowChanges& changes);

    /// Sites, organizations and districts that several rows make together, and the count of what changed. Call once.
    EntityChanges finish();

  private:
    struct SourceRow {
        std::int64_t row_id = 0;
        std::string list;
        std::string key;
        std::string reading;
    };

    SourceRow row(std::int64_t row_id);
    std::int64_t entity(std::string_view type, const std::string& public_id);
    void link(std::int64_t list_id, const SourceRow& row, std::string_view role, std::int64_t entity_id,
              std::string_view reason);

    void touch_all(const RowChanges& changes);
    void leave(const RowChanges& changes);
    void come(const RowChanges& changes);
    void leave_resource(std::int64_t row_id);
    void come_resource(std::int64_t list_id, const SourceRow& row);
    void add_service(std::int64_t list_id, const SourceRow& row, const ResourceReading& reading,
                     const ServiceReading& service, std::size_t place, std::int64_t site_id,
                     std::optional<std::int64_t> organization_id);
    void come_district(std::int64_t list_id, const SourceRow& row);
    void come_population(std::int64_t list_id, const SourceRow& row);
    void come_town(std::int64_t list_id, const SourceRow& row);

    void derive_site(std::int64_t site_id);
    void derive_organization(std::int64_t organization_id);
    void derive_district(std::int64_t district_id);
    std::int64_t entities_of(std::int64_t list_id, ImportKind kind);
    void count(const std::string& entity_key, std::string_view before, std::string_view after);

    Database& database_;
    const Taxonomy& taxonomy_;
    const StoreSecret& secret_;

    Statement select_row_;
    Statement insert_entity_;
    Statement select_entity_;
    Statement insert_link_;
    Statement insert_service_;
    Statement insert_schedule_;
    Statement insert_cell_;
    Statement insert_band_;
    Statement insert_town_;
    Statement services_of_row_;
    Statement delete_service_;
    Statement best_of_site_;
    Statement write_site_;
    Statement delete_site_;
    Statement best_of_organization_;
    Statement write_organization_;
    Statement delete_organization_;

    std::set<std::pair<std::int64_t, ImportKind>> touched_lists_;
    std::set<std::int64_t> touched_sites_;
    std::set<std::int64_t> touched_organizations_;
    std::set<std::int64_t> touched_districts_;
    /// What stood for a counted entity before and what stands now; by the entity's key within the store.
    struct BeforeAfter {
        std::string before;
        std::string after;
        bool of_other_list = false; ///< another list than this batch's stands for it now
    };
    std::unordered_map<std::string, BeforeAfter> compared_;
};

/// A district's code within its layer: the school's code where the edition has one, else municipality and folded name.
std::string district_code(const DistrictReading& district);

} // namespace shirube::directory
