# How our own code is compiled. Everything hangs on the interface target shirube_settings, which only our targets link,
# so that warnings never reach third-party code.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_SCAN_FOR_MODULES OFF)

set(SHIRUBE_SANITIZE "" CACHE STRING "Value for -fsanitize=, empty for none")

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

# NDEBUG stays undefined: a broken promise inside stops the process instead of answering wrongly, and the tests run the
# very binary that ships. The architecture is left at the compiler's portable baseline; kernels that gain from newer
# instructions choose them at run time.
set(CMAKE_CXX_FLAGS_RELEASE "-O3 -g1")
set(CMAKE_C_FLAGS_RELEASE "-O3 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g")
set(CMAKE_C_FLAGS_DEBUG "-O1 -g")

add_library(shirube_settings INTERFACE)
target_include_directories(shirube_settings INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(shirube_settings INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror>
    # g++ 12 sees overflows in libstdc++'s strings and in fmt's inlined writers that are not there (its bugs 105651 and
    # 105762); clang-tidy reads the same code without them.
    $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:-Wno-restrict -Wno-stringop-overflow>
    # The same source gives the same bytes wherever the tree lies.
    "-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=")
target_compile_definitions(shirube_settings INTERFACE
    SHIRUBE_VERSION="${PROJECT_VERSION}"
    $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)

if(SHIRUBE_SANITIZE)
    target_compile_options(shirube_settings INTERFACE
        -fsanitize=${SHIRUBE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all
        # g++ sees ghosts in instrumented code (its manual says so); the other presets keep this warning.
        $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    target_link_options(shirube_settings INTERFACE -fsanitize=${SHIRUBE_SANITIZE})
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()
find_program(MOLD mold)
if(MOLD)
    add_link_options(-fuse-ld=mold)
endif()
