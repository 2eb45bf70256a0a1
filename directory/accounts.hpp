// Who may sign in: accounts, their sessions and what they did, in a file of its own beside the store. Of its own,
// because an import holds the store's lock for a minute and nobody should wait that long to sign in, and because
// password hashes must not travel with a copy of the store.
//
// Every function takes `now` as Unix seconds. What a person can mend is answered as an AccountProblem; what a person
// cannot is thrown as an AccountsError. One object may be used by several threads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace shirube::directory {

/// What an account may do. What each may see is decided where it is shown.
enum class Role : std::uint8_t { viewer, caseworker, planner, steward, administrator };

/// Every role, in the order in which they are offered.
std::span<const Role> all_roles() noexcept;
/// The stable code, e.g. "steward".
std::string_view code_of(Role) noexcept;
std::string_view label_ja(Role) noexcept;
std::string_view label_en(Role) noexcept;
/// Reads a code; nothing where there is no such role.
std::optional<Role> parse_role(std::string_view code) noexcept;

/// What is written into the audit log: a closed list. What somebody searched for is on no list.
enum class AuditAction : std::uint8_t {
    log_in,
    log_in_refused,
    log_out,
    password_changed,
    totp_on,
    totp_off,
    account_added,
    account_changed,
    account_disabled,
    account_enabled,
    import,
    undo,
    export_,
    agreement_changed,
    policy_changed, ///< kept, published, retired
    report_closed,  ///< of the public's; never what it says
    rules_changed,  ///< of matching: kept, retired
    settings_changed
};
/// The stable code, e.g. "log_in_refused"; `export_` is "export".
std::string_view code_of(AuditAction) noexcept;
std::string_view label_ja(AuditAction) noexcept;
std::string_view label_en(AuditAction) noexcept;

/// The file of accounts could not do what was asked: a sentence a person can act on, and a stable code
/// (accounts_missing, accounts_foreign, accounts_newer, accounts_busy, accounts_full, accounts_damaged, accounts_io,
/// accounts_read_only, accounts_failed).
class AccountsError : public std::runtime_error {
  public:
    AccountsError(std::string code, const std::string& sentence)
        : std::runtime_error(sentence), code_(std::move(code)) {}
    [[nodiscard]] const std::string& code() const noexcept { return code_; }

  private:
    std::string code_;
};

/// Why something was not done, for the person who asked. Codes: name_malformed, name_reserved, name_taken,
/// municipality_malformed, municipality_missing, account_unknown, password_malformed, password_short, password_long,
/// password_has_name, password_common, password_same, password_wrong, wait, signed_out, totp_on, totp_not_begun,
/// totp_wrong.
struct AccountProblem {
    std::string code;
    std::string sentence_ja;
    std::string sentence_en;
    std::int64_t wait_s = 0; ///< with `wait`: when to try again
};

struct Account {
    std::int64_t id = 0;
    std::string name; ///< 3–64 of [a-z0-9._-]
    Role role = Role::viewer;
    std::string municipality; ///< five digits; empty: the whole store, administrators only
    bool disabled = false;
    bool must_change_password = false;
    bool has_totp = false;
    int recovery_codes_left = 0;
    std::int64_t created_at = 0; ///< Unix seconds, as the other times
    std::optional<std::int64_t> last_log_in_at;
    std::int64_t password_changed_at = 0;
};

/// Whether a password was chosen by its owner, or given by somebody else and is to be changed at the first log-in.
enum class PasswordOrigin : std::uint8_t { chosen, given };

struct NewAccount {
    std::string name; ///< folded to lower case
    Role role = Role::viewer;
    std::string municipality;
    std::string password;
    PasswordOrigin origin = PasswordOrigin::given;
};

/// Who does something, as the audit log names them.
struct Actor {
    std::string name;
    std::optional<Role> role;
    std::string municipality;

    static Actor of(const Account& account);
    /// Whoever has a shell on the machine and runs a command. No account can have its name, "console:" and who that is
    /// to the operating system; "console" alone where that is not known.
    static Actor console(std::string_view system_user = {});
};

struct AuditEntry {
    std::int64_t id = 0;
    std::int64_t at = 0; ///< Unix seconds
    std::string name;    ///< of the account or the console (Actor) that acted; "unknown" where a log-in named none
    std::optional<Role> role;
    std::string municipality;
    AuditAction action = AuditAction::log_in;
    std::string what; ///< which account, list or export

