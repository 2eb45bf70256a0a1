#include "server/cli/history_words.hpp"

#include "directory/reading.hpp"
#include "directory/taxonomy.hpp"
#include "server/cli/spoken.hpp"
#include "server/pages/texts.hpp"
#include "server/pages/words.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace shirube::server {

namespace {

using directory::CorrectedField;
using nlohmann::json;

std::string as_text(const json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

// Each puts one kind of value into words.

std::string text(const json& value, const Texts& /*texts*/) { return as_text(value); }

std::string texts_of(const json& value, const Texts& texts) {
    std::string out;
    for (const auto& one : value) {
        out += (out.empty() ? "" : texts.get("list.separator")) + as_text(one);
    }
    return out;
}

/// Each as the list has it, with whose terms they are.
std::string use_terms(const json& value, const Texts& texts) {
    std::string out;
    for (const auto& one : value) {
        const auto terms = one.get<directory::UseTerms>();
        out += (out.empty() ? "" : texts.get("list.separator")) + terms.municipality +
               (terms.municipality.empty() ? "" : ": ") + terms.text;
    }
    return out;
}

std::string day(const json& value, const Texts& texts) { return as_of_in_words(as_text(value), texts); }

std::string age(const json& value, const Texts& texts) { return age_in_words(value.get<int>(), texts); }

/// The end is exclusive in the data; lists and people say the last age that is still in.
std::string last_age(const json& value, const Texts& texts) {
    constexpr int k_year = 12;
    const int end = value.get<int>();
    return age_in_words(end % k_year == 0 && end > 0 ? end - k_year : std::max(end - 1, 0), texts);
}

/// The list's own words; empty where they are just the name of the code.
template <class T>
std::string own_words(const json& value, const Texts& /*texts*/) {
    return std::string(beyond_code<T>(as_text(value)));
}

std::string position(const json& value, const Texts& texts) {
    constexpr Spoken k_position{"緯度 {}、経度 {}", "latitude {}, longitude {}"};
    return fmt::format(fmt::runtime(k_position.in(texts.language())), value.at(1).get<double>(),
                       value.at(0).get<double>());
}

std::string programme(const json& value, const Texts& texts) {
    const auto& taxonomy = directory::Taxonomy::shipped();
    const auto found = taxonomy.by_code(as_text(value));
    return found ? taxonomy.at(*found).label.in(texts.language()) : as_text(value);
}

/// In Japanese the label that lists write; in English the page's word.
template <class T>
std::string code(const json& value, const Texts& texts, std::string_view key) {
    const std::string of = as_text(value);
    if (texts.language() == "en") {
        return texts.get_or(fmt::format("{}.{}", key, of), of);
    }
    const auto parsed = directory::parse_code<T>(of);
    return parsed ? std::string(directory::label_of(*parsed)) : of;
}

template <class T>
std::string codes(const json& value, const Texts& texts, std::string_view key) {
    std::string out;
    for (const auto& one : value) {
        out += (out.empty() ? "" : texts.get("list.separator")) + code<T>(one, texts, key);
    }
    return out;
}

std::string entry(const json& value, const Texts& texts) {
    return code<directory::Entry>(value, texts, "condition.entry");
}
std::string fee(const json& value, const Texts& texts) {
    const std::string of = as_text(value);
    return texts.get_or("fee." + of, of);
}
std::string transport(const json& value, const Texts& texts) {
    return code<directory::Transport>(value, texts, "transport");
}
std::string status(const json& value, const Texts& texts) { return code<directory::Status>(value, texts, "status"); }
std::string certainty(const json& value, const Texts& texts) {
    return code<directory::Certainty>(value, texts, "certainty");
}
std::string features(const json& value, const Texts& texts) {
    return codes<directory::Feature>(value, texts, "feature");
}
std::string for_whom(const json& value, const Texts& texts) { return codes<directory::ForWhom>(value, texts, "for"); }

std::string contract(const json& value, const Texts& texts) {
    std::string out = code<directory::Contract>(value, texts, "contract");
    std::ranges::replace(out, '_', ' '); // no page says it in English: its code does
    return out;
}

std::string quality(const json& value, const Texts& texts) {
    constexpr std::pair<std::string_view, Spoken> k_words[] = {
        {"exact", {"地点", "the place itself"}}, {"block", {"街区", "its block"}},
        {"town", {"町丁目", "its town"}},        {"municipality", {"市区町村", "its municipality"}},
        {"withheld", {"非公開", "kept back"}},   {"none", {"わからない", "not known"}}};
    const std::string of = as_text(value);
    const auto* found = std::ranges::find(k_words, of, &std::pair<std::string_view, Spoken>::first);
    return found == std::ranges::end(k_words) ? of : found->second.in(texts.language());
}

std::string visibility(const json& value, const Texts& texts) {
    constexpr std::pair<std::string_view, Spoken> k_words[] = {{"public", {"公開", "public"}},
                                                               {"staff", {"職員まで", "staff"}},
                                                               {"coordinator", {"調整機関まで", "coordinator"}}};
    const std::string of = as_text(value);
    const auto* found = std::ranges::find(k_words, of, &std::pair<std::string_view, Spoken>::first);
    return found == std::ranges::end(k_words) ? of : found->second.in(texts.language());
}

/// Each schedule whole: which of its parts changed says nothing without the others.
std::string schedules(const json& value, const Texts& texts) {
    const json row{{"site", json::object()}, {"services", {{{"programme", ""}, {"schedules", value}}}}};
    const auto reading = row.get<directory::ResourceReading>();
    std::string out;
    for (const auto& schedule : reading.services.front().schedules) {
        out += (out.empty() ? "" : texts.get("list.separator")) + directory::in_words(schedule, texts.language());
    }
    return out;
}

struct Field {
    const char* member; ///< of the reading's site, organization or service
    Spoken name;        ///< in Japanese as the template's column
    std::string (*words)(const json&, const Texts&);
    std::optional<CorrectedField> corrected_as{};
    const char* unless_stated = nullptr; ///< the code that a reading leaves out
};

constexpr Field k_site[] = {{"official_name", {"名称", "Name"}, text, CorrectedField::name},
                            {"public_name", {"公開名称", "Public name"}, text, CorrectedField::public_name},
                            {"kana", {"名称_カナ", "Name in kana"}, text, CorrectedField::kana},
                            {"address", {"住所", "Address"}, text, CorrectedField::address},
                            {"building", {"方書", "Building"}, text, CorrectedField::building},
                            {"municipality", {"市区町村コード", "Code of the municipality"}, text},
                            {"municipality_name", {"市区町村名", "Municipality"}, text},
                            {"position", {"位置", "Position"}, position, CorrectedField::position},
                            {"quality", {"位置の細かさ", "What the position is of"}, quality, std::nullopt, "none"},
                            {"accuracy_m", {"位置の誤差（m）", "Position within (m)"}, text},
                            {"located_by", {"位置の出どころ", "Position taken from"}, text}};

constexpr Field k_organization[] = {{"name", {"運営主体", "Run by"}, text},
                                    {"kind", {"運営主体種別", "Kind of who runs it"}, text},
                                    {"corporate_number", {"法人番号", "Corporate number"}, text}};

constexpr Field k_service[] = {
    {"programme", {"事業", "Programme"}, programme},
    {"from_age_months", {"対象年齢_開始", "Ages from"}, age, CorrectedField::ages},
    {"to_age_months", {"対象年齢_終了", "Ages to"}, last_age, CorrectedField::ages},
    {"stage", {"学校段階", "Stage of school"}, text, CorrectedField::ages},
    {"for", {"対象", "For whom"}, for_whom, CorrectedField::for_whom},
    {"for_text", {"対象（台帳の言葉）", "For whom, in the list's words"}, text, CorrectedField::for_whom},
    {"entry", {"利用方法", "How to begin"}, entry, CorrectedField::entry, "unknown"},
    {"entry_text",
     {"利用方法（台帳の言葉）", "How to begin, in the list's words"},
     own_words<directory::Entry>,
     CorrectedField::entry},
    {"fee", {"料金", "Fee"}, fee, CorrectedField::fee, "unknown"},
    {"fee_text", {"料金（台帳の言葉）", "Fee, in the list's words"}, own_words<directory::Fee>, CorrectedField::fee},
    {"transport", {"送迎", "Transport"}, transport, CorrectedField::transport, "unknown"},
    {"capacity", {"定員", "Capacity"}, text, CorrectedField::capacity},
    {"contract", {"契約", "Contract"}, contract, CorrectedField::contract, "unknown"},
    {"department", {"所管課", "Department"}, text, CorrectedField::department},
    {"status", {"状態", "Status"}, status, CorrectedField::status, "active"},
    {"certainty", {"確度", "Certainty"}, certainty, CorrectedField::certainty, "confirmed"},
    {"schedules", {"開催", "When"}, schedules, CorrectedField::schedules},
    {"features", {"特徴", "Features"}, features, CorrectedField::features},
    {"serves", {"対象区域", "Districts served"}, texts_of, CorrectedField::serves},
    {"usable_by", {"利用可能住民", "Usable by residents of"}, texts_of, CorrectedField::usable_by},
    {"use_terms", {"広域利用の条件", "Terms for residents of others"}, use_terms, CorrectedField::usable_by},
    {"phone", {"電話番号", "Telephone"}, text, CorrectedField::phone},
    {"url", {"URL", "URL"}, text, CorrectedField::url},
    {"note", {"備考", "Note"}, text, CorrectedField::note},
    {"valid_from", {"開始年月日", "First day"}, day, CorrectedField::valid_from},
    {"valid_to", {"終了年月日", "Last day"}, day, CorrectedField::valid_to},
    {"last_confirmed_on", {"最終確認日", "Last confirmed on"}, day, CorrectedField::last_confirmed_on},
    {"visibility", {"公開範囲", "Who may see it"}, visibility}};

json member_of(const json& object, const std::string& name) {
    return object.is_object() ? object.value(name, json()) : json();
}

/// Empty where the row does not say, or says no more than its code does.
std::optional<std::string> stated_words(const Field& field, const json& value, const Texts& texts) {
    if (value.is_null() && field.unless_stated == nullptr) {
        return std::nullopt;
    }
    std::string words = field.words(value.is_null() ? json(field.unless_stated) : value, texts);
    return words.empty() ? std::nullopt : std::optional(std::move(words));
}

std::string words_of(const Field& field, const json& value, const Texts& texts) {
    constexpr Spoken k_unstated{"（記載なし）", "(not stated)"};
    return stated_words(field, value, texts).value_or(k_unstated.in(texts.language()));
}

/// Adds what differs between two objects of one kind, in the order of `fields`, and then what they do not have.
/// \param of said before each name, e.g. of which service
void compare(const json& before, const json& after, std::span<const Field> fields, const std::string& path,
             const std::string& of, const Texts& texts, std::vector<FieldInWords>& changes) {
    json rest_before = before;
    json rest_after = after;
    for (const auto& field : fields) {
        const json old = member_of(before, field.member);
        const json now = member_of(after, field.member);
        auto old_words = words_of(field, old, texts);
        auto now_words = words_of(field, now, texts);
        if (old_words != now_words) {
            changes.push_back({of + field.name.in(texts.language()), std::move(old_words), std::move(now_words)});
        }
        for (json* rest : {&rest_before, &rest_after}) {
            if (rest->is_object()) {
                rest->erase(field.member);
            }
        }
    }
    json unknown = rest_before.is_object() ? rest_before : json::object();
    unknown.update(rest_after.is_object() ? rest_after : json::object());
    for (const auto& [name, value] : unknown.items()) {
        const json old = member_of(before, name);
        const json now = member_of(after, name);
        if (old != now) {
            changes.push_back({path + name, old.dump(), now.dump()});
        }
    }
}

} // namespace

std::vector<FieldInWords> changes_in_words(const directory::HistoryEntry& entry, const std::string& language) {
    std::vector<FieldInWords> changes;
    if (entry.reading.empty() || entry.reading_before.empty()) {
        return changes;
    }
    const Texts& texts = Texts::in(language);
    json before = json::parse(entry.reading_before);
    json after = json::parse(entry.reading);
    compare(member_of(before, "site"), member_of(after, "site"), k_site, "site.", {}, texts, changes);
    compare(member_of(before, "organization"), member_of(after, "organization"), k_organization, "organization.", {},
            texts, changes);
    const json old_services = member_of(before, "services");
    const json new_services = member_of(after, "services");
    const std::size_t services = std::max(old_services.size(), new_services.size());
    for (std::size_t i = 0; i < services; ++i) {
        const json old = i < old_services.size() ? old_services[i] : json();
        const json now = i < new_services.size() ? new_services[i] : json();
        const json named = member_of(now.is_null() ? old : now, "programme");
        compare(old, now, k_service, fmt::format("services.{}.", i),
                services > 1 ? programme(named, texts) + ": " : std::string{}, texts, changes);
    }
    for (json* reading : {&before, &after}) {
        for (const auto* told : {"site", "organization", "services"}) {
            reading->erase(told);
        }
    }
    compare(before, after, {}, {}, {}, texts, changes);
    return changes;
}

std::vector<FieldInWords> values_in_words(const directory::CorrectionReading& correction, const std::string& language) {
    const Texts& texts = Texts::in(language);
    const json reading = correction;
    std::vector<FieldInWords> values;
    for (const auto corrected : correction.fields) {
        const bool of_the_place = directory::is_of_the_place(corrected);
        const json said = member_of(reading, of_the_place ? "site" : "service");
        std::string first; // of its fields: says that all of them were made unknown
        const std::size_t told = values.size();
        for (const auto& field : of_the_place ? std::span<const Field>(k_site) : std::span<const Field>(k_service)) {
            if (field.corrected_as != corrected) {
                continue;
            }
            const std::string name = field.name.in(texts.language());
            first = first.empty() ? name : first;
            if (auto words = stated_words(field, member_of(said, field.member), texts)) {
                values.push_back({name, {}, std::move(*words)});
            }
        }
        if (values.size() == told) {
            constexpr Spoken k_unknown{"わからないことにする", "made unknown"};
            values.push_back({first, {}, k_unknown.in(texts.language())});
        }
    }
    return values;
}

} // namespace shirube::server
