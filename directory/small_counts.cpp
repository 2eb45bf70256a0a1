#include "directory/small_counts.hpp"

#include "directory/fold.hpp"
#include "geo/suppression.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace shirube::directory {

namespace {

constexpr std::string_view k_municipality = "municipality";
constexpr std::string_view k_mesh = "mesh";

using Period = std::pair<Day, Day>;

/// What adds up to one total: the districts of a municipality, or the municipalities of a prefecture.
struct Table {
    std::map<std::string, std::map<Period, std::size_t>> cells; ///< places in the needs
    std::set<Period> periods;
};

Period period_of(const NeedReading& need) {
    const Day first = need.from.value_or(need.to.value_or(Day{}));
    return {first, need.to.value_or(first)};
}

std::string area_of(const NeedReading& need) {
    return need.layer == k_municipality ? need.municipality : !need.code.empty() ? need.code : fold(need.name);
}

/// Nothing where it is unknown, or is no count at all.
std::optional<std::int64_t> count_of(const NeedReading& need) {
    if (!need.value || need.suppressed || *need.value < 0 || *need.value != std::floor(*need.value)) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(*need.value);
}

class PrivateHomes {
  public:
    PrivateHomes(std::vector<NeedRow>& needs, const std::vector<ListRow>& lists, const Audience& audience)
        : needs_(needs), lists_(lists), audience_(audience), left_out_(needs.size(), false) {}

    void withhold() {
        choose_layers();
        std::map<std::tuple<std::string, Unit, std::string, std::string>, Table> tables;
        for (std::size_t i = 0; i < needs_.size(); ++i) {
            const NeedReading& need = needs_[i].reading;
            if (!is_kept_back(need)) {
                continue;
            }
            const bool whole = need.layer == k_municipality;
            if (need.layer == k_mesh || (!whole && need.layer != layers_.at(key_of(need)))) {
                left_out_[i] = true;
                continue;
            }
            const std::string of = whole ? need.municipality.substr(0, 2) : need.municipality;
            add(tables[{fold(need.indicator), need.unit, need.layer, of}], i);
        }
        for (const auto& [key, table] : tables) {
            tell(table);
        }
        std::size_t place = 0;
        std::erase_if(needs_, [&](const NeedRow&) { return left_out_[place++]; });
    }

  private:
    using Key = std::tuple<std::string, Unit, std::string>;

    static Key key_of(const NeedReading& need) { return {fold(need.indicator), need.unit, need.municipality}; }

    [[nodiscard]] bool is_kept_back(const NeedReading& need) const {
        return counts_private_homes(need.indicator) &&
               !audience_.may_see(Visibility::staff, owner_of(need.municipality));
    }

    void choose_layers() {
        std::map<Key, std::set<std::string>> layers;
        for (const NeedRow& row : needs_) {
            const NeedReading& need = row.reading;
            if (is_kept_back(need) && need.layer != k_municipality && need.layer != k_mesh) {
                layers[key_of(need)].insert(need.layer);
            }
        }
        for (const auto& [key, of] : layers) {
            layers_[key] = of.contains("chugakkoku") ? "chugakkoku" : *of.begin();
        }
    }

    /// Of two figures of one cell and period the newest list's stays.
    void add(Table& table, std::size_t place) {
        const NeedReading& need = needs_[place].reading;
        const auto period = period_of(need);
        table.periods.insert(period);
        const auto [there, is_new] = table.cells[area_of(need)].try_emplace(period, place);
        if (!is_new) {
            const bool newer = date_of(needs_[there->second]) < date_of(needs_[place]);
            left_out_[newer ? there->second : place] = true;
            there->second = newer ? place : there->second;
        }
    }

    [[nodiscard]] std::string_view date_of(const NeedRow& row) const {
        return row.list < lists_.size() ? std::string_view{lists_[row.list].as_of} : std::string_view{};
    }

    void tell(const Table& table) {
        geo::CountTable counts{.cells = table.cells.size(), .periods = table.periods.size()};
        for (const auto& [area, by_period] : table.cells) {
            for (const auto& period : table.periods) {
                const auto found = by_period.find(period);
                counts.counts.push_back(found == by_period.end() ? std::nullopt
                                                                 : count_of(needs_[found->second].reading));
            }
        }
        const auto told = geo::told_counts(counts, k_least_told);
        std::size_t at = 0;
        for (const auto& [area, by_period] : table.cells) {
            std::size_t number = 0;
            for (const auto& period : table.periods) {
                const auto found = by_period.find(period);
                const auto& count = told[at++];
                if (found != by_period.end()) {
                    put(found->second, count, number);
                }
                ++number;
            }
        }
    }

    void put(std::size_t place, const geo::ToldCount& count, std::size_t period) {
        if (count.value && count.period != period) {
            left_out_[place] = true; // nothing has changed that may be told
            return;
        }
        NeedReading& need = needs_[place].reading;
        need.suppressed = need.suppressed || count.withheld || (need.value && !count.value);
        need.value = count.value ? std::optional(static_cast<double>(*count.value)) : std::nullopt;
        need.note.clear(); // it may say the number
    }

    std::vector<NeedRow>& needs_;
    const std::vector<ListRow>& lists_;
    const Audience& audience_;
    std::vector<bool> left_out_;
    std::map<Key, std::string> layers_; ///< that is told, of each municipality
};

} // namespace

bool counts_private_homes(std::string_view indicator) {
    constexpr std::array<std::string_view, 4> k_words{"里親", "養育家庭", "協力家庭", "ファミリーホーム"};
    const std::string name = fold(indicator);
    return std::ranges::any_of(k_words,
                               [&](std::string_view word) { return name.find(fold(word)) != std::string::npos; });
}

void withhold_small_counts(std::vector<NeedRow>& needs, const std::vector<ListRow>& lists, const Audience& audience) {
    PrivateHomes(needs, lists, audience).withhold();
}

} // namespace shirube::directory