    /// Who ran a command on the machine, as the operating system names them, and empty where that was not written; no
    /// value where an account acted, or nobody known.
    [[nodiscard]] std::optional<std::string_view> system_user() const noexcept;
};

/// A log-in that went well. The token goes into a cookie and is nowhere else: the file keeps a hash of it.
struct LoggedIn {
    std::string token; ///< 43 characters, base64url
    bool second_factor_pending = false;
    bool must_change_password = false;
};
/// Wrong name, password or code, or a disabled account: which of them is not told.
struct LogInRefused {};
/// Too many failures, or too many at once; nothing was looked at.
struct LogInWait {
    std::int64_t seconds = 0;
};
using LogInResult = std::variant<LoggedIn, LogInRefused, LogInWait>;

/// Whose token it is. Nothing but the second factor may be asked of a session where it is pending.
struct SignedIn {
    Account account;
    std::string csrf; ///< 43 characters; changes with the token
    bool second_factor_pending = false;
    bool must_change_password = false;
    std::int64_t expires_at = 0; ///< unless it is used before
};

/// The six digits of a secret in a time step of 30 seconds (RFC 6238), see server/accounts/totp.hpp. A function,
/// because HMAC-SHA-1 comes from OpenSSL, and that has its home in server/.
using TotpCode = std::function<std::string(std::span<const std::uint8_t> secret, std::int64_t step)>;
using TotpSecret = std::vector<std::uint8_t>; ///< 20 bytes

/// What one Argon2id hash costs, in libsodium's terms.
struct PasswordCost {
    unsigned long long operations = 0;
    std::size_t memory_bytes = 0;

    static PasswordCost interactive() noexcept; ///< 64 MiB, about a tenth of a second
    static PasswordCost moderate() noexcept;    ///< 256 MiB, about a second
    static PasswordCost least() noexcept;       ///< for tests
};

/// What the passwords of a file of accounts cost to try, settled when the file is made: were they of two costs, the
/// time that a sign-in takes would tell which names there are.
enum class PasswordEffort : std::uint8_t {
    interactive, ///< for machines with little memory
    moderate
};
/// The stable code, e.g. "moderate".
std::string_view code_of(PasswordEffort) noexcept;
std::optional<PasswordEffort> parse_password_effort(std::string_view code) noexcept;
PasswordCost cost_of(PasswordEffort) noexcept;

struct AccountSettings {
    PasswordEffort effort_of_new_file = PasswordEffort::moderate; ///< an older file keeps its own
    std::optional<PasswordCost> cost{};                           ///< for tests; none: what the file's effort costs
    std::size_t most_hashes_at_once = 2;                          ///< each takes the cost's memory; further ones queue
    std::size_t most_hashes_waiting = 16;                         ///< beyond: LogInWait
    std::int64_t idle_s = 30 * 60; ///< a session that is not used ends; counted to the minute
    std::int64_t absolute_s = 12 * 60 * 60;
    std::int64_t pending_s = 10 * 60;    ///< how long a log-in waits for its second factor
    std::int64_t touch_s = 60;           ///< how often a session's use is written down
    int failures_before_wait = 5;        ///< of one account in a row: the fifth makes the first wait
    int client_failures_before_wait = 5; ///< of one client, whatever names it gave
    std::int64_t first_wait_s = 1;       ///< doubled by each further failure
    std::int64_t most_wait_s = 15 * 60;
    std::int64_t client_forgets_one_s = 60;           ///< a client's count falls by one in that time
    std::int64_t failures_forgotten_s = 24 * 60 * 60; ///< after the last one
    std::int64_t most_failure_rows = 10'000;          ///< of names, and of clients; the oldest go
    TotpCode totp_code;                               ///< empty: no second factor can be begun or passed
};

/// The accounts of a store lie beside it: town.shirube → town.shirube.accounts.
std::filesystem::path accounts_beside(const std::filesystem::path& store);

class Accounts {
  public:
    /// \throws AccountsError (accounts_missing where there is no such file)
    static Accounts open(const std::filesystem::path& path, AccountSettings settings = {});
    /// Makes the file, which its owner alone may read, where it does not exist. \throws AccountsError
    static Accounts open_or_create(const std::filesystem::path& path, AccountSettings settings = {});
    /// As it was settled when the file was made.
    [[nodiscard]] PasswordEffort password_effort() const noexcept;
    Accounts(Accounts&&) noexcept;
    Accounts& operator=(Accounts&&) noexcept;
    ~Accounts();

