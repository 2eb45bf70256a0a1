# Run by shirube_embed: writes BYTES (assembler that takes the files in verbatim) and INDEX (their names and lengths).
# The output depends on the files alone, never on times or on the order of the directory.

file(GLOB_RECURSE paths RELATIVE "${FOLDER}" "${FOLDER}/*")
list(SORT paths COMPARE STRING)
list(LENGTH paths count)

set(bytes ".section .rodata\n")
set(declarations "")
set(rows "")
set(number 0)
foreach(path IN LISTS paths)
    set(symbol "shirube_${FUNCTION}_${number}")
    # The digest makes this text, and so the object, new whenever the content is.
    file(SHA256 "${FOLDER}/${path}" digest)
    file(SIZE "${FOLDER}/${path}" size)
    string(APPEND bytes "/* ${digest} */\n.balign 16\n.global ${symbol}\n${symbol}:\n.incbin \"${FOLDER}/${path}\"\n.byte 0\n")
    string(APPEND declarations "extern const char ${symbol}[];\n")
    string(APPEND rows "    EmbeddedFile{\"${path}\", {${symbol}, ${size}}},\n")
    math(EXPR number "${number} + 1")
endforeach()
string(APPEND bytes ".section .note.GNU-stack,\"\",%progbits\n")

file(WRITE "${BYTES}" "${bytes}")
file(WRITE "${INDEX}" "#include \"directory/embedded_file.hpp\"

#include <array>

extern \"C\" {
${declarations}}

namespace shirube {

std::span<const EmbeddedFile> ${FUNCTION}() {
    static const std::array<EmbeddedFile, ${count}> k_files{{
${rows}    }};
    return k_files;
}

}  // namespace shirube
")
