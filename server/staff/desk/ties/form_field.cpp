#include "server/staff/desk/ties/form_field.hpp"

#include "directory/calendar.hpp"
#include "directory/reports.hpp"
#include "importers/cleaning/text.hpp"

#include <algorithm>

namespace shirube::server {

void fill_field(View view, const FormField& field, std::string_view at, std::string_view value,
                const FieldOptions& options, std::string_view names, const Faults& faults) {
    const std::string id = std::string(field.name) + "-" + std::string(at);
    const Texts& texts = view.texts();
    view.set("ID", id);
    view.set("FIELD", field.name);
    view.set("VALUE", value);
    view.words("LABEL", texts.get(field.label));
    std::string described;
    if (!field.hint.empty()) {
        view.section("HINT").words("HINT_WORDS", texts.get(field.hint));
        described = id + "-hint";
    }
    if (const auto fault = faults.find(field.name); fault != faults.end()) {
        view.section("FAULT").words("SENTENCE", fault->second);
        described += (described.empty() ? "" : " ") + id + "-fault";
    }
    view.set_if_any("DESCRIBED", described);
    if (field.most > 0) {
        view.set_if_any("MOST", std::to_string(field.most));
    }
    switch (field.shape) {
        case FieldShape::day:
            view.show("DAY");
            return;
        case FieldShape::choice: {
            View choice = view.section("CHOICE");
            for (const auto& [option, words] : options) {
                View each = choice.section("OPTION");
                each.set("OPTION_VALUE", option);
                each.set("OPTION_WORDS", words);
                each.show_if(option == value, "CHOSEN");
            }
            return;
        }
        case FieldShape::number:
            view.show("NUMERIC");
            break;
        case FieldShape::name:
            view.set_if_any("NAMES", names);
            break;
        case FieldShape::text:
            break;
    }
    view.show("INPUT");
}

std::string line_of(std::string_view text) { return importers::clean_text(directory::clean_report_text(text)).text; }

void check_length(const FormField& field, const std::string& value, const Texts& texts, Faults& faults) {
    if (field.most > 0 && directory::characters_in(value) > field.most) {
        faults.emplace(field.name, texts.with("desk.tie_long", {{"most", std::to_string(field.most)}}));
    }
}

void check_day(const FormField& field, const std::string& value, const Texts& texts, Faults& faults) {
    using namespace std::chrono;
    constexpr auto k_first = 1900y / January / 1;
    constexpr auto k_last = 2199y / December / 31;
    const auto day = directory::parse_day(value);
    if (!value.empty() && (!day || *day < directory::Day{k_first} || *day > directory::Day{k_last})) {
        faults.emplace(field.name, texts.get("desk.tie_day_wrong"));
    }
}

} // namespace shirube::server
