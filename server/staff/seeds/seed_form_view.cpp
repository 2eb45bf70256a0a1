#include "server/staff/seeds/seed_form_view.hpp"

#include "directory/audience.hpp"
#include "directory/seeds/seed.hpp"
#include "directory/seeds/seed_lists.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/pages/use_terms_words.hpp"
#include "server/pages/words.hpp"
#include "server/staff/seeds/asking_form.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace shirube::server {

namespace {

using directory::SeedKind;
using directory::SeedProblem;
using directory::SeedTexts;

enum class Look : std::uint8_t { line, words, date, number, select, ticks, programmes, areas };

struct FormField {
    std::string_view code;
    Look look = Look::line;
    std::string_view label{}; ///< empty: "seeds.field_CODE"
    std::string_view hint{};
};

struct FormPart {
    std::string_view legend;
    std::vector<FormField> fields;
};

std::vector<FormPart> parts_of(SeedKind kind) {
    const bool is_offer = kind == SeedKind::offer;
    std::vector<FormPart> parts;
    if (is_offer) {
        parts.push_back({"seeds.part_who",
                         {{"organization", Look::line, {}, "seeds.organization_hint"},
                          {"site", Look::line, {}, "seeds.site_hint"}}});
    }
    parts.push_back({"seeds.part_what", {{"programmes", Look::programmes}}});
    std::vector<FormField> where{{"areas", Look::areas, is_offer ? "seeds.field_areas_offer" : "seeds.field_areas_want",
                                  is_offer ? "seeds.areas_hint_offer" : "seeds.areas_hint_want"}};
    if (is_offer) {
        where.push_back({"within_km", Look::number, {}, "seeds.within_hint"});
    }
    parts.push_back({"seeds.part_where", std::move(where)});
    parts.push_back({"seeds.part_how_much",
                     {{"amount", Look::number, is_offer ? "seeds.field_amount_offer" : "seeds.field_amount_want",
                       "seeds.amount_hint"},
                      {"unit", Look::select},
                      {"from_age", Look::number},
                      {"to_age", Look::number}}});
    parts.push_back(
        {"seeds.part_when",
         {{"from", Look::date}, {"nights", Look::select}, {"weekdays", Look::ticks, {}, "seeds.weekdays_hint"}}});
    parts.push_back({"seeds.part_terms",
                     {{"contracts", Look::ticks},
                      {"fee", Look::number, is_offer ? "seeds.field_fee_offer" : "seeds.field_fee_want"},
                      {"fee_per", Look::select},
                      {"terms", Look::words}}});
    parts.push_back({"seeds.part_contact",
                     {{"contact", Look::line, {}, "seeds.contact_hint"}, {"phone", Look::line}, {"mail", Look::line}}});
    parts.push_back({"seeds.part_stand",
                     {{"as_of", Look::date},
                      {"until", Look::date},
                      {"source", Look::line},
                      {"key", Look::line, {}, "seeds.key_hint"},
                      {"note", Look::words},
                      {"sharing", Look::select, {}, is_offer ? "seeds.sharing_hint_offer" : "seeds.sharing_hint_want"},
                      {"state", Look::select}}});
    return parts;
}

/// What a form cannot be kept without, as read_seed() asks for it; empty where it can.
std::string_view needed_in_words(std::string_view field) {
    if (field == "phone" || field == "mail") {
        return "seeds.needed_either";
    }
    return field == "organization" || field == "programmes" || field == "contact" ? "seeds.needed" : "";
}

class FormView {
  public:
    FormView(const Context& context, SeedKind kind, const SeedTexts& texts, const std::vector<SeedProblem>& problems,
             const Texts& words)
        : context_(context),
          reader_(context.reader()),
          kind_(kind),
          given_(texts),
          problems_(problems),
          texts_(words) {}

    void fill(View body) {
        if (!problems_.empty()) {
            View summary = body.section("PROBLEMS");
            for (const auto& problem : problems_) {
                View line = summary.section("PROBLEM");
                line.set("AT", problem.field);
                line.words("FIELD_NAME", texts_.get(label_of(problem.field)));
                line.words("SENTENCE", seed_problem_in_words(problem, texts_));
            }
        }
        for (const auto& part : parts_of(kind_)) {
            View fieldset = body.section("PART");
            fieldset.words("LEGEND", texts_.get(part.legend));
            for (const auto& field : part.fields) {
                fill_field(fieldset.include("FIELDS", "staff-seed-field.html"), field);
            }
        }
        std::set<std::string> names;
        constexpr std::size_t k_most_names = 500;
        for (const std::uint32_t organization : reader_.organizations().indices()) {
            if (kind_ == SeedKind::offer && names.size() < k_most_names) {
                names.insert(reader_.organizations()[organization].name);
            }
        }
        for (const auto& name : names) {
            body.section("ORGANIZATION_NAME").set("NAME", name);
        }
    }

