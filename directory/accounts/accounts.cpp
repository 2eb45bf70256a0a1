#include "directory/accounts.hpp"

#include "directory/accounts/failures.hpp"
#include "directory/accounts/impl.hpp"
#include "directory/accounts/password_rules.hpp"
#include "directory/accounts/problems.hpp"
#include "directory/accounts/sessions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

namespace shirube::directory {

namespace {

constexpr std::string_view k_select_account = R"(
    SELECT a.account_id, a.name, a.role, a.municipality, a.disabled, a.must_change_password,
           a.totp_secret IS NOT NULL, (SELECT count(*) FROM recovery_code r WHERE r.account_id = a.account_id),
           a.created_at, a.last_log_in_at, a.password_changed_at
    FROM account a )";

Account account_in(const Statement& row) {
    const auto role = parse_role(row.text(2));
    if (!role) {
        throw StoreError("store_damaged", "An account has no role.");
    }
    return {.id = row.integer(0),
            .name = std::string(row.text(1)),
            .role = *role,
            .municipality = std::string(row.text(3)),
            .disabled = row.integer(4) != 0,
            .must_change_password = row.integer(5) != 0,
            .has_totp = row.integer(6) != 0,
            .recovery_codes_left = static_cast<int>(row.integer(7)),
            .created_at = row.integer(8),
            .last_log_in_at = row.maybe_integer(9),
            .password_changed_at = row.integer(10)};
}

std::optional<AccountProblem> problem_of_municipality(Role role, std::string_view municipality) {
    if (municipality.empty()) {
        return role == Role::administrator ? std::nullopt : std::optional(account_problem("municipality_missing"));
    }
    const bool digits = std::ranges::all_of(municipality, [](char c) { return c >= '0' && c <= '9'; });
    if (municipality.size() != 5 || !digits) {
        return account_problem("municipality_malformed");
    }
    return std::nullopt;
}

/// As the log writes it.
std::string role_in_words(const Account& account) {
    return account.municipality.empty() ? std::string(code_of(account.role))
                                        : fmt::format("{} {}", code_of(account.role), account.municipality);
}

} // namespace

Accounts::Impl::Impl(const std::filesystem::path& of, OwnFileWanted wanted_file, AccountSettings wanted)
    : settings(std::move(wanted)),
      file(of, kind_of_accounts_file(), wanted_file, settle_accounts_file(settings.effort_of_new_file)),
      turns(settings.most_hashes_at_once, settings.most_hashes_waiting) {
    locked([this] {
        secret = read_file_secret(file.database());
        effort = read_password_effort(file.database());
    });
    cost = settings.cost.value_or(cost_of(effort));
    nobody = hash_of_nobody(cost);
}

