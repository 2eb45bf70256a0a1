#include "server/staff/match/match_question.hpp"

#include "directory/minutes.hpp"
#include "directory/policy/document_reader.hpp"
#include "directory/policy/policy_words.hpp"
#include "directory/stage_ages.hpp"
#include "server/pages/search/typed_place.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace shirube::server {

namespace {

using directory::DocumentReader;
using directory::Fault;
using nlohmann::json;

constexpr int k_most_months = 40 * 12;
constexpr std::size_t k_most_named = 50;
constexpr std::size_t k_most_address = 300;

template <class Parse>
auto word_of(const DocumentReader& entry, Parse parse, const Fault& otherwise) {
    const auto word = entry.maybe_text();
    const auto value = word ? parse(*word) : decltype(parse(std::string_view{})){};
    if (!value) {
        entry.fail(otherwise);
    }
    return *value;
}

class Question {
  public:
    Question(const json& body, const Context& context) : body_(body), document_(body, ""), context_(context) {}

    MatchQuestion read() {
        document_.refuse_others(
            {"near", "people", "when", "mode", "municipality", "worries", "refused", "used", "rules", "at"});
        question_.rules = rules();
        question_.at = instant();
        read_municipality();
        if (document_.has("near")) { // where they live may be what nobody is to know
            document_.each("near", 0, directory::k_most_places,
                           {"\"near\" lists at most four places, each with a role and a point or an address.",
                            "near に書ける場所は、4か所までです。"},
                           [&](const DocumentReader& entry) { add_place(entry); });
        }
        document_.each("people", 1, directory::k_most_people,
                       {"\"people\" lists one to twelve people.", "people に、1人から12人までを書いてください。"},
                       [&](const DocumentReader& entry) { add_person(entry); });
        auto& family = question_.family;
        if (std::ranges::all_of(family.people, [](const auto& person) { return person.needs.empty(); })) {
            document_.fail_at("people", {"Somebody must need something: \"needs\" of one of the people.",
                                         "だれか一人は、困りごと（needs）を書いてください。"});
        }
        if (const auto when =
                document_.maybe_object("when", {"\"when\" has weekdays, from and to.",
                                                "when に、曜日（weekdays）と時刻（from、to）を書いてください。"})) {
            family.when = window(*when);
        }
        if (document_.has("mode")) {
            family.mode = word_of(
                document_.member("mode"), directory::parse_travel_mode,
                {"A way is walk, bicycle, car or fetched.", "行き方は walk、bicycle、car、fetched のどれかです。"});
        }
        if (document_.has("worries")) {
            const Fault fault{"A worry is neighbours.", "気がかりに書けるのは neighbours です。"};
            document_.each("worries", 0, 4, fault, [&](const DocumentReader& entry) {
                family.worries = static_cast<std::uint8_t>(
                    family.worries | directory::bit_of(word_of(entry, directory::parse_worry, fault)));
            });
        }
        read_named("refused", family.refused, family.refused_services);
        read_named("used", family.used, family.used_services);
        return std::move(question_);
    }

  private:
    std::shared_ptr<const directory::MatchRules> rules() const {
        const auto offered = context_.reader().match_rules();
        if (!document_.has("rules")) {
            return offered.front();
        }
        const auto id = document_.text("rules");
        const auto found = std::ranges::find_if(offered, [&](const auto& rules) { return rules->id == id; });
        if (found == offered.end()) {
            document_.fail_at("rules", {"There are no rules of this id; see /api/v1/staff/match/needs.",
                                        "この記号の決まりはありません。"});
        }
        return *found;
    }

    directory::Instant instant() const {
        if (!document_.has("at")) {
            return context_.now;
        }
        const auto at = directory::parse_instant(document_.text("at"));
        if (!at) {
            document_.fail_at("at", {"A time is written 2026-11-21T14:00.", "日時は 2026-11-21T14:00 の形です。"});
        }
        return *at;
    }

