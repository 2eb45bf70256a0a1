// The JSON API as staff read it. What is looked for comes in a body and never in an address.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

/// POST: the parameters of the public's call as members of a JSON object.
Answer post_staff_resources(const StaffCall& call);
Answer post_staff_suggest(const StaffCall& call);
Answer post_staff_geocode(const StaffCall& call);

/// GET: as the public's, over what this audience may see.
Answer get_staff_resource(const StaffCall& call);
Answer get_staff_policies(const StaffCall& call);
/// Takes a map or table away: written into the log.
Answer get_staff_coverage(const StaffCall& call);
Answer get_staff_stages(const StaffCall& call);
Answer get_staff_matrix(const StaffCall& call);
Answer get_staff_relations(const StaffCall& call);
Answer get_staff_network(const StaffCall& call);
/// A policy of one's own in the body, held against the districts: what `GET` answers, by layer, at and f.
Answer post_staff_coverage(const StaffCall& call);

} // namespace shirube::server
