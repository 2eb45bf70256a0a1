// The command line: shirube import | template | imports | undo | serve | search | coverage | check. It calls, it does
// not decide.
#pragma once

#include <span>

namespace shirube::server {

/// Exit status: 0 done, no row rejected; 1 failed, nothing changed; 2 wrong use; 3 done, some rows rejected.
int run_command_line(int argc, char** argv);

} // namespace shirube::server