    void read_municipality() {
        if (!document_.has("municipality")) {
            return;
        }
        auto code = document_.text("municipality");
        if (code.size() != 5 || !std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; })) {
            document_.fail_at("municipality",
                              {"A municipality is a code of five digits.", "市区町村は5桁の番号で書いてください。"});
        }
        question_.family.municipality = std::move(code);
    }

    void add_place(const DocumentReader& entry) {
        entry.refuse_others({"role", "point", "address"});
        const std::size_t number = question_.family.places.size();
        const auto role = entry.has("role") ? word_of(entry.member("role"), directory::parse_place_role,
                                                      {"A place is home, school, work or other.",
                                                       "場所は home、school、work、other のどれかです。"})
                                            : directory::PlaceRole::home;
        if (entry.has("point") == entry.has("address")) {
            entry.fail(
                {"A place has either a point or an address.", "point か address のどちらか一つを書いてください。"});
        }
        FoundPlace found;
        const auto position = entry.has("point") ? point(entry, body_["near"][number]["point"]) : located(entry, found);
        question_.family.places.push_back({role, position, found.accuracy_m});
        question_.found.push_back(found);
    }

    static geo::LonLat point(const DocumentReader& entry, const json& value) {
        if (value.is_array() && value.size() == 2 && value[0].is_number() && value[1].is_number()) {
            const geo::LonLat point{value[0].get<double>(), value[1].get<double>()};
            if (std::abs(point.lon) <= 180 && std::abs(point.lat) < 90) {
                return point;
            }
        }
        entry.fail_at("point", {"A point is [longitude, latitude] in degrees.",
                                "point は [経度, 緯度] の形で、度で書いてください。"});
    }

    geo::LonLat located(const DocumentReader& entry, FoundPlace& found) const {
        const auto address = entry.text("address");
        const bool may_be_one = !address.empty() && address.size() <= k_most_address;
        const auto places =
            may_be_one ? places_typed(address, context_, question_.family.municipality) : std::vector<TypedPlace>{};
        if (places.size() != 1) {
            entry.fail_at("address", {"No single place is known by this address: write more of it, or give a point.",
                                      "この住所の場所が一つに決まりません。くわしく書くか、point で書いてください。"});
        }
        found = {places.front().quality, places.front().accuracy_m};
        return places.front().position;
    }

    void add_person(const DocumentReader& entry) {
        entry.refuse_others({"kind", "age_months", "stage", "is", "needs"});
        directory::FamilyPerson person;
        if (entry.has("kind")) {
            person.kind =
                word_of(entry.member("kind"), directory::parse_person_kind,
                        {"A person is child, parent or expecting.", "人は child、parent、expecting のどれかです。"});
        }
        const bool is_child = person.kind == directory::PersonKind::child;
        if (entry.has("age_months")) {
            person.age_months = entry.whole("age_months", 0, 0, k_most_months);
        }
        if (entry.has("stage")) {
            person.stage =
                word_of(entry.member("stage"), directory::parse_life_stage,
                        {"A stage is infant, preschool, elementary, junior_high, high, youth or young_adult.",
                         "段階は infant、preschool、elementary、junior_high、high、youth、young_adult の"
                         "どれかです。"});
        }
        if (!is_child && (person.age_months || person.stage)) {
            entry.fail({"Only a child has an age and a stage here.", "月齢と段階を書けるのは child だけです。"});
        }
        if (person.age_months && person.stage && !directory::can_be_in(*person.stage, *person.age_months)) {
            entry.fail_at("stage", {"Nobody of this age is in this stage: give one of the two.",
                                    "この年齢では、この段階になりません。どちらか一つを書いてください。"});
        }
        if (entry.has("is")) {
            const Fault fault{"What somebody is: young_carer, foreign_roots, disability.",
                              "is に書けるのは young_carer、foreign_roots、disability です。"};
            entry.each("is", 0, 3, fault, [&](const DocumentReader& word) {
                const auto value = word_of(word, directory::parse_code<directory::ForWhom>, fault);
                if (value == directory::ForWhom::expecting || value == directory::ForWhom::parents) {
                    word.fail(fault);
                }
                person.is = static_cast<std::uint8_t>(person.is | directory::bit_of(value));
            });
        }
        if (entry.has("needs")) {
            entry.each("needs", 0, directory::k_most_needs_each,
                       {"\"needs\" lists at most eight codes of /api/v1/staff/match/needs.",
                        "needs には、困りごとの記号を8つまで書いてください。"},
                       [&](const DocumentReader& code) { add_need(code, person); });
        }
        question_.family.people.push_back(std::move(person));
    }

    void add_need(const DocumentReader& code, directory::FamilyPerson& person) const {
        const auto need = word_of(code, [&](std::string_view word) { return question_.rules->find_need(word); },
                                  {"The rules have no need of this code; see /api/v1/staff/match/needs.",
                                   "この記号の困りごとは、決まりにありません。"});
        if (std::ranges::find(person.needs, need) == person.needs.end()) {
            person.needs.push_back(need);
        }
    }

    static int minute(const DocumentReader& window, const char* name, int otherwise) {
        if (!window.has(name)) {
            return otherwise;
        }
        const auto text = window.text(name);
        const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
        const bool is_shaped =
            text.size() == 5 && text[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4) && text[3] < '6';
        const int minutes = is_shaped
                                ? ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0'
                                : directory::k_minutes_a_day + 1;
        if (minutes > directory::k_minutes_a_day) {
            window.fail_at(
                name, {"A time is written HH:MM, up to 24:00.", "時刻は HH:MM の形で、24:00 までで書いてください。"});
        }
        return minutes;
    }

    static directory::TimeWindow window(const DocumentReader& when) {
        when.refuse_others({"weekdays", "from", "to"});
        directory::TimeWindow window;
        if (when.has("weekdays")) {
            const Fault fault{"\"weekdays\" lists mon, tue, wed, thu, fri, sat, sun.",
                              "曜日（weekdays）は mon、tue、wed、thu、fri、sat、sun の並びです。"};
            unsigned days = 0;
            when.each("weekdays", 1, directory::k_weekdays.size(), fault, [&](const DocumentReader& entry) {
                const auto parse = [](std::string_view word) {
                    const auto* const found = std::ranges::find(directory::k_weekdays, word);
                    return found == directory::k_weekdays.end()
                               ? std::nullopt
                               : std::optional(static_cast<unsigned>(found - directory::k_weekdays.begin()));
                };
                days |= 1U << word_of(entry, parse, fault);
            });
            window.weekdays = static_cast<directory::WeekdayMask>(days);
        }
        window.from_minute = minute(when, "from", 0);
        window.to_minute = minute(when, "to", directory::k_minutes_a_day);
        if (window.to_minute == window.from_minute || window.from_minute == directory::k_minutes_a_day) {
            when.fail_at("to", {"\"to\" must not be \"from\"; a whole day is 00:00 to 24:00.",
                                "終わりの時刻が始まりと同じです。一日中は 00:00 から 24:00 と書いてください。"});
        }
        if (window.to_minute < window.from_minute) {
            window.to_minute += directory::k_minutes_a_day; // 20:00 to 08:00 ends on the next day
        }
        return window;
    }

    /// Codes of programmes that whoever asks may see, and ids of services that are here.
    void read_named(const char* name, std::vector<directory::ProgrammeIndex>& programmes,
                    std::vector<std::string>& services) const {
        if (!document_.has(name)) {
            return;
        }
        const auto& reader = context_.reader();
        document_.each(name, 0, k_most_named,
                       {"It lists codes of programmes and ids of services.", "事業の記号か、実施の番号の並びです。"},
                       [&](const DocumentReader& entry) {
                           auto text = entry.maybe_text().value_or("");
                           const auto programme = reader.taxonomy().by_code(text);
                           if (programme && reader.taxonomy().at(*programme).visibility <= reader.audience().sees()) {
                               programmes.push_back(*programme);
                           } else if (reader.find_service(text)) {
                               services.push_back(std::move(text));
                           } else {
                               entry.fail({"This is neither a programme's code nor the id of a service that is here.",
                                           "事業の記号でも、ここにある実施の番号でもありません。"});
                           }
                       });
    }

    const json& body_;
    DocumentReader document_;
    const Context& context_;
    MatchQuestion question_;
};

} // namespace

std::expected<MatchQuestion, Problem> read_match_question(std::string_view body, const Context& context) {
    if (body.size() > k_most_match_bytes) {
        return std::unexpected(Problem{"body_too_large", "", "A question may have 64 KiB."});
    }
    const auto document = json::parse(body, nullptr, false);
    if (!document.is_object()) {
        return std::unexpected(Problem{"bad_request", "", "The body is a JSON object."});
    }
    try {
        return Question(document, context).read();
    } catch (const DocumentReader::Found& found) {
        return std::unexpected(Problem{"bad_parameter", found.problem.pointer, found.problem.in(context.language)});
    }
}

} // namespace shirube::server
