// Agreements between municipalities of one store, and the audience that staff are by them.
#include "directory/audience.hpp"
#include "directory/store/connection.hpp"
#include "directory/store/read_state.hpp"

#include <algorithm>

namespace shirube::directory {

namespace {

bool is_municipality(const std::string& code) {
    return code.size() == 5 && std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; });
}

[[noreturn]] void refuse(std::string_view english, std::string_view japanese) {
    throw StoreError("agreement_malformed", fmt::format("{} / {}", english, japanese));
}

} // namespace

Audience Store::audience_of(const std::string& municipality, Visibility up_to, Day today) const {
    Audience audience;
    if (!is_municipality(municipality) || up_to == Visibility::everyone) {
        return audience;
    }
    audience.municipality = municipality;
    const std::string own = owner_of(municipality);
    audience.owners.push_back({own, up_to});
    for (const auto& agreement : agreements()) {
        const bool holds = agreement.since <= today && (!agreement.until || today <= *agreement.until);
        const std::string from = owner_of(agreement.from);
        if (!holds || owner_of(agreement.to) != own || from == own) {
            continue;
        }
        const auto seen = std::ranges::find(audience.owners, from, &SeenOwner::owner);
        const auto shared = std::min(up_to, agreement.up_to);
        if (seen == audience.owners.end()) {
            audience.owners.push_back({from, shared});
        } else {
            seen->up_to = std::max(seen->up_to, shared);
        }
    }
    std::ranges::sort(audience.owners.begin() + 1, audience.owners.end(), {}, &SeenOwner::owner);
    return audience;
}

std::vector<Agreement> Store::agreements() const {
    Statement select(impl_->database, R"(
        SELECT agreement_id, from_owner, to_owner, visibility, since, until, said FROM agreement ORDER BY 1)");
    std::vector<Agreement> agreements;
    while (select.step()) {
        const auto since = parse_day(select.text(4));
        if (since) {
            agreements.push_back({select.integer(0), std::string{select.text(1)}, std::string{select.text(2)},
                                  code_at<Visibility>(select, 3), *since, parse_day(select.text(5)),
                                  std::string{select.text(6)}});
        }
    }
    return agreements;
}

std::int64_t Store::add_agreement(const Agreement& agreement) {
    if (!is_municipality(agreement.from) || !is_municipality(agreement.to) ||
        owner_of(agreement.from) == owner_of(agreement.to)) {
        refuse("An agreement names two municipalities by their codes of five digits.",
               "共有の取り決めには、二つの市区町村の5桁のコードが要ります。");
    }
    if (agreement.up_to == Visibility::everyone) {
        refuse("An agreement shares what staff or coordinators may see.",
               "共有するのは、職員またはコーディネーターに見せるものです。");
    }
    if (agreement.said.empty()) {
        refuse("Say which document holds the agreement.", "取り決めの文書の名前を書いてください。");
    }
    if (agreement.until && *agreement.until < agreement.since) {
        refuse("An agreement cannot end before it begins.", "終わりの日が始まりの日より前です。");
    }
    Transaction transaction(impl_->database);
    const auto until = agreement.until ? std::optional(to_string(*agreement.until)) : std::nullopt;
    const std::string since = to_string(agreement.since);
    Statement(impl_->database, R"(INSERT INTO agreement (from_owner, to_owner, visibility, since, until, said,
        recorded_at) VALUES (?, ?, ?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now')))")
        .bind(agreement.from, agreement.to, code_of(agreement.up_to), since, until, agreement.said)
        .run();
    const auto id = impl_->database.last_insert_id();
    transaction.commit();
    return id;
}

void Store::end_agreement(std::int64_t id, Day last) {
    Transaction transaction(impl_->database);
    Statement select(impl_->database, "SELECT since FROM agreement WHERE agreement_id = ?");
    if (!select.bind(id).step()) {
        throw StoreError("agreement_unknown",
                         fmt::format("There is no agreement {}; `shirube agreements list` names them. / "
                                     "共有の取り決め {} はありません。`shirube agreements list` で確かめてください。",
                                     id, id));
    }
    const std::string day = to_string(last);
    if (const std::string since(select.text(0)); day < since) { // ISO days: in the order of their letters
        throw StoreError(
            "agreement_ends_before",
            fmt::format("Agreement {} begins on {} and cannot end before; say with --until when it ends. / "
                        "取り決め {} は {} に始まります。その前には終わらせられません。"
                        "--until で終わりの日を書いてください。",
                        id, since, id, since));
    }
    Statement(impl_->database, "UPDATE agreement SET until = ? WHERE agreement_id = ?").bind(day, id).run();
    transaction.commit();
}

} // namespace shirube::directory
