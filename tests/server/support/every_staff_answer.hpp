// Everything a server answers to a municipality's staff, asked without a socket over a session of theirs.
#pragma once

#include "directory/accounts.hpp"
#include "tests/server/support/every_answer.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace shirube::tests {

/// Every address of staff that reads records, and pages of the public visited with the session, as an account of that
/// role and municipality asks for them; accounts are made beside the store. By what was asked, the whole response at a
/// fixed instant, with what is random of the session made equal.
std::map<std::string, std::string> every_staff_answer(const std::filesystem::path& store, directory::Role role,
                                                      const std::string& municipality, const Probes& probes);

} // namespace shirube::tests
