// GeoJSON features rendered once an edition: everything of a service that does not depend on the question.
#pragma once

#include "directory/snapshot/memberships.hpp"
#include "directory/state.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::directory {

/// Appends a JSON string with its quotes. Text must be valid UTF-8.
void append_json_string(std::string& out, std::string_view text);

class Fragments {
  public:
    Fragments() = default;
    Fragments(const State& state, const Taxonomy& taxonomy, const Lists<Membership>& by_site);

    /// `{"type":"Feature",…,"properties":{…` with the properties still open: what depends on the question (status,
    /// distance, open) and the closing braces follow.
    [[nodiscard]] std::string_view of(std::uint32_t service) const noexcept {
        return std::string_view{text_}.substr(first_[service], first_[service + 1] - first_[service]);
    }
    [[nodiscard]] std::string_view all() const noexcept { return text_; }

  private:
    std::string text_;
    std::vector<std::size_t> first_;
};

} // namespace shirube::directory
