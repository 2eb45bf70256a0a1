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
# instructions choose them at run time. What computes (geo, directory) is compiled at -O3; what reads and
# writes gains nothing from it and would take a fifth longer to compile.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_C_FLAGS_RELEASE "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g")
set(CMAKE_C_FLAGS_DEBUG "-O1 -g")

# Read together (Join.cmake), a name may hide one of a file that was read before: its own file knows nothing of that.
set(shirube_shadow -Wshadow)
if(CMAKE_UNITY_BUILD)
    set(shirube_shadow -Wshadow=local)
endif()

add_library(shirube_settings INTERFACE)
target_include_directories(shirube_settings INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(shirube_settings INTERFACE
    $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wpedantic -Wconversion ${shirube_shadow} -Werror>
    # What g++ 12 sees and is not there; clang-tidy and the sanitizers read the same code without it. Overflows in
    # libstdc++'s strings and fmt's inlined writers (its bugs 105651 and 105762), more of them where the library comes
    # precompiled and so is no longer known as the system's; a wrong delete where Asio gives back a coroutine's frame.
    $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU>>:
        -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread -Wno-mismatched-new-delete>
    # The same source gives the same bytes wherever the tree lies.
    "-ffile-prefix-map=${CMAKE_SOURCE_DIR}/=")
target_compile_definitions(shirube_settings INTERFACE
    SHIRUBE_VERSION="${PROJECT_VERSION}"
    $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)

if(SHIRUBE_SANITIZE)
    # A report names files and lines; what else a debugger would want costs a third of the time to compile.
    set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
    set(CMAKE_C_FLAGS_DEBUG "-O1 -g1")
    target_compile_options(shirube_settings INTERFACE
        -fsanitize=${SHIRUBE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all
        # g++ sees ghosts in instrumented code (its manual says so); the other presets keep this warning.
        $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    target_link_options(shirube_settings INTERFACE -fsanitize=${SHIRUBE_SANITIZE})
endif()

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # Without this sloppiness ccache hands every file that uses a precompiled header straight to the compiler; nothing here
    # uses __DATE__ or __TIME__, which is all that it is careless about. In its depend mode a new file costs no second reading.
    set(CMAKE_CXX_COMPILER_LAUNCHER
        "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros;CCACHE_DEPEND=1;${CCACHE}")
endif()

# shirube_precompile(<target> [<header>...])
#
# Reading the standard library, fmt and nlohmann/json takes most files longer than compiling what they say. Each file still
# includes what it uses: -D SHIRUBE_PRECOMPILE=OFF builds without, as clang-tidy reads them.
option(SHIRUBE_PRECOMPILE "Read the large headers once for each library" ON)
function(shirube_precompile target)
    if(SHIRUBE_PRECOMPILE)
        target_precompile_headers(${target} PRIVATE
            <algorithm> <array> <chrono> <expected> <filesystem> <fstream> <functional> <map> <memory> <numeric>
            <optional> <random> <ranges> <set> <span> <sstream> <string> <string_view> <tuple> <unordered_map>
            <unordered_set> <utility> <variant> <vector>
            <fmt/format.h> <nlohmann/json.hpp> ${ARGN})
    endif()
endfunction()
find_program(MOLD mold)
if(MOLD)
    add_link_options(-fuse-ld=mold)
endif()
