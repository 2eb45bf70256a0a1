// GET /matrix: municipality × programme on 1 April of a year and today, as JSON or CSV.
#include "server/api/api.hpp"
#include "server/api/csv_text.hpp"
#include "server/api/table_form.hpp"
#include "server/api/use_terms.hpp"
#include "server/pages/texts.hpp"
#include "server/pages/use_terms_words.hpp"
#include "server/table_questions.hpp"

#include <fmt/format.h>

#include <string>
#include <string_view>

namespace shirube::server {

namespace {

using directory::MunicipalMatrix;
using nlohmann::ordered_json;

constexpr auto k_replace = nlohmann::json::error_handler_t::replace;

ordered_json count_of(const directory::MatrixCount& count, int across) {
    return {{"presence", directory::code_of(count.presence)},
            {"surely", count.surely},
            {"possibly", count.possibly},
            {"across", across}};
}

ordered_json region_of(const directory::Reader& reader, std::uint32_t region) {
    if (region == directory::k_no_index) {
        return nullptr;
    }
    const auto& district = reader.districts()[region];
    return {{"layer", district.layer}, {"code", district.code}, {"name", district.name}};
}

ordered_json regions_of(const directory::Reader& reader, const directory::Municipality& municipality) {
    ordered_json regions = ordered_json::array();
    for (const auto region : municipality.regions) {
        regions.push_back(region_of(reader, region));
    }
    return regions;
}

std::string names_of_regions(const directory::Reader& reader, const directory::Municipality& municipality) {
    std::string names;
    for (const auto region : municipality.regions) {
        names += (names.empty() ? "" : ";") + reader.districts()[region].name;
    }
    return names;
}

ordered_json document_of(const directory::Reader& reader, const MunicipalMatrix& matrix) {
    const auto& taxonomy = reader.taxonomy();
    ordered_json programmes = ordered_json::array();
    for (std::size_t p = 0; p < matrix.programmes.size(); ++p) {
        const auto& programme = taxonomy.at(matrix.programmes[p]);
        const auto& sum = matrix.sums[p];
        programmes.push_back({{"programme", programme.code},
                              {"family", taxonomy.at(taxonomy.family_of(matrix.programmes[p])).code},
                              {"label", label_document(programme.label)},
                              {"municipalities",
                               {{"some", sum.in_year.some},
                                {"possible", sum.in_year.possible},
                                {"none", sum.in_year.none},
                                {"unknown", sum.in_year.unknown},
                                {"came", sum.came},
                                {"went", sum.went}}}});
    }
    ordered_json municipalities = ordered_json::array();
    for (std::size_t m = 0; m < matrix.municipalities.size(); ++m) {
        ordered_json cells = ordered_json::array();
        for (std::size_t p = 0; p < matrix.programmes.size(); ++p) {
            const auto& cell = matrix.at(m, p);
            ordered_json document = count_of(cell.in_year, cell.across);
            document["across_by_contract"] = contract_counts_document(cell.across_by_contract);
            document["came"] = cell.came;
            document["went"] = cell.went;
            document["today"] = count_of(cell.today, cell.across_today);
            cells.push_back(std::move(document));
        }
        municipalities.push_back({{"code", matrix.municipalities[m].code},
                                  {"name", text_or_null(matrix.municipalities[m].name)},
                                  {"region", region_of(reader, matrix.municipalities[m].region)},
                                  {"regions", regions_of(reader, matrix.municipalities[m])},
                                  {"cells", std::move(cells)}});
    }
    return {{"edition", reader.edition()},
            {"year", static_cast<int>(std::chrono::year_month_day{matrix.day}.year())},
            {"day", directory::to_string(matrix.day)},
            {"before", directory::to_string(matrix.before)},
            {"at", directory::to_string(matrix.today)},
            {"programmes", std::move(programmes)},
            {"municipalities", std::move(municipalities)},
            {"lists", list_documents(reader, matrix.lists)}};
}

std::vector<std::string> header_in(std::string_view language) {
    if (language == "en") {
        return {"municipality_code",
                "municipality_name",
                "region_code",
                "region_name",
                "regions",
                "family",
                "programme",
                "programme_label",
                "day",
                "presence",
                "presence_label",
                "services_surely",
                "services_possibly",
                "services_across",
                "services_across_by_contract",
                "came",
                "went",
                "today",
                "presence_today",
                "services_surely_today",
                "services_possibly_today",
                "services_across_today",
                "lists",
                "edition"};
    }
    return {"市区町村コード",
            "市区町村名",
            "圏域コード",
            "圏域",
            "すべての圏域",
            "分野コード",
            "事業コード",
            "事業",
            "基準日",
            "判定コード",
            "判定",
            "確かな箇所数",
            "可能性のある箇所数",
            "使える他市区町村の箇所数",
            "使える他市区町村の契約",
            "前の年より増えた箇所数",
            "前の年より減った箇所数",
            "今日",
            "今日の判定コード",
            "今日の確かな箇所数",
            "今日の可能性のある箇所数",
            "今日の使える他市区町村の箇所数",
            "もとにした台帳",
            "データの版"};
}

std::string csv_of(const directory::Reader& reader, const MunicipalMatrix& matrix, std::string_view language) {
    const std::string_view in = language == "en" ? "en" : "ja";
    std::string out{k_csv_mark};
    add_csv_line(out, header_in(in));
    const auto& taxonomy = reader.taxonomy();
    const std::string lists = lists_in_a_cell(reader, matrix.lists);
    for (std::size_t m = 0; m < matrix.municipalities.size(); ++m) {
        const auto& municipality = matrix.municipalities[m];
        const bool has_region = municipality.region != directory::k_no_index;
        for (std::size_t p = 0; p < matrix.programmes.size(); ++p) {
            const auto& programme = taxonomy.at(matrix.programmes[p]);
            const auto& cell = matrix.at(m, p);
            add_csv_line(out,
                         std::vector<ordered_json>{
                             municipality.code,
                             text_or_null(municipality.name),
                             has_region ? ordered_json(reader.districts()[municipality.region].code) : ordered_json(),
                             has_region ? ordered_json(reader.districts()[municipality.region].name) : ordered_json(),
                             text_or_null(names_of_regions(reader, municipality)),
                             taxonomy.at(taxonomy.family_of(matrix.programmes[p])).code,
                             programme.code,
                             programme.label.in(in),
                             directory::to_string(matrix.day),
                             directory::code_of(cell.in_year.presence),
                             directory::label_of(cell.in_year.presence).in(in),
                             cell.in_year.surely,
                             cell.in_year.possibly,
                             cell.across,
                             text_or_null(contract_counts_in_words(cell.across_by_contract, Texts::in(in), ";")),
                             cell.came,
                             cell.went,
                             directory::to_string(matrix.today),
                             directory::code_of(cell.today.presence),
                             cell.today.surely,
                             cell.today.possibly,
                             cell.across_today,
                             lists,
                             reader.edition()});
        }
    }
    return out;
}

} // namespace

Answer get_matrix(const Request& request, const Context& context) {
    if (const auto problem = unknown_parameter(request, {"year", "family", "at", "f"})) {
        return to_answer(*problem, context.language);
    }
    const auto form = table_form_asked(request);
    if (!form) {
        return to_answer(form.error(), context.language);
    }
    auto question = read_matrix_question(request, context);
    if (!question) {
        return to_answer(question.error(), context.language);
    }
    const auto& reader = context.reader();
    const auto matrix =
        directory::municipal_matrix(reader, std::move(question->programmes), question->year, question->day);
    return table_answer(*form == TableForm::csv ? csv_of(reader, matrix, context.language)
                                                : document_of(reader, matrix).dump(-1, ' ', false, k_replace),
                        *form, context, question->day, "matrix");
}

} // namespace shirube::server
