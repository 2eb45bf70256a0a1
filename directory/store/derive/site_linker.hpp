// Which site a row's place is: the rows of one municipality are compared with each other whenever one of them changes.
// The answer is a function of the rows in force, so that any order of imports and undos gives the same.
#pragma once

#include "directory/linking/link_places.hpp"
#include "directory/store/derive/derivation_context.hpp"

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace shirube::directory {

class SiteLinker {
  public:
    explicit SiteLinker(DerivationContext& context);

    /// A row in force as a place of its own; relink() says later which site it is.
    /// \returns the store's number of that place, and whether no row ever spoke of it before
    DerivationContext::Entity state(const SourceRow& row, const ResourceReading& reading,
                                    std::optional<std::int64_t> organization_id);

    /// The row's place is no longer stated. \returns the site it was at, 0 where it was at none
    std::int64_t retract(std::int64_t row_id);

    /// Links the places of every municipality in which a row was stated or retracted.
    /// \returns the sites that rows left or came to by it
    std::set<std::int64_t> relink(std::span<const LinkDecision> decisions);

    /// Links a municipality's places again though no row of it changed.
    void touch(const std::string& unit) { units_.insert(unit); }

  private:
    struct Mention;
    struct Unit;
    static void link(Unit& unit, std::span<const LinkDecision> decisions);
    void put(const Unit& unit, std::set<std::int64_t>& moved);
    std::vector<Mention> mentions_of(const std::string& unit);
    void put(const Mention& mention, std::int64_t site_id, const std::string& reason, std::set<std::int64_t>& moved);
    void keep_doubts(const Unit& unit);

    DerivationContext& context_;
    Statement insert_;
    Statement find_;
    Statement delete_;
    Statement select_unit_;
    Statement move_place_;
    Statement move_services_;
    Statement remember_;
    Statement forget_doubts_;
    Statement insert_doubt_;
    std::set<std::string> units_;
};

} // namespace shirube::directory
