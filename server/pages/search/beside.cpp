#include "server/pages/search/beside.hpp"

#include "directory/milestones.hpp"
#include "server/pages/edition_facts.hpp"
#include "server/pages/search/card.hpp"
#include "server/pages/words.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

namespace shirube::server {

namespace {

using directory::SearchQuery;

constexpr std::string_view k_agency_layer = "sodan_kuiki";
constexpr std::string_view k_consultation = "consultation";

/// Agencies that say they answer for one of the districts; where none says so, those that lie in one.
struct Agencies {
    std::vector<std::uint32_t> services;
    bool say_so = false; ///< their list says that they answer for the area; else they only lie in it
};

Agencies agencies_of(const Context& context, const std::vector<std::uint32_t>& districts) {
    const auto& reader = context.reader();
    std::vector<std::uint32_t> saying;
    std::vector<std::uint32_t> lying;
    const auto is_one = [&](std::uint32_t district) {
        return std::ranges::find(districts, district) != districts.end();
    };
    for (const auto service : facts_of(reader, context.now.day)->agencies) {
        if (std::ranges::any_of(reader.serves(service), is_one)) {
            saying.push_back(service);
        } else if (std::ranges::any_of(reader.memberships(service), [&](const directory::Membership& membership) {
                       return membership.sure && is_one(membership.district);
                   })) {
            lying.push_back(service);
        }
    }
    return saying.empty() ? Agencies{std::move(lying), false} : Agencies{std::move(saying), true};
}

constexpr double k_neighbourhood_m = 2'000;
constexpr double k_farthest_m = 12'000;

/// The nearest places beyond the neighbourhood, one service each. It is looked in rings: in a town the first holds
/// enough.
/// \param near_by how many answers lie in the neighbourhood \param shown how many are on the page \param sites that are
std::vector<directory::Hit> beyond(const directory::Reader& reader, SearchQuery asked, std::size_t near_by,
                                   std::size_t shown, const std::set<std::uint32_t>& sites) {
    constexpr std::size_t k_most = 3;
    const double farthest_m = asked.radius_m.value_or(k_farthest_m);
    asked.sort = directory::Sort::distance;
    asked.offset = near_by;
    asked.limit = shown + 4 * k_most;
    std::vector<directory::Hit> found;
    for (double radius_m = k_neighbourhood_m; radius_m < farthest_m && found.size() < k_most;) {
        radius_m = std::min(1.5 * radius_m, farthest_m);
        asked.radius_m = radius_m;
        found.clear();
        std::set<std::uint32_t> known = sites;
        for (const auto& hit : reader.search(asked).hits) {
            if (found.size() < k_most && known.insert(reader.services()[hit.service].site).second) {
                found.push_back(hit);
            }
        }
    }
    return found;
}

} // namespace

void fill_agency(View body, const Context& context, const Links& links, const SearchQuery& asked) {
    const auto& reader = context.reader();
    const auto* layer = asked.near ? reader.find_layer(k_agency_layer) : nullptr;
    if (layer == nullptr) {
        return;
    }
    const auto districts = reader.districts_at(*layer, *asked.near);
    const auto [agencies, say_so] = agencies_of(context, districts);
    if (districts.empty() || agencies.empty()) {
        return;
    }
    View box = body.section("AGENCY");
    box.show(say_so ? "ANSWERS" : "LIES_THERE");
    box.set("AREA", reader.districts()[districts.front()].name);
    constexpr std::size_t k_most = 3;
    for (std::size_t i = 0; i < std::min(agencies.size(), k_most); ++i) {
        const auto& service = reader.services()[agencies[i]];
        View item = box.section("ITEM");
        const std::string name = service_name(reader, service, body.texts().language());
        item.set("NAME", name);
        item.set("HREF", links.service(service.id));
        if (!service.phone.empty()) {
            View phone = item.section("PHONE");
            phone.set("NUMBER", service.phone);
            phone.set("NAME", name);
        }
    }
    const Query others{{"programme", std::string(k_consultation)},
                       {"near", decimal(asked.near->lon, 3) + "," + decimal(asked.near->lat, 3)}};
    box.set("OTHERS", links.to("/search", others));
}

void fill_farther(View body, const Context& context, const Links& links, const SearchQuery& asked,
                  const directory::SearchResult& shown) {
    if (!asked.near || asked.offset != 0 || asked.radius_m.value_or(k_farthest_m) <= k_neighbourhood_m) {
        return;
    }
    SearchQuery inside = asked;
    inside.radius_m = k_neighbourhood_m;
    inside.limit = 1;
    const std::size_t near_by = context.reader().search(inside).number_matched;
    if (near_by == 0) {
        return; // the list itself begins beyond it
    }
    std::set<std::uint32_t> sites;
    for (const auto& hit : shown.hits) {
        sites.insert(context.reader().services()[hit.service].site);
    }
    const auto found = beyond(context.reader(), asked, near_by, shown.hits.size(), sites);
    if (found.empty()) {
        return;
    }
    View box = body.section("FARTHER");
    for (const auto& hit : found) {
        const auto& service = context.reader().services()[hit.service];
        View item = box.section("ITEM");
        item.set("NAME", service_name(context.reader(), service, body.texts().language()));
        item.set("HREF", links.service(service.id));
        item.words("PROGRAMME",
                   context.reader().taxonomy().at(service.programme).public_label.in(body.texts().language()));
        item.words("DISTANCE", distance_in_words(hit.distance_m));
    }
}

void fill_next(View body, const Context& context, const Links& links, const Query& query, const SearchQuery& asked) {
    constexpr std::size_t k_most = 4;
    constexpr int k_school_months = 7 * 12;
    const bool is_expecting = (asked.for_whom & (1U << static_cast<unsigned>(directory::ForWhom::expecting))) != 0;
    if (asked.offset != 0 || (!is_expecting && !asked.age) ||
        (asked.age && asked.age->from_months >= k_school_months)) {
        return;
    }
    const auto facts = facts_of(context.reader(), context.now.day);
    const auto& taxonomy = context.reader().taxonomy();
    Query around;
    for (const auto& [name, value] : query) {
        if (name == "near" || name == "within") {
            around.emplace_back(name, value);
        }
    }
    std::optional<View> box;
    for (const auto* milestone : directory::milestones_from(directory::shipped_milestones(),
                                                            asked.age.value_or(directory::k_expecting), k_most)) {
        if (!box) {
            box = body.section("COMING");
        }
        View item = box->section("ITEM");
        item.words("LABEL", milestone->label.in(body.texts().language()));
        item.words("ABOUT", milestone->about.in(body.texts().language()));
        const auto asks =
            std::ranges::find_if(milestone->ask_for, [&](auto index) { return facts->offered.at(index); });
        if (asks != milestone->ask_for.end()) {
            View whom = item.section("WHOM");
            whom.set("HREF", links.to("/search", with(around, "programme", taxonomy.at(*asks).code)));
            whom.words("PROGRAMME", taxonomy.at(*asks).public_label.in(body.texts().language()));
        }
    }
}

} // namespace shirube::server
