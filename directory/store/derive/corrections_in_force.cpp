#include "directory/store/derive/corrections_in_force.hpp"

#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace shirube::directory {

namespace {

/// Decisions on pairs of places, each pair's last word.
class Decisions {
  public:
    explicit Decisions(Database& database) : places_(database) {}

    void add(const CorrectionReading& decision) {
        for (const auto& a : places_.of(decision.target)) {
            for (const auto& b : places_.of(decision.other)) {
                if (a.place_id == b.place_id) {
                    continue;
                }
                Said& said = said_[std::minmax(a.place_id, b.place_id)];
                settle(said.of_all, {decision.on, decision.same});
                if (a.is_public && b.is_public) {
                    settle(said.of_public, {decision.on, decision.same});
                }
            }
        }
    }

    [[nodiscard]] std::vector<LinkDecision> take() const {
        std::vector<LinkDecision> decisions;
        for (const auto& [pair, said] : said_) {
            if (said.of_public) {
                decisions.push_back({pair.first, pair.second, said.of_public->same, DecisionScope::any_pair});
            }
            if (!said.of_public || said.of_public->same != said.of_all->same) {
                decisions.push_back({pair.first, pair.second, said.of_all->same, DecisionScope::hidden_pair});
            }
        }
        return decisions;
    }

  private:
    struct Last {
        std::optional<Day> on;
        bool same = false;
    };

    struct Said {
        std::optional<Last> of_all;
        std::optional<Last> of_public; ///< by ids of what the public may see
    };

    static void settle(std::optional<Last>& last, const Last& said) {
        if (!last || last->on < said.on) {
            last = said;
        } else if (last->on == said.on) {
            last->same = last->same && said.same;
        }
    }

    StandingPlaces places_;
    std::map<std::pair<std::string, std::string>, Said> said_;
};

} // namespace

CorrectionsInForce::CorrectionsInForce(Database& database) {
    Statement select(database, R"(
        SELECT c.row_id, c.list_id, r.reading FROM correction c JOIN source_row r USING (row_id)
            JOIN list l ON l.list_id = c.list_id
            JOIN current_edition f ON f.list_id = c.list_id
            JOIN list_edition e ON e.import_id = f.import_id AND e.list_id = f.list_id
        ORDER BY json_extract(r.reading, '$.on'), e.as_of, l.name, r.key, r.row_id)");
    Decisions decisions(database);
    while (select.step()) {
        auto reading = read_as<CorrectionReading>(select.text(2));
        if (reading.is_decision()) {
            decisions.add(reading);
            continue;
        }
        by_target_[reading.target].push_back(all_.size());
        all_.push_back({select.integer(0), select.integer(1), std::move(reading)});
    }
    decisions_ = decisions.take();
}

std::span<const std::size_t> CorrectionsInForce::of(const std::string& public_id) const {
    const auto found = by_target_.find(public_id);
    return found == by_target_.end() ? std::span<const std::size_t>{} : found->second;
}

StandingPlaces::StandingPlaces(Database& database)
    : select_(database, R"(
          SELECT p.public_id, s.unit, s.site_id, s.name, s.address,
              EXISTS (SELECT 1 FROM stated_place o WHERE o.place_id = s.place_id AND o.is_public = 1)
          FROM entity p JOIN stated_place s ON s.place_id = p.entity_id WHERE p.public_id = ?1
          UNION SELECT p.public_id, s.unit, s.site_id, s.name, s.address, service.visibility = 'public'
          FROM entity v JOIN service ON service_id = v.entity_id
              JOIN stated_place s ON s.row_id = service.row_id JOIN entity p ON p.entity_id = s.place_id
          WHERE v.public_id = ?1)") {}

std::vector<StandingPlace> StandingPlaces::of(const std::string& public_id) {
    select_.bind(public_id);
    std::vector<StandingPlace> places;
    while (select_.step()) {
        places.push_back({std::string{select_.text(0)}, std::string{select_.text(1)}, select_.integer(2),
                          std::string{select_.text(3)}, std::string{select_.text(4)}, select_.integer(5) != 0});
    }
    return places;
}

} // namespace shirube::directory
