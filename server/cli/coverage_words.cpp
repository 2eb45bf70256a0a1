#include "server/cli/coverage_words.hpp"

#include "server/cli/text_table.hpp"
#include "server/pages/figures.hpp"
#include "server/pages/planner/planner_words.hpp"
#include "server/pages/words.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace shirube::server {

namespace {

std::string coverage_table(const directory::Reader& reader, const directory::Coverage& coverage, const Texts& texts) {
    using Side = TextTable::Side;
    std::vector<TextTable::Column> columns{{texts.get("planner.col_tier")},
                                           {texts.get("planner.col_services"), Side::right},
                                           {texts.get("planner.col_possible"), Side::right},
                                           {texts.get("planner.col_children"), Side::right},
                                           {texts.get("planner.col_share"), Side::right}};
    if (coverage.supply) {
        columns.push_back({texts.get("planner.col_supply"), Side::right});
    }
    if (coverage.need) {
        columns.push_back({texts.get("planner.col_need"), Side::right});
    }
    columns.push_back({texts.get("planner.col_district")});
    TextTable table(std::move(columns));
    for (const auto& of : coverage.districts) {
        const auto& district = reader.districts()[of.district];
        // Where no list speaks of the programmes nobody knows how many there are.
        const auto count = [&](std::int64_t services) {
            return of.tier == directory::Tier::no_data ? std::string("-") : grouped(services);
        };
        std::vector<std::string> cells{directory::label_of(of.tier).in(texts.language()), count(of.services),
                                       count(of.services_possible), as_count(of.children).value_or("-"),
                                       of.share_covered ? range_in_words(share_covered_range(of), texts) : "-"};
        if (coverage.supply) {
            cells.push_back(as_decimal(of.supply_ratio, 3).value_or("-"));
        }
        if (coverage.need) {
            cells.push_back(of.need ? figure_in_words(*of.need) : "-");
        }
        cells.push_back(fmt::format("{} {}", district.municipality_name, district.name));
        table.add(std::move(cells));
    }
    return table.text();
}

/// The sums below the table, a line each, as the page says them.
std::string coverage_totals(const directory::Coverage& coverage, const Texts& texts) {
    const auto& totals = coverage.totals;
    std::string out;
    const auto line = [&](std::string_view key, const std::optional<std::string>& figure, const std::string& more) {
        out += fmt::format("{}: {}{}\n", texts.get(key), figure.value_or(texts.get("figure.unknown")), more);
    };
    const auto range = [&](std::string_view key, const FigureRange& of) { line(key, range_in_words(of, texts), {}); };
    const auto unconfirmed = totals.by_tier[static_cast<std::size_t>(directory::Tier::unconfirmed)];
    const auto of_districts = texts.with(
        "planner.of_districts", {{"districts", grouped(totals.districts)}, {"unconfirmed", grouped(unconfirmed)}});
    line("planner.blank", grouped(static_cast<std::int64_t>(coverage.blank_areas.size())),
         texts.get("list.separator") + of_districts);
    const auto at_most = as_percent(totals.share_with_any_at_most);
    line("planner.share_with_any", as_percent(totals.share_with_any),
         at_most ? " " + texts.with("planner.share_at_most", {{"share", *at_most}}) : "");
    range("planner.places_per_district", places_per_district_range(totals));
    range("planner.per_1000", per_1000_range(totals));
    range("planner.not_reached", not_reached_range(totals));
    out += texts.with("planner.bins", {{"services", grouped(totals.services)},
                                       {"assigned", grouped(totals.services_assigned)},
                                       {"possible", grouped(totals.services_possible)},
                                       {"unlocated", grouped(totals.services_unlocated)},
                                       {"outside", grouped(totals.services_outside)}});
    return out + "\n";
}

/// What the capacities rest on: stated, assumed by the policy's rule, unknown.
std::string supply_line(const directory::SupplyBasis& basis, const Texts& texts) {
    return texts.with(basis.in_nights ? "planner.supply_nights" : "planner.supply_line",
                      {{"places", grouped(basis.places)},
                       {"capacity", figure_in_words(basis.capacity)},
                       {"at_most", figure_in_words(basis.capacity_at_most)},
                       {"schedule_unknown", grouped(basis.schedule_unknown)},
                       {"stated", grouped(basis.capacity_stated)},
                       {"assumed", grouped(basis.capacity_assumed)},
                       {"unknown", grouped(basis.capacity_unknown)}}) +
           "\n";
}

/// Which need it is, its sum, unit, period and list; or that nobody has imported it.
std::string need_line(const directory::Reader& reader, const directory::Coverage& coverage, const Texts& texts) {
    const auto& need = *coverage.need;
    const std::string& indicator = coverage.policy->need->indicator;
    if (need.sample == directory::k_no_index) {
        return texts.with("planner.need_missing", {{"indicator", indicator}}) + "\n";
    }
    const auto& row = reader.needs()[need.sample];
    std::string line = texts.with("planner.need_line", {{"indicator", indicator}});
    const auto add = [&](const std::string& more) {
        if (!more.empty()) {
            line += texts.get("list.separator") + more;
        }
    };
    add(fmt::format("{} {}", need.total ? figure_in_words(*need.total) : texts.get("figure.unknown"),
                    texts.get("unit." + std::string(code_of(row.reading.unit)))));
    add(period_in_words(row.reading, texts));
    if (row.list != directory::k_no_index) {
        add(reader.lists()[row.list].name);
    }
    return line + (need.is_plan ? " " + texts.get("planner.need_plan") : "") + "\n";
}

} // namespace

std::string coverage_in_words(const directory::Reader& reader, const directory::Coverage& coverage,
                              const Texts& texts) {
    std::string out = fmt::format("{} ({}, {})\n{}{}", coverage.policy->name.in(texts.language()),
                                  layer_in_words(coverage.layer->code, texts), directory::to_string(coverage.at),
                                  coverage_table(reader, coverage, texts), coverage_totals(coverage, texts));
    if (coverage.supply) {
        out += supply_line(*coverage.supply, texts);
    }
    if (coverage.need) {
        out += need_line(reader, coverage, texts);
    }
    return out;
}

} // namespace shirube::server
