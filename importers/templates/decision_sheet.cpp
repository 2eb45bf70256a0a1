#include "importers/templates/decision_sheet.hpp"

#include "importers/corrections.hpp"
#include "importers/sheets/harmless_cell.hpp"

#include <fmt/format.h>

#include <string_view>
#include <vector>

namespace shirube::importers {

namespace {

using directory::Decider;

std::string words_of(const directory::DoubtfulPlaces::Side& side) {
    return harmless(fmt::format("{} {}{}", side.name, side.municipality, side.address));
}

} // namespace

std::string decision_file(const directory::Store& store, directory::Day today, TemplateForm form) {
    ListTemplate list = *find_template(k_corrections_profile);
    list.columns.clear();
    for (const std::string_view column :
         {k_correction_target, k_correction_target_name, k_correction_other, k_correction_other_name,
          k_correction_verdict, k_correction_on, k_correction_by, k_correction_reason}) {
        list.columns.emplace_back(column);
    }
    list.examples.clear();
    for (const auto& written : store.corrections()) {
        const auto& decided = written.correction;
        if (decided.is_decision()) {
            list.examples.push_back(
                {decided.target, harmless(store.stated_as(decided.target)), decided.other,
                 harmless(store.stated_as(decided.other)), std::string(decided.same ? k_verdict_same : k_verdict_apart),
                 decided.on ? directory::to_string(*decided.on) : std::string{},
                 std::string(directory::label_of(decided.by.value_or(Decider::other))), harmless(decided.reason)});
        }
    }
    for (const auto& pair : store.doubtful_places()) {
        list.examples.push_back({pair.a.id,
                                 words_of(pair.a),
                                 pair.b.id,
                                 words_of(pair.b),
                                 {},
                                 directory::to_string(today),
                                 std::string(directory::label_of(Decider::coordinator)),
                                 harmless(pair.reason_ja)});
    }
    return template_file(list, form);
}

} // namespace shirube::importers
