#include "importers/resources/resource_rows.hpp"

#include "importers/cleaning/protected_names.hpp"
#include "importers/columns/wanted_tables.hpp"
#include "importers/files/csv.hpp"
#include "importers/lists/claims.hpp"
#include "importers/lists/terms.hpp"
#include "importers/report/issue_codes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace shirube::importers {

namespace {

/// Whether everyone may see what a list says of the programme, where the row does not say otherwise.
bool is_for_everyone(const directory::Taxonomy& taxonomy, std::string_view code) {
    const auto programme = taxonomy.by_code(code);
    return !programme || taxonomy.at(*programme).visibility == directory::Visibility::everyone;
}

} // namespace

std::vector<Issue> ResourceRows::issues_of(std::span<const RowDoubt> doubts, std::int64_t row) const {
    std::vector<Issue> issues;
    for (const RowDoubt& doubt : doubts) {
        issues.push_back({.row = row,
                          .column = doubt.column ? table_.header.at(*doubt.column) : std::string{},
                          .code = std::string(doubt.code),
                          .message = issue_sentence(doubt.code, context_.language)});
    }
    return issues;
}

void ResourceRows::read(Record record, std::span<const RowDoubt> of_file, directory::BatchList& list) {
    if (is_blank(record.cells)) {
        intake_.count(Bin::blank);
        return;
    }
    if (is_example_row(record)) {
        intake_.note("row_example", {.row = record.row});
        intake_.count(Bin::out_of_scope);
        return;
    }
    std::vector<Issue> doubts = issues_of(of_file, record.row);
    std::string cells = verbatim_cells(record.cells);
    const std::vector<std::string> written = intake_.options().keep_rejects ? record.cells : std::vector<std::string>{};
    fit_to_header(record, doubts);
    RowOutcome outcome = layout_.read(table_.header, record, context_);
    if (desk_.terms != nullptr && outcome.reading) {
        judge_terms(outcome, record.row);
    }
    if (outcome.bin == Bin::rejected) {
        give_back(record.row, written, outcome.issues);
    }
    if (outcome.bin == Bin::rejected || outcome.bin == Bin::out_of_scope || outcome.bin == Bin::blank) {
        keep_issues(outcome.issues, record.row);
        intake_.count(outcome.bin);
        return;
    }
    if (!doubts.empty()) {
        outcome.bin = Bin::flagged;
    }
    std::ranges::move(doubts, std::back_inserter(outcome.issues));
    take(std::move(outcome), record, std::move(cells), list);
}

std::vector<directory::Claim> ResourceRows::default_claims() const {
    std::vector<std::string> programmes = layout_.default_programmes();
    if (programmes.empty()) {
        programmes.assign(programmes_.begin(), programmes_.end());
    }
    const auto [shown, hidden] = [&] {
        std::pair<std::vector<std::string>, std::vector<std::string>> both;
        for (auto& programme : programmes) {
            (is_for_everyone(context_.taxonomy, programme) ? both.first : both.second).push_back(std::move(programme));
        }
        return both;
    }();
    auto claims = claims_of(shown, municipalities(rows_for_everyone_));
    std::ranges::move(claims_of(hidden, municipalities(rows_by_programme_)), std::back_inserter(claims));
    return claims;
}

/// A row counts for what it is seen as: what everyone may see, or what its programme alone hides.
void ResourceRows::count_for_claims(const directory::ResourceReading& reading, const std::string& where) {
    bool for_everyone = false;
    bool by_programme = false;
    for (const directory::ServiceReading& service : reading.services) {
        const bool is_shown = is_for_everyone(context_.taxonomy, service.programme);
        if (is_shown &&
            service.visibility.value_or(directory::Visibility::everyone) != directory::Visibility::everyone) {
            continue;
        }
        (is_shown ? for_everyone : by_programme) = true;
        programmes_.insert(service.programme);
    }
    if (!where.empty() && for_everyone) {
        ++rows_for_everyone_[where];
    }
    if (!where.empty() && (for_everyone || by_programme)) {
        ++rows_by_programme_[where];
    }
}

/// Missing cells are empty; surplus ones are told, and kept in the verbatim row only.
void ResourceRows::fit_to_header(Record& record, std::vector<Issue>& doubts) const {
    const std::size_t width = table_.header.size();
    const std::size_t cells = record.cells.size();
    // Empty cells at the end are what a spreadsheet leaves behind; nothing is lost with them.
    const bool surplus = cells > width && !is_blank(std::span(record.cells).subspan(width));
    if (surplus || cells < width) {
        const std::string_view code = surplus ? "row_too_long" : "row_too_short";
        const std::string count = fmt::format("{}", surplus ? cells - width : width - cells);
        doubts.push_back(
            {.row = record.row, .code = std::string(code), .message = issue_sentence(code, context_.language, count)});
    }
    record.cells.resize(width);
}

/// Keeps a rejected row for whoever asked for them.
void ResourceRows::give_back(std::int64_t row, const std::vector<std::string>& written,
                             const std::vector<Issue>& issues) {
    const RejectedTable of{.list = {},
                           .profile = std::string(layout_.profile()),
                           .file = intake_.file(),
                           .sheet = table_.sheet,
                           .header = table_.header,
                           .rows = {}};
    intake_.reject(of, {.row = row, .cells = written, .issues = issues});
}

