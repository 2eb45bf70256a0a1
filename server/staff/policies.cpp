#include "server/staff/policies.hpp"

#include "directory/kept_document.hpp"
#include "directory/policy/policy_book.hpp"
#include "directory/store.hpp"
#include "server/numbers.hpp"
#include "server/pages/page.hpp"
#include "server/pages/policies_page.hpp"
#include "server/staff/policy_form.hpp"
#include "server/staff/policy_form_view.hpp"
#include "server/staff/refusal.hpp"
#include "server/staff/store_writing.hpp"
#include "server/staff/times.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <expected>
#include <optional>
#include <string>
#include <utility>

namespace shirube::server {

namespace {

using directory::DocumentKind;
using directory::DocumentVersion;
using directory::KeptDocument;
using directory::OpenMode;
using directory::Policy;
using directory::Store;

constexpr std::string_view k_home = "/staff/policies";

std::string address_of(const std::string& id) { return std::string{k_home} + "/" + percent_encode(id); }

std::expected<Policy, directory::PolicyProblem> parsed(const KeptDocument& document, const DocumentVersion& version,
                                                       const directory::Taxonomy& taxonomy) {
    return parse_kept_policy(
        {document.id, document.municipality, version.version, document.public_version, version.body}, taxonomy);
}

/// Whether whoever asks may see all the programmes that any of its versions counts. A planner who may not would not be
/// shown them in the form, and would take them out by keeping it.
bool is_open_here(const StaffCall& call, const KeptDocument& document) {
    const auto& reader = call.context.reader();
    return std::ranges::all_of(document.versions, [&](const DocumentVersion& version) {
        const auto policy = parsed(document, version, reader.taxonomy());
        return !policy || is_open_to(*policy, reader.taxonomy(), reader.audience());
    });
}

std::optional<KeptDocument> kept_of(const StaffCall& call) {
    const auto store = Store::open(call.desk.store(), OpenMode::read);
    auto documents = store.kept_documents(DocumentKind::policy, call.who.account.municipality);
    const auto found = std::ranges::find_if(documents, [&](const KeptDocument& document) {
        return document.id == call.parts[0] && is_open_here(call, document);
    });
    return found == documents.end() ? std::nullopt : std::optional(std::move(*found));
}

Answer no_such_policy(const StaffCall& call) {
    return refusal_page(call.request, &call.context, call.context.language,
                        {404, "error.not_found", "policies.unknown", "policies.heading", std::string{k_home}});
}

std::expected<Policy, FieldProblem> policy_of(const StaffCall& call, const Query& fields) {
    const auto& reader = call.context.reader();
    auto policy = parse_policy(policy_document(fields), reader.taxonomy());
    if (!policy) {
        const auto& problem = policy.error();
        return std::unexpected(FieldProblem{std::string{field_at(problem.pointer)}, problem.in(call.context.language)});
    }
    if (!is_open_to(*policy, reader.taxonomy(), reader.audience())) {
        return std::unexpected(FieldProblem{"any_of", Texts::in(call.context.language).get("policies.not_open")});
    }
    return *std::move(policy);
}

/// What the document keeps: the policy as the program understands it.
std::string body_of(const Policy& policy, const directory::Taxonomy& taxonomy) {
    return to_document(policy, taxonomy).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void tell(View body, const FieldProblem& problem) {
    View notice = body.section("PROBLEM");
    notice.words("SENTENCE", problem.sentence);
    if (!problem.field.empty()) {
        View field = notice.section("AT_FIELD");
        field.set("FIELD", problem.field);
        field.words("FIELD_NAME", body.texts().get("policies.field_" + problem.field));
    }
}

Answer new_with(const StaffCall& call, const std::string& from, const Query& fields,
                const std::optional<FieldProblem>& problem) {
    Page page(call.request, call.context, "staff-policy");
    page.style("styles/planner.css");
    page.title(page.texts().get("policies.new"));
    View& body = page.body();
    body.set("BACK", page.links().to("/policies"));
    View heading = body.section("NEW");
    if (const auto* copied = call.context.reader().find_policy(from)) {
        heading.section("COPIED").set("NAME", copied->policy.name.in(page.texts().language()));
    }
    if (problem) {
        tell(body, *problem);
    }
    View form = body.section("FORM");
    form.set("ACTION", page.links().to("/staff/policies/new", {{"from", from}}));
    form.set("CSRF", call.who.csrf);
    form.show("KEEP_NEW");
    fill_policy_form(form, call.context.reader(), fields);
    return page.finish(problem ? 422 : 200);
}

void fill_versions(View body, const KeptDocument& document, const Links& links) {
    for (const auto& version : document.versions) {
        View row = body.section("VERSION_ROW");
        row.set("NUMBER", version.version);
        row.set("AT", in_tokyo(version.at));
        row.set("BY", version.by);
        row.show_if(document.public_version == version.version, "IS_PUBLIC");
        row.set("HREF", links.to(address_of(document.id), {{"version", std::to_string(version.version)}}));
    }
}

void fill_decisions(View body, const StaffCall& call, const KeptDocument& document, const Policy* newest,
                    const std::string& action) {
    const auto decide = [&](std::string_view what, std::string_view key) {
        View decision = body.section("DECISION");
        decision.set("DO", what);
        decision.set("ACTION", action);
        decision.set("CSRF", call.who.csrf);
        decision.set("VERSION", document.newest().version);
        decision.words("WORDS", body.texts().get(fmt::format("policies.{}", key)));
        decision.words("HINT", body.texts().get(fmt::format("policies.{}_hint", key)));
    };
    if (document.retired) {
        decide("revive", "revive");
        return;
    }
    const bool is_open = newest != nullptr && is_open_to(*newest, call.context.reader().taxonomy(), {});
    if (is_open && document.public_version != document.newest().version) {
        decide("publish", "publish");
    }
    if (document.public_version) {
        decide("withdraw", "withdraw");
    }
    decide("retire", "retire");
    body.show_if(newest != nullptr && !is_open, "CANNOT_PUBLISH");
}

struct Told {
    std::optional<FieldProblem> problem{};
    std::optional<Query> typed{}; ///< into the form that had it
    unsigned status = 200;
};

Answer kept_with(const StaffCall& call, const KeptDocument& document, const Told& told) {
    const auto& taxonomy = call.context.reader().taxonomy();
    const auto asked = parse_whole(call.request.parameter("version").value_or(""));
    const auto* version = asked ? document.find_version(static_cast<int>(*asked)) : &document.newest();
    if (version == nullptr) {
        return no_such_policy(call);
    }
    const auto newest = parsed(document, document.newest(), taxonomy);
    const auto shown = parsed(document, *version, taxonomy);
    Page page(call.request, call.context, "staff-policy");
    page.style("styles/planner.css");
    const Texts& texts = page.texts();
    const std::string name = newest ? newest->name.in(texts.language()) : document.id;
    page.title(name);
    View& body = page.body();
    body.set("BACK", page.links().to("/policies"));
    View heading = body.section("KEPT");
    heading.set("NAME", name);
    heading.set("ID", document.id);
    heading.set("VERSION", document.newest().version);
    heading.show(document.retired                                       ? "RETIRED"
                 : !document.public_version                             ? "STAFF_ONLY"
                 : *document.public_version < document.newest().version ? "OLDER_PUBLIC"
                                                                        : "PUBLIC");
    heading.set("PUBLIC_VERSION", document.public_version.value_or(0));
    if (!document.retired && newest) {
        heading.section("MAP").set("HREF", page.links().to("/planner", {{"policy", document.id}}));
    }
    if (told.problem) {
        tell(body, *told.problem);
    } else if (!shown) {
        tell(body, {"", texts.get("policies.not_understood")});
    } else if (call.request.parameter("kept") == std::to_string(document.newest().version)) {
        body.section("DONE").set("VERSION", document.newest().version);
    }
    const std::string action = page.links().to(address_of(document.id));
    if (!document.retired && (shown || told.typed)) {
        View form = body.section("FORM");
        form.set("ACTION", action);
        form.set("CSRF", call.who.csrf);
        form.show("KEEP_VERSION");
        form.set("OVER", document.newest().version);
        if (version->version != document.newest().version) {
            form.section("OLDER_VERSION").set("NUMBER", version->version);
        }
        fill_policy_form(form, call.context.reader(), told.typed ? *told.typed : policy_fields(*shown, taxonomy));
    }
    View versions = body.section("VERSIONS");
    fill_decisions(versions, call, document, newest ? &*newest : nullptr, action);
    fill_versions(versions, document, page.links());
    return page.finish(told.status);
}

template <class Work>
std::optional<FieldProblem> written(const StaffCall& call, Work&& work) {
    const auto trouble = trouble_of_writing(call, std::forward<Work>(work));
    return trouble ? std::optional(FieldProblem{"", *trouble}) : std::nullopt;
}

void note(const StaffCall& call, const std::string& id, std::string_view what, int version) {
    call.accounts.audit(call.actor(), directory::AuditAction::policy_changed,
                        fmt::format("{} v{}: {}", what, version, id), call.now_s);
}

Answer keep(const StaffCall& call, const KeptDocument& document, const Query& fields) {
    const auto policy = policy_of(call, fields);
    if (!policy) {
        return kept_with(call, document, {policy.error(), fields, 422});
    }
    const auto over = parse_digits(field_of(fields, "over")).value_or(0);
    int version = 0;
    const auto problem = written(call, [&](Store& store) {
        version = store.add_document_version(
            document.id, static_cast<int>(over),
            {.body = body_of(*policy, call.context.reader().taxonomy()), .at = {}, .by = call.who.account.name});
    });
    if (problem) {
        return kept_with(call, document, {problem, fields, 409});
    }
    note(call, document.id, "kept", version);
    return see_other(address(address_of(document.id), {{"kept", std::to_string(version)}}));
}

} // namespace

Answer staff_policies_page(const StaffCall& call) {
    std::vector<RetiredPolicy> retired;
    if (call.context.staff->may_plan) {
        const auto& taxonomy = call.context.reader().taxonomy();
        const auto store = Store::open(call.desk.store(), OpenMode::read);
        for (const auto& document : store.kept_documents(DocumentKind::policy, call.who.account.municipality)) {
            if (!document.retired || !is_open_here(call, document)) {
                continue;
            }
            const auto policy = parsed(document, document.newest(), taxonomy);
            retired.push_back({document.id, policy ? policy->name.in(call.context.language) : document.id});
        }
    }
    return policies_page_with(call.request, call.context, retired);
}

Answer new_policy_page(const StaffCall& call) {
    const auto& reader = call.context.reader();
    const std::string from{call.request.parameter("from").value_or("")};
    const auto* copied = reader.find_policy(from);
    if (!from.empty() && copied == nullptr) {
        return no_such_policy(call);
    }
    Query fields = copied != nullptr ? policy_fields(copied->policy, reader.taxonomy())
                                     : policy_fields(Policy{}, reader.taxonomy());
    return new_with(call, from, fields, std::nullopt);
}

Answer post_new_policy(const StaffCall& call) {
    const std::string from{call.request.parameter("from").value_or("")};
    const auto fields = posted_fields(call.request).value_or(Query{});
    const auto policy = policy_of(call, fields);
    if (!policy) {
        return new_with(call, from, fields, policy.error());
    }
    std::string id;
    const auto problem = written(call, [&](Store& store) {
        id = store.add_document(
            DocumentKind::policy, call.who.account.municipality,
            {.body = body_of(*policy, call.context.reader().taxonomy()), .at = {}, .by = call.who.account.name});
    });
    if (problem) {
        return new_with(call, from, fields, problem);
    }
    note(call, id, "kept", 1);
    return see_other(address(address_of(id), {{"kept", "1"}}));
}

Answer kept_policy_page(const StaffCall& call) {
    const auto document = kept_of(call);
    return document ? kept_with(call, *document, {}) : no_such_policy(call);
}

Answer post_kept_policy(const StaffCall& call) {
    const auto document = kept_of(call);
    if (!document) {
        return no_such_policy(call);
    }
    const auto fields = posted_fields(call.request).value_or(Query{});
    const std::string what{field_of(fields, "do")};
    if (what == "keep" && !document->retired) {
        return keep(call, *document, fields);
    }
    // What is decided about is the version that was looked at.
    const int version = static_cast<int>(parse_digits(field_of(fields, "version")).value_or(0));
    const bool is_known = what == "publish" || what == "withdraw" || what == "retire" || what == "revive";
    if (!is_known || version != document->newest().version || (what == "publish" && document->retired)) {
        return kept_with(
            call, *document,
            {FieldProblem{"", Texts::in(call.context.language).get("policies.changed_meanwhile")}, std::nullopt, 409});
    }
    const auto problem = written(call, [&](Store& store) {
        if (what == "publish") {
            store.publish_document(document->id, version);
        } else if (what == "withdraw") {
            store.publish_document(document->id, std::nullopt);
        } else {
            store.retire_document(document->id, what == "retire");
        }
    });
    if (problem) {
        return kept_with(call, *document, {problem, std::nullopt, 409});
    }
    note(call, document->id, what, version);
    return see_other(address_of(document->id));
}

} // namespace shirube::server
