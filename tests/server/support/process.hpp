// The program that ships, run as a child: with limits of its own, always ended and waited for.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace shirube::tests {

namespace fs = std::filesystem;

/// A folder of its own under the temporary one, readable by all, gone with its owner.
class ScratchFolder {
  public:
    ScratchFolder();
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder();

    [[nodiscard]] const fs::path& path() const noexcept { return path_; }
    [[nodiscard]] fs::path operator/(const fs::path& name) const { return path_ / name; }
    fs::path write(const fs::path& name, std::string_view bytes) const;

  private:
    fs::path path_;
};

std::string bytes_of(const fs::path& file);

/// What is different for the child.
struct ChildLimits {
    std::optional<std::uint64_t> most_file_bytes{}; ///< a write beyond fails, as on a full disk
    bool unprivileged = false;                      ///< gives up the superuser's rights, where it has them
};

class Process {
  public:
    /// Starts the binary under test with these arguments, its messages in English, output and errors into files.
    explicit Process(const std::vector<std::string>& arguments, const ChildLimits& limits = {});
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;
    ~Process(); ///< kills it where it still runs

    void signal(int number) const;

    /// The exit status, 128 + n where signal n ended it; nothing where it still runs after that time.
    std::optional<int> wait(std::chrono::milliseconds most = std::chrono::seconds{120});

    [[nodiscard]] std::string output() const { return bytes_of(folder_ / "output"); }
    [[nodiscard]] std::string errors() const { return bytes_of(folder_ / "errors"); }

    /// The most memory it held at a time, in bytes; 0 while it runs.
    [[nodiscard]] std::uint64_t peak_memory() const noexcept { return peak_memory_; }

  private:
    ScratchFolder folder_;
    pid_t pid_ = -1;
    std::optional<int> status_;
    std::uint64_t peak_memory_ = 0;
};

struct Ran {
    int status = -1;
    std::string output;
    std::string errors;
    std::uint64_t peak_memory = 0; ///< bytes
};

/// Runs it to its end.
Ran run_shirube(const std::vector<std::string>& arguments, const ChildLimits& limits = {});

/// A server of a store on a free port, ended with its owner.
class ServerProcess {
  public:
    explicit ServerProcess(const fs::path& store, const std::vector<std::string>& options = {});

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    [[nodiscard]] Process& process() noexcept { return process_; }

  private:
    Process process_;
    std::uint16_t port_ = 0;
};

/// Tries again and again until it holds; false where it does not within a minute.
template <class Condition>
bool eventually(Condition&& holds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{60};
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
    }
    return true;
}

/// A list in the project's own layout: so many children's centres on a grid, named `stem` and a number.
std::string made_list(std::size_t rows, std::string_view stem);

/// A file of the demonstration town.
fs::path demo_file(std::string_view relative);

/// A copy of the demonstration town's districts, population, gazetteer and children's centres as a store. Made once.
fs::path town_store(const ScratchFolder& folder);

/// One such store for all tests that only read it.
fs::path shared_town_store();

} // namespace shirube::tests
