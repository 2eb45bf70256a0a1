// A whole import of 200,000 rows with locating, timed from outside like anybody would: wall clock and the most memory
// the process ever held. Beside it ogr2ogr brings the same file into a SpatiaLite table: it keeps the cells and
// locates, cleans and links nothing.
#include "bench/lists/lists.hpp"
#include "bench/measure/measure.hpp"

#include <CLI/CLI.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

using namespace shirube::bench;
namespace fs = std::filesystem;

namespace {

struct Run {
    double seconds = 0;
    double most_mib = 0; ///< resident
};

/// Runs a command with its output thrown away. \throws std::runtime_error where it fails
Run timed(const std::vector<std::string>& command) {
    std::vector<char*> words;
    words.reserve(command.size() + 1);
    for (const std::string& word : command) {
        words.push_back(const_cast<char*>(word.c_str()));
    }
    words.push_back(nullptr);
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = ::fork();
    if (child == 0) {
        const int nothing = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
        ::dup2(nothing, STDOUT_FILENO);
        ::dup2(nothing, STDERR_FILENO);
        ::execvp(words.front(), words.data());
        ::_exit(127);
    }
    int status = 0;
    struct rusage usage{};
    if (child < 0 || ::wait4(child, &status, 0, &usage) != child) {
        throw std::runtime_error(fmt::format("{}: cannot be started", command.front()));
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        throw std::runtime_error(fmt::format("{}: ended with status {}", fmt::join(command, " "), status));
    }
    return {.seconds = took.count(), .most_mib = static_cast<double>(usage.ru_maxrss) / 1024};
}

void remove_store(const fs::path& store) {
    for (const auto* suffix : {"", "-wal", "-shm", "-journal"}) {
        fs::remove(store.string() + suffix);
    }
}

Run import_list(const std::string& shirube, const fs::path& folder) {
    const fs::path store = folder / "imports.shirube";
    remove_store(store);
    const Run towns = timed({shirube, "import", "gazetteer", (folder / "ja").string(), "--store", store.string()});
    fmt::print("gazetteer: {:.1f} s, {:.0f} MiB\n", towns.seconds, towns.most_mib);
    return timed({shirube, "import", "resources", (folder / "cafeterias.csv").string(), "--store", store.string()});
}

Run convert_list(const fs::path& folder) {
    const fs::path table = folder / "imports.sqlite";
    fs::remove(table);
    return timed({"ogr2ogr", "-f", "SQLite", "-dsco", "SPATIALITE=YES", table.string(),
                  (folder / "cafeterias.csv").string(), "-oo", "X_POSSIBLE_NAMES=経度", "-oo", "Y_POSSIBLE_NAMES=緯度",
                  "-gt", "200000"});
}

} // namespace

int main(int argc, char** argv) {
    fs::path folder;
    fs::path figures;
    std::string shirube = SHIRUBE_BINARY;
    CLI::App app("Times a whole import");
    app.add_option("folder", folder, "where the invented files go; made where they are not there")->required();
    app.add_option("--figures", figures, "file of JSON lines");
    app.add_option("--shirube", shirube);
    CLI11_PARSE(app, argc, argv);
    try {
        fs::create_directories(folder);
        if (!fs::exists(folder / "cafeterias.csv")) {
            write_lists(folder);
        }
        const Run ours = import_list(shirube, folder);
        const Run theirs = convert_list(folder);
        const std::string note = fmt::format(
            "`shirube import resources` of {} rows in the cafeteria layout into a new store, located by {} "
            "towns; beside it `ogr2ogr` of the same file into SpatiaLite, which locates nothing",
            k_list_rows, k_list_towns);
        report({.name = "import of 200,000 rows with locating",
                .ours = ours.seconds,
                .unit = "s",
                .better = Better::lower,
                .rival = "ogr2ogr, cells alone",
                .theirs = theirs.seconds,
                .wanted_ratio = {},
                .wanted = 60,
                .note = note},
               figures);
        report({.name = "import of 200,000 rows, memory",
                .ours = ours.most_mib,
                .unit = "MiB",
                .better = Better::lower,
                .rival = "ogr2ogr, cells alone",
                .theirs = theirs.most_mib,
                .wanted_ratio = {},
                .wanted = 1024,
                .note = "the most that was resident at once (ru_maxrss)"},
               figures);
    } catch (const std::exception& error) {
        fmt::print(stderr, "imports: {}\n", error.what());
        return 1;
    }
    return 0;
}
