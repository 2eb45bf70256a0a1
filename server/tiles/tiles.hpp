// `/tiles/…`: the directory's districts and services as Mapbox Vector Tiles 2.1, and the TileJSON that describes them.
#pragma once

#include "geo/web_mercator.hpp"
#include "server/context.hpp"
#include "server/http.hpp"

#include <string_view>

namespace shirube::server {

/// `/tiles/{layer}/{z}/{x}/{y}.mvt`, where the layer is `services` or a district layer; see TileSource for what is in
/// them. Parameters: `at` (an instant, default now; matters to services alone), `lang` (ignored). A tile without
/// features is 200 with an empty body, which is a tile too.
///
/// Problems: not_found (no such layer; z beyond 22, x or y outside the zoom), bad_parameter.
/// \pre context.loaded.tiles is set
Answer tile(const Request& request, const Context& context, std::string_view layer, geo::TileId id);

/// `/tiles/{layer}.json`: TileJSON 3.0.0. The address of the tiles is path-absolute ("/tiles/…"): a client puts the
/// origin it asked before it. Problems: not_found, bad_parameter.
/// \pre context.loaded.tiles is set
Answer tile_json(const Request& request, const Context& context, std::string_view layer);

} // namespace shirube::server
