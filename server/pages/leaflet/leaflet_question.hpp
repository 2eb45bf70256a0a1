// What a leaflet is asked for: an area or a list, the conditions of any search, and the words of the office that hands
// it out.
#pragma once

#include "directory/search.hpp"
#include "server/context.hpp"
#include "server/http.hpp"
#include "server/pages/texts.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

enum class Paper : std::uint8_t { upright, across };

struct LeafletQuestion {
    directory::SearchQuery search;        ///< without a page: everything that fits
    std::vector<std::uint32_t> districts; ///< as in `search.within`
    std::string layer;                    ///< of which a district is chosen; empty where none was named
    std::optional<std::uint32_t> list;
    std::string title;   ///< of the office's own; empty: ours
    std::string contact; ///< of the office
    Paper paper = Paper::upright;
    Query conditions; ///< the search without its place, its order and its page

    /// The same leaflet as an address asks for it.
    [[nodiscard]] Query query(const directory::Reader& reader) const;
    /// The same search, for whoever scans the sheet: its place as districts. Nothing of the office's own words.
    [[nodiscard]] Query search_query(const directory::Reader& reader) const;
};

inline constexpr std::size_t k_most_title = 60;   ///< characters
inline constexpr std::size_t k_most_contact = 80; ///< characters

/// \returns a sentence in the reader's language where it is no question
std::expected<LeafletQuestion, std::string> read_leaflet_question(const Query& query, const Context& context,
                                                                  const Texts& texts);

/// A point asked about is a family's, and a browser prints the address of a page on its sheets: such a question is sent
/// on (303) to the districts that hold the point, of the layer people know best. Where it lies in none and nothing else
/// is named, the answer says so.
/// \returns nothing where no point is asked about
std::optional<Answer> sent_on_without_point(std::string_view path, const Request& request, const Context& context);

} // namespace shirube::server
