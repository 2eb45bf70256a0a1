// Everything a server answers to the public, asked without a socket: the bytes that would go over the wire.
#pragma once

#include "server/context.hpp"
#include "server/reports/report_box.hpp"

#include <map>
#include <string>
#include <vector>

namespace shirube::tests {

/// Words, ids and places to ask for beside what the edition itself has.
struct Probes {
    std::vector<std::string> words;
    std::vector<std::string> ids; ///< of services and sites
};

/// Every address of the edition in every language and form: pages, lists, single records, suggestions, places,
/// coverage, needs, tiles of every zoom; and what it answers for the probes. By what was asked, the whole response at
/// a fixed instant: status, headers with their ETag, body.
/// \param reports takes one on every service and probe, last of all; null: none is sent
std::map<std::string, std::string> every_answer(const server::Loaded& loaded, const Probes& probes,
                                                server::ReportBox* reports = nullptr);

} // namespace shirube::tests