    // --- accounts
    // -----------------------------------------------------------------------------------------------------

    /// Problems: name_*, municipality_*, password_*.
    std::expected<Account, AccountProblem> add(const NewAccount& account, const Actor& by, std::int64_t now);
    /// By name.
    [[nodiscard]] std::vector<Account> all() const;
    [[nodiscard]] std::optional<Account> find(std::int64_t account) const;
    /// The name is folded as at log-in.
    [[nodiscard]] std::optional<Account> find_named(std::string_view name) const;
    /// Ends the account's sessions where anything changed. Problems: account_unknown, municipality_*.
    std::expected<Account, AccountProblem> change_role(std::int64_t account, Role role, const std::string& municipality,
                                                       const Actor& by, std::int64_t now);
    /// Ends the account's sessions. Problems: account_unknown.
    std::expected<Account, AccountProblem> disable(std::int64_t account, const Actor& by, std::int64_t now);
    /// Forgets its failures too. Problems: account_unknown.
    std::expected<Account, AccountProblem> enable(std::int64_t account, const Actor& by, std::int64_t now);

    // --- passwords
    // ----------------------------------------------------------------------------------------------------

    /// Sets another one's password, ends the account's sessions and forgets its failures. Problems: account_unknown,
    /// password_*.
    std::expected<Account, AccountProblem> set_password(std::int64_t account, std::string_view password,
                                                        PasswordOrigin origin, const Actor& by, std::int64_t now);
    /// The signed-in changes their own: all their other sessions end, and this one goes on under a new token. Wrong old
    /// passwords count as failed log-ins. Problems: signed_out, password_*, wait.
    std::expected<LoggedIn, AccountProblem> change_password(std::string_view token, std::string_view old_password,
                                                            std::string_view new_password, std::string_view client,
                                                            std::int64_t now);

    // --- sessions
    // -----------------------------------------------------------------------------------------------------

    /// \param client where the attempt comes from, e.g. an IP address; failures are counted by it as well as by name
    /// \param old_token what the browser had before; it is dead after a log-in
    /// An unknown name, a disabled account and a wrong password take the same work and the same waits.
    LogInResult log_in(std::string_view name, std::string_view password, std::string_view client, std::int64_t now,
                       std::string_view old_token = {});
    /// A code of the authenticator or a recovery code, for a session that waits for one. The old token is dead after
    /// it.
    LogInResult second_factor(std::string_view token, std::string_view code, std::string_view client, std::int64_t now);
    /// Nothing where the token is unknown or has expired, or the account is disabled.
    std::optional<SignedIn> session_of(std::string_view token, std::int64_t now);
    void log_out(std::string_view token, std::int64_t now);
    void log_out_everywhere(std::int64_t account, const Actor& by, std::int64_t now);

    // --- the second factor
    // --------------------------------------------------------------------------------------------

    /// A new secret, which counts once it is confirmed. Problems: account_unknown, totp_on.
    std::expected<TotpSecret, AccountProblem> begin_totp(std::int64_t account);
    /// \returns eight recovery codes, to be shown once. Problems: account_unknown, totp_on, totp_not_begun, totp_wrong.
    std::expected<std::vector<std::string>, AccountProblem> confirm_totp(std::int64_t account, std::string_view code,
                                                                         const Actor& by, std::int64_t now);
    /// With its recovery codes. Nothing happens where there is none. Problems: account_unknown.
    std::expected<Account, AccountProblem> remove_totp(std::int64_t account, const Actor& by, std::int64_t now);

    // --- what was done
    // ------------------------------------------------------------------------------------------------

    /// \param what which account, list or export; never what was searched for, nor anything of a family. Cut at 200
    /// characters; control characters become spaces.
    void audit(const Actor& by, AuditAction action, std::string_view what, std::int64_t now);
    /// The newest first. \param before_id of the last entry of the page before; 0: from the newest
    [[nodiscard]] std::vector<AuditEntry> audit_log(std::int64_t before_id, std::size_t most) const;

  private:
    struct Impl;
    explicit Accounts(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

/// A password nobody has had: 20 characters in groups, for the first log-in.
std::string random_password();

} // namespace shirube::directory
