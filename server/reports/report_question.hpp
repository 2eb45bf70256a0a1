// A report as it is handed in, by a form or by a program: looked at, counted, kept.
#pragma once

#include "server/context.hpp"
#include "server/http.hpp"
#include "server/problem.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace shirube::server {

struct ReportAsked {
    std::string service;          ///< public id
    std::string kind;             ///< code of a directory::ReportKind
    std::string text;             ///< as it came
    bool filled_the_trap = false; ///< a field that no person sees
};

/// Whose steward reads reports on a service: the municipality it lies in, else the one that those it is for live in;
/// empty where nobody knows one.
std::string owner_of_service(const directory::Reader& reader, std::uint32_t service);

/// Keeps it, or says why not: reports_unavailable, form_stale, not_found (service), bad_parameter (kind, text),
/// missing_parameter (text), too_many_requests, reports_of_service_full, reports_full. What fills the trap is answered
/// as if it were kept. Writes to the disk: not for a worker's thread.
std::optional<Problem> hand_in(const Request& request, const Context& context, const ReportAsked& asked);

/// GET and POST "/services/{id}/report"
Answer report_page(const Request& request, const Context& context, std::string_view id);
Answer post_report_form(const Request& request, const Context& context, std::string_view id);

/// POST "/api/v1/reports"
Answer post_report(const Request& request, const Context& context);

} // namespace shirube::server
