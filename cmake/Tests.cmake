# One executable test_<folder> for each folder of tests/, registered case by case.

find_package(Catch2 2.13 CONFIG REQUIRED)

# Catch2's own main takes seconds to compile: once for all.
add_library(test_main OBJECT tests/main.cpp)
target_link_libraries(test_main PUBLIC Catch2::Catch2 PRIVATE shirube_settings)
target_compile_options(test_main PRIVATE $<$<CONFIG:Release>:-O0>)

# shirube_tests(<folder> LINKS <library>...)
function(shirube_tests folder)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINKS")
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/tests/${folder}/*.cpp")
    if(NOT sources)
        return()
    endif()
    set(target test_${folder})
    add_executable(${target} ${sources})
    shirube_join(${target} ${sources})
    target_link_libraries(${target} PRIVATE ${arg_LINKS} test_main shirube_settings)
    if(NOT folder STREQUAL "geo")
        shirube_precompile(${target} <catch2/catch.hpp>)
    endif()
    # What is tested is compiled as it ships; the tests themselves need no speed, and a quarter less time to compile
    # than at -O1.
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O0>)
    target_compile_definitions(${target} PRIVATE
        SHIRUBE_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
        SHIRUBE_REAL_DATA="${SHIRUBE_REAL_DATA}"
        SHIRUBE_BINARY="${CMAKE_BINARY_DIR}/shirube")
    if(TARGET shirube AND folder MATCHES "^(server|scenarios)$")
        add_dependencies(${target} shirube)
    endif()
    set(list "${CMAKE_BINARY_DIR}/${target}.ctest")
    if(NOT EXISTS "${list}")
        file(WRITE "${list}" "add_test(${target}_is_not_built false)\n")
    endif()
    add_custom_command(
        TARGET ${target} POST_BUILD
        COMMAND "${CMAKE_COMMAND}" -D "PROGRAM=$<TARGET_FILE:${target}>" -D FOLDER=${folder} -D "LIST=${list}"
                -P "${CMAKE_SOURCE_DIR}/cmake/discover_tests.cmake"
        BYPRODUCTS "${list}"
        VERBATIM)
    set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${list}")
endfunction()

shirube_tests(geo LINKS shirube_geo)
shirube_tests(directory LINKS shirube_directory)
shirube_tests(importers LINKS shirube_importers)
shirube_tests(server LINKS shirube_server)
shirube_tests(scenarios LINKS shirube_server)
