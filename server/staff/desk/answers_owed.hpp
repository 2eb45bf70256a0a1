// Who told us something and has no answer yet. Kept beside the store; no edition has it.
#pragma once

#include "directory/desk/told.hpp"
#include "server/pages/links.hpp"
#include "server/pages/templates.hpp"
#include "server/staff/staff_call.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace shirube::server {

/// How many wait for an answer of this municipality's.
std::int64_t answers_owed(const StaffCall& call);

/// Notes that somebody is to be answered. False where it could not be kept.
bool owe_answer(const StaffCall& call, const directory::NewTold& told);

/// Fills the lists of templates/staff-month.html of what waits and of what was answered lately.
void fill_answers(View body, const StaffCall& call, const Links& links);

/// The reports of the public of which somebody is to be answered, by their numbers, and the day on which they were.
std::map<std::string, std::optional<directory::Day>> answers_to_reports(const StaffCall& call);

/// "/staff/month/answers": an answer was given.
Answer post_answer(const StaffCall& call);

} // namespace shirube::server
