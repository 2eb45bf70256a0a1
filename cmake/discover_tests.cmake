# Run after a test executable is linked: asks PROGRAM for its cases and writes LIST, which ctest reads.
#
# Catch2's own module does the same but cuts names at semicolons; ours are sentences.

execute_process(
    COMMAND "${PROGRAM}" --list-test-names-only
    OUTPUT_VARIABLE names
    RESULT_VARIABLE count)
if(NOT count MATCHES "^[0-9]+$" OR names STREQUAL "")
    message(FATAL_ERROR "${PROGRAM} does not list its tests: ${count}")
endif()

# CMake's lists give meaning to these three: they travel in disguise.
string(ASCII 1 semicolon)
string(ASCII 2 open)
string(ASCII 3 close)
string(REPLACE ";" "${semicolon}" names "${names}")
string(REPLACE "[" "${open}" names "${names}")
string(REPLACE "]" "${close}" names "${names}")
string(REPLACE "\n" ";" names "${names}")

set(script "")
foreach(name IN LISTS names)
    if(name STREQUAL "")
        continue()
    endif()
    # What Catch2 reads as more than a name gets a backslash.
    string(REPLACE "\\" "\\\\" pattern "${name}")
    string(REPLACE "," "\\," pattern "${pattern}")
    string(REPLACE "${open}" "\\${open}" pattern "${pattern}")
    string(REPLACE "${close}" "\\${close}" pattern "${pattern}")
    # NoTests: a name that does not arrive unharmed fails, it does not pass.
    # A case that lacks its data says SKIPPED: and stops. If anything failed as well, the summary line differs and the
    # failure counts.
    string(APPEND script
        "add_test([==[${FOLDER}/${name}]==] [==[${PROGRAM}]==] [==[${pattern}]==] --warn NoTests)\n"
        "set_tests_properties([==[${FOLDER}/${name}]==] PROPERTIES LABELS ${FOLDER} TIMEOUT 300 "
        "SKIP_REGULAR_EXPRESSION [==[SKIPPED:.*(All tests passed|assertions: - none -)]==])\n")
endforeach()
string(REPLACE "${semicolon}" ";" script "${script}")
string(REPLACE "${open}" "[" script "${script}")
string(REPLACE "${close}" "]" script "${script}")
file(WRITE "${LIST}" "${script}")
