#include "tests/server/support/process.hpp"

#include "tests/scratch_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace shirube::tests {

namespace {

constexpr uid_t k_nobody = 65534;
constexpr std::chrono::milliseconds k_poll{10};

/// In the child, between fork and exec: async-signal-safe calls only.
void become(const char* binary, char** arguments, int output, int errors, const ChildLimits& limits) {
    ::dup2(output, STDOUT_FILENO);
    ::dup2(errors, STDERR_FILENO);
    if (limits.most_file_bytes) {
        const rlimit limit{*limits.most_file_bytes, *limits.most_file_bytes};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        ::signal(SIGXFSZ, SIG_IGN); // the write fails with EFBIG instead
    }
    if (limits.unprivileged && ::geteuid() == 0 && (::setgid(k_nobody) != 0 || ::setuid(k_nobody) != 0)) {
        ::_exit(126);
    }
    ::execv(binary, arguments);
    ::_exit(127);
}

int open_for_child(const fs::path& path) {
    return ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
}

fs::path make_town_store(const fs::path& store) {
    const auto load = [&](std::vector<std::string> arguments) {
        arguments.insert(arguments.end(), {"--store", store.string()});
        arguments.insert(arguments.begin(), "import");
        const auto ran = run_shirube(arguments);
        if (ran.status != 0 && ran.status != 3) {
            throw std::runtime_error("The demonstration town could not be imported: " + ran.errors);
        }
    };
    load({"gazetteer", demo_file("gazetteer/ja/標県/潮見野市.json"), "--municipality", "99201"});
    load({"districts", demo_file("districts/A32-13_99.geojson")});
    load({"population", demo_file("population/tblT001142Q_99.txt")});
    load({"resources", demo_file("lists/児童館一覧.csv"), "--list", "児童館", "--complete", "--covers",
          "jidokan@99201,99341", "--as-of", "2026-04-01"});
    return store;
}

} // namespace

ScratchFolder::ScratchFolder() {
    path_ = new_scratch_folder("shirube-server-test");
    fs::permissions(path_, static_cast<fs::perms>(0755));
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

fs::path ScratchFolder::write(const fs::path& name, std::string_view bytes) const {
    const fs::path file = path_ / name;
    std::ofstream(file, std::ios::binary) << bytes;
    return file;
}

std::string bytes_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

Process::Process(const std::vector<std::string>& arguments, const ChildLimits& limits) {
    std::vector<std::string> all{SHIRUBE_BINARY, "--lang", "en"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    pointers.reserve(all.size() + 1);
    for (auto& argument : all) {
        pointers.push_back(argument.data());
    }
    pointers.push_back(nullptr);
    const int output = open_for_child(folder_ / "output");
    const int errors = open_for_child(folder_ / "errors");
    pid_ = ::fork();
    if (pid_ == 0) {
        become(pointers.front(), pointers.data(), output, errors, limits);
    }
    ::close(output);
    ::close(errors);
    if (pid_ < 0) {
        throw std::runtime_error("A child process could not be started.");
    }
}

Process::~Process() {
    if (!status_) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
}

void Process::signal(int number) const {
    if (!status_) {
        ::kill(pid_, number);
    }
}

std::optional<int> Process::wait(std::chrono::milliseconds most) {
    const auto end = std::chrono::steady_clock::now() + most;
    while (!status_) {
        int state = 0;
        rusage used{};
        if (::wait4(pid_, &state, WNOHANG, &used) == pid_) {
            peak_memory_ = static_cast<std::uint64_t>(used.ru_maxrss) * 1024;
            status_ = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
        } else if (std::chrono::steady_clock::now() > end) {
            return std::nullopt;
        } else {
            std::this_thread::sleep_for(k_poll);
        }
    }
    return status_;
}

Ran run_shirube(const std::vector<std::string>& arguments, const ChildLimits& limits) {
    Process process(arguments, limits);
    const auto status = process.wait();
    return {status.value_or(-1), process.output(), process.errors(), process.peak_memory()};
}

ServerProcess::ServerProcess(const fs::path& store, const std::vector<std::string>& options)
    : process_([&] {
          std::vector<std::string> all{"serve", "--store", store.string(), "--listen", "127.0.0.1:0"};
          // A test asks faster than any browser; one that is about the limit sets it itself.
          if (std::ranges::find(options, "--rate-per-client") == options.end()) {
              all.insert(all.end(), {"--rate-per-client", "0"});
          }
          all.insert(all.end(), options.begin(), options.end());
          return all;
      }()) {
    const bool listens = eventually([&] {
        const auto said = process_.output();
        constexpr std::string_view k_before_port = "://127.0.0.1:"; // http or https
        const auto at = said.find(k_before_port);
        if (at != std::string::npos && said.ends_with('\n')) {
            port_ = static_cast<std::uint16_t>(std::stoi(said.substr(at + k_before_port.size())));
        }
        return port_ != 0 || process_.wait(k_poll).has_value();
    });
    if (!listens || port_ == 0) {
        throw std::runtime_error("The server does not start: " + process_.errors());
    }
}

std::string made_list(std::size_t rows, std::string_view stem) {
    std::string out = "ID,事業,名称,緯度,経度,備考\r\n";
    for (std::size_t i = 0; i < rows; ++i) {
        out += fmt::format("{},jidokan_small,{}{},{:.6f},{:.6f},{}\r\n", i + 1, stem, i + 1,
                           33.06 + 0.001 * static_cast<double>(i / 100), 137.06 + 0.001 * static_cast<double>(i % 100),
                           std::string(200, 'n'));
    }
    return out;
}

fs::path demo_file(std::string_view relative) { return fs::path(SHIRUBE_SOURCE_DIR) / "demo/town" / relative; }

fs::path town_store(const ScratchFolder& folder) {
    static const ScratchFolder kept;
    static const fs::path made = make_town_store(kept / "town.shirube");
    fs::copy_file(made, folder / "town.shirube", fs::copy_options::overwrite_existing);
    return folder / "town.shirube";
}

fs::path shared_town_store() {
    static const ScratchFolder folder;
    static const fs::path store = town_store(folder);
    return store;
}

} // namespace shirube::tests
