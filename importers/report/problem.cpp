#include "importers/report/problem.hpp"

#include "importers/report/issue_codes.hpp"

#include <fmt/format.h>

#include <utility>

namespace shirube::importers {

FileProblem wrong_use(std::string_view code, std::string a, std::string b) {
    FileProblem problem;
    problem.code = code;
    problem.a = std::move(a);
    problem.b = std::move(b);
    problem.blame = Blame::command_line;
    return problem;
}

FileProblem in_file(FileProblem problem, const std::filesystem::path& file) {
    if (problem.file.empty()) {
        problem.file = file.string();
    } else {
        // A member of an archive or of a shapefile's set: both names help.
        problem.file = fmt::format("{} ({})", file.string(), problem.file);
    }
    return problem;
}

ImportFailure in_words(const FileProblem& problem, std::string_view language) {
    const bool english = language == "en";
    std::string place = problem.file;
    if (problem.row > 0) {
        place += english ? fmt::format(", row {}", problem.row) : fmt::format(" {}行目", problem.row);
    }
    if (!problem.column.empty()) {
        place += english ? fmt::format(", column {}", problem.column) : fmt::format(" 列「{}」", problem.column);
    }
    ImportFailure failure;
    failure.code = problem.code;
    failure.message = issue_sentence(problem.code, language, problem.a, problem.b);
    if (!place.empty()) {
        failure.message = fmt::format("{}: {}", place, failure.message);
    }
    failure.wrong_use = problem.blame == Blame::command_line;
    return failure;
}

} // namespace shirube::importers
