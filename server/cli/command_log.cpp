#include "server/cli/command_log.hpp"

#include "server/cli/spoken.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <chrono>
#include <exception>
#include <fstream>

namespace shirube::server {

namespace {

std::string name_of_user(uid_t user) {
    const passwd* entry = ::getpwuid(user);
    return entry != nullptr && *entry->pw_name != '\0' ? std::string(entry->pw_name) : fmt::format("{}", user);
}

/// Who signed in before `sudo` or `su`: the kernel keeps it, and no shell can change it.
std::string name_of_signed_in() {
    constexpr std::uint32_t k_unset = 0xffffffff;
    std::ifstream file("/proc/self/loginuid");
    std::uint32_t user = k_unset;
    return file >> user && user != k_unset ? name_of_user(user) : std::string();
}

std::string_view code_of(Outcome outcome) noexcept { return outcome == Outcome::done ? "done" : "some_rejected"; }

} // namespace

std::string system_user_in_words(std::string_view user, std::string_view signed_in) {
    return signed_in.empty() || signed_in == user ? std::string(user) : fmt::format("{} ({})", user, signed_in);
}

directory::Actor console_actor() {
    return directory::Actor::console(system_user_in_words(name_of_user(::geteuid()), name_of_signed_in()));
}

std::string command_in_log(std::int64_t number, std::string_view kind, Outcome outcome, std::string_view names) {
    return fmt::format("{}{} {}{}{}", number > 0 ? fmt::format("#{} ", number) : "", kind, code_of(outcome),
                       names.empty() ? "" : ": ", names);
}

void log_command(const std::filesystem::path& store, directory::AuditAction action, std::string_view what,
                 const std::string& municipality, std::string_view language) {
    std::string reason;
    try {
        auto accounts = directory::Accounts::open(directory::accounts_beside(store));
        auto by = console_actor();
        by.municipality = municipality;
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        accounts.audit(by, action, what, now.time_since_epoch().count());
        return;
    } catch (const directory::AccountsError& error) {
        if (error.code() == "accounts_missing") {
            return;
        }
        reason = error.what();
    } catch (const std::exception& error) {
        reason = error.what();
    }
    constexpr Spoken k_not_logged{"処理は終わりましたが、操作の記録に書けませんでした。{}",
                                  "This is done, but could not be written into the log of changes. {}"};
    fmt::print(stderr, "{}\n", fmt::format(fmt::runtime(k_not_logged.in(language)), reason));
}

} // namespace shirube::server
