// Problems with an input as a whole: a code, a place and what fills the sentence's gaps. They are put into words once,
// at the edge, in the language of whoever asked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace shirube::importers {

/// Why nothing was imported: the file as a whole could not be read or understood.
struct ImportFailure {
    std::string code{};     ///< stable, see importers/report/issue_codes.hpp
    std::string message{};  ///< a sentence with file (and row, column) that says what to do
    bool wrong_use = false; ///< the command line itself is wrong (exit 2) rather than the input (exit 1)
};

/// Whose fault a problem is; it decides the exit status.
enum class Blame : std::uint8_t { input, command_line };

struct FileProblem {
    std::string code{};
    std::string a{};      ///< fills {0}
    std::string b{};      ///< fills {1}
    std::int64_t row = 0; ///< as a person counts in the file; 0: the file as a whole
    std::string column{};
    std::string file{}; ///< as given on the command line; filled in by whoever knows it
    Blame blame = Blame::input;
};

/// A problem with the command line itself.
FileProblem wrong_use(std::string_view code, std::string a = {}, std::string b = {});

/// The same problem, of that file.
FileProblem in_file(FileProblem problem, const std::filesystem::path& file);

/// The problem as a sentence: "FILE, row 3, column X: …". `language` is ja or en.
ImportFailure in_words(const FileProblem& problem, std::string_view language);

} // namespace shirube::importers
