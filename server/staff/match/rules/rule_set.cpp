#include "server/staff/match/rules/rule_set.hpp"

#include "directory/embedded_file.hpp"
#include "directory/store.hpp"
#include "server/numbers.hpp"
#include "server/staff/store_writing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace shirube::server {

namespace {

using directory::DocumentKind;
using directory::KeptDocument;
using directory::MatchRules;
using directory::PolicyProblem;

constexpr std::string_view k_shipped = "match/default.json";

RuleDocument document_in(std::string_view body, std::string_view id, int version) {
    auto document = RuleDocument::parse(body, nullptr, false);
    if (document.is_object()) {
        document["id"] = id;
        document["version"] = version;
    }
    return document;
}

RuleSet set_of(KeptDocument kept, int version, const directory::Taxonomy& taxonomy) {
    const auto* of = kept.find_version(version);
    auto document = document_in(of == nullptr ? std::string_view{} : std::string_view{of->body}, kept.id, version);
    auto rules = rules_in(document, taxonomy);
    std::string id = kept.id;
    return {std::move(id), std::move(kept), version, std::move(document), std::move(rules)};
}

/// One that a planner may not read whole would be kept without what they do not see.
bool is_open_here(const StaffCall& call, const KeptDocument& kept) {
    return std::ranges::all_of(kept.versions, [&](const directory::DocumentVersion& version) {
        return is_rule_document_open(RuleDocument::parse(version.body, nullptr, false), call.context.reader());
    });
}

} // namespace

std::string RuleSet::name(std::string_view language) const { return rules ? rules->name.in(language) : id; }

std::string rules_address(std::string_view id) { return std::string{k_rules_home} + "/" + percent_encode(id); }

std::string rule_address(std::string_view id, std::string_view rule) {
    return rules_address(id) + "/" + percent_encode(rule);
}

std::expected<MatchRules, PolicyProblem> rules_in(const RuleDocument& document, const directory::Taxonomy& taxonomy) {
    if (!document.is_object()) {
        return std::unexpected(PolicyProblem{"", "This is not JSON of rules: it begins with { and ends with }.",
                                             "決まりの JSON ではありません。{ で始まり } で終わります。"});
    }
    return read_match_rules(nlohmann::json(document), taxonomy);
}

RuleSet shipped_rule_set(const StaffCall& call) {
    const auto& files = embedded_data();
    const auto file = std::ranges::find(files, k_shipped, &EmbeddedFile::path);
    auto document = RuleDocument::parse(file == files.end() ? std::string_view{} : file->content, nullptr, false);
    auto rules = rules_in(document, call.context.reader().taxonomy());
    return {directory::shipped_match_rules()->id, std::nullopt, directory::shipped_match_rules()->version,
            std::move(document), std::move(rules)};
}

std::vector<RuleSet> kept_rule_sets(const StaffCall& call) {
    std::vector<RuleSet> sets;
    if (call.who.account.municipality.empty()) {
        return sets;
    }
    const auto store = directory::Store::open(call.desk.store(), directory::OpenMode::read);
    for (auto& kept : store.kept_documents(DocumentKind::match_rules, call.who.account.municipality)) {
        if (is_open_here(call, kept)) {
            const int newest = kept.newest().version;
            sets.push_back(set_of(std::move(kept), newest, call.context.reader().taxonomy()));
        }
    }
    return sets;
}

std::optional<RuleSet> find_rule_set(const StaffCall& call, std::string_view id, std::optional<int> version) {
    if (auto shipped = shipped_rule_set(call); shipped.id == id) {
        return shipped;
    }
    auto sets = kept_rule_sets(call);
    const auto found = std::ranges::find(sets, id, &RuleSet::id);
    if (found == sets.end()) {
        return std::nullopt;
    }
    if (!version || *version == found->version) {
        return std::move(*found);
    }
    if (found->kept->find_version(*version) == nullptr) {
        return std::nullopt;
    }
    return set_of(*std::move(found->kept), *version, call.context.reader().taxonomy());
}

std::pair<std::size_t, std::size_t> place_of_case(std::string_view pointer) {
    // /rules/3/cases/2
    const auto number_after = [&](std::string_view word) {
        const auto at = pointer.find(word);
        const auto rest = at == std::string_view::npos ? std::string_view{} : pointer.substr(at + word.size());
        return static_cast<std::size_t>(parse_digits(rest.substr(0, rest.find('/'))).value_or(0));
    };
    return {number_after("/rules/"), number_after("/cases/")};
}

std::string failing_in_words(const directory::FailingCase& failing, const MatchRules& rules, const RuleWords& words,
                             const Texts& texts) {
    const auto [rule, number] = place_of_case(failing.pointer);
    return texts.with("rules.failing", {{"rule", rules.rules[rule].label.in(texts.language())},
                                        {"n", std::to_string(number + 1)},
                                        {"expects", words.effect(rule, failing.expects)},
                                        {"says", words.effect(rule, failing.says)}});
}

std::vector<RuleFault> faults_of(const RuleDocument& document, const StaffCall& call) {
    const auto& reader = call.context.reader();
    const Texts& texts = Texts::in(call.context.language);
    const auto rules = rules_in(document, reader.taxonomy());
    if (!rules) {
        return {{rules.error().pointer, rules.error().in(call.context.language)}};
    }
    if (!is_rule_document_open(document, reader)) {
        return {{"", texts.get("rules.not_open")}};
    }
    std::vector<RuleFault> faults;
    const RuleWords words(*rules, document, reader, texts);
    for (const auto& failing : failing_cases(*rules, reader.taxonomy())) {
        faults.push_back({failing.pointer, failing_in_words(failing, *rules, words, texts)});
    }
    return faults;
}

std::optional<std::string> keep_version(const StaffCall& call, const RuleSet& set, int over,
                                        const RuleDocument& document, int& kept_version) {
    auto trouble = trouble_of_writing(
        call,
        [&](directory::Store& store) {
            kept_version = store.add_document_version(
                set.id, over,
                {.body = document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace),
                 .at = {},
                 .by = call.who.account.name});
        },
        "rules");
    if (!trouble) {
        note_rules(call, set.id, "kept", kept_version);
    }
    return trouble;
}

void note_rules(const StaffCall& call, std::string_view id, std::string_view what, int version) {
    call.accounts.audit(call.actor(), directory::AuditAction::rules_changed,
                        fmt::format("{} v{}: {}", what, version, id), call.now_s);
}

} // namespace shirube::server