Accounts::Accounts(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Accounts::Accounts(Accounts&&) noexcept = default;
Accounts& Accounts::operator=(Accounts&&) noexcept = default;
Accounts::~Accounts() = default;

Accounts Accounts::open(const std::filesystem::path& path, AccountSettings settings) {
    return Accounts(std::make_unique<Impl>(path, OwnFileWanted::existing, std::move(settings)));
}

Accounts Accounts::open_or_create(const std::filesystem::path& path, AccountSettings settings) {
    return Accounts(std::make_unique<Impl>(path, OwnFileWanted::made_if_missing, std::move(settings)));
}

PasswordEffort Accounts::password_effort() const noexcept { return impl_->effort; }

std::optional<Account> account_by_id(Database& database, std::int64_t id) {
    Statement select(database, fmt::format("{} WHERE a.account_id = ?", k_select_account));
    return select.bind(id).step() ? std::optional(account_in(select)) : std::nullopt;
}

std::optional<Account> account_by_name(Database& database, std::string_view folded_name) {
    Statement select(database, fmt::format("{} WHERE a.name = ?", k_select_account));
    return select.bind(folded_name).step() ? std::optional(account_in(select)) : std::nullopt;
}

std::vector<Account> Accounts::all() const {
    return impl_->locked([this] {
        Statement select(impl_->file.database(), fmt::format("{} ORDER BY a.name", k_select_account));
        std::vector<Account> accounts;
        while (select.step()) {
            accounts.push_back(account_in(select));
        }
        return accounts;
    });
}

std::optional<Account> Accounts::find(std::int64_t account) const {
    return impl_->locked([&] { return account_by_id(impl_->file.database(), account); });
}

std::optional<Account> Accounts::find_named(std::string_view name) const {
    return impl_->locked([&] { return account_by_name(impl_->file.database(), fold_login_name(name)); });
}

std::expected<Account, AccountProblem> Accounts::add(const NewAccount& account, const Actor& by, std::int64_t now) {
    const auto name = check_login_name(account.name);
    if (!name) {
        return std::unexpected(name.error());
    }
    if (auto problem = problem_of_municipality(account.role, account.municipality)) {
        return std::unexpected(*std::move(problem));
    }
    if (find_named(*name)) { // told before anything costly; looked at again below
        return std::unexpected(account_problem("name_taken"));
    }
    const auto password = check_password(*name, account.password);
    if (!password) {
        return std::unexpected(password.error());
    }
    const auto hash = impl_->hashed(*password);
    if (!hash) {
        return std::unexpected(hash.error());
    }
    return impl_->written([&]() -> std::expected<Account, AccountProblem> {
        auto& database = impl_->file.database();
        if (account_by_name(database, *name)) {
            return std::unexpected(account_problem("name_taken"));
        }
        Statement(database, R"(INSERT INTO account
            (name, role, municipality, password, must_change_password, created_at, password_changed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?))")
            .bind(*name, code_of(account.role), account.municipality, *hash,
                  static_cast<int>(account.origin == PasswordOrigin::given), now, now)
            .run();
        auto added = *account_by_id(database, database.last_insert_id());
        write_audit(database, by, AuditAction::account_added, fmt::format("{}: {}", added.name, role_in_words(added)),
                    now);
        return added;
    });
}

std::expected<Account, AccountProblem> Accounts::change_role(std::int64_t account, Role role,
                                                             const std::string& municipality, const Actor& by,
                                                             std::int64_t now) {
    if (auto problem = problem_of_municipality(role, municipality)) {
        return std::unexpected(*std::move(problem));
    }
    return impl_->written([&]() -> std::expected<Account, AccountProblem> {
        auto& database = impl_->file.database();
        const auto before = account_by_id(database, account);
        if (!before) {
            return std::unexpected(account_problem("account_unknown"));
        }
        if (before->role == role && before->municipality == municipality) {
            return *before;
        }
        Statement(database, "UPDATE account SET role = ?, municipality = ? WHERE account_id = ?")
            .bind(code_of(role), municipality, account)
            .run();
        end_sessions(database, account);
        auto after = *account_by_id(database, account);
        write_audit(database, by, AuditAction::account_changed,
                    fmt::format("{}: {} -> {}", after.name, role_in_words(*before), role_in_words(after)), now);
        return after;
    });
}

std::expected<Account, AccountProblem> Accounts::disable(std::int64_t account, const Actor& by, std::int64_t now) {
    return impl_->written([&]() -> std::expected<Account, AccountProblem> {
        auto& database = impl_->file.database();
        const auto before = account_by_id(database, account);
        if (!before) {
            return std::unexpected(account_problem("account_unknown"));
        }
        end_sessions(database, account);
        if (!before->disabled) {
            Statement(database, "UPDATE account SET disabled = 1 WHERE account_id = ?").bind(account).run();
            write_audit(database, by, AuditAction::account_disabled, before->name, now);
        }
        return *account_by_id(database, account);
    });
}

std::expected<Account, AccountProblem> Accounts::enable(std::int64_t account, const Actor& by, std::int64_t now) {
    return impl_->written([&]() -> std::expected<Account, AccountProblem> {
        auto& database = impl_->file.database();
        const auto before = account_by_id(database, account);
        if (!before) {
            return std::unexpected(account_problem("account_unknown"));
        }
        Failures(database, impl_->settings, now).forget_name(impl_->hash_of_name(before->name));
        if (before->disabled) {
            Statement(database, "UPDATE account SET disabled = 0 WHERE account_id = ?").bind(account).run();
            write_audit(database, by, AuditAction::account_enabled, before->name, now);
        }
        return *account_by_id(database, account);
    });
}

} // namespace shirube::directory
