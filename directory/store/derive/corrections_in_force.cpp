#include "directory/store/derive/corrections_in_force.hpp"

#include <algorithm>
#include <array>
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
                if (a.place_id == b.place_id || are_of_two_owners(a, b)) {
                    continue;
                }
                Said& said = said_[std::minmax(a.place_id, b.place_id)];
                const auto hidden = static_cast<std::size_t>(std::max(a.visibility, b.visibility));
                for (std::size_t by = hidden; by < said.size(); ++by) {
                    settle(said[by], {decision.on, decision.same});
                }
            }
        }
    }

    [[nodiscard]] std::vector<LinkDecision> take() const {
        std::vector<LinkDecision> decisions;
        for (const auto& [pair, said] : said_) {
            std::optional<bool> wider;
            for (std::size_t by = 0; by < said.size(); ++by) {
                if (said[by] && wider != said[by]->same) {
                    wider = said[by]->same;
                    decisions.push_back({pair.first, pair.second, *wider, static_cast<Visibility>(by)});
                }
            }
        }
        return decisions;
    }

  private:
    struct Last {
        std::optional<Day> on;
        bool same = false;
    };

    /// By each class: the last word of those that name nothing more hidden.
    using Said = std::array<std::optional<Last>, 3>;

    static bool are_of_two_owners(const StandingPlace& a, const StandingPlace& b) {
        return a.visibility != Visibility::everyone && b.visibility != Visibility::everyone && a.owner != b.owner;
    }

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
              CASE WHEN EXISTS (SELECT 1 FROM stated_place o WHERE o.place_id = s.place_id AND o.is_public = 1)
                  THEN 'public'
                  WHEN EXISTS (SELECT 1 FROM stated_place o JOIN service v USING (row_id)
                      WHERE o.place_id = s.place_id AND v.visibility = 'staff') THEN 'staff' ELSE 'coordinator' END,
              s.owner
          FROM entity p JOIN stated_place s ON s.place_id = p.entity_id WHERE p.public_id = ?1
          UNION SELECT p.public_id, s.unit, s.site_id, s.name, s.address, service.visibility, service.owner
          FROM entity v JOIN service ON service_id = v.entity_id
              JOIN stated_place s ON s.row_id = service.row_id JOIN entity p ON p.entity_id = s.place_id
          WHERE v.public_id = ?1)") {}

std::vector<StandingPlace> StandingPlaces::of(const std::string& public_id) {
    select_.bind(public_id);
    std::vector<StandingPlace> places;
    while (select_.step()) {
        places.push_back({std::string{select_.text(0)}, std::string{select_.text(1)}, select_.integer(2),
                          std::string{select_.text(3)}, std::string{select_.text(4)},
                          parse_code<Visibility>(select_.text(5)).value_or(Visibility::coordinator),
                          std::string{select_.text(6)}});
    }
    return places;
}

} // namespace shirube::directory
