#include "directory/store/derive/derivation_context.hpp"

#include <fmt/format.h>

namespace shirube::directory {

DerivationContext::DerivationContext(Database& database, const Taxonomy& taxonomy, const StoreSecret& secret)
    : database_(database),
      taxonomy_(taxonomy),
      secret_(secret),
      select_row_(
          database,
          "SELECT l.list_id, l.name, r.key, r.reading FROM source_row r JOIN list l USING (list_id) WHERE row_id = ?"),
      insert_entity_(database, "INSERT OR IGNORE INTO entity (type, public_id) VALUES (?, ?)"),
      select_entity_(database, "SELECT entity_id, type FROM entity WHERE public_id = ?"),
      insert_link_(database,
                   "INSERT OR REPLACE INTO link (list_id, key, role, entity_id, reason) VALUES (?, ?, ?, ?, ?)") {}

std::string DerivationContext::mint(std::string_view type, std::initializer_list<std::string_view> parts) const {
    return mint_id(secret_, type, parts);
}

DerivationContext::Entity DerivationContext::find_entity(std::string_view type, const std::string& public_id) {
    insert_entity_.bind(type, public_id).run();
    if (database_.changes() > 0) {
        return {database_.last_insert_id(), true};
    }
    select_entity_.bind(public_id);
    if (!select_entity_.step() || select_entity_.text(1) != type) {
        throw StoreError("store_failed", fmt::format("The id {} stands for something else already.", public_id));
    }
    return {select_entity_.integer(0), false};
}

void DerivationContext::link(const SourceRow& row, std::string_view role, std::int64_t entity_id,
                             std::string_view reason) {
    insert_link_.bind(row.list_id, row.key, role, entity_id, reason).run();
}

SourceRow DerivationContext::row(std::int64_t row_id) {
    select_row_.bind(row_id);
    if (!select_row_.step()) {
        throw StoreError("store_damaged", fmt::format("Row {} of the store is missing.", row_id));
    }
    return {row_id,
            select_row_.integer(0),
            std::string{select_row_.text(1)},
            std::string{select_row_.text(2)},
            std::string{select_row_.text(3)},
            nullptr,
            false};
}

} // namespace shirube::directory