void ResourceRows::keep_issues(std::vector<Issue>& issues, std::int64_t row) {
    for (Issue& issue : issues) {
        if (issue.row == 0) {
            issue.row = row;
        }
        if (layout_.is_contact(issue.column)) {
            issue.value.clear();
        }
        intake_.keep(std::move(issue));
    }
}

/// A municipality that does not allow its part of the data to be used again keeps its rows out, or has them flagged.
void ResourceRows::judge_terms(RowOutcome& outcome, std::int64_t row) const {
    const directory::ResourceReading& reading = *outcome.reading;
    // Lists of schools may state the terms of elementary and middle schools apart.
    const auto has = [&](std::string_view programme) {
        return std::ranges::find(reading.services, programme, &directory::ServiceReading::programme) !=
               reading.services.end();
    };
    std::vector<std::string_view> layers;
    if (has("shogakko")) {
        layers.emplace_back("shogakkoku");
    }
    if (has("chugakko")) {
        layers.emplace_back("chugakkoku");
    }
    if (layers.empty()) {
        layers.emplace_back();
    }
    TermsAnswer answer = desk_.terms->of(reading.site.municipality, layers.front());
    for (const std::string_view layer : layers) {
        answer = stricter(std::move(answer), desk_.terms->of(reading.site.municipality, layer));
    }
    const std::string_view code = issue_of(answer.terms);
    if (code.empty()) {
        return;
    }
    outcome.issues.push_back({.row = row,
                              .code = std::string(code),
                              .message = issue_sentence(code, context_.language, answer.words),
                              .value = reading.site.municipality});
    const bool stays_out = answer.terms == Terms::refused && intake_.options().terms_policy == TermsPolicy::refuse;
    outcome.bin = stays_out ? Bin::rejected : Bin::flagged;
}

/// A place whose name says that people are protected in it is not shown unless its row says that it may be.
void ResourceRows::protect_by_name(RowOutcome& outcome) const {
    directory::ResourceReading& reading = *outcome.reading;
    reading.owner = intake_.options().owner;
    const auto& site = reading.site;
    if (!names_protected_place(site.official_name) && !names_protected_place(site.public_name)) {
        return;
    }
    bool is_new = false;
    for (directory::ServiceReading& service : reading.services) {
        const auto programme = context_.taxonomy.by_code(service.programme);
        const bool is_hidden =
            programme && context_.taxonomy.at(*programme).visibility != directory::Visibility::everyone;
        // 公開 alone may have been filled down a column: somebody must have agreed.
        const bool says_public = service.visibility == directory::Visibility::everyone && service.consent;
        const bool says_hidden = service.visibility && *service.visibility != directory::Visibility::everyone;
        if (!says_public && !says_hidden && !is_hidden) {
            service.visibility = directory::Visibility::coordinator;
            is_new = true;
        }
    }
    if (is_new) {
        outcome.issues.push_back(
            {.code = "protected_by_name", .message = issue_sentence("protected_by_name", context_.language)});
        outcome.bin = Bin::flagged;
    }
}

void ResourceRows::take(RowOutcome outcome, const Record& record, std::string cells, directory::BatchList& list) {
    directory::BatchRow row;
    protect_by_name(outcome);
    row.key = std::move(outcome.key);
    keep_issues(outcome.issues, record.row);
    intake_.count(outcome.bin);
    count_place(outcome.reading->site);
    count_for_claims(*outcome.reading, outcome.covers.empty() ? outcome.reading->site.municipality : outcome.covers);
    if (!outcome.source_class.empty()) {
        ++intake_.report().by_class[outcome.source_class];
    }
    if (!outcome.id.empty() || !outcome.further.empty()) {
        desk_.further.know({.file = intake_.file(),
                            .sheet = intake_.sheet(),
                            .row = record.row,
                            .id = std::move(outcome.id),
                            .numbers = std::move(outcome.further)});
    }
    row.file = intake_.file();
    row.sheet = intake_.sheet();
    row.row = record.row;
    row.cells = std::move(cells);
    row.flagged = outcome.bin == Bin::flagged;
    row.reading = std::move(*outcome.reading);
    list.rows.push_back(std::move(row));
}

/// A city's list often names a few places beyond its border; that does not make it a list of its neighbours too.
std::set<std::string> ResourceRows::municipalities(const RowsByMunicipality& rows_in) const {
    if (!context_.municipality.empty()) {
        return {context_.municipality};
    }
    std::set<std::string> all;
    std::int64_t rows = 0;
    for (const auto& [municipality, count] : rows_in) {
        all.insert(municipality);
        rows += count;
    }
    for (const auto& [municipality, count] : rows_in) {
        if (count * 4 > rows * 3) {
            return {municipality};
        }
    }
    return all;
}

void ResourceRows::count_place(const directory::SiteReading& site) {
    if (site.position) {
        ++intake_.report().located[std::string(directory::code_of(site.quality))];
    } else {
        ++intake_.report().unlocated;
    }
}

} // namespace shirube::importers
