#include "server/pages/leaflet/leaflet_question.hpp"

#include "server/pages/links.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/words.hpp"
#include "server/problem.hpp"
#include "server/search_query.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace shirube::server {

namespace {

/// Of the leaflet alone; a search does not know them.
constexpr std::array<std::string_view, 6> k_own{"layer", "district", "list", "title", "contact", "paper"};
/// Of a search's place, order and page: a leaflet has its own.
constexpr std::array<std::string_view, 8> k_not_conditions{"near",  "radius", "within", "sort",
                                                           "limit", "cursor", "lang",   "f"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

std::string sentence_of(const Problem& problem, std::string_view language) {
    return title_of(problem, language) + (problem.parameter.empty() ? "" : " (" + problem.parameter + ")");
}

std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

/// One line: what would break it is a blank.
std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const bool is_control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
        if (is_control || c == ' ') {
            out += out.empty() || out.back() == ' ' ? "" : " ";
        } else {
            out += c;
        }
    }
    if (out.ends_with(' ')) {
        out.pop_back();
    }
    return out;
}

/// The leaflet's own parameters.
class Own {
  public:
    Own(const directory::Reader& reader, const Texts& texts, LeafletQuestion& out)
        : reader_(reader), texts_(texts), out_(out) {}

    /// \returns what is wrong with it; empty: nothing
    std::string read(std::string_view name, const std::string& value) {
        if (name == "layer") {
            out_.layer = value;
            return reader_.find_layer(value) != nullptr ? std::string{} : texts_.get("leaflet.unknown_layer");
        }
        if (name == "district") {
            district_ = value;
            return {};
        }
        if (name == "list") {
            out_.list = find_list(value);
            return out_.list ? std::string{} : texts_.get("leaflet.unknown_list");
        }
        if (name == "title") {
            return read_line(value, k_most_title, out_.title, "leaflet.long_title");
        }
        if (name == "contact") {
            return read_line(value, k_most_contact, out_.contact, "leaflet.long_contact");
        }
        out_.paper = value == "landscape" ? Paper::across : Paper::upright;
        return value == "landscape" || value == "portrait" ? std::string{} : texts_.get("leaflet.unknown_paper");
    }

    /// The district is one of the layer's, whichever of the two came first.
    std::string finish(Query& search) {
        if (district_.empty()) {
            return {};
        }
        if (const auto* usual = usual_layer(reader_); out_.layer.empty() && usual != nullptr) {
            out_.layer = usual->code;
        }
        if (!reader_.find_district(out_.layer, district_)) {
            return texts_.get("leaflet.unknown_district");
        }
        search.emplace_back("within", out_.layer + ":" + district_);
        return {};
    }

  private:
    /// Of places that a leaflet could show.
    std::optional<std::uint32_t> find_list(std::string_view name) const {
        for (const auto index : reader_.lists().indices()) {
            const auto& list = reader_.lists()[index];
            if (list.kind == directory::ImportKind::resources && list.name == name) {
                return index;
            }
        }
        return std::nullopt;
    }

    std::string read_line(const std::string& value, std::size_t most, std::string& line, std::string_view too_long) {
        line = one_line(value);
        return characters_in(line) <= most ? std::string{} : texts_.with(too_long, {{"most", std::to_string(most)}});
    }

    const directory::Reader& reader_;
    const Texts& texts_;
    LeafletQuestion& out_;
    std::string district_;
};

/// Only where a time of the day is asked for does an answer change within the day.
directory::Instant instant_of(const Query& query, directory::Instant now) {
    const bool asks_now = std::ranges::any_of(query, [](const auto& pair) { return pair.first == "open"; });
    return asks_now ? now : directory::Instant{now.day, 0};
}

/// What nobody asks a leaflet for unless they name it: who could host a service one day, and the schools that all
/// children of an area go to anyway.
void leave_out_what_is_no_help(directory::SearchQuery& search, const directory::Taxonomy& taxonomy) {
    if (!search.programmes.empty()) {
        return;
    }
    constexpr std::array<std::string_view, 3> k_left_out{"carriers", "shogakko", "chugakko"};
    std::vector<bool> is_left_out(taxonomy.programmes().size());
    for (const auto code : k_left_out) {
        if (const auto programme = taxonomy.by_code(code)) {
            for (const auto below : taxonomy.with_descendants(*programme)) {
                is_left_out[below] = true;
            }
        }
    }
    for (std::size_t i = 0; i < is_left_out.size(); ++i) {
        if (!is_left_out[i]) {
            search.programmes.push_back(static_cast<directory::ProgrammeIndex>(i));
        }
    }
}

