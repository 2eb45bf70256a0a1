// What every handler is given besides the request: the reader of its audience, the moment, the language, and the
// settings. A handler can reach nothing else.
#pragma once

#include "directory/policy.hpp"
#include "directory/reader.hpp"
#include "importers/locating/locator.hpp"
#include "server/http.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace shirube::server {

class TileSource;

/// One edition as the server holds it: swapped in whole when the store changes.
struct Loaded {
    directory::Reader reader;
    std::shared_ptr<const importers::Locator> locator; ///< over the edition's gazetteer
    std::shared_ptr<const TileSource> tiles = nullptr; ///< of the same reader; see server/tiles/tile_source.hpp
};

struct Context {
    const Loaded& loaded;
    directory::Instant now;
    std::string_view language; ///< ja, ja-easy or en: the request's ?lang=, else its cookie, else Accept-Language

    [[nodiscard]] const directory::Reader& reader() const noexcept { return loaded.reader; }
};

} // namespace shirube::server
