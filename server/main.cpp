#include "server/cli/command_line.hpp"

int main(int argc, char** argv) { return shirube::server::run_command_line(argc, argv); }
