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
                if (a.place_id != b.place_id) {
                    settle(std::minmax(a.place_id, b.place_id), {decision.on, decision.same});
                }
            }
        }
    }

    [[nodiscard]] std::vector<LinkDecision> take() const {
        std::vector<LinkDecision> decisions;
        for (const auto& [pair, last] : last_) {
            decisions.push_back({pair.first, pair.second, last.same});
        }
        return decisions;
    }

  private:
    struct Last {
        std::optional<Day> on;
        bool same = false;
    };

    void settle(std::pair<std::string, std::string> pair, const Last& said) {
        const auto [known, is_new] = last_.try_emplace(std::move(pair), said);
        if (!is_new) {
            Last& last = known->second;
            if (last.on < said.on) {
                last = said;
            } else if (last.on == said.on) {
                last.same = last.same && said.same;
            }
        }
    }

    StandingPlaces places_;
    std::map<std::pair<std::string, std::string>, Last> last_;
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
          SELECT p.public_id, s.unit, s.site_id, s.name, s.address FROM entity p JOIN stated_place s ON s.place_id = p.entity_id
          WHERE p.public_id = ?1
          UNION SELECT p.public_id, s.unit, s.site_id, s.name, s.address FROM entity v JOIN service ON service_id = v.entity_id
              JOIN stated_place s ON s.row_id = service.row_id JOIN entity p ON p.entity_id = s.place_id
          WHERE v.public_id = ?1)") {}

std::vector<StandingPlace> StandingPlaces::of(const std::string& public_id) {
    select_.bind(public_id);
    std::vector<StandingPlace> places;
    while (select_.step()) {
        places.push_back({std::string{select_.text(0)}, std::string{select_.text(1)}, select_.integer(2),
                          std::string{select_.text(3)}, std::string{select_.text(4)}});
    }
    return places;
}

} // namespace shirube::directory
