#include "directory/store/tie_sight.hpp"

#include "directory/audience.hpp"
#include "directory/fold.hpp"
#include "directory/network/tie_visibility.hpp"
#include "directory/store/derive/resource_row.hpp"
#include "directory/taxonomy.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

namespace shirube::directory {

namespace {

/// A name and whose it is.
using Key = std::pair<std::string, std::string>;

/// The names among some that everybody knows: of a place that everybody sees, or of who runs one; and what a list that
/// everybody sees calls a place, also where another list or a correction names it otherwise since.
class PublicNames {
  public:
    explicit PublicNames(std::set<Key> wanted) : wanted_(std::move(wanted)) {
        for (const auto& [name, whose] : wanted_) {
            towns_.insert(whose);
        }
    }

    /// Folding is what costs: only what lies where somebody is asked about is folded, and once.
    void look_in(const State& state) {
        if (wanted_.empty()) {
            return;
        }
        std::unordered_map<std::string_view, std::string> whose; // of municipalities
        std::set<std::uint32_t> seen_sites;
        std::set<std::pair<std::uint32_t, std::string_view>> seen_organizations;
        for (const ServiceRow& service : state.services) {
            if (service.visibility != Visibility::everyone || service.site == k_no_index) {
                continue;
            }
            const SiteRow& site = state.sites[service.site];
            const auto [of, is_new] = whose.try_emplace(site.municipality);
            if (is_new) {
                of->second = owner_of(site.municipality);
            }
            if (!towns_.contains(of->second)) {
                continue;
            }
            if (seen_sites.insert(service.site).second) {
                look_at(site.name, of->second);
            }
            if (service.organization != k_no_index &&
                seen_organizations.emplace(service.organization, of->second).second) {
                look_at(state.organizations[service.organization].name, of->second);
            }
        }
    }

    void look_in_lists(Database& database) {
        if (known_.size() == wanted_.size()) {
            return;
        }
        // A place that is publicly called otherwise, by whichever list or correction, is not called so.
        Statement select(database, R"(SELECT p.municipality, CASE WHEN p.public_name <> '' THEN p.public_name
                WHEN coalesce(s.public_name, '') = '' THEN p.name END, p.organization
            FROM stated_place p LEFT JOIN site s USING (site_id) WHERE p.is_public = 1)");
        while (select.step()) {
            if (const auto whose = owner_of(select.text(0)); towns_.contains(whose)) {
                look_at(select.text(1), whose);
                look_at(select.text(2), whose);
            }
        }
    }

    [[nodiscard]] bool has(const TiedName& name) const { return known_.contains(Key{name.folded, name.whose}); }

  private:
    void look_at(std::string_view name, const std::string& whose) {
        if (Key key{fold(name), whose}; wanted_.contains(key)) {
            known_.insert(std::move(key));
        }
    }

    std::set<Key> wanted_;
    std::set<std::string, std::less<>> towns_;
    std::set<Key> known_;
};

/// An end that is looked at: not everybody may know it.
struct Doubt {
    PartyReading* party = nullptr;
    TiedName name;
    const HiddenName* hidden = nullptr;
};

std::optional<Doubt> doubt_of(PartyReading& party, std::string_view usual, std::string_view owner,
                              const HiddenNames& hidden) {
    if (owner.empty() && hidden.empty()) { // the usual case, before anything is folded
        return std::nullopt;
    }
    auto name = tied_name(party, usual, owner);
    if (!name) {
        return std::nullopt;
    }
    const HiddenName* found = hidden.find(*name);
    return found != nullptr || name->is_foreign ? std::optional(Doubt{&party, std::move(*name), found}) : std::nullopt;
}

void add_hidden(std::vector<HiddenName>& names, const std::string& name, const std::string& public_name,
                const std::string& whose, Visibility sees) {
    for (const auto& word : {name, public_name}) {
        if (!word.empty()) {
            names.push_back({.name = word, .municipality = whose, .sees = sees});
        }
    }
}

void add_called(std::vector<HiddenName>& names, std::string_view name, const std::string& whose,
                const std::string& called) {
    if (!name.empty() && name != called) {
        names.push_back({.name = std::string{name}, .municipality = whose, .called = called});
    }
}

/// What lists hid that has left them since, or that they call otherwise: the place may still be there, and its name was
/// never to be known.
void add_names_of_before(Database& database, std::vector<HiddenName>& names) {
    Statement select(database, "SELECT r.reading FROM hidden_row_past h JOIN source_row r USING (row_id)");
    while (select.step()) {
        const auto reading = read_as<ResourceReading>(select.text(0));
        const SiteReading& site = reading.site;
        if (const auto sees = class_of(Taxonomy::shipped(), reading); sees != Visibility::everyone) {
            add_hidden(names, site.official_name, site.public_name, owner_of(reading), sees);
        } else {
            add_called(names, site.official_name, site.municipality, site.public_name);
        }
    }
}

class TieSight {
  public:
    TieSight(State& state, const HiddenNames& hidden) : state_(state) {
        of_relations_.resize(state.relations.size());
        for (std::size_t i = 0; i < state.relations.size(); ++i) {
            RelationReading& tie = state.relations[i].reading;
            add(of_relations_[i], doubt_of(tie.from, tie.to.municipality, tie.owner, hidden));
            add(of_relations_[i], doubt_of(tie.to, tie.from.municipality, tie.owner, hidden));
        }
        of_forums_.resize(state.forums.size());
        for (std::size_t i = 0; i < state.forums.size(); ++i) {
            ForumReading& forum = state.forums[i].reading;
            for (ForumMember& member : forum.members) {
                add(of_forums_[i], doubt_of(member, forum.municipality, forum.owner, hidden));
            }
        }
    }

