// What every handler is given besides the request: the reader of its audience, the moment, the language, and the
// settings. A handler can reach nothing else.
#pragma once

#include "directory/coverage.hpp"
#include "directory/policy.hpp"
#include "directory/reader.hpp"
#include "importers/locating/locator.hpp"
#include "server/http.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace shirube::server {

class ReportBox;
class TileSource;

/// One edition as the server holds it: swapped in whole when the store changes.
struct Loaded {
    directory::Reader reader;
    std::shared_ptr<const importers::Locator> locator; ///< over the edition's gazetteer
    /// Of the same reader, see server/tiles/tile_source.hpp; null for staff, whose pages ask for none.
    std::shared_ptr<const TileSource> tiles = nullptr;
    /// Fewer children the public is not told of, see directory::compute_coverage().
    std::int64_t least_children_told = directory::k_least_children_told;
};

/// Who is signed in, as far as a page shows it.
struct StaffView {
    std::string name;
    std::string role; ///< in words, in the language of the page
    std::string csrf; ///< goes into every form
    bool may_plan = false;
    bool may_steward = false;
    std::string owner; ///< whose rows and documents are their own, see directory::owner_of(); empty: the whole store
    bool is_whole = false; ///< nothing is asked of them before they may go on: a code, a new password
};

struct Context {
    const Loaded& loaded;
    directory::Instant now;
    std::string_view language; ///< ja, ja-easy or en: the request's ?lang=, else its cookie, else Accept-Language

    const StaffView* staff = nullptr; ///< null: the public
    ReportBox* reports = nullptr;     ///< where reports of the public go; null: none are taken

    [[nodiscard]] const directory::Reader& reader() const noexcept { return loaded.reader; }

    /// Names what answers are made of: the edition, and what of it is told.
    [[nodiscard]] std::string edition_told() const {
        const auto& edition = loaded.reader.edition();
        return loaded.least_children_told == directory::k_least_children_told
                   ? edition
                   : edition + "~" + std::to_string(loaded.least_children_told);
    }

    /// Where this reader finds what the public finds at an address of the API.
    [[nodiscard]] std::string api(std::string_view path) const {
        constexpr std::string_view k_root = "/api/v1/";
        return staff == nullptr ? std::string{path} : "/api/v1/staff/" + std::string{path.substr(k_root.size())};
    }
};

} // namespace shirube::server
