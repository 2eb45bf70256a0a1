// A layer of districts as shapes for SVG: the map that needs no script and no canvas.
#pragma once

#include "directory/reader.hpp"
#include "geo/lonlat.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace shirube::server {

/// Districts in drawing units: 1,000 across, y downward, degrees stretched by the middle latitude.
class CoverageDrawing {
  public:
    struct Shape {
        std::uint32_t district = 0; ///< index into Reader::districts()
        std::string path;           ///< the d of an SVG path; holes by the even-odd rule
        geo::LonLat middle;         ///< inside the district, for its name
    };
    struct Point {
        double x = 0;
        double y = 0;
    };

    CoverageDrawing(const directory::Reader& reader, const directory::Layer& layer);

    [[nodiscard]] const std::vector<Shape>& shapes() const noexcept { return shapes_; }
    [[nodiscard]] double width() const noexcept { return k_width; }
    [[nodiscard]] double height() const noexcept { return height_; }
    [[nodiscard]] Point place(geo::LonLat position) const noexcept;
    /// The earth under the drawing's upper left corner, and how far a unit goes, in degrees; northward is upward.
    struct Frame {
        double lon = 0;
        double lat = 0;
        double lon_per_unit = 0;
        double lat_per_unit = 0;
    };
    [[nodiscard]] Frame frame() const noexcept {
        return {box_.west - k_margin / (stretch_ * scale_), box_.north + k_margin / scale_, 1 / (stretch_ * scale_),
                1 / scale_};
    }
    [[nodiscard]] const geo::Box& box() const noexcept { return box_; }
    /// How many drawing units one kilometre is.
    [[nodiscard]] double units_per_km() const noexcept;

  private:
    static constexpr double k_width = 1000;
    static constexpr double k_margin = 12;
    /// Half a unit is half a pixel at the largest size the page shows.
    static constexpr double k_tolerance_units = 0.6;

    [[nodiscard]] std::string path_of(const geo::MultiPolygon& area) const;
    void append_ring(std::string& path, const geo::Ring& ring) const;

    geo::Box box_;
    double stretch_ = 1; ///< a degree of longitude over a degree of latitude
    double scale_ = 1;   ///< units per degree of latitude
    double height_ = 1;
    std::vector<Shape> shapes_;
};

/// Kept for the last few editions and layers: the shapes change only when the districts do.
std::shared_ptr<const CoverageDrawing> drawing_of(const directory::Reader& reader, const directory::Layer& layer);

} // namespace shirube::server
