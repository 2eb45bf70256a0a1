// A leaflet of one area or one list, on A4: map, numbered cards, a code each that a phone reads. Sheets part where a
// row of cards ends, which the style sheet sees to: nobody but the browser knows how high words are.
#include "server/pages/leaflet/leaflet_map.hpp"
#include "server/pages/leaflet/leaflet_places.hpp"
#include "server/pages/leaflet/leaflet_question.hpp"
#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"
#include "server/pages/search/card.hpp"
#include "server/pages/search/conditions.hpp"
#include "server/pages/service/service_facts.hpp"
#include "server/pages/words.hpp"
#include "server/public_origin.hpp"
#include "server/qr_code.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::server {

namespace {

using directory::k_no_index;

/// Millimetres: A4 without its margins, and what the cards leave of the first sheet.
struct MapSize {
    double width;
    double height;
};

MapSize map_size(Paper paper, std::size_t cards) {
    constexpr std::size_t k_few = 4;
    if (paper == Paper::across) {
        return {273, cards <= k_few ? 96.0 : 84.0};
    }
    return {186, cards <= k_few ? 122.0 : 100.0};
}

constexpr std::size_t cards_in_row(Paper paper) noexcept { return paper == Paper::across ? 3 : 2; }

/// Beyond, a code is too fine for a phone that is held to paper (some 25 mm): the district's own page is shorter.
constexpr std::size_t k_longest_code = 220;

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string out;
    for (const auto& part : parts) {
        out += out.empty() ? "" : between;
        out += part;
    }
    return out;
}

class Leaflet {
  public:
    Leaflet(const Request& request, const Context& context, const LeafletQuestion& question)
        : context_(context),
          reader_(context.reader()),
          question_(question),
          page_(request, context, "print-leaflet"),
          body_(page_.body()),
          texts_(page_.texts()),
          origin_(public_origin(request)),
          outward_(texts_.language() == "ja" ? page_.links().chosen_language() : std::string(texts_.language())),
          places_(places_of(question, reader_)) {}

    Answer answer() {
        page_.style("styles/leaflet.css");
        const auto size = map_size(question_.paper, places_.located.size());
        map_ = draw_leaflet_map(reader_, places_.located, question_.districts, size.width, size.height);
        numbering_ = number_places(places_, map_);
        fill_bar();
        fill_head();
        fill_map();
        fill_kinds();
        fill_cards();
        fill_foot();
        page_.depends_on((question_.search.open_at ? at_this_minute(context_) : on_this_day(context_)) + "|" + origin_);
        return page_.finish();
    }

  private:
    void fill_bar() {
        const Query same = question_.query(reader_);
        const bool is_across = question_.paper == Paper::across;
        body_.set("PAPER", is_across ? "across" : "upright");
        body_.set("CHANGE", page_.links().to("/leaflet", same));
        body_.set("OTHER_PAPER", page_.links().to("/print/leaflet", with(same, "paper", is_across ? "" : "landscape")));
        body_.show(is_across ? "TO_PORTRAIT" : "TO_LANDSCAPE");
        if (origin_.empty()) {
            body_.show("NO_ORIGIN");
        } else if (is_loopback_origin(origin_)) {
            body_.section("LOOPBACK").set("ORIGIN", origin_);
        }
    }

    void fill_head() {
        std::vector<std::string> names;
        std::set<std::string> above; // municipality and kind of district, in this order
        for (const auto district : question_.districts) {
            const auto& row = reader_.districts()[district];
            names.push_back(row.name);
            above.insert(row.municipality_name + (row.municipality_name.empty() ? "" : " ") +
                         layer_in_words(row.layer, texts_));
        }
        if (question_.list) {
            names.push_back(reader_.lists()[*question_.list].name);
        }
        const std::string area = joined(names, "・");
        page_.title(!question_.title.empty() ? question_.title
                                             : area + (area.empty() ? "" : " ") + texts_.get("leaflet.places"));
        body_.set("AREA", area);
        body_.set_if_any("PLACE_LINE", joined({above.begin(), above.end()}, "・"));
        if (question_.title.empty()) {
            View ours = body_.section("OUR_TITLE");
            ours.set_if_any("AREA", area);
        } else {
            body_.set_if_any("OWN_TITLE", question_.title);
            body_.show_if(!area.empty(), "AREA_UNDER");
        }
        const auto conditions = conditions_of(question_.conditions, context_, texts_);
        if (!conditions.empty()) {
            View only = body_.section("ONLY");
            for (const auto& condition : conditions) {
                View item = only.section("CONDITION");
                item.words_if_any("WORDS", condition.words);
                item.set_if_any("NAME", condition.own_name);
            }
        }
        body_.words("DATE", date_in_words(context_.now.day, texts_));
        if (const auto certainty = least_certain()) {
            View note = body_.section("ANY_UNCONFIRMED");
            note.words("LABEL", texts_.get("certainty." + std::string(directory::code_of(*certainty))));
        }
        fill_sheet_code();
    }