/// The question with the districts that hold its point in the point's place; nothing where it has none.
std::optional<std::expected<Query, std::string>> without_point(const Query& query, const Context& context,
                                                               const Texts& texts) {
    const auto names = [&](std::string_view name) {
        return std::ranges::find_if(query,
                                    [&](const auto& pair) { return pair.first == name && !pair.second.empty(); });
    };
    if (names("near") == query.end()) {
        return std::nullopt;
    }
    Query rest;
    for (const auto& pair : query) {
        if (pair.first != "near" && pair.first != "radius" && pair.first != "sort" && pair.first != "cursor") {
            rest.push_back(pair);
        }
    }
    const bool has_place = names("within") != query.end() || names("district") != query.end() ||
                           names("list") != query.end() || names("bbox") != query.end();
    if (has_place) {
        return rest;
    }
    const auto& reader = context.reader();
    const auto asked = read_search_query({*names("near")}, reader, context.now);
    if (!asked) {
        return std::unexpected(sentence_of(asked.error(), texts.language()));
    }
    const auto* layer = usual_layer(reader);
    const auto holding = layer == nullptr ? std::vector<std::uint32_t>{} : reader.districts_at(*layer, *asked->near);
    if (holding.empty()) {
        return std::unexpected(texts.get("leaflet.nowhere"));
    }
    for (const auto district : holding) {
        rest.emplace_back("within", layer->code + ":" + reader.districts()[district].code);
    }
    return rest;
}

} // namespace

Query LeafletQuestion::search_query(const directory::Reader& reader) const {
    Query out;
    for (const auto district : districts) {
        const auto& row = reader.districts()[district];
        out.emplace_back("within", row.layer + ":" + row.code);
    }
    out.insert(out.end(), conditions.begin(), conditions.end());
    return out;
}

Query LeafletQuestion::query(const directory::Reader& reader) const {
    Query out;
    if (districts.size() == 1) {
        const auto& row = reader.districts()[districts.front()];
        out.emplace_back("layer", row.layer);
        out.emplace_back("district", row.code);
    } else {
        if (!layer.empty()) {
            out.emplace_back("layer", layer);
        }
        for (const auto district : districts) {
            const auto& row = reader.districts()[district];
            out.emplace_back("within", row.layer + ":" + row.code);
        }
    }
    if (list) {
        out.emplace_back("list", reader.lists()[*list].name);
    }
    out.insert(out.end(), conditions.begin(), conditions.end());
    out.emplace_back("title", title);
    out.emplace_back("contact", contact);
    out.emplace_back("paper", paper == Paper::across ? "landscape" : "");
    std::erase_if(out, [](const auto& pair) { return pair.second.empty(); });
    return out;
}

std::expected<LeafletQuestion, std::string> read_leaflet_question(const Query& query, const Context& context,
                                                                  const Texts& texts) {
    const auto& reader = context.reader();
    LeafletQuestion out;
    Own own(reader, texts, out);
    Query search;
    std::uint32_t seen = 0;
    for (const auto& [name, value] : query) {
        if (!is_one_of(k_own, name)) {
            // A leaflet has no pages to go on to, whoever hands on a search's address with one.
            if (name != "cursor") {
                search.emplace_back(name, value);
            }
            continue;
        }
        const auto bit = 1U << static_cast<unsigned>(std::ranges::find(k_own, name) - k_own.begin());
        if ((seen & bit) != 0) {
            return std::unexpected(sentence_of({"bad_parameter", name, {}}, texts.language()));
        }
        seen |= bit;
        if (value.empty()) {
            continue; // a form sends the fields that were left empty
        }
        if (auto fault = own.read(name, value); !fault.empty()) {
            return std::unexpected(std::move(fault));
        }
    }
    if (auto fault = own.finish(search); !fault.empty()) {
        return std::unexpected(std::move(fault));
    }
    auto asked = read_search_query(search_parameters_of(search), reader, instant_of(query, context.now));
    if (!asked) {
        return std::unexpected(sentence_of(asked.error(), texts.language()));
    }
    out.search = *std::move(asked);
    std::ranges::sort(out.search.within);
    const auto [first, last] = std::ranges::unique(out.search.within);
    out.search.within.erase(first, last);
    out.districts = out.search.within;
    out.search.sort = directory::Sort::name;
    out.search.offset = 0;
    std::ranges::copy_if(search, std::back_inserter(out.conditions), [](const auto& pair) {
        return !pair.second.empty() && !is_one_of(k_not_conditions, pair.first);
    });
    leave_out_what_is_no_help(out.search, reader.taxonomy());
    return out;
}

std::optional<Answer> sent_on_without_point(std::string_view path, const Request& request, const Context& context) {
    const auto rest = without_point(request.query, context, Texts::in(context.language));
    if (!rest) {
        return std::nullopt;
    }
    if (!*rest) {
        return error_page(request, &context, 400, rest->error());
    }
    Answer answer;
    answer.status = 303;
    answer.caching = Caching::none;
    answer.headers.emplace_back("Location", address(path, **rest));
    return answer;
}

} // namespace shirube::server