  private:
    [[nodiscard]] std::string_view given(std::string_view field) const {
        const auto found = given_.find(field);
        return found == given_.end() ? std::string_view{} : std::string_view{found->second};
    }

    [[nodiscard]] std::string label_of(std::string_view code) const {
        for (const auto& part : parts_of(kind_)) {
            for (const auto& field : part.fields) {
                if (field.code == code && !field.label.empty()) {
                    return std::string(field.label);
                }
            }
        }
        return "seeds.field_" + std::string(code);
    }

    void fill_field(View view, const FormField& field) {
        switch (field.look) {
            case Look::line:
            case Look::number:
            case Look::date:
                fill_frame(view.section("INPUT"), field);
                break;
            case Look::words:
                fill_frame(view.section("WORDS_FIELD"), field);
                break;
            case Look::select: {
                View select = view.section("SELECT");
                fill_frame(select, field);
                for (const auto& [value, words] : choices_of(field.code)) {
                    View option = select.section("OPTION");
                    option.set("VALUE", value);
                    option.set("WORDS", words);
                    option.show_if(value == given(field.code), "CHOSEN");
                }
                break;
            }
            case Look::ticks: {
                View ticks = view.section("TICKS");
                fill_frame(ticks, field);
                const auto chosen = chosen_of(field.code);
                for (const auto& [value, words] : choices_of(field.code)) {
                    add_tick(ticks, field.code, value, words, chosen.contains(value));
                }
                break;
            }
            case Look::programmes:
                fill_programmes(view.section("PROGRAMMES"), field);
                break;
            case Look::areas:
                fill_areas(view.section("AREAS"), field);
                break;
        }
    }

    void fill_frame(View view, const FormField& field) {
        view.set("CODE", field.code);
        view.set("VALUE", given(field.code));
        view.set("TYPE", field.look == Look::date ? "date" : "text");
        view.set("MOST", static_cast<std::int64_t>(field.look == Look::words ? directory::k_longest_seed_words
                                                                             : directory::k_longest_seed_line));
        view.words("LABEL", texts_.get(label_of(field.code)));
        if (const auto needed = needed_in_words(field.code); !needed.empty()) {
            view.section("NEEDED").words("NEEDED_WORDS", texts_.get(needed));
        }
        view.show_if(field.look == Look::number, "IS_NUMBER");
        view.show_if(field.code == "organization", "HAS_NAMES");
        if (!field.hint.empty()) {
            view.section("HINT").words("HINT_WORDS", texts_.get(field.hint));
        }
        for (const auto& problem : problems_) {
            if (problem.field == field.code) {
                view.section("WRONG").words("SENTENCE", seed_problem_in_words(problem, texts_));
                view.show("INVALID");
            }
        }
    }

    static void add_tick(View view, std::string_view field, std::string_view value, std::string_view words,
                         bool is_chosen) {
        View tick = view.section("TICK");
        tick.set("FIELD", field);
        tick.set("VALUE", value);
        tick.set("WORDS", words);
        tick.show_if(is_chosen, "CHOSEN");
    }

    [[nodiscard]] std::set<std::string> chosen_of(std::string_view field) const {
        if (field == "weekdays") {
            std::set<std::string> days;
            const auto mask = directory::parse_seed_weekdays(given(field)).value_or(0);
            for (unsigned day = 0; day < k_days; ++day) {
                if ((mask >> day & 1U) != 0) {
                    days.insert(directory::seed_weekdays_text(static_cast<directory::WeekdayMask>(1U << day)));
                }
            }
            return days;
        }
        const auto list = directory::seed_list_of(given(field));
        return {list.begin(), list.end()};
    }