    /// What the note at the head speaks of, where anything on the sheet has not been checked.
    [[nodiscard]] std::optional<directory::Certainty> least_certain() const {
        std::optional<directory::Certainty> found;
        for (const auto* part : {&places_.located, &places_.unlocated}) {
            for (const auto service : *part) {
                const auto certainty = reader_.services()[service].certainty;
                if (certainty == directory::Certainty::reported ||
                    (certainty == directory::Certainty::stale && !found)) {
                    found = certainty;
                }
            }
        }
        return found;
    }

    /// Where whoever scans the sheet is led: the same search of the districts; a list's own leaflet, for no search asks
    /// for a list.
    [[nodiscard]] std::string sheet_address() const {
        if (!question_.list) {
            auto search = origin_ + outward_.to("/search", question_.search_query(reader_));
            if (search.size() <= k_longest_code || question_.districts.size() != 1) {
                return search;
            }
            const auto& row = reader_.districts()[question_.districts.front()];
            return origin_ + outward_.district(row.layer, row.code);
        }
        LeafletQuestion plain = question_;
        plain.title.clear();
        plain.contact.clear();
        plain.paper = Paper::upright;
        return origin_ + outward_.to("/print/leaflet", plain.query(reader_));
    }

    void fill_sheet_code() {
        if (origin_.empty()) {
            return;
        }
        if (const auto code = qr_code(sheet_address())) {
            View qr = body_.section("SHEET_QR");
            qr.set("SIZE", code->size);
            qr.set("PATH", code->path);
            qr.set("HOST", origin_.substr(origin_.find("://") + 3));
        }
    }

    void fill_map() {
        if (map_.width_mm <= 0) {
            return;
        }
        View map = body_.section("MAP");
        map.set("WIDTH", decimal(map_.width_mm, 0));
        map.set("HEIGHT", decimal(map_.height_mm, 0));
        for (const auto& path : map_.neighbours) {
            map.section("NEIGHBOUR").set("PATH", path);
        }
        for (const auto& path : map_.areas) {
            map.section("AREA_SHAPE").set("PATH", path);
        }
        for (const auto& name : map_.names) {
            fill_name(map.section("MAP_NAME"), name);
        }
        int first = 1;
        for (std::size_t i = 0; i < map_.pins.size(); ++i) {
            fill_pin(map.section("PIN"), map_.pins[i], first, map_.roughly[i]);
            first += static_cast<int>(map_.pins[i].items.size());
        }
        map.show_if(std::ranges::any_of(map_.roughly, [](bool roughly) { return roughly; }), "ANY_ROUGHLY");
        if (map_.scale.metres > 0) {
            View scale = map.section("SCALE");
            scale.set("LENGTH", decimal(map_.scale.length_mm, 2));
            scale.set("DISTANCE", map_.scale.metres < 1000 ? std::to_string(map_.scale.metres) + " m"
                                                           : std::to_string(map_.scale.metres / 1000) + " km");
        }
    }

    static void fill_name(View view, const LeafletMap::Name& name) {
        using Kind = LeafletMap::Name::Kind;
        constexpr double k_mark = 1.1; ///< half a mark's side
        const bool is_marked = name.kind == Kind::station || name.kind == Kind::landmark;
        view.set("KIND", is_marked ? "marked" : name.kind == Kind::district ? "district" : "town");
        view.set("NAME", name.text);
        view.set("X", decimal(name.middle.x, 2));
        view.set("Y", decimal(name.middle.y, 2));
        view.set("MARK_X", decimal(name.middle.x - k_mark, 2));
        view.set("MARK_Y", decimal(name.middle.y - k_mark, 2));
        view.set("TEXT_X", decimal(name.middle.x + (is_marked ? 2 : 0), 2));
        view.show_if(name.kind == Kind::station, "STATION");
        view.show_if(name.kind == Kind::landmark, "LANDMARK");
    }

    static void fill_pin(View view, const Pin& pin, int first, bool roughly) {
        const auto middle = pin.middle();
        view.set("NUMBERS", numbers_of(first, pin.items.size()));
        view.set("X", decimal(middle.x, 2));
        view.set("Y", decimal(middle.y, 2));
        view.set("LEFT", decimal(pin.box.left, 2));
        view.set("TOP", decimal(pin.box.top, 2));
        view.set("ACROSS", decimal(pin.box.right - pin.box.left, 2));
        view.set("DOWN", decimal(pin.box.bottom - pin.box.top, 2));
        view.show_if(roughly, "ROUGHLY");
        if (pin.beside) {
            View line = view.section("BESIDE");
            line.set("FROM_X", decimal(middle.x, 2));
            line.set("FROM_Y", decimal(middle.y, 2));
            line.set("PLACE_X", decimal(pin.place.x, 2));
            line.set("PLACE_Y", decimal(pin.place.y, 2));
        }
    }

