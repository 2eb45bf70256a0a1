// A map to point at without script and without tiles: a drawing of the municipality behind a picture that is sent where
// it was clicked. A click comes nearer, step by step; buttons move the point by a little, for whoever has no mouse.
#pragma once

#include "directory/reader.hpp"
#include "geo/lonlat.hpp"
#include "server/pages/templates.hpp"

#include <optional>
#include <string_view>

namespace shirube::server {

/// As wide and high as it is shown on every screen: what is sent is counted in these.
inline constexpr int k_pick_px = 320;

class PickMap {
  public:
    /// \param owner whose municipality is seen whole on the first step
    PickMap(const directory::Reader& reader, std::string_view owner);

    /// False where nobody knows where the municipality lies.
    [[nodiscard]] bool is_drawn() const noexcept { return !whole_.is_empty(); }
    [[nodiscard]] int last_step() const noexcept { return last_step_; }
    /// With some ground around it: nothing outside is a place of the municipality.
    [[nodiscard]] const geo::Box& whole() const noexcept { return whole_; }

    /// What is seen at a step around a point; the whole at step 0.
    [[nodiscard]] geo::Box seen(int step, std::optional<geo::LonLat> around) const;
    /// The point that a click at (x, y) means.
    static geo::LonLat at(const geo::Box& seen, double x, double y) noexcept;
    /// How far one press of a button goes: a sixteenth of what is seen.
    static geo::LonLat moved(const geo::Box& seen, geo::LonLat point, std::string_view where) noexcept;

    /// Fills the drawing of templates/staff-desk-place.html: areas, places, names, and the point that was chosen.
    void draw(View map, const geo::Box& seen, std::optional<geo::LonLat> point) const;

  private:
    const directory::Reader& reader_;
    geo::Box whole_;
    int last_step_ = 0;
};

} // namespace shirube::server
