#include "tests/server/support/staff_town.hpp"

#include "server/accounts/totp.hpp"
#include "server/pages/pages.hpp"
#include "server/router.hpp"
#include "server/staff/staff_call.hpp"
#include "server/staff/staff_routes.hpp"
#include "tests/scratch_folder.hpp"
#include "tests/server/support/small_town.hpp"

#include <chrono>
#include <stdexcept>
#include <variant>

namespace shirube::tests {

namespace {

using directory::ResourceReading;
using directory::Visibility;

ResourceReading place(const std::string& name, std::string_view municipality, Visibility visibility,
                      std::string_view secret, double lon) {
    ResourceReading reading;
    reading.site.official_name = name;
    reading.site.address = name + "1-1";
    reading.site.municipality = municipality;
    reading.site.municipality_name = municipality == k_here ? "潮見野市" : "沖ノ浜町";
    reading.site.position = geo::LonLat{lon, 33.2};
    reading.site.quality = directory::PositionQuality::exact;
    reading.organization.name = visibility == Visibility::everyone ? "公の会" : std::string{secret} + "の会";
    directory::ServiceReading service;
    service.programme = "jidokan";
    if (visibility != Visibility::everyone) {
        service.visibility = visibility;
        service.note = secret;
    } else {
        // A public place of which more is told to staff.
        service.phone = "000-0000-0001";
        service.staff = {.referral_route = std::string{secret} + "から",
                         .vacancy = 3,
                         .vacancy_on = directory::parse_day("2026-11-01"),
                         .contact = std::string{secret} + "の窓口",
                         .withheld = {directory::CorrectedField::phone}};
    }
    reading.services.push_back(service);
    return reading;
}

directory::BatchRow row(const std::string& key, ResourceReading reading) {
    directory::BatchRow made;
    made.key = key;
    made.file = "list.csv";
    made.row = 2;
    made.cells = "[]";
    made.reading = std::move(reading);
    return made;
}

directory::Batch batch(const std::string& name, std::vector<directory::BatchRow> rows) {
    directory::BatchList list;
    list.name = name;
    list.profile = "shirube-template";
    list.as_of = "2026-10-01";
    list.rows = std::move(rows);
    directory::Batch made;
    made.lists.push_back(std::move(list));
    made.files = "[]";
    made.report = "{}";
    return made;
}

directory::Batch districts() {
    directory::BatchList list;
    list.name = "中学校区";
    list.profile = "a32";
    for (const auto& [name, code, west] : {std::tuple{"浜", k_here, 137.0}, std::tuple{"沖", k_there, 137.5}}) {
        directory::DistrictReading district;
        district.layer = "chugakkoku";
        district.municipality = code;
        district.municipality_name = code == k_here ? "潮見野市" : "沖ノ浜町";
        district.name = name;
        district.geometry = {{{{west, 33.1}, {west + 0.4, 33.1}, {west + 0.4, 33.3}, {west, 33.3}, {west, 33.1}}, {}}};
        directory::BatchRow made;
        made.key = name;
        made.file = "districts.geojson";
        made.row = 1;
        made.cells = "[]";
        made.reading = std::move(district);
        list.rows.push_back(std::move(made));
    }
    directory::Batch made;
    made.kind = directory::ImportKind::districts;
    made.layer = "chugakkoku";
    made.lists.push_back(std::move(list));
    made.files = "[]";
    made.report = "{}";
    return made;
}

/// A public place of one municipality that residents of the other may use, on terms.
ResourceReading on_terms(ResourceReading reading, std::string_view own, std::string_view other) {
    directory::UseTerms terms;
    terms.municipality = other;
    terms.contract = directory::Contract::mutual;
    terms.fee = directory::Fee::paid;
    terms.fee_text = "1日500円";
    terms.weekdays = 0b0001010;
    terms.text = "相互利用、1日500円、火・木";
    reading.services.front().usable_by = {std::string{own}, std::string{other}};
    reading.services.front().use_terms = {terms};
    return reading;
}

/// How many may come, of either municipality.
directory::Batch helpers() {
    directory::BatchList list;
    list.name = "訪問支援員の数";
    list.profile = "helpers-template";
    list.as_of = "2026-10-01";
    for (const auto& [name, code] : {std::pair{k_staff_here, k_here}, std::pair{k_staff_there, k_there}}) {
        directory::HelperCountReading helpers;
        helpers.organization = std::string{name} + "訪問の会";
        helpers.municipality = code;
        helpers.programme = "setai_homon";
        helpers.weekdays = 0b0011111;
        helpers.skill = std::string{name} + "の家事";
        helpers.count = 4;
        helpers.counted_on = directory::parse_day("2026-10-01");
        directory::BatchRow made;
        made.key = name;
        made.file = "helpers.csv";
        made.row = 2;
        made.cells = "[]";
        made.reading = std::move(helpers);
        list.rows.push_back(std::move(made));
    }
    directory::Batch made;
    made.kind = directory::ImportKind::helpers;
    made.lists.push_back(std::move(list));
    made.files = "[]";
    made.report = "{}";
    return made;
}

} // namespace

StaffTown::StaffTown() {
    server::prepare_pages();
    folder_ = new_scratch_folder("shirube-staff");
    store_ = folder_ / "towns.shirube";
    {
        auto store = directory::Store::open(store_, directory::OpenMode::write_or_create);
        store.append(districts());
        store.append(
            batch("公の一覧", {row("1", place("浜会館", k_here, Visibility::everyone, k_staff_here, 137.1)),
                               row("2", on_terms(place("沖会館", k_there, Visibility::everyone, k_staff_there, 137.6),
                                                 k_there, k_here))}));
        store.append(helpers());
        store.append(
            batch("潮見野の現場",
                  {row("1", place("潮の居場所", k_here, Visibility::staff, k_staff_here, 137.11)),
                   row("2", place("潮の調整先", k_here, Visibility::coordinator, k_coordinator_here, 137.12))}));
        store.append(
            batch("沖ノ浜の現場",
                  {row("1", place("沖の居場所", k_there, Visibility::staff, k_staff_there, 137.61)),
                   row("2", place("沖の調整先", k_there, Visibility::coordinator, k_coordinator_there, 137.62))}));
        for (const auto code : {k_here, k_there}) {
            const auto audience =
                store.audience_of(std::string{code}, Visibility::coordinator, *directory::parse_day("2026-11-26"));
            const auto state = store.read_state(audience);
            for (const auto& service : state.services) {
                services.emplace(state.sites[service.site].name, service.id);
            }
        }
    }
    directory::AccountSettings settings;
    settings.cost = directory::PasswordCost::least();
    settings.totp_code = server::totp_code;
    directory::Accounts::open_or_create(directory::accounts_beside(store_), settings);
    editions_ = std::make_unique<server::Editions>(store_, std::chrono::milliseconds{50});
    reports_ = std::make_unique<server::ReportBox>(store_, nullptr);
    desk_ = std::make_unique<server::StaffDesk>(store_, *editions_,
                                                server::StaffSettings{.accounts = settings, .reports = reports_.get()});
}

StaffTown::~StaffTown() {
    desk_.reset();
    reports_.reset();
    editions_.reset();
    std::filesystem::remove_all(folder_);
}

std::int64_t StaffTown::account(const std::string& name, directory::Role role, std::string_view municipality,
                                directory::PasswordOrigin origin) {
    if (const auto known = accounts().find_named(name)) {
        return known->id;
    }
    const auto added = accounts().add({.name = name,
                                       .role = role,
                                       .municipality = std::string{municipality},
                                       .password = std::string{k_password},
                                       .origin = origin},
                                      directory::Actor::console(), now_s);
    if (!added) {
        throw std::runtime_error(added.error().sentence_en);
    }
    return added->id;
}

std::string StaffTown::token_of(const std::string& name) {
    const auto result = accounts().log_in(name, k_password, "127.0.0.1", now_s);
    return std::get<directory::LoggedIn>(result).token;
}

std::string StaffTown::csrf_of(const std::string& token) { return accounts().session_of(token, now_s)->csrf; }

server::Request staff_request(std::string_view target, const std::string& token) {
    auto request = request_for(target, "text/html");
    request.client = "127.0.0.1";
    request.host = "127.0.0.1:8080";
    if (!token.empty()) {
        request.cookie = "lang=ja; " + std::string{server::k_session_cookie} + "=" + token;
    }
    return request;
}

server::Answer StaffTown::ask(const server::Request& request) {
    const auto now = directory::Instant{*directory::parse_day("2026-11-26"), 600};
    return server::is_staff_path(request.path)
               ? server::route_staff(request, *desk_, now, now_s, server::language_of(request))
               : server::route(request, editions_->current().get(), now, desk_.get(), reports_.get());
}

server::Answer StaffTown::get(std::string_view target, const std::string& token) {
    return ask(staff_request(target, token));
}

server::Answer StaffTown::post(std::string_view target, const server::Query& fields, const std::string& token) {
    auto request = staff_request(target, token);
    request.method = server::Method::post;
    request.content_type = "application/x-www-form-urlencoded";
    request.origin = "http://127.0.0.1:8080";
    for (const auto& [name, value] : fields) {
        request.body +=
            (request.body.empty() ? "" : "&") + server::percent_encode(name) + "=" + server::percent_encode(value);
    }
    return ask(request);
}

server::Answer StaffTown::post_json(std::string_view target, std::string_view body, const std::string& token,
                                    const std::string& csrf) {
    auto request = staff_request(target, token);
    request.method = server::Method::post;
    request.accept = "application/json";
    request.content_type = "application/json";
    request.body = body;
    request.csrf = csrf;
    return ask(request);
}

std::string token_given(const server::Answer& answer) {
    const std::string cookie = header_of(answer, "Set-Cookie");
    const std::string begins = std::string{server::k_session_cookie} + "=";
    return cookie.starts_with(begins) ? cookie.substr(begins.size(), cookie.find(';') - begins.size()) : std::string{};
}

SignedIn::SignedIn(StaffTown& of, directory::Role role, std::string_view municipality, std::string name) : town(of) {
    if (name.empty()) {
        name = std::string{directory::code_of(role)} + std::string{municipality};
    }
    town.account(name, role, municipality);
    token = town.token_of(name);
    csrf = town.csrf_of(token);
}

server::Answer SignedIn::post(std::string_view target, server::Query fields) const {
    fields.emplace_back("csrf", csrf);
    return town.post(target, fields, token);
}

bool says(const server::Answer& answer, std::string_view words) {
    return answer.content().find(words) != std::string_view::npos;
}

} // namespace shirube::tests
