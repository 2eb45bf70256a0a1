#include "server/staff/match/unmet_count.hpp"

#include "server/numbers.hpp"
#include "server/staff/unmet_words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace shirube::server {

namespace {

using directory::LifeStage;
using directory::UnmetBand;

UnmetBand band_of(const directory::FamilyPerson& person) {
    if (person.kind != directory::PersonKind::child) {
        return UnmetBand::parents;
    }
    if (person.age_months) {
        return directory::unmet_band_of(*person.age_months);
    }
    switch (person.stage.value_or(LifeStage::pregnancy)) {
        case LifeStage::infant:
            return UnmetBand::years_0_2;
        case LifeStage::preschool:
            return UnmetBand::years_3_5;
        case LifeStage::elementary:
            return UnmetBand::years_6_11;
        case LifeStage::junior_high:
            return UnmetBand::years_12_14;
        case LifeStage::high:
            return UnmetBand::years_15_17;
        case LifeStage::youth:
        case LifeStage::young_adult:
            return UnmetBand::years_18_39;
        case LifeStage::pregnancy:
            break;
    }
    return UnmetBand::unknown;
}

std::string district_of(const directory::Reader& reader, const directory::Family& family) {
    const auto home = std::ranges::find(family.places, directory::PlaceRole::home, &directory::FamilyPlace::role);
    if (home == family.places.end()) {
        return {}; // where they work or learn may be in another town
    }
    const auto layer = std::ranges::find(reader.layers(), k_unmet_layer, &directory::Layer::code);
    std::string code;
    if (layer != reader.layers().end()) {
        // On a border and where districts overlap, the lowest code: as in every count by district.
        for (const auto district : reader.districts_at(*layer, home->position)) {
            const auto& of = reader.districts()[district].code;
            code = code.empty() || of < code ? of : code;
        }
    }
    return code;
}

} // namespace

directory::UnmetKey unmet_key_of(const Context& context, const directory::Family& family,
                                 const directory::MatchRules& rules, const directory::MatchPair& pair) {
    const std::chrono::year_month_day today{context.now.day};
    return {.owner = context.staff == nullptr ? std::string{} : context.staff->owner,
            .month = today.year() / today.month(),
            .district = district_of(context.reader(), family),
            .band = band_of(family.people.at(pair.person)),
            .need = rules.needs.at(pair.need).code};
}

std::string unmet_in_words(const directory::UnmetKey& key, const Context& context, const std::string& need,
                           const Texts& texts) {
    return texts.with("unmet.four",
                      {{"month", month_in_words(key.month, texts)},
                       {"district", key.district.empty() ? texts.get("unmet.nowhere")
                                                         : unmet_district_name(context.reader(), key.district)},
                       {"band", band_in_words(key.band, texts)},
                       {"need", need}});
}

std::string unmet_field(const directory::MatchPair& pair, const directory::MatchRules& rules) {
    return fmt::format("{}:{}", pair.person, rules.needs.at(pair.need).code);
}

std::optional<directory::MatchPair> unmet_pair_of(std::string_view value, const directory::Family& family,
                                                  const directory::MatchRules& rules) {
    const auto colon = value.find(':');
    const auto person = parse_digits(value.substr(0, colon));
    const auto need =
        colon == std::string_view::npos ? std::optional<std::size_t>{} : rules.find_need(value.substr(colon + 1));
    if (!person || !need || static_cast<std::size_t>(*person) >= family.people.size()) {
        return std::nullopt;
    }
    const auto& needs = family.people[static_cast<std::size_t>(*person)].needs;
    return std::ranges::find(needs, *need) == needs.end()
               ? std::nullopt
               : std::optional(directory::MatchPair{static_cast<std::size_t>(*person), *need});
}

} // namespace shirube::server
