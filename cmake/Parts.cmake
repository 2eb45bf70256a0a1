# The parts we do not write, all from Debian's packages, and the function that makes a library of a folder.

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(PROJ CONFIG REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(GEOS CONFIG REQUIRED)
find_package(GDAL CONFIG REQUIRED)
find_package(nlohmann_json CONFIG REQUIRED)
find_package(fmt CONFIG REQUIRED)
find_package(spdlog CONFIG REQUIRED)
find_package(CLI11 CONFIG REQUIRED)
find_package(Boost 1.74 CONFIG REQUIRED COMPONENTS headers)
find_package(OpenSSL REQUIRED)
find_package(ZLIB REQUIRED)
pkg_check_modules(spatialite REQUIRED IMPORTED_TARGET spatialite)
pkg_check_modules(icu REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(ctemplate REQUIRED IMPORTED_TARGET libctemplate)
pkg_check_modules(qrencode REQUIRED IMPORTED_TARGET libqrencode)
pkg_check_modules(xlsxwriter REQUIRED IMPORTED_TARGET xlsxwriter)

# Rows are many small texts: an import spends a quarter of its time in the C library's allocator, and a fifth of all in
# choosing another. It takes the place of malloc by being linked first, so nothing names it. Sanitizers bring their own.
if(NOT SHIRUBE_SANITIZE)
    find_package(mimalloc 2.0 CONFIG REQUIRED)
    add_library(shirube_allocator INTERFACE)
    target_link_libraries(shirube_allocator INTERFACE -Wl,--no-as-needed mimalloc)
else()
    add_library(shirube_allocator INTERFACE)
endif()

# libcsv and protozero bring neither a CMake nor a pkg-config file.
find_path(CSV_INCLUDE csv.h REQUIRED)
find_library(CSV_LIBRARY csv REQUIRED)
add_library(Csv::csv UNKNOWN IMPORTED)
set_target_properties(Csv::csv PROPERTIES
    IMPORTED_LOCATION "${CSV_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${CSV_INCLUDE}")
find_path(PROTOZERO_INCLUDE protozero/pbf_writer.hpp REQUIRED)
add_library(Protozero::protozero INTERFACE IMPORTED)
set_target_properties(Protozero::protozero PROPERTIES
    INTERFACE_INCLUDE_DIRECTORIES "${PROTOZERO_INCLUDE}")

# shirube_library(<folder> [WITHOUT <file>...] LINKS <target>...)
#
# The library shirube_<folder> of every .cpp below <folder>/.
function(shirube_library folder)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "WITHOUT;LINKS")
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/${folder}/*.cpp")
    foreach(file IN LISTS arg_WITHOUT)
        list(REMOVE_ITEM sources "${CMAKE_SOURCE_DIR}/${folder}/${file}")
    endforeach()
    add_library(shirube_${folder} STATIC ${sources})
    shirube_join(shirube_${folder} ${sources})
    target_link_libraries(shirube_${folder} PUBLIC ${arg_LINKS} PRIVATE shirube_settings)
endfunction()
