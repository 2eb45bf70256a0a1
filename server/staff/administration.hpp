// An administrator's pages: accounts and the log of what was done. One of a municipality tends its accounts and no
// others.
#pragma once

#include "server/staff/staff_call.hpp"

namespace shirube::server {

Answer accounts_page(const StaffCall& call);
Answer post_account(const StaffCall& call);
/// "/staff/accounts/{id}"
Answer account_page(const StaffCall& call);
Answer post_account_change(const StaffCall& call);
Answer audit_page(const StaffCall& call);

} // namespace shirube::server
