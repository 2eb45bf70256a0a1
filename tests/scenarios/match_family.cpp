#include "match_family.hpp"

#include "directory/embedded_file.hpp"

#include <algorithm>
#include <stdexcept>

namespace shirube::scenarios {

using namespace directory;
using nlohmann::json;

const MatchRules& shipped_rules() { return *shipped_match_rules(); }

json shipped_rules_document() {
    for (const auto& file : embedded_data()) {
        if (file.path == "match/default.json") {
            return json::parse(file.content);
        }
    }
    throw std::logic_error("there are no shipped rules");
}

MatchRules rules_from(const json& document) {
    auto rules = parse_match_rules(document, Taxonomy::shipped());
    if (!rules) {
        throw std::runtime_error(rules.error().pointer + ": " + rules.error().message);
    }
    return *std::move(rules);
}

MatchRules with_rules(const std::vector<json>& rules) {
    json document = shipped_rules_document();
    json all = rules;
    all.insert(all.end(), document["rules"].begin(), document["rules"].end());
    document["rules"] = std::move(all);
    return rules_from(document);
}

MatchRules without_rules() {
    json document = shipped_rules_document();
    document["rules"] = json::array();
    return rules_from(document);
}

json rule(std::string_view code, std::string_view kind, const json& members, const json& cases) {
    json made = members;
    made["code"] = code;
    made["kind"] = kind;
    made["label"] = {{"ja", code}, {"ja_easy", code}, {"en", code}};
    made["source"] = "町の実務";
    made["cases"] = cases;
    return made;
}

FamilyOf& FamilyOf::lives(geo::LonLat point) {
    family.places.push_back({PlaceRole::home, point});
    return *this;
}
FamilyOf& FamilyOf::learns(geo::LonLat point) {
    family.places.push_back({PlaceRole::school, point});
    return *this;
}
FamilyOf& FamilyOf::works(geo::LonLat point) {
    family.places.push_back({PlaceRole::work, point});
    return *this;
}

FamilyOf& FamilyOf::person(FamilyPerson person, std::initializer_list<std::string_view> needs) {
    for (const auto code : needs) {
        person.needs.push_back(rules_.find_need(code).value());
    }
    family.people.push_back(std::move(person));
    return *this;
}
FamilyOf& FamilyOf::child(int age_months, std::initializer_list<std::string_view> needs) {
    return person({PersonKind::child, age_months, std::nullopt, 0, {}}, needs);
}
FamilyOf& FamilyOf::pupil(int age_months, LifeStage stage, std::initializer_list<std::string_view> needs) {
    return person({PersonKind::child, age_months, stage, 0, {}}, needs);
}
FamilyOf& FamilyOf::parent(std::initializer_list<std::string_view> needs) {
    return person({PersonKind::parent, std::nullopt, std::nullopt, 0, {}}, needs);
}
FamilyOf& FamilyOf::expecting(std::initializer_list<std::string_view> needs) {
    return person({PersonKind::expecting, std::nullopt, std::nullopt, 0, {}}, needs);
}
FamilyOf& FamilyOf::on(WeekdayMask weekdays, int from_hour, int to_hour) {
    family.when = TimeWindow{weekdays, from_hour * 60, to_hour * 60};
    return *this;
}
FamilyOf& FamilyOf::goes(TravelMode mode) {
    family.mode = mode;
    return *this;
}
FamilyOf& FamilyOf::minds_neighbours() {
    family.worries = bit_of(Worry::neighbours);
    return *this;
}

MatchAnswer FamilyOf::ask(const Reader& reader, std::string_view when) const {
    return match(reader, rules_, family, at(when));
}

namespace {

std::string name_of(const Reader& reader, std::uint32_t service) {
    return reader.sites()[reader.services()[service].site].name;
}

void add(std::string& words, const std::string& more, std::string_view between) {
    words += (words.empty() ? "" : std::string{between}) + more;
}

} // namespace

std::string choices(const Reader& reader, const MatchAnswer& answer, std::size_t pair) {
    std::string words;
    for (const auto& choice : answer.choices.at(pair)) {
        add(words, name_of(reader, answer.shortlist[choice.entry].service) + (choice.is_farther ? "(farther)" : ""),
            " ");
    }
    return words;
}

std::string left_out(const Reader& reader, const MatchAnswer& answer) {
    std::string words;
    for (const auto& excluded : answer.excluded) {
        add(words,
            name_of(reader, excluded.service) + ": " +
                std::string{words_of(excluded.reasons.front().reasons.front().code).word},
            ", ");
    }
    return words;
}

std::string reasons(const Reader& reader, const MatchAnswer& answer, std::string_view name) {
    std::string words;
    for (const auto& entry : answer.shortlist) {
        if (name_of(reader, entry.service) == name) {
            for (const auto& reason : entry.fits.front().reasons) {
                add(words, std::string{words_of(reason.code).word}, " ");
            }
        }
    }
    return words;
}

std::string combinations(const Reader& reader, const MatchAnswer& answer) {
    std::string words;
    for (const auto& combination : answer.combinations) {
        std::string parts;
        for (const auto part : combination.parts) {
            add(parts, name_of(reader, answer.shortlist[part].service), "+");
        }
        add(words, parts, ", ");
    }
    return words;
}

} // namespace shirube::scenarios
