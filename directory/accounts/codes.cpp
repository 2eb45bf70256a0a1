#include "directory/accounts.hpp"

#include <array>
#include <cassert>
#include <utility>

namespace shirube::directory {

namespace {

template <class T>
struct Words {
    T value;
    std::string_view code;
    std::string_view ja;
    std::string_view en;
};

constexpr std::array<Words<Role>, 5> k_roles{{
    {Role::viewer, "viewer", "閲覧者", "Viewer"},
    {Role::caseworker, "caseworker", "ケースワーカー", "Caseworker"},
    {Role::planner, "planner", "企画担当", "Planner"},
    {Role::steward, "steward", "資源コーディネーター（台帳担当）", "Resource coordinator (keeps the lists)"},
    {Role::administrator, "administrator", "管理者", "Administrator"},
}};

constexpr std::array<Words<AuditAction>, 18> k_actions{{
    {AuditAction::log_in, "log_in", "ログイン", "Signed in"},
    {AuditAction::log_in_refused, "log_in_refused", "ログインの失敗", "Log-in refused"},
    {AuditAction::log_out, "log_out", "ログアウト", "Signed out"},
    {AuditAction::password_changed, "password_changed", "パスワードの変更", "Password changed"},
    {AuditAction::totp_on, "totp_on", "二段階認証の開始", "Second factor turned on"},
    {AuditAction::totp_off, "totp_off", "二段階認証の停止", "Second factor turned off"},
    {AuditAction::account_added, "account_added", "アカウントの追加", "Account added"},
    {AuditAction::account_changed, "account_changed", "アカウントの変更", "Account changed"},
    {AuditAction::account_disabled, "account_disabled", "アカウントの停止", "Account disabled"},
    {AuditAction::account_enabled, "account_enabled", "アカウントの再開", "Account enabled"},
    {AuditAction::import, "import", "取り込み", "Import"},
    {AuditAction::undo, "undo", "取り込みの取り消し", "Import taken back"},
    {AuditAction::export_, "export", "書き出し", "Export"},
    {AuditAction::agreement_changed, "agreement_changed", "市区町村の間の取り決めの変更",
     "Agreement between municipalities changed"},
    {AuditAction::policy_changed, "policy_changed", "判定基準の変更", "Policy changed"},
    {AuditAction::report_closed, "report_closed", "「ここがちがう」の処理", "Report closed"},
    {AuditAction::rules_changed, "rules_changed", "照会の決まりの変更", "Rules of matching changed"},
    {AuditAction::settings_changed, "settings_changed", "設定の変更", "Settings changed"},
}};

template <class T, std::size_t n>
const Words<T>& words_of(const std::array<Words<T>, n>& table, T value) noexcept {
    const auto place = static_cast<std::size_t>(value);
    assert(place < n && table[place].value == value);
    return table[place];
}

constexpr std::array k_all_roles{Role::viewer, Role::caseworker, Role::planner, Role::steward, Role::administrator};

} // namespace

std::span<const Role> all_roles() noexcept { return k_all_roles; }

std::string_view code_of(Role role) noexcept { return words_of(k_roles, role).code; }
std::string_view label_ja(Role role) noexcept { return words_of(k_roles, role).ja; }
std::string_view label_en(Role role) noexcept { return words_of(k_roles, role).en; }

std::optional<Role> parse_role(std::string_view code) noexcept {
    for (const auto& row : k_roles) {
        if (row.code == code) {
            return row.value;
        }
    }
    return std::nullopt;
}

std::string_view code_of(AuditAction action) noexcept { return words_of(k_actions, action).code; }
std::string_view label_ja(AuditAction action) noexcept { return words_of(k_actions, action).ja; }
std::string_view label_en(AuditAction action) noexcept { return words_of(k_actions, action).en; }

std::string_view code_of(PasswordEffort effort) noexcept {
    return effort == PasswordEffort::moderate ? "moderate" : "interactive";
}

std::optional<PasswordEffort> parse_password_effort(std::string_view code) noexcept {
    for (const auto effort : {PasswordEffort::interactive, PasswordEffort::moderate}) {
        if (code_of(effort) == code) {
            return effort;
        }
    }
    return std::nullopt;
}

Actor Actor::of(const Account& account) { return {account.name, account.role, account.municipality}; }

namespace {

constexpr std::string_view k_console = "console";

} // namespace

Actor Actor::console(std::string_view system_user) {
    std::string name(k_console);
    if (!system_user.empty()) {
        name += ':'; // stands in no account's name
        name += system_user;
    }
    return {std::move(name), std::nullopt, ""};
}

std::optional<std::string_view> AuditEntry::system_user() const noexcept {
    std::string_view rest = name;
    if (role || !rest.starts_with(k_console)) {
        return std::nullopt;
    }
    rest.remove_prefix(k_console.size());
    if (rest.empty()) {
        return rest;
    }
    return rest.starts_with(':') ? std::optional(rest.substr(1)) : std::nullopt;
}

} // namespace shirube::directory
