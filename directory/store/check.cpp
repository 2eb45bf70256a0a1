// What a steward should look at: damage, orphans, places without a position, services nobody confirmed for a year.
#include "directory/store/connection.hpp"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace shirube::directory {

namespace {

/// `{0}`, `{1}` … in the sentences stand for the columns that `sql` answers, one row a finding.
struct Rule {
    const char* code;
    bool is_error;
    int columns;
    const char* sql;
    const char* ja;
    const char* en;
};

constexpr Rule k_rules[] = {
    {"integrity", true, 1, "SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
     "保存先のファイルが壊れています：{0}", "integrity_check: {0}"},
    {"foreign_key", true, 3, "SELECT \"table\", rowid, parent FROM pragma_foreign_key_check",
     "表 {0} の行 {1} が、{2} にない行を指しています", "table {0}, row {1} refers to a missing row of {2}"},
    {"orphan_service", true, 2,
     "SELECT service_id, row_id FROM service s "
     "WHERE NOT EXISTS (SELECT 1 FROM edition_row m JOIN current_edition c ON c.list_id = m.list_id AND c.import_id = "
     "m.import_id WHERE m.row_id = s.row_id) AND s.row_id NOT IN (SELECT row_id FROM row_past WHERE state = 'stale')",
     "実施 {0} のもとの行 {1} が、いま有効などの台帳にもありません",
     "service {0} rests on row {1}, which no edition in force holds"},
    {"orphan_site", true, 1, "SELECT site_id FROM site WHERE site_id NOT IN (SELECT site_id FROM service)",
     "場所 {0} に実施が一つもありません", "site {0} has no service"},
    {"row_not_derived", true, 2,
     "SELECT m.row_id, l.name "
     "FROM current_edition c JOIN edition_row m ON m.list_id = c.list_id AND m.import_id = c.import_id JOIN list l ON "
     "l.list_id = c.list_id "
     "WHERE l.kind = 'resources' AND m.row_id NOT IN (SELECT row_id FROM service)",
     "台帳「{1}」の行 {0} は有効なのに、そこから何も作られていません",
     "row {0} of list {1} is in force but nothing was derived from it"},
    {"service_shown_as_none", true, 2,
     "SELECT s.service_id, s.shown_as FROM service s LEFT JOIN service o ON o.service_id = s.shown_as "
     "WHERE s.shown_as IS NOT NULL AND (o.service_id IS NULL OR o.shown_as IS NOT NULL OR o.site_id <> s.site_id)",
     "実施 {0} は実施 {1} にまとめて示すはずが、{1} が示されていません",
     "service {0} is shown as service {1}, which is not shown"},
    {"tie_decision_without_target", false, 2,
     "SELECT json_extract(r.reading, '$.decided.target') AS target, l.name FROM list l "
     "JOIN current_edition c ON c.list_id = l.list_id "
     "JOIN edition_row m ON m.list_id = c.list_id AND m.import_id = c.import_id JOIN source_row r USING (row_id) "
     "WHERE l.kind = 'relations' AND target IS NOT NULL AND target NOT IN (SELECT public_id FROM relation) "
     "AND target NOT IN (SELECT public_id FROM forum)",
     "「{1}」で決めたつながり {0} は、いまどの台帳にもありません。戻るまで待ちます",
     "the tie {0} that {1} decides on is in no list now; the decision waits"},
    {"district_invalid", true, 1,
     "SELECT code FROM district WHERE geom IS NOT NULL AND NOT coalesce(ST_IsValid(geom), 0)",
     "区域 {0} の形が正しくありません", "district {0} has an invalid geometry"},
    {"member_without_geometry", false, 4,
     "SELECT d.code, d.layer, m.layer, CASE WHEN m.name = '' THEN m.municipality ELSE m.name END "
     "FROM district_member m JOIN district d USING (district_id) WHERE m.member_id IS NULL",
     "区域 {0}（{1}）を構成する {3}（{2}）は、まだ取り込まれていません",
     "district {0} of {1} is made of {2} {3}, which no import has"},
    {"member_without_geometry", false, 4,
     "SELECT d.code, d.layer, m.layer, CASE WHEN m.name = '' THEN m.municipality ELSE m.name END "
     "FROM district_member m JOIN district d USING (district_id) LEFT JOIN district o ON o.district_id = "
     "m.member_id WHERE m.member_id IS NOT NULL AND o.geom IS NULL",
     "区域 {0}（{1}）を構成する {3}（{2}）に、形がありません",
     "district {0} of {1} is made of {2} {3}, which has no area"},
    {"unlocated", false, 2,
     "SELECT official_name || CASE WHEN municipality_name = '' THEN '' ELSE ' (' || municipality_name || ')' END, "
     "address FROM site "
     "WHERE geom IS NULL AND position_quality <> 'withheld' AND address <> ''",
     "{0} の位置がわかりません：{1}", "{0} has no position: {1}"},
    {"unlocated", false, 1,
     "SELECT official_name || CASE WHEN municipality_name = '' THEN '' ELSE ' (' || municipality_name || ')' END FROM "
     "site "
     "WHERE geom IS NULL AND position_quality <> 'withheld' AND address = ''",
     "{0} の位置がわかりません：住所がありません", "{0} has no position: no address"},
    {"doubtful_pair", false, 4,
     "SELECT (SELECT name FROM stated_place WHERE place_id = a ORDER BY list_id, key LIMIT 1), "
     "(SELECT name FROM stated_place WHERE place_id = b ORDER BY list_id, key LIMIT 1), "
     "json_extract(reason, '$.ja'), json_extract(reason, '$.en') FROM doubtful_pair ORDER BY total DESC, a, b",
     "{0} と {1} は同じ場所かもしれません：{2}", "{0} / {1} may be one place: {3}"},
    {"left_out", false, 3,
     "SELECT p.name, p.municipality_name, l.name FROM stated_place p JOIN list l USING (list_id) WHERE p.is_stale = 1",
     "{0}（{1}）は台帳「{2}」に載らなくなりました（この台帳は、すべてを載せているとは言っていません）",
     "{0} ({1}) is no longer in the list {2}, which does not claim to be complete"},
    {"stale", false, 2,
     "SELECT official_name, last_confirmed_on FROM service JOIN site USING (site_id) "
     "WHERE last_confirmed_on < date('now', '-1 year')",
     "{0} を最後に確認したのは {1} です", "{0} was last confirmed on {1}"},
};

std::vector<Finding> findings_of(Database& database, const Rule& rule) {
    std::vector<Finding> findings;
    Statement select(database, rule.sql);
    while (select.step()) {
        fmt::dynamic_format_arg_store<fmt::format_context> columns;
        for (int column = 0; column < rule.columns; ++column) {
            columns.push_back(std::string{select.text(column)});
        }
        findings.push_back({rule.code, fmt::vformat(rule.ja, columns), fmt::vformat(rule.en, columns), rule.is_error});
    }
    return findings;
}

Finding finding_of(const LostCorrection& lost) {
    const auto& written = lost.written;
    const auto file = written.sheet.empty() ? written.file : written.file + " " + written.sheet;
    const auto ja = fmt::format("手直し {}:{}（台帳「{}」）", file, written.row, written.list);
    const auto en = fmt::format("the correction {}:{} (list {})", file, written.row, written.list);
    if (lost.why == LostCorrection::Why::contradicted) {
        const auto& decision = written.correction;
        return {"correction_contradicted",
                fmt::format("{}は {} と {} を{}としていますが、そうなっていません。ほかの判定、ちがう市区町村、"
                            "または同じ名称と住所が、それに反しています",
                            ja, decision.target, decision.other, decision.same ? "同じ場所" : "別の場所"),
                fmt::format("{} says that {} and {} are {}, but they are not: another decision, another municipality, "
                            "or the same name and address stand against it",
                            en, decision.target, decision.other, decision.same ? "one place" : "two places"),
                false};
    }
    const bool leads = !lost.leads_to.empty();
    return {"correction_without_target",
            fmt::format("{}の対象 {} は、いま有効などの台帳にもありません{}", ja, lost.id,
                        leads ? fmt::format("。このIDはいま {} に続いています", lost.leads_to) : ""),
            fmt::format("{} speaks of {}, which no list in force has{}", en, lost.id,
                        leads ? fmt::format("; its id leads to {} now", lost.leads_to) : ""),
            false};
}

} // namespace

std::vector<Finding> Store::check() const {
    std::vector<Finding> findings;
    for (const auto& rule : k_rules) {
        std::ranges::move(findings_of(impl_->database, rule), std::back_inserter(findings));
    }
    for (const auto& lost : lost_corrections()) {
        findings.push_back(finding_of(lost));
    }
    const DistrictBook districts(district_names());
    Statement needs(impl_->database, R"(SELECT DISTINCT layer, code, name, municipality FROM need
        WHERE layer NOT IN ('municipality', 'mesh') ORDER BY layer, municipality, code, name)");
    while (needs.step()) {
        if (!districts.find(needs.text(0), needs.text(1), needs.text(2), needs.text(3))) {
            const auto named = needs.text(2).empty() ? needs.text(1) : needs.text(2);
            findings.push_back(
                {"need_district_unknown",
                 fmt::format("需要の数が言う {}（{}）は、どの区域の台帳にもありません", named, needs.text(0)),
                 fmt::format("figures of need speak of {} in layer {}, which no list of districts has", named,
                             needs.text(0)),
                 false});
        }
    }
    return findings;
}

} // namespace shirube::directory
