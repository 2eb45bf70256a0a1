#include "directory/snapshot/part_search.hpp"

#include <algorithm>

namespace shirube::directory {

template <class Visit>
void PartSearch::for_each_tree(Visit&& visit) const {
    if (query_.programmes.empty()) {
        visit(part_.located);
        return;
    }
    for (const auto programme : query_.programmes) {
        visit(part_.by_programme[programme]);
    }
}

void PartSearch::collect(std::vector<Hit>& found) const {
    if (query_.near && query_.radius_m) {
        collect_circle(found);
    } else if (query_.bbox) {
        collect_box(found);
    } else if (!query_.within.empty()) {
        collect_districts(found);
    } else if (const auto words = search_words(query_.text); !words.empty()) {
        collect_words(words, found);
    } else {
        collect_anywhere(found);
    }
}

/// Whether their services are so few that going to each of them is less than going through all.
bool PartSearch::asks_for_few_programmes() const {
    constexpr std::size_t k_one_in = 16;
    if (query_.programmes.empty()) {
        return false;
    }
    std::size_t asked = 0;
    for (const auto programme : query_.programmes) {
        asked += part_.by_programme[programme].services.size();
    }
    return asked < part_.services.size() / k_one_in;
}

void PartSearch::collect_anywhere(std::vector<Hit>& found) const {
    if (asks_for_few_programmes()) {
        for_each_tree([&](const LocatedServices& tree) {
            for (const auto service : tree.services) {
                offer(service, filter_, found);
            }
        });
        return;
    }
    const ColumnScan scan(part_, query_, filter_.programmes());
    if (filter_.looks_at_columns_alone() && !query_.asks_for_time()) { // the scan has asked all there is to ask
        scan.for_each([&](std::uint32_t service) { put_in(service, found); });
        return;
    }
    scan.for_each([&](std::uint32_t service) { offer(service, filter_, found); });
}

std::size_t PartSearch::count_located() const {
    std::size_t matched = 0;
    const auto count = [&](std::uint32_t service) { matched += filter_(service).has_value() ? 1 : 0; };
    if (asks_for_few_programmes()) {
        for_each_tree([&](const LocatedServices& tree) { std::ranges::for_each(tree.services, count); });
        return matched;
    }
    const ColumnScan scan(part_, query_, filter_.programmes());
    if (filter_.looks_at_columns_alone() && scan.tells_all_of_time()) {
        return scan.count();
    }
    scan.for_each(count);
    return matched;
}

std::size_t PartSearch::collect_nearest(std::size_t wanted, std::vector<Hit>& found) const {
    const std::size_t matched = count_located();
    thread_local std::vector<geo::Neighbour> nearest;
    for_each_tree([&](const LocatedServices& tree) {
        tree.points.nearest(
            *query_.near, wanted, k_measured_m,
            [&](std::uint32_t item) { return filter_(tree.services[item]).has_value(); }, nearest);
        for (const auto& neighbour : nearest) {
            const auto service = tree.services[neighbour.item];
            put(service, neighbour.distance_m, *filter_(service), found);
        }
    });
    return matched;
}

void PartSearch::collect_circle(std::vector<Hit>& found) const {
    const geo::LocalMetric metric(*query_.near);
    const bool inside_box_only = query_.bbox.has_value();
    for_each_tree([&](const LocatedServices& tree) {
        tree.points.for_each_within(metric, *query_.radius_m, [&](std::uint32_t item, double distance_m) {
            const auto service = tree.services[item];
            if (inside_box_only && !query_.bbox->contains(*part_.site_of(service).position)) {
                return;
            }
            if (filter_.is_plain()) {
                if (filter_.in_force(service)) {
                    put(service, distance_m, Openness::maybe, found);
                }
            } else if (const auto open = filter_(service)) {
                put(service, distance_m, *open, found);
            }
        });
    });
}

void PartSearch::collect_box(std::vector<Hit>& found) const {
    for_each_tree([&](const LocatedServices& tree) {
        tree.points.for_each_in_box(
            *query_.bbox, [&](std::uint32_t item, geo::LonLat) { offer(tree.services[item], filter_, found); });
    });
}

void PartSearch::collect_districts(std::vector<Hit>& found) const {
    // A service of two districts that were both asked for is found twice, and one that only serves them not at all.
    std::vector<std::uint32_t> candidates;
    for (const auto district : query_.within) {
        const auto services = part_.services_of_district[district];
        candidates.insert(candidates.end(), services.begin(), services.end());
    }
    for (std::uint32_t service = 0; service < part_.services.size(); ++service) {
        if (!part_.served[service].empty()) {
            candidates.push_back(service);
        }
    }
    offer_located(candidates, filter_, found);
}

void PartSearch::collect_words(const std::vector<std::string>& words, std::vector<Hit>& found) const {
    // Any one word's documents hold all answers but those it finds in a programme's name; those are looked at too, and
    // first: what is in is not searched for the word.
    const auto rarest = std::ranges::max(words, {}, &std::string::size);
    thread_local std::vector<std::uint8_t> chosen;
    chosen.assign(part_.services.size(), 0);
    std::size_t count = 0;
    for (std::size_t programme = 0; programme < snapshot_.ground->programme_text.size(); ++programme) {
        if (snapshot_.ground->programme_text[programme].find(rarest) != std::string::npos) {
            const auto& services = part_.by_programme[programme].services;
            std::ranges::for_each(services, [&](std::uint32_t service) { chosen[service] = 1; });
            count += services.size();
        }
    }
    thread_local std::vector<std::uint32_t> by_name;
    by_name.clear();
    part_.text.for_each_but(
        rarest, [&](std::uint32_t service) { return chosen[service] != 0; },
        [&](std::uint32_t service, std::size_t) {
            by_name.push_back(service);
            return true;
        });
    // A single word was found in each of them already.
    SearchQuery rest = query_;
    if (words.size() == 1) {
        rest.text.clear();
    }
    const Filter filter(snapshot_, part_, masked_, rest);
    if (constexpr std::size_t k_one_in = 64; count == 0 && by_name.size() < part_.services.size() / k_one_in) {
        offer_located(by_name, filter, found);
        return;
    }
    std::ranges::for_each(by_name, [&](std::uint32_t service) { chosen[service] = 1; });
    const ColumnScan scan(part_, rest, filter.programmes());
    if (filter.looks_at_columns_alone() && !rest.asks_for_time()) {
        scan.for_each_of(chosen, [&](std::uint32_t service) { put_in(service, found); });
        return;
    }
    scan.for_each_of(chosen, [&](std::uint32_t service) { offer(service, filter, found); });
}

/// \param candidates is put in order
void PartSearch::offer_located(std::vector<std::uint32_t>& candidates, const Filter& filter,
                               std::vector<Hit>& found) const {
    std::ranges::sort(candidates);
    const auto [first, last] = std::ranges::unique(candidates);
    candidates.erase(first, last);
    for (const auto service : candidates) {
        if (part_.has_position[service] != 0) {
            offer(service, filter, found);
        }
    }
}

void PartSearch::offer(std::uint32_t service, const Filter& filter, std::vector<Hit>& found) const {
    if (const auto open = filter(service)) {
        put(service, query_.near ? distance_m(service) : -1, *open, found);
    }
}

/// What is known to pass, of a query that asks for no time.
void PartSearch::put_in(std::uint32_t service, std::vector<Hit>& found) const {
    put(service, query_.near ? distance_m(service) : -1, Openness::maybe, found);
}

double PartSearch::distance_m(std::uint32_t service) const {
    const geo::LonLat place = *part_.site_of(service).position;
    if (!metric_) {
        metric_.emplace(*query_.near);
    }
    const double local_m = metric_->distance_m(place);
    return local_m <= k_measured_m ? local_m : geo::distance_m(*query_.near, place);
}

void PartSearch::collect_without_position(const std::optional<std::vector<std::string>>& asked,
                                          std::vector<Hit>& found) const {
    for (const auto service : part_.unlocated) {
        if (asked && !serves_any(service, *asked)) {
            continue;
        }
        if (const auto open = filter_unlocated(service)) {
            put(service, -1, *open, found);
        }
    }
}

/// A place without a point lies in no district that could be asked for: its municipality stands for it.
std::optional<Openness> PartSearch::filter_unlocated(std::uint32_t service) const {
    if (query_.within.empty()) {
        return filter_(service);
    }
    if (!unlocated_query_) {
        unlocated_query_ = query_;
        unlocated_query_->within.clear();
        unlocated_filter_.emplace(snapshot_, part_, masked_, *unlocated_query_);
    }
    return (*unlocated_filter_)(service);
}

bool PartSearch::serves_any(std::uint32_t service, const std::vector<std::string>& municipalities) const {
    const auto holds = [&](const std::string& municipality) {
        return std::ranges::find(municipalities, municipality) != municipalities.end();
    };
    const auto served = part_.served[service];
    if (!served.empty()) {
        if (!query_.within.empty()) {
            return std::ranges::any_of(served, [&](std::uint32_t district) {
                return std::ranges::find(query_.within, district) != query_.within.end();
            });
        }
        return std::ranges::any_of(
            served, [&](std::uint32_t district) { return holds(snapshot_.ground->districts[district].municipality); });
    }
    return holds(part_.site_of(service).municipality);
}

} // namespace shirube::directory