    /// Which numbers are of which family: cards stand in the order of the map.
    void fill_kinds() {
        const auto& taxonomy = reader_.taxonomy();
        std::map<directory::ProgrammeIndex, std::vector<int>> by_family;
        for (const auto& [service, number] : numbering_.numbered) {
            by_family[taxonomy.family_of(reader_.services()[service].programme)].push_back(number);
        }
        if (by_family.size() < 2) {
            return;
        }
        View kinds = body_.section("KINDS");
        for (const auto& [family, numbers] : by_family) {
            View kind = kinds.section("KIND");
            kind.icon("ICON", family_icon(taxonomy, family));
            kind.words("LABEL", taxonomy.at(family).label.in(texts_.language()));
            kind.set("NUMBERS", runs_of(numbers, texts_.get("list.separator")));
        }
    }

    void fill_cards() {
        if (places_.located.empty() && places_.unlocated.empty()) {
            body_.show("NOTHING");
        }
        if (!numbering_.numbered.empty()) {
            View section = body_.section("NUMBERED");
            std::optional<View> row;
            for (std::size_t i = 0; i < numbering_.numbered.size(); ++i) {
                if (i % cards_in_row(question_.paper) == 0) {
                    row = section.section("ROW");
                }
                fill_card_of(*row, numbering_.numbered[i].service, numbering_.numbered[i].number);
            }
        }
        fill_part("BEYOND", numbering_.beyond);
        fill_part("UNLOCATED", places_.unlocated);
        if (places_.more > 0) {
            body_.section("MORE").set("N", grouped(static_cast<std::int64_t>(places_.more)));
        }
    }

    /// Cards under a heading of their own, which never stands alone at the end of a sheet.
    void fill_part(std::string_view name, const std::vector<std::uint32_t>& services) {
        if (services.empty()) {
            return;
        }
        View section = body_.section(name);
        std::optional<View> row;
        for (std::size_t i = 0; i < services.size(); ++i) {
            if (i % cards_in_row(question_.paper) == 0) {
                row = section.section(i == 0 ? "FIRST_ROW" : "ROW");
            }
            fill_card_of(*row, services[i], std::nullopt);
        }
    }

    void fill_card_of(View row, std::uint32_t index, std::optional<int> number) {
        const auto& service = reader_.services()[index];
        View card = row.section("ITEM").include("CARD", "leaflet-card.html");
        fill_card(card, context_, page_.links(), question_.search, directory::Hit{.service = index}, std::nullopt);
        if (number) {
            card.section("PLACE_NUMBER").set("N", *number);
        }
        if (service.site != k_no_index) {
            const auto& site = reader_.sites()[service.site];
            card.set_if_any("BUILDING", site.building);
            card.show_if(site.position && is_about(site), "ROUGHLY");
        }
        card.show_if(service.phone.empty(), "NO_PHONE");
        const bool tells_fee = !beyond_code<directory::Fee>(service.fee_text).empty();
        if (!tells_fee) {
            card.show(service.fee == directory::Fee::unknown ? "FEE_ASK" : "FEE_ALONE");
        }
        using directory::Entry;
        const bool tells_entry = !beyond_code<Entry>(service.entry_text).empty();
        card.show_if(service.entry != Entry::unknown, "ENTRY_TOLD");
        card.show_if(service.entry == Entry::unknown && !tells_entry, "ENTRY_ASK");
        card.show_if(service.entry == Entry::referral || service.entry == Entry::municipal_decision, "GUIDED");
        if (!origin_.empty()) {
            if (const auto code = qr_code(origin_ + outward_.service(service.id))) {
                View qr = card.section("CODE");
                qr.set("SIZE", code->size);
                qr.set("PATH", code->path);
            }
        }
    }

    void fill_foot() {
        body_.set_if_any("CONTACT", question_.contact);
        body_.set("EDITION", std::string_view(reader_.edition()).substr(0, 12));
        std::vector<std::uint32_t> lists;
        const auto add = [&](std::uint32_t list) {
            if (list != k_no_index && std::ranges::find(lists, reader_.lists().standing(list)) == lists.end()) {
                lists.push_back(reader_.lists().standing(list));
            }
        };
        for (const auto* part : {&places_.located, &places_.unlocated}) {
            for (const auto service : *part) {
                add(reader_.services()[service].list);
                std::ranges::for_each(reader_.services()[service].other_lists, add);
            }
        }
        for (const auto district : question_.districts) {
            add(reader_.districts()[district].list);
        }
        fill_sources(body_, reader_, lists);
    }

    const Context& context_;
    const directory::Reader& reader_;
    const LeafletQuestion& question_;
    Page page_;
    View body_;
    const Texts& texts_;
    std::string origin_; ///< of the codes; empty: there are none
    Links outward_;      ///< what codes lead to, in the sheet's language
    LeafletPlaces places_;
    LeafletMap map_;
    Numbering numbering_;
};

} // namespace

Answer print_leaflet_page(const Request& request, const Context& context) {
    const Texts& texts = Texts::in(context.language);
    if (auto elsewhere = sent_on_without_point("/print/leaflet", request, context)) {
        return *std::move(elsewhere);
    }
    const auto question = read_leaflet_question(request.query, context, texts);
    if (!question) {
        return error_page(request, &context, 400, question.error());
    }
    return Leaflet(request, context, *question).answer();
}

} // namespace shirube::server
