// Two municipalities in one store, each with what it keeps for its staff, accounts of every role in both, and the way
// to ask as any of them. Every hidden text holds a word by which it is known wherever it should not be.
#pragma once

#include "directory/accounts.hpp"
#include "server/context.hpp"
#include "server/editions.hpp"
#include "server/http.hpp"
#include "server/reports/report_box.hpp"
#include "server/staff/staff_desk.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace shirube::tests {

inline constexpr std::string_view k_here = "99201";
inline constexpr std::string_view k_there = "99341";
inline constexpr std::string_view k_password = "correct horse battery 12";

/// Words that stand in hidden rows and parts alone.
inline constexpr std::string_view k_staff_here = "しおのひみつ";
inline constexpr std::string_view k_coordinator_here = "しおのちょうせい";
inline constexpr std::string_view k_staff_there = "おきのひみつ";
inline constexpr std::string_view k_coordinator_there = "おきのちょうせい";

class StaffTown {
  public:
    StaffTown();
    ~StaffTown();
    StaffTown(const StaffTown&) = delete;
    StaffTown& operator=(const StaffTown&) = delete;

    [[nodiscard]] server::StaffDesk& desk() { return *desk_; }
    [[nodiscard]] directory::Accounts& accounts() { return *desk_->accounts(); }
    [[nodiscard]] server::ReportBox& reports() { return *reports_; }
    [[nodiscard]] const server::Editions& editions() const { return *editions_; }
    [[nodiscard]] const std::filesystem::path& store() const { return store_; }
    std::int64_t now_s = 1'795'000'000; ///< the desk's clock

    /// The account's id; made where there is none.
    std::int64_t account(const std::string& name, directory::Role role, std::string_view municipality,
                         directory::PasswordOrigin origin = directory::PasswordOrigin::chosen);

    /// A session of the account: its token.
    std::string token_of(const std::string& name);
    /// What goes into the forms of a session.
    std::string csrf_of(const std::string& token);

    /// What the server answers to a request from this machine. \param token empty: nobody is signed in
    server::Answer get(std::string_view target, const std::string& token = {});
    server::Answer post(std::string_view target, const server::Query& fields, const std::string& token = {});
    server::Answer post_json(std::string_view target, std::string_view body, const std::string& token,
                             const std::string& csrf);
    server::Answer ask(const server::Request& request);

    /// Public ids by what their place is called.
    std::map<std::string, std::string, std::less<>> services;

  private:
    std::filesystem::path folder_;
    std::filesystem::path store_;
    std::unique_ptr<server::Editions> editions_;
    std::unique_ptr<server::ReportBox> reports_;
    std::unique_ptr<server::StaffDesk> desk_;
};

server::Request staff_request(std::string_view target, const std::string& token);

/// The token that an answer gives a browser; empty where it gives none.
std::string token_given(const server::Answer& answer);

/// An account that has signed in, and what it asks for.
struct SignedIn {
    StaffTown& town;
    std::string token;
    std::string csrf;

    /// \param name empty: one of its role and municipality
    SignedIn(StaffTown& of, directory::Role role, std::string_view municipality = k_here, std::string name = {});

    [[nodiscard]] server::Answer get(std::string_view target) const { return town.get(target, token); }
    /// A form with its hidden word.
    [[nodiscard]] server::Answer post(std::string_view target, server::Query fields) const;
};

/// Whether the answer's body holds these words.
bool says(const server::Answer& answer, std::string_view words);

} // namespace shirube::tests
