# bench/NAME.cpp becomes the executable bench_NAME; what they share lies in folders below bench/. Nothing of it is built
# unless the target `bench` is asked for.

add_custom_target(bench)

file(GLOB programs CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/bench/*.cpp")
file(GLOB_RECURSE everything CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/bench/*.cpp")
set(shared ${everything})
if(programs)
    list(REMOVE_ITEM shared ${programs})
endif()
if(shared)
    add_library(shirube_bench STATIC EXCLUDE_FROM_ALL ${shared})
    shirube_join(shirube_bench ${shared})
    target_link_libraries(shirube_bench PUBLIC shirube_server PRIVATE shirube_settings)
    # The PostGIS rival, where its client is installed (libgdal-dev brings it).
    find_path(SHIRUBE_LIBPQ_FOLDER libpq-fe.h PATH_SUFFIXES postgresql)
    find_library(SHIRUBE_LIBPQ pq)
    mark_as_advanced(SHIRUBE_LIBPQ_FOLDER SHIRUBE_LIBPQ)
    if(SHIRUBE_LIBPQ AND SHIRUBE_LIBPQ_FOLDER)
        target_include_directories(shirube_bench SYSTEM PRIVATE "${SHIRUBE_LIBPQ_FOLDER}")
        target_link_libraries(shirube_bench PRIVATE "${SHIRUBE_LIBPQ}")
        target_compile_definitions(shirube_bench PRIVATE SHIRUBE_HAS_LIBPQ=1)
    else()
        target_compile_definitions(shirube_bench PRIVATE SHIRUBE_HAS_LIBPQ=0)
    endif()
endif()

foreach(program IN LISTS programs)
    cmake_path(GET program STEM name)
    add_executable(bench_${name} EXCLUDE_FROM_ALL "${program}")
    target_link_libraries(bench_${name} PRIVATE
        shirube_allocator $<TARGET_NAME_IF_EXISTS:shirube_bench> shirube_server GEOS::geos_c shirube_settings)
    target_compile_definitions(bench_${name} PRIVATE
        SHIRUBE_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
        SHIRUBE_BINARY="${CMAKE_BINARY_DIR}/shirube")
    add_dependencies(bench bench_${name})
endforeach()
if(TARGET shirube)
    add_dependencies(bench shirube)
endif()
