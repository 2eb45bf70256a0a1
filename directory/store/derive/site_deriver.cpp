#include "directory/store/derive/site_deriver.hpp"

#include "directory/correction.hpp"
#include "directory/programme_tree.hpp"
#include "directory/store/derive/merge_readings.hpp"
#include "directory/store/derive/resource_row.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace shirube::directory {

/// One row at the site.
struct SiteDeriver::Row {
    SourceRow source;
    Visibility visibility = Visibility::everyone; ///< who may see the row at all
    std::optional<std::int64_t> organization_id;
    ResourceReading reading;
    std::set<std::size_t> staff_parts; ///< of its services
    const ListFacts* list = nullptr;
    bool complete = false; ///< its list is, in its municipality
    Certainty certainty = Certainty::stale;
};

/// One service of one row at the site.
struct SiteDeriver::Offer {
    const Row* row = nullptr;
    WrittenService written;
    ServiceReading reading;
    std::set<std::int64_t> lists;         ///< its own, and those whose services it is shown for
    std::set<std::string> ids;            ///< likewise
    std::vector<std::size_t> corrections; ///< that it shows
};

/// A correction of something at the site.
struct SiteDeriver::Spoken {
    std::size_t correction = 0; ///< place in CorrectionsInForce::all()
    std::string service;        ///< public id; empty: it speaks of the place, and of all that is there
    bool of_place = false;      ///< its values of the place are the site's

    friend auto operator<=>(const Spoken&, const Spoken&) = default;
};

SiteDeriver::SiteDeriver(DerivationContext& context, const CorrectionsInForce& corrections)
    : context_(context),
      corrections_(corrections),
      lists_(context.database()),
      sites_(context.database()),
      services_(context.database()),
      select_rows_(context.database(), R"(
          SELECT s.row_id, s.list_id, l.name, s.key, r.reading, s.is_stale, s.organization_id
          FROM stated_place s JOIN source_row r USING (row_id) JOIN list l ON l.list_id = s.list_id
          WHERE s.site_id = ?)"),
      find_merged_(context.database(), "SELECT 1 FROM service WHERE site_id = ? AND merged = 1 LIMIT 1"),
      delete_services_(context.database(), "DELETE FROM service WHERE site_id = ?"),
      insert_corrected_(context.database(), "INSERT INTO corrected_service VALUES (?, ?, ?)") {}

/// The most believed first: what most may see; confirmed before reported before stale; a list that is complete
/// there before a partial one; the newest; then by name and key, so that the order of imports does not matter.
std::vector<SiteDeriver::Row> SiteDeriver::rows_at(std::int64_t site_id) {
    std::vector<Row> rows;
    select_rows_.bind(site_id);
    while (select_rows_.step()) {
        Row row;
        row.source.row_id = select_rows_.integer(0);
        row.source.list_id = select_rows_.integer(1);
        row.source.list = select_rows_.text(2);
        row.source.key = select_rows_.text(3);
        row.source.reading = select_rows_.text(4);
        row.source.is_stale = select_rows_.integer(5) != 0;
        row.organization_id = select_rows_.maybe_integer(6);
        rows.push_back(std::move(row));
    }
    for (auto& row : rows) {
        row.reading = resource_reading_of(row.source);
        row.staff_parts = staff_parts_of(row.source);
        row.source.reading.clear();
        row.visibility = class_of(context_.taxonomy(), row.reading);
        if (rows.size() > 1) {
            row.list = &lists_.of(row.source.list_id);
            row.complete = row.list->is_complete_in(row.reading.site.municipality, context_.taxonomy(), row.visibility);
            for (const auto& service : row.reading.services) {
                // What is hidden in a row that the public sees must not decide which row the public is shown.
                if (visibility_of(context_, row.source, service) == row.visibility) {
                    row.certainty = std::min(row.certainty, service.certainty);
                }
            }
        }
    }
    std::ranges::sort(rows, [](const Row& a, const Row& b) {
        // The newest first: dates the other way round.
        return std::tuple(a.visibility, a.certainty, !a.complete, std::string_view{b.list->as_of},
                          std::string_view{a.source.list}, std::string_view{a.source.key}, a.source.row_id) <
               std::tuple(b.visibility, b.certainty, !b.complete, std::string_view{a.list->as_of},
                          std::string_view{b.source.list}, std::string_view{b.source.key}, b.source.row_id);
    });
    return rows;
}

void SiteDeriver::derive(std::int64_t site_id) {
    const auto rows = rows_at(site_id);
    if (rows.empty()) {
        sites_.remove(site_id);
        return;
    }
    SiteReading site = rows.front().reading.site;
    for (const auto& row : rows) {
        // What is hidden says nothing of a place that the public sees, nor what coordinators see of one of the staff's.
        if (row.visibility == rows.front().visibility) {
            fill_unknown(site, row.reading.site);
        }
    }
    const auto spoken = corrections_at(rows);
    for (const auto& one : spoken) {
        if (one.of_place) {
            correct(site, corrections_.all()[one.correction].reading);
        }
    }
    sites_.write(site_id, site);
    const bool one_list =
        std::ranges::all_of(rows, [&](const Row& row) { return row.source.list_id == rows.front().source.list_id; });
    if (!one_list || !spoken.empty() || has_merged(site_id)) {
        auto offers = offers_of(site_id, rows);
        merge(offers);
        for (auto& offer : offers) {
            correct_offer(offer, spoken);
        }
        write_services(site_id, offers);
    }
}