    void settle(Database& database) {
        std::set<Key> wanted;
        for (const auto* of : {&of_relations_, &of_forums_}) {
            for (const auto& doubts : *of) {
                for (const Doubt& doubt : doubts) {
                    wanted.emplace(doubt.name.folded, doubt.name.whose);
                }
            }
        }
        PublicNames known(std::move(wanted));
        known.look_in(state_);
        known.look_in_lists(database);
        settle_relations(known);
        settle_members(known);
    }

  private:
    static void add(std::vector<Doubt>& doubts, std::optional<Doubt> doubt) {
        if (doubt) {
            doubts.push_back(std::move(*doubt));
        }
    }

    /// Who may know the end; it gets the name by which the audience may call it.
    [[nodiscard]] Visibility settle(Doubt& doubt, const PublicNames& known) const {
        if (known.has(doubt.name)) {
            return Visibility::everyone;
        }
        if (doubt.hidden == nullptr) {
            return Visibility::staff; // another municipality's, of whom the public knows nothing
        }
        if (doubt.hidden->called.empty()) {
            return doubt.hidden->sees;
        }
        if (!state_.audience.may_see(Visibility::staff, doubt.name.whose)) {
            doubt.party->name = doubt.hidden->called;
        }
        return Visibility::everyone;
    }

    void settle_relations(const PublicNames& known) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < state_.relations.size(); ++i) {
            RelationRow& row = state_.relations[i];
            for (Doubt& doubt : of_relations_[i]) {
                row.visibility = std::max(row.visibility, settle(doubt, known));
            }
            if (row.visibility != Visibility::everyone) {
                row.owner = tie_owner_of(row.reading);
            }
            if (state_.audience.may_see(row.visibility, row.owner)) {
                if (kept != i) {
                    state_.relations[kept] = std::move(row);
                }
                ++kept;
            }
        }
        state_.relations.resize(kept);
    }

    /// A meeting stays, without the members that the audience may not know.
    void settle_members(const PublicNames& known) {
        for (std::size_t i = 0; i < state_.forums.size(); ++i) {
            ForumRow& row = state_.forums[i];
            const std::string owner = tie_owner_of(row.reading);
            for (Doubt& doubt : of_forums_[i]) {
                auto& member = static_cast<ForumMember&>(*doubt.party);
                member.visibility = std::max(member.visibility, settle(doubt, known));
            }
            std::erase_if(row.reading.members, [&](const ForumMember& member) {
                return !state_.audience.may_see(member.visibility, owner);
            });
        }
    }

    State& state_;
    std::vector<std::vector<Doubt>> of_relations_;
    std::vector<std::vector<Doubt>> of_forums_;
};

} // namespace

std::vector<HiddenName> hidden_names_in(Database& database) {
    std::vector<HiddenName> names;
    constexpr int k_coordinator = 2;
    Statement select(database, R"(
        SELECT p.name, p.public_name, coalesce(nullif(p.owner, ''), p.municipality), p.is_public,
            (SELECT min(CASE visibility WHEN 'coordinator' THEN 2 ELSE 1 END) FROM service v WHERE v.row_id = p.row_id),
            s.official_name, coalesce(nullif(s.public_name, ''), p.public_name)
        FROM stated_place p LEFT JOIN site s USING (site_id)
        WHERE p.is_public = 0 OR p.public_name <> '' OR s.public_name <> '')");
    while (select.step()) {
        const std::string name{select.text(0)};
        const std::string public_name{select.text(1)};
        const std::string whose{select.text(2)};
        if (select.integer(3) != 0) {
            const std::string called{select.text(6)};
            add_called(names, name, whose, called);
            add_called(names, select.text(5), whose, called);
            continue;
        }
        const auto sees = select.integer(4) == k_coordinator ? Visibility::coordinator : Visibility::staff;
        add_hidden(names, name, public_name, whose, sees);
    }
    add_names_of_before(database, names);
    return names;
}

void settle_ties(Database& database, State& state, const HiddenNames& hidden) {
    TieSight(state, hidden).settle(database);
}

} // namespace shirube::directory
