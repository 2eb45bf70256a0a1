#include "server/pages/figures.hpp"

#include "server/pages/words.hpp"

#include <cmath>

namespace shirube::server {

namespace {

/// What a figure of a district and of the totals is told from.
template <class Of>
FigureRange not_reached_of(const Of& of) {
    return {as_count(not_reached(of.children, of.children_covered_at_most)),
            as_count(not_reached(of.children, of.children_covered)), of.covered_withheld};
}
template <class Of>
FigureRange share_covered_of(const Of& of) {
    return {as_percent(of.share_covered), as_percent(of.share_covered_at_most), of.covered_withheld};
}
template <class Of>
FigureRange per_1000_of(const Of& of) {
    return {as_decimal(of.per_1000_children, 2), as_decimal(of.per_1000_children_at_most, 2), of.children_withheld};
}

} // namespace

void set_figure(View view, std::string_view name, const std::optional<std::string>& value, bool is_withheld) {
    if (value) {
        view.section(std::string(name) + "_KNOWN").set("VALUE", *value);
    } else {
        view.show(std::string(name) + (is_withheld ? "_WITHHELD" : "_UNKNOWN"));
    }
}

void set_range(View view, std::string_view name, const FigureRange& range) {
    const auto& [least, most, is_withheld] = range;
    if (least == most) {
        set_figure(view, name, least, is_withheld);
        return;
    }
    View section = view.section(std::string(name) + (!least ? "_AT_MOST" : !most ? "_AT_LEAST" : "_RANGE"));
    section.set("LEAST", least.value_or(""));
    section.set("MOST", most.value_or(""));
}

std::string range_in_words(const FigureRange& range, const Texts& texts) {
    const auto& [least, most, is_withheld] = range;
    if (least == most) {
        return least.value_or(texts.get(is_withheld ? "figure.withheld" : "figure.unknown"));
    }
    return texts.with(!least  ? "figure.at_most"
                      : !most ? "figure.at_least"
                              : "figure.range",
                      {{"least", least.value_or("")}, {"most", most.value_or("")}});
}

FigureRange not_reached_range(const directory::DistrictCoverage& of) { return not_reached_of(of); }
FigureRange not_reached_range(const directory::CoverageTotals& of) { return not_reached_of(of); }
FigureRange share_covered_range(const directory::DistrictCoverage& of) { return share_covered_of(of); }
FigureRange share_covered_range(const directory::CoverageTotals& of) { return share_covered_of(of); }
FigureRange per_1000_range(const directory::DistrictCoverage& of) { return per_1000_of(of); }
FigureRange per_1000_range(const directory::CoverageTotals& of) { return per_1000_of(of); }
FigureRange places_per_district_range(const directory::CoverageTotals& of) {
    return {as_decimal(of.places_per_district, 2), as_decimal(of.places_per_district_at_most, 2), false};
}

std::optional<std::string> as_count(std::optional<std::int64_t> number) {
    return number ? std::optional(grouped(*number)) : std::nullopt;
}

std::optional<std::string> as_percent(std::optional<double> share) {
    return share ? std::optional(percent(*share)) : std::nullopt;
}

std::optional<std::string> as_decimal(std::optional<double> value, int places) {
    if (!value) {
        return std::nullopt;
    }
    // A small figure must not read as none.
    const bool would_vanish = *value > 0 && *value < 0.01;
    const int digits = would_vanish ? places + 2 : places;
    // A half goes up, as sheets say and spreadsheets do: a format alone would send 1.125 to 1.12.
    const double tens = std::pow(10, digits);
    return decimal(std::round(*value * tens) / tens, digits);
}

std::optional<std::int64_t> not_reached(std::optional<std::int64_t> children, std::optional<std::int64_t> covered) {
    return children && covered ? std::optional(*children - *covered) : std::nullopt;
}

void set_tier(View view, directory::Tier tier) {
    view.set("TIER", directory::code_of(tier));
    view.words("TIER_WORDS", directory::label_of(tier).in(view.texts().language()));
}

std::string notes_in_words(const directory::DistrictCoverage& district, const Texts& texts) {
    std::string out;
    for (const auto& note : district.notes) {
        out += (out.empty() ? "" : texts.get("list.separator")) + texts.get_or("note." + note, note);
    }
    return out;
}

} // namespace shirube::server
