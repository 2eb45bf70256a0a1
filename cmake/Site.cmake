# shirube_site(<variable>)
#
# Builds the browser part from static/ into <binary dir>/site; <variable> receives the file that stands for its being
# up to date.
function(shirube_site variable)
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/static/*")
    find_program(SHIRUBE_NODE node HINTS "${CMAKE_SOURCE_DIR}/build/tools/node/bin" NO_CACHE)
    set(stamp "${CMAKE_BINARY_DIR}/site.stamp")
    if(NOT sources)
        file(MAKE_DIRECTORY "${CMAKE_BINARY_DIR}/site")
        file(TOUCH "${stamp}")
    else()
        set(list "${CMAKE_BINARY_DIR}/site.list")
        string(REPLACE ";" "\n" lines "${sources}")
        file(CONFIGURE OUTPUT "${list}" CONTENT "${lines}\n" @ONLY)
        add_custom_command(
            OUTPUT "${stamp}"
            COMMAND "${SHIRUBE_NODE}" "${CMAKE_SOURCE_DIR}/cmake/build_site.mjs" "${CMAKE_SOURCE_DIR}"
                    "${CMAKE_BINARY_DIR}/site"
            COMMAND "${CMAKE_COMMAND}" -E touch "${stamp}"
            DEPENDS ${sources} "${list}" "${CMAKE_SOURCE_DIR}/cmake/build_site.mjs"
                    "${CMAKE_SOURCE_DIR}/package-lock.json"
            COMMENT "Building the browser part"
            VERBATIM)
    endif()
    set(${variable} "${stamp}" PARENT_SCOPE)
endfunction()
