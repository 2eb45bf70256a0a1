# The fuzz targets: every tests/fuzz/fuzz_<name>.cpp is a program of its own, run by `./dev fuzz`. Only where the
# compiler has libFuzzer (the preset `fuzz`).

if(NOT SHIRUBE_SANITIZE MATCHES "fuzzer")
    return()
endif()

# Warnings are judged where the program is built; clang has others than g++.
target_compile_options(shirube_settings INTERFACE -Wno-error)

add_custom_target(fuzzers)
file(GLOB fuzz_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/fuzz/fuzz_*.cpp")
foreach(source IN LISTS fuzz_sources)
    get_filename_component(name "${source}" NAME_WE)
    add_executable(${name} EXCLUDE_FROM_ALL "${source}")
    # What reads requests lies in the server; the others do without, and need no page to be built.
    file(STRINGS "${source}" includes_server REGEX "^#include \"server/")
    if(includes_server)
        target_link_libraries(${name} PRIVATE shirube_server shirube_settings)
    else()
        target_link_libraries(${name} PRIVATE shirube_importers shirube_settings)
    endif()
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
    add_dependencies(fuzzers ${name})
endforeach()
