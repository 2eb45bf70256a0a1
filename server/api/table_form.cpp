#include "server/api/table_form.hpp"

#include <fmt/format.h>

#include <utility>

namespace shirube::server {

using nlohmann::ordered_json;

std::expected<TableForm, Problem> table_form_asked(const Request& request) {
    if (const auto f = request.parameter("f"); f && !f->empty()) {
        if (*f != "json" && *f != "csv") {
            return std::unexpected(Problem{"bad_parameter", "f", "f is json or csv here."});
        }
        return *f == "csv" ? TableForm::csv : TableForm::json;
    }
    return request.accept.find("text/csv") != std::string::npos ? TableForm::csv : TableForm::json;
}

Answer table_answer(std::string text, TableForm form, const Context& context, directory::Day day,
                    std::string_view name) {
    Answer answer;
    answer.content_type = form == TableForm::csv ? "text/csv; charset=utf-8" : "application/json";
    answer.body = std::move(text);
    answer.etag_basis = etag_basis(context, {day, 0});
    answer.headers.emplace_back("Vary", "Accept");
    if (form == TableForm::csv) {
        answer.etag_basis += context.language;
        answer.headers.emplace_back("Content-Disposition",
                                    fmt::format("attachment; filename=\"{}-{}.csv\"", name, directory::to_string(day)));
    }
    return answer;
}

std::string lists_in_a_cell(const directory::Reader& reader, const std::vector<std::uint32_t>& lists) {
    std::string names;
    for (const auto index : lists) {
        const auto& list = reader.lists()[index];
        names += fmt::format("{}{}{}", names.empty() ? "" : " / ", list.name,
                             list.as_of.empty() ? "" : fmt::format("（{}）", list.as_of));
    }
    return names;
}

ordered_json list_documents(const directory::Reader& reader, const std::vector<std::uint32_t>& lists) {
    ordered_json documents = ordered_json::array();
    for (const auto index : lists) {
        const auto& list = reader.lists()[index];
        documents.push_back({{"list", list.name},
                             {"publisher", text_or_null(list.publisher)},
                             {"licence", text_or_null(list.licence)},
                             {"as_of", text_or_null(list.as_of)}});
    }
    return documents;
}

ordered_json label_document(const directory::Label& label) {
    return {{"ja", label.ja}, {"ja_easy", label.ja_easy}, {"en", label.en}};
}

} // namespace shirube::server