    [[nodiscard]] std::vector<std::pair<std::string, std::string>> choices_of(std::string_view field) const {
        std::vector<std::pair<std::string, std::string>> all;
        const auto add = [&](std::string_view code, std::string_view prefix) {
            all.emplace_back(code, texts_.get(std::string(prefix) + std::string(code)));
        };
        if (field == "unit" || field == "fee_per" || field == "nights") {
            all.emplace_back("", texts_.get("seeds.not_stated"));
        }
        if (field == "unit") {
            for (const auto unit : directory::k_seed_units) {
                add(code_of(unit), "unit.");
            }
        } else if (field == "fee_per") {
            for (const auto per : directory::k_fee_pers) {
                add(code_of(per), "seeds.per_");
            }
        } else if (field == "nights") {
            add("yes", "seeds.nights_");
            add("no", "seeds.nights_");
        } else if (field == "contracts") {
            for (const auto contract : directory::k_seed_contracts) {
                all.emplace_back(code_of(contract), contract_in_words(contract, texts_));
            }
        } else if (field == "weekdays") {
            for (int day = 0; day < static_cast<int>(k_days); ++day) {
                all.emplace_back(
                    directory::seed_weekdays_text(static_cast<directory::WeekdayMask>(1U << unsigned(day))),
                    weekday_in_words(day, texts_));
            }
        } else if (field == "sharing") {
            for (const auto sharing : directory::k_seed_sharings) {
                if (kind_ == SeedKind::offer || sharing != directory::SeedSharing::area) {
                    add(code_of(sharing), "seeds.sharing_");
                }
            }
        } else if (field == "state") {
            for (const auto state : directory::k_seed_states) {
                add(code_of(state), "seeds.state_");
            }
        }
        return all;
    }

    void fill_programmes(View view, const FormField& field) {
        fill_frame(view, field);
        const auto chosen = chosen_of(field.code);
        const auto& taxonomy = reader_.taxonomy();
        View groups = view.include("FAMILIES", "policy-programmes.html");
        const auto programmes = static_cast<directory::ProgrammeIndex>(taxonomy.programmes().size());
        for (directory::ProgrammeIndex family = 0; family < programmes; ++family) {
            if (!taxonomy.is_family(family)) {
                continue;
            }
            View group = groups.section("FAMILY");
            group.words("FAMILY_NAME", taxonomy.at(family).label.in(texts_.language()));
            bool any = false;
            for (const auto programme : taxonomy.with_descendants(family)) {
                const auto& of = taxonomy.at(programme);
                if (programme == family || of.visibility > reader_.audience().sees()) {
                    continue; // a whole family is taken on by nobody
                }
                View box = group.section("PROGRAMME");
                box.set("FIELD", field.code);
                box.set("CODE", of.code);
                box.set("LABEL", of.label.in(texts_.language()));
                box.show_if(chosen.contains(of.code), "CHOSEN");
                any = any || chosen.contains(of.code);
            }
            group.show_if(any, "OPEN");
        }
    }

    /// Municipalities and the own districts to tick; anything else as text.
    void fill_areas(View view, const FormField& field) {
        fill_frame(view, field);
        auto chosen = chosen_of(field.code);
        const auto& owner = context_.staff->owner;
        std::vector<std::pair<std::string, std::string>> offered;
        if (kind_ == SeedKind::offer) {
            for (const auto& [code, name] : facts_of(reader_, context_.now.day)->municipalities) {
                if (directory::owner_of(code) == code) {
                    offered.emplace_back(code, name);
                }
            }
        }
        if (const auto* layer = usual_layer(reader_)) {
            for (std::uint32_t i = layer->first; i < layer->first + layer->count; ++i) {
                const auto& district = reader_.districts()[i];
                if (directory::owner_of(district.municipality) == owner) {
                    offered.emplace_back(layer->code + ":" + district.code, district.name);
                }
            }
        }
        for (const auto& [value, words] : offered) {
            add_tick(view, field.code, value, words, chosen.erase(value) > 0);
        }
        const std::vector<std::string> rest(chosen.begin(), chosen.end());
        view.set("REST", directory::seed_text_of(rest));
        view.words("REST_LABEL", texts_.get("seeds.areas_more"));
    }

    static constexpr unsigned k_days = 7;

    const Context& context_;
    const directory::Reader& reader_;
    SeedKind kind_;
    const SeedTexts& given_;
    const std::vector<SeedProblem>& problems_;
    const Texts& texts_;
};

} // namespace

void fill_seed_form(View body, const Context& context, SeedKind kind, const SeedTexts& texts,
                    const std::vector<SeedProblem>& problems) {
    FormView(context, kind, texts, problems, body.texts()).fill(body);
}

SeedTexts seed_form_texts(const Query& fields) {
    SeedTexts texts;
    for (const auto& field : directory::seed_fields()) {
        std::string all;
        for (const auto& [name, value] : fields) {
            if (name == field.code && !value.empty()) {
                all += (all.empty() ? "" : ";") + value;
            }
        }
        texts.emplace(field.code, std::move(all));
    }
    return texts;
}

} // namespace shirube::server
