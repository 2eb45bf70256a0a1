// The sentences of accounts' problems, in one place so that a code always says the same.
#pragma once

#include "directory/accounts.hpp"

#include <string_view>

namespace shirube::directory {

/// \param code one of those that AccountProblem lists, but `wait`
AccountProblem account_problem(std::string_view code);
AccountProblem wait_problem(std::int64_t seconds);

} // namespace shirube::directory
