// A town of three districts and two dozen places built in code, and the way to ask it without a socket.
#pragma once

#include "directory/state.hpp"
#include "server/context.hpp"
#include "server/http.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace shirube::tests {

/// How many children's centres stand in a row along the parallel, west to east, 100 m or so apart.
inline constexpr std::size_t k_centres = 25;

/// West and east overlap in a choice zone (137.0155 to 137.0205); the third has a name a spreadsheet would run, nothing
/// in it, and children nobody counted. One cafeteria has a point and Saturdays, one has no position.
directory::State small_state();

/// An edition of a state, as the server holds it.
server::Loaded loaded_of(directory::State state);

/// Saturday, 21 November 2026, 10:00.
directory::Instant saturday_morning();

class SmallTown {
  public:
    explicit SmallTown(directory::State state = small_state()) : loaded_(loaded_of(std::move(state))) {}

    [[nodiscard]] const directory::Reader& reader() const noexcept { return loaded_.reader; }
    [[nodiscard]] const server::Loaded& loaded() const noexcept { return loaded_; }

    /// What the router answers to a GET of the target (path and query, percent-encoded).
    [[nodiscard]] server::Answer get(std::string_view target, std::string_view accept = "application/json") const;
    [[nodiscard]] server::Answer ask(const server::Request& request) const;

    /// The same as JSON. Throws where the answer is none.
    [[nodiscard]] nlohmann::json json(std::string_view target) const;

  private:
    server::Loaded loaded_;
};

/// One for all tests that only read.
const SmallTown& the_small_town();

/// A request for a target that parses.
server::Request request_for(std::string_view target, std::string_view accept = "application/json");

/// The first header of that name; empty where there is none.
std::string header_of(const server::Answer& answer, std::string_view name);

} // namespace shirube::tests
