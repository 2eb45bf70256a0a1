// Addresses inside the site. A language chosen by the visitor (?lang=) goes along; nothing is stored for it.
#pragma once

#include "server/http.hpp"

#include <string>
#include <string_view>

namespace shirube::server {

class Links {
  public:
    /// \param chosen_language empty where the visitor chose none
    /// \param is_staff pages of the directory are those of staff, below /staff
    explicit Links(std::string_view chosen_language, bool is_staff = false)
        : chosen_language_(chosen_language), is_staff_(is_staff) {}

    /// The path alone, as this reader finds it.
    [[nodiscard]] std::string path(std::string_view path) const;

    /// Path and query; parameters without a value are left out.
    [[nodiscard]] std::string to(std::string_view path, const Query& query = {}) const;

    [[nodiscard]] std::string service(std::string_view id) const { return to("/services/" + percent_encode(id)); }
    [[nodiscard]] std::string site(std::string_view id) const { return to("/sites/" + percent_encode(id)); }
    [[nodiscard]] std::string district(std::string_view layer, std::string_view code, const Query& query = {}) const {
        return to("/districts/" + percent_encode(layer) + "/" + percent_encode(code), query);
    }

    [[nodiscard]] const std::string& chosen_language() const noexcept { return chosen_language_; }

  private:
    std::string chosen_language_;
    bool is_staff_;
};

/// Path and query as they are, for addresses that carry no language (the JSON API).
std::string address(std::string_view path, const Query& query);

/// The query without a parameter.
Query without(const Query& query, std::string_view name);
/// The query with a parameter set to one value, in place where it was.
Query with(const Query& query, std::string_view name, std::string_view value);

} // namespace shirube::server
