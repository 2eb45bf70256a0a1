// Forms that came after their session was over and are too long for an address: held in memory until their page asks
// for them. Never what a family's page sent, a password or a code.
#pragma once

#include "server/http.hpp"

#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace shirube::server {

class KeptForms {
  public:
    /// The word by which it is asked for. The newest few stay.
    std::string keep(std::string_view path, Query fields);
    /// Nothing where it is gone, or was another page's.
    [[nodiscard]] std::optional<Query> find(std::string_view word, std::string_view path) const;

  private:
    struct Form {
        std::string word;
        std::string path;
        Query fields;
    };
    mutable std::mutex mutex_;
    std::deque<Form> forms_; ///< the oldest first
};

} // namespace shirube::server
