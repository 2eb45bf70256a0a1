# shirube_embed(<target> <function> FOLDER <folder> [DEPENDS <file>...])
#
# Puts every file below FOLDER into <target>'s library, to be read by
#
#   std::span<const shirube::EmbeddedFile> shirube::<function>();
#
# sorted by path, paths relative to FOLDER. FOLDER may be empty or absent. Where other commands make the folder's files,
# DEPENDS names what those commands put out; otherwise the files themselves are watched.
function(shirube_embed target function)
    cmake_parse_arguments(PARSE_ARGV 2 arg "" "FOLDER" "DEPENDS")
    if(NOT arg_DEPENDS)
        file(GLOB_RECURSE arg_DEPENDS CONFIGURE_DEPENDS "${arg_FOLDER}/*")
    endif()
    # A list of its own makes the command run again when a file has gone away, which no timestamp tells.
    set(list "${CMAKE_BINARY_DIR}/embedded/${function}.list")
    string(REPLACE ";" "\n" lines "${arg_DEPENDS}")
    file(CONFIGURE OUTPUT "${list}" CONTENT "${lines}\n" @ONLY)

    set(bytes "${CMAKE_BINARY_DIR}/embedded/${function}.S")
    set(index "${CMAKE_BINARY_DIR}/embedded/${function}.cpp")
    add_custom_command(
        OUTPUT "${bytes}" "${index}"
        COMMAND "${CMAKE_COMMAND}" -D "FOLDER=${arg_FOLDER}" -D "FUNCTION=${function}" -D "BYTES=${bytes}"
                -D "INDEX=${index}" -P "${CMAKE_SOURCE_DIR}/cmake/embed_files.cmake"
        DEPENDS ${arg_DEPENDS} "${list}" "${CMAKE_SOURCE_DIR}/cmake/embed_files.cmake"
        COMMENT "Embedding ${function}"
        VERBATIM)
    target_sources(${target} PRIVATE "${bytes}" "${index}")
endfunction()