/// Every correction that speaks of the site or of a service at it, the oldest first. What speaks of something hidden
/// changes nothing of a place that more may see.
std::vector<SiteDeriver::Spoken> SiteDeriver::corrections_at(const std::vector<Row>& rows) const {
    std::vector<Spoken> spoken;
    if (corrections_.all().empty()) {
        return spoken;
    }
    const Visibility of_site = rows.front().visibility;
    for (const auto& row : rows) {
        if (row.visibility == of_site) {
            for (const auto place : corrections_.of(place_id_of(context_, row.source, row.reading))) {
                spoken.push_back({place, {}, speaks_of_the_place(corrections_.all()[place].reading)});
            }
        }
        for (std::size_t i = 0; i < row.reading.services.size(); ++i) {
            const auto& service = row.reading.services[i];
            const auto id = service_public_id(context_, row.source, row.reading, i);
            const bool may_speak = visibility_of(context_, row.source, service) == of_site;
            for (const auto place : corrections_.of(id)) {
                spoken.push_back({place, id, may_speak && speaks_of_the_place(corrections_.all()[place].reading)});
            }
        }
    }
    std::ranges::sort(spoken);
    spoken.erase(std::ranges::unique(spoken).begin(), spoken.end());
    return spoken;
}

bool SiteDeriver::has_merged(std::int64_t site_id) {
    find_merged_.bind(site_id);
    return find_merged_.step();
}

std::vector<SiteDeriver::Offer> SiteDeriver::offers_of(std::int64_t site_id, const std::vector<Row>& rows) {
    std::vector<Offer> offers;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.reading.services.size(); ++i) {
            const auto& service = row.reading.services[i];
            const auto public_id = service_public_id(context_, row.source, row.reading, i);
            Offer offer;
            offer.row = &row;
            offer.reading = service;
            offer.lists = {row.source.list_id};
            offer.ids = {public_id};
            offer.written.service_id = context_.entity("service", public_id);
            offer.written.row_id = row.source.row_id;
            offer.written.list_id = row.source.list_id;
            offer.written.site_id = site_id;
            offer.written.organization_id = row.organization_id;
            offer.written.visibility = visibility_of(context_, row.source, service);
            offer.written.owner = owner_of(row.reading);
            if (row.staff_parts.contains(i)) {
                offer.written.staff_part = static_cast<std::int64_t>(i);
            }
            offers.push_back(std::move(offer));
        }
    }
    return offers;
}

/// Of two programmes the one that is a kind of the other, or both are the same; empty where they are two. A list of a
/// prefecture says 児童館 where the city says 小型児童館: it is one place of play.
std::string narrower(const Taxonomy& taxonomy, const std::string& a, const std::string& b) {
    if (a == b) {
        return a;
    }
    const auto one = taxonomy.by_code(a);
    const auto other = taxonomy.by_code(b);
    if (!one || !other) {
        return {};
    }
    return is_within(taxonomy, *one, *other) ? a : is_within(taxonomy, *other, *one) ? b : std::string{};
}

/// One programme at one site by one organization, or by one that only some lists name, is one service, however many
/// lists have it. What one list counts as two stays two.
void SiteDeriver::merge(std::vector<Offer>& offers) const {
    for (std::size_t i = 0; i < offers.size(); ++i) {
        Offer& offer = offers[i];
        for (std::size_t j = 0; j < i; ++j) {
            Offer& shown = offers[j];
            const auto& ours = offer.written.organization_id;
            const auto& theirs = shown.written.organization_id;
            const auto programme = narrower(context_.taxonomy(), shown.reading.programme, offer.reading.programme);
            // What two municipalities keep for their staff stays two.
            const bool of_two =
                offer.written.visibility != Visibility::everyone && shown.written.owner != offer.written.owner;
            if (shown.written.shown_as || programme.empty() || of_two ||
                shown.written.visibility != offer.written.visibility || shown.lists.contains(offer.written.list_id) ||
                (ours && theirs && *ours != *theirs)) {
                continue;
            }
            offer.written.shown_as = shown.written.service_id;
            offer.written.merged = shown.written.merged = true;
            shown.lists.insert(offer.written.list_id);
            shown.ids.merge(offer.ids);
            fill_unknown(shown.reading, offer.reading);
            shown.reading.programme = programme;
            if (!theirs) {
                shown.written.organization_id = ours;
            }
            break;
        }
    }
}

/// Puts what was corrected in the service that is shown, whichever list's row the correction names.
void SiteDeriver::correct_offer(Offer& offer, const std::vector<Spoken>& spoken) const {
    if (offer.written.shown_as) {
        return;
    }
    for (const auto& one : spoken) {
        const auto& correction = corrections_.all()[one.correction].reading;
        const bool of_service =
            (one.service.empty() || offer.ids.contains(one.service)) && speaks_of_a_service(correction);
        if (of_service) {
            correct(offer.reading, correction);
        }
        if ((of_service || one.of_place) && (offer.corrections.empty() || offer.corrections.back() != one.correction)) {
            offer.corrections.push_back(one.correction);
            offer.written.merged = true;
        }
    }
}

void SiteDeriver::write_services(std::int64_t site_id, const std::vector<Offer>& offers) {
    delete_services_.bind(site_id).run();
    for (const auto& offer : offers) {
        services_.write(offer.written, offer.reading);
        for (const auto place : offer.corrections) {
            const auto& correction = corrections_.all()[place];
            insert_corrected_.bind(offer.written.service_id, correction.row_id, correction.list_id).run();
        }
    }
}

} // namespace shirube::directory
