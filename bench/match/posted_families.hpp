// Families as a caseworker sends them: to the API and from the page's form, by somebody who has signed in. Everything
// but the socket is gone through: session, form's word, reading, geometry, matching, sentences, HTML or JSON.
#pragma once

#include "directory/match/family.hpp"
#include "directory/match/match_rules.hpp"
#include "server/editions.hpp"
#include "server/http.hpp"
#include "server/staff/staff_desk.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace shirube::bench {

class Caseworker {
  public:
    /// Makes accounts beside the store, and takes them away in the end. \param store is read alone
    Caseworker(std::filesystem::path store, std::string municipality);
    ~Caseworker();
    Caseworker(const Caseworker&) = delete;
    Caseworker& operator=(const Caseworker&) = delete;

    [[nodiscard]] server::Request to_api(const directory::Family& family, const directory::MatchRules& rules) const;
    [[nodiscard]] server::Request from_form(const directory::Family& family, const directory::MatchRules& rules) const;

    /// \throws std::runtime_error where the answer is not 200
    [[nodiscard]] server::Answer ask(const server::Request& request, directory::Instant now);

  private:
    void remove_accounts() const;

    std::filesystem::path accounts_;
    std::unique_ptr<server::Editions> editions_;
    std::unique_ptr<server::StaffDesk> desk_;
    std::string token_;
    std::string csrf_;
};

} // namespace shirube::bench
