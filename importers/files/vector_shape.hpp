// From OGR's geometries to ours: positions brought to WGS84, polygons mended where their rings are not valid.
#pragma once

#include "importers/files/vector_file.hpp"

#include <ogr_spatialref.h>

#include <expected>
#include <memory>
#include <string>

class OGRGeometry;

namespace shirube::importers {

/// How the coordinates of a file become longitude and latitude.
class ShapeReader {
  public:
    /// \param crs of the layer; none is taken as degrees on JGD2011
    /// \param wanted of places a line is the point halfway along it; else a closed one is what it surrounds
    /// Problems: crs_unusable
    static std::expected<ShapeReader, FileProblem> of(const OGRSpatialReference* crs, WantedShapes wanted);

    [[nodiscard]] Datum datum() const noexcept { return datum_; }

    /// Fills in the feature's shape and note. `geometry` may be changed.
    void read(OGRGeometry* geometry, VectorFeature& feature) const;

  private:
    Datum datum_ = Datum::wgs84_or_equal;
    WantedShapes wanted_ = WantedShapes::any;
    std::unique_ptr<OGRCoordinateTransformation> transformation_; ///< none where degrees are taken as they are
};

} // namespace shirube::importers
