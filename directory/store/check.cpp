// What a steward should look at: damage, orphans, places without a position, services nobody confirmed for a year.
#include "directory/store/connection.hpp"

#include <fmt/format.h>

namespace shirube::directory {

namespace {

struct Rule {
    const char* code;
    bool is_error;
    const char* sql; ///< one row a finding: its words
};

constexpr Rule k_rules[] = {
    {"integrity", true,
     "SELECT 'integrity_check: ' || integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'"},
    {"foreign_key", true,
     "SELECT 'table ' || \"table\" || ', row ' || rowid || ' refers to a missing row of ' || parent FROM "
     "pragma_foreign_key_check"},
    {"orphan_service", true,
     "SELECT 'service ' || service_id || ' rests on row ' || row_id || ', which no edition in force holds' FROM "
     "service s "
     "WHERE NOT EXISTS (SELECT 1 FROM edition_row m JOIN current_edition c ON c.list_id = m.list_id AND c.import_id = "
     "m.import_id WHERE m.row_id = s.row_id) AND s.row_id NOT IN (SELECT row_id FROM row_past WHERE state = 'stale')"},
    {"orphan_site", true,
     "SELECT 'site ' || site_id || ' has no service' FROM site WHERE site_id NOT IN (SELECT site_id FROM service)"},
    {"row_not_derived", true,
     "SELECT 'row ' || m.row_id || ' of list ' || l.name || ' is in force but nothing was derived from it' "
     "FROM current_edition c JOIN edition_row m ON m.list_id = c.list_id AND m.import_id = c.import_id JOIN list l ON "
     "l.list_id = c.list_id "
     "WHERE l.kind = 'resources' AND m.row_id NOT IN (SELECT row_id FROM service)"},
    {"service_shown_as_none", true,
     "SELECT 'service ' || s.service_id || ' is shown as service ' || s.shown_as || ', which is not shown' FROM "
     "service "
     "s LEFT JOIN service o ON o.service_id = s.shown_as WHERE s.shown_as IS NOT NULL AND (o.service_id IS NULL OR "
     "o.shown_as IS NOT NULL OR o.site_id <> s.site_id)"},
    {"district_invalid", true,
     "SELECT 'district ' || code || ' has an invalid geometry' FROM district WHERE geom IS NOT NULL AND NOT "
     "coalesce(ST_IsValid(geom), 0)"},
    {"member_without_geometry", false,
     "SELECT 'district ' || d.code || ' of ' || d.layer || ' is made of ' || m.layer || ' ' || CASE WHEN m.name = '' "
     "THEN m.municipality ELSE m.name END || ', which ' || CASE WHEN m.member_id IS NULL THEN 'no import has' ELSE "
     "'has no area' END FROM district_member m JOIN district d USING (district_id) "
     "LEFT JOIN district o ON o.district_id = m.member_id WHERE o.geom IS NULL"},
    {"unlocated", false,
     "SELECT official_name || ' (' || municipality_name || ') has no position: ' || CASE WHEN address = '' THEN 'no "
     "address' ELSE address END "
     "FROM site WHERE geom IS NULL AND position_quality <> 'withheld'"},
    {"doubtful_pair", false,
     "SELECT (SELECT name FROM stated_place WHERE place_id = a ORDER BY list_id, key LIMIT 1) || ' / ' || "
     "(SELECT name FROM stated_place WHERE place_id = b ORDER BY list_id, key LIMIT 1) || ' may be one place: ' || "
     "json_extract(reason, '$.en') FROM doubtful_pair ORDER BY total DESC, a, b"},
    {"left_out", false,
     "SELECT p.name || ' (' || p.municipality_name || ') is no longer in the list ' || l.name || ', which does not "
     "claim "
     "to be complete' FROM stated_place p JOIN list l USING (list_id) WHERE p.is_stale = 1"},
    {"stale", false,
     "SELECT official_name || ' was last confirmed on ' || last_confirmed_on FROM service JOIN site USING (site_id) "
     "WHERE last_confirmed_on < date('now', '-1 year')"},
};

} // namespace

std::vector<Finding> Store::check() const {
    std::vector<Finding> findings;
    for (const auto& rule : k_rules) {
        Statement select(impl_->database, rule.sql);
        while (select.step()) {
            findings.push_back({rule.code, std::string{select.text(0)}, rule.is_error});
        }
    }
    for (const auto& lost : lost_corrections()) {
        const auto& written = lost.written;
        const auto where =
            fmt::format("the correction {} {}:{} (list {})", written.file, written.sheet, written.row, written.list);
        if (lost.why == LostCorrection::Why::contradicted) {
            findings.push_back({"correction_contradicted",
                                fmt::format("{} says that {} and {} are {}, but they are not: another decision, "
                                            "another municipality, or the same name and address stand against it",
                                            where, written.correction.target, written.correction.other,
                                            written.correction.same ? "one place" : "two places"),
                                false});
        } else {
            findings.push_back(
                {"correction_without_target",
                 fmt::format("{} speaks of {}, which no list in force has{}", where, lost.id,
                             lost.leads_to.empty() ? "" : fmt::format("; its id leads to {} now", lost.leads_to)),
                 false});
        }
    }
    const DistrictBook districts(district_names());
    Statement needs(impl_->database, R"(SELECT DISTINCT layer, code, name, municipality FROM need
        WHERE layer NOT IN ('municipality', 'mesh') ORDER BY layer, municipality, code, name)");
    while (needs.step()) {
        if (!districts.find(needs.text(0), needs.text(1), needs.text(2), needs.text(3))) {
            findings.push_back({"need_district_unknown",
                                fmt::format("figures of need speak of {} in layer {}, which no list of districts has",
                                            needs.text(2).empty() ? needs.text(1) : needs.text(2), needs.text(0)),
                                false});
        }
    }
    return findings;
}

} // namespace shirube::directory
