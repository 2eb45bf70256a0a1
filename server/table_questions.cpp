#include "server/table_questions.hpp"

#include "directory/coverage/municipal_index.hpp"
#include "server/api/answers.hpp"
#include "server/numbers.hpp"

#include <fmt/format.h>

#include <optional>

namespace shirube::server {

namespace {

using directory::Municipality;

constexpr int k_first_year = 1990;
constexpr int k_last_year = 2100;

const Municipality& usual(const directory::MunicipalIndex& index, const directory::Reader& reader) {
    const auto* own = index.find(reader.audience().municipality);
    const auto* most = own != nullptr ? own : index.with_most_services();
    return most != nullptr ? *most : index.municipalities().front();
}

std::optional<std::string> asked(const Request& request, std::string_view name) {
    auto value = request.parameter(name);
    return value && !value->empty() ? std::optional<std::string>(*value) : std::nullopt;
}

} // namespace

Query StageQuestion::query() const {
    Query query{{"municipality", municipality.code}, {"at", directory::to_string(day)}};
    if (by == directory::GroupedBy::department) {
        query.emplace_back("by", "department");
    }
    if (use_contract) {
        query.emplace_back("use_contract", directory::code_of(*use_contract));
    }
    return query;
}

Query MatrixQuestion::query() const {
    Query query{{"year", std::to_string(static_cast<int>(year))}, {"at", directory::to_string(day)}};
    if (!family.empty()) {
        query.emplace_back("family", family);
    }
    return query;
}

std::expected<StageQuestion, Problem> read_stage_question(const Request& request, const Context& context) {
    const auto at = instant_asked(request, context);
    if (!at) {
        return std::unexpected(at.error());
    }
    const directory::MunicipalIndex& index = context.reader().municipal_index();
    StageQuestion question{.municipalities = index.municipalities(),
                           .municipality = {},
                           .day = at->day,
                           .by = directory::GroupedBy::family,
                           .use_contract = {}};
    if (question.municipalities.empty()) {
        return std::unexpected(Problem{"not_found", "municipality", "No list speaks of any municipality yet."});
    }
    if (const auto code = asked(request, "municipality")) {
        const auto* found = index.find(*code);
        if (found == nullptr) {
            return std::unexpected(Problem{"bad_parameter", "municipality",
                                           fmt::format("No list speaks of a municipality \"{}\".", *code)});
        }
        question.municipality = *found;
    } else {
        question.municipality = usual(index, context.reader());
    }
    const auto by = asked(request, "by").value_or("programme");
    if (by != "programme" && by != "department") {
        return std::unexpected(Problem{"bad_parameter", "by", "by is programme or department."});
    }
    question.by = by == "department" ? directory::GroupedBy::department : directory::GroupedBy::family;
    if (const auto word = asked(request, "use_contract")) {
        const auto contract = directory::parse_code<directory::Contract>(*word);
        if (!contract || directory::code_of(*contract) != *word || *contract == directory::Contract::unknown) {
            return std::unexpected(Problem{"bad_parameter", "use_contract",
                                           "use_contract names a contract; terms that state none are not kept."});
        }
        question.use_contract = *contract;
    }
    return question;
}

std::expected<MatrixQuestion, Problem> read_matrix_question(const Request& request, const Context& context) {
    const auto at = instant_asked(request, context);
    if (!at) {
        return std::unexpected(at.error());
    }
    MatrixQuestion question{.programmes = directory::counted_programmes(context.reader()),
                            .family = {},
                            .year = fiscal_year_of(at->day),
                            .day = at->day};
    if (const auto text = asked(request, "year")) {
        const auto year = parse_digits(*text);
        if (!year || *year < k_first_year || *year > k_last_year) {
            return std::unexpected(Problem{"bad_parameter", "year",
                                           fmt::format("year is a year from {} to {}.", k_first_year, k_last_year)});
        }
        question.year = std::chrono::year{static_cast<int>(*year)};
    }
    if (const auto code = asked(request, "family")) {
        const auto& taxonomy = context.reader().taxonomy();
        std::erase_if(question.programmes, [&](directory::ProgrammeIndex programme) {
            return taxonomy.at(taxonomy.family_of(programme)).code != *code;
        });
        if (question.programmes.empty()) {
            return std::unexpected(
                Problem{"bad_parameter", "family",
                        fmt::format("There is no family of programmes \"{}\"; see /api/v1/taxonomy.", *code)});
        }
        question.family = *code;
    }
    return question;
}

std::chrono::year fiscal_year_of(directory::Day day) {
    const std::chrono::year_month_day date{day};
    return date.month() >= std::chrono::April ? date.year() : date.year() - std::chrono::years{1};
}

} // namespace shirube::server
