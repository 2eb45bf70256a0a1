#include "server/reports/report_question.hpp"

#include "directory/audience.hpp"
#include "server/reports/report_box.hpp"
#include "server/same_origin.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace shirube::server {

namespace {

constexpr unsigned k_another_day_s = 3'600;

/// The kind and the cleaned words, or what is wrong with them.
std::expected<directory::NewReport, Problem> read(const ReportAsked& asked) {
    const auto kind = directory::parse_report_kind(asked.kind);
    if (!kind) {
        return std::unexpected(asked.kind.empty()
                                   ? Problem{"missing_parameter", "kind", "Say what is wrong."}
                                   : Problem{"bad_parameter", "kind", "See /api/v1/openapi.json for the kinds."});
    }
    directory::NewReport report;
    report.kind = *kind;
    report.text = directory::clean_report_text(asked.text);
    if (directory::characters_in(report.text) > directory::k_longest_report) {
        return std::unexpected(
            Problem{"bad_parameter", "text", fmt::format("At most {} characters.", directory::k_longest_report)});
    }
    if (*kind == directory::ReportKind::other && report.text.empty()) {
        return std::unexpected(Problem{"missing_parameter", "text", "Say in words what is wrong."});
    }
    return report;
}

std::optional<Problem> keep(ReportBox& box, const directory::NewReport& report) {
    try {
        const auto kept = box.add(report);
        if (kept) {
            return std::nullopt;
        }
        return kept.error() == directory::ReportRefusal::service_full
                   ? Problem{"reports_of_service_full", "service", "Others have said so today; somebody will look.",
                             k_another_day_s}
                   : Problem{"reports_full", "", "Too many wait to be looked at. Tell the operator by telephone.",
                             k_another_day_s};
    } catch (const directory::ReportsError& error) {
        spdlog::error("A report could not be kept: {}", error.what());
        return Problem{"reports_unavailable", "", "Tell the operator by telephone.", k_another_day_s};
    }
}

} // namespace

std::string owner_of_service(const directory::Reader& reader, std::uint32_t index) {
    const auto& service = reader.services()[index];
    if (service.site != directory::k_no_index && !reader.sites()[service.site].municipality.empty()) {
        return directory::owner_of(reader.sites()[service.site].municipality);
    }
    std::vector<std::string> owners;
    for (const std::uint32_t district : reader.serves(index)) {
        owners.push_back(directory::owner_of(reader.districts()[district].municipality));
    }
    for (const auto& code : service.usable_by) {
        owners.push_back(directory::owner_of(code));
    }
    const bool is_one =
        !owners.empty() && std::ranges::all_of(owners, [&](const auto& owner) { return owner == owners.front(); });
    return is_one ? owners.front() : std::string{};
}

std::optional<Problem> hand_in(const Request& request, const Context& context, const ReportAsked& asked) {
    if (!takes_reports(context)) {
        return Problem{"reports_unavailable", "", "Tell the operator by telephone.", k_another_day_s};
    }
    if (!is_from_here(request)) {
        return Problem{"form_stale", "", "Open the page of this site and send it from there."};
    }
    const auto& reader = context.reader();
    const auto index = reader.find_service(asked.service);
    if (!index) {
        return Problem{"not_found", "service", "There is no service of this id."};
    }
    auto report = read(asked);
    if (!report) {
        return report.error();
    }
    if (const auto verdict = context.reports->count(request.client); !verdict.allowed) {
        return Problem{"too_many_requests", "", "Too many reports; try again later.",
                       static_cast<unsigned>(verdict.retry_after.count())};
    }
    if (asked.filled_the_trap) {
        return std::nullopt;
    }
    report->service = reader.services()[*index].id;
    report->owner = owner_of_service(reader, *index);
    report->edition = reader.edition();
    report->day = context.now.day;
    return keep(*context.reports, *report);
}

} // namespace shirube::server
