#include "server/cli/output_file.hpp"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <system_error>

namespace shirube::server {

namespace {

namespace fs = std::filesystem;

bool is_same(const fs::path& a, const fs::path& b) {
    std::error_code ignored;
    if (fs::equivalent(a, b, ignored)) {
        return true;
    }
    const auto whole = [&](const fs::path& path) { return fs::weakly_canonical(fs::absolute(path, ignored), ignored); };
    return whole(a) == whole(b);
}

/// Whether the file is a database, a store among them.
bool is_database(const fs::path& path) {
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) {
        return false;
    }
    constexpr std::string_view k_signature = "SQLite format 3";
    std::array<char, k_signature.size()> begin{};
    std::ifstream in(path, std::ios::binary);
    return in.read(begin.data(), begin.size()) && std::string_view(begin.data(), begin.size()) == k_signature;
}

} // namespace

std::optional<std::string> output_refusal(std::string_view option, const fs::path& output,
                                          std::span<const fs::path> in_use, std::string_view language) {
    const bool english = language == "en";
    if (is_database(output)) {
        return fmt::format(
            fmt::runtime(english ? "{}: {} is a database, perhaps a store; nothing is written over it. Name "
                                   "another file."
                                 : "{}: {} はデータベース（台帳かもしれません）なので、上書きしません。"
                                   "別の名前にしてください。"),
            option, output.string());
    }
    for (const fs::path& other : in_use) {
        for (const char* companion : {"", "-wal", "-shm", "-journal"}) {
            if (!other.empty() && is_same(output, other.string() + companion)) {
                return fmt::format(
                    fmt::runtime(english ? "{}: {} is read or written by this very command. Name another file."
                                         : "{}: {} はこのコマンドが読み書きするファイルです。"
                                           "別の名前にしてください。"),
                    option, output.string());
            }
        }
    }
    return std::nullopt;
}

} // namespace shirube::server
