// What all kinds of rows share while they are derived: the database, ids and links, and the count of what changed.
#pragma once

#include "directory/store/derive/source_row.hpp"
#include "directory/store/derive/tally.hpp"
#include "directory/store/identity.hpp"
#include "directory/store/sqlite.hpp"
#include "directory/taxonomy.hpp"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace shirube::directory {

class DerivationContext {
  public:
    DerivationContext(Database& database, const Taxonomy& taxonomy, const StoreSecret& secret);

    [[nodiscard]] Database& database() noexcept { return database_; }
    [[nodiscard]] const Taxonomy& taxonomy() const noexcept { return taxonomy_; }
    [[nodiscard]] Tally& tally() noexcept { return tally_; }

    /// The public id of what `parts` stand for, see identity.hpp.
    [[nodiscard]] std::string mint(std::string_view type, std::initializer_list<std::string_view> parts) const;

    /// The store's number for an id, given once.
    struct Entity {
        std::int64_t id = 0;
        bool is_new = false; ///< the store never had it before
    };
    /// \throws StoreError where the id stands for another type
    Entity find_entity(std::string_view type, const std::string& public_id);
    std::int64_t entity(std::string_view type, const std::string& public_id) { return find_entity(type, public_id).id; }

    /// "This row speaks of that entity."
    void link(const SourceRow& row, std::string_view role, std::int64_t entity_id, std::string_view reason);

    /// \throws StoreError where the store has no such row
    SourceRow row(std::int64_t row_id);

    /// Lists whose rows this import changed or put in force anew.
    void touch_list(std::int64_t list_id) { touched_lists_.insert(list_id); }
    [[nodiscard]] bool is_touched(std::int64_t list_id) const { return touched_lists_.contains(list_id); }

    /// A correction of the place or service of that public id left or came: it is derived anew.
    void touch_corrected(const std::string& public_id) { corrected_.insert(public_id); }
    [[nodiscard]] const std::set<std::string>& corrected() const noexcept { return corrected_; }

    /// Who is told how much of what several rows make together is done, from 0 to 1.
    void on_share(std::function<void(double share)> told) { told_share_ = std::move(told); }
    void tell_share(double share) const {
        if (told_share_) {
            told_share_(share);
        }
    }

  private:
    Database& database_;
    const Taxonomy& taxonomy_;
    const StoreSecret& secret_;
    Statement select_row_;
    Statement insert_entity_;
    Statement select_entity_;
    Statement insert_link_;
    Tally tally_;
    std::set<std::int64_t> touched_lists_;
    std::set<std::string> corrected_;
    std::function<void(double)> told_share_;
};

} // namespace shirube::directory
