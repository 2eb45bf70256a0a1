#include "server/network/network_api.hpp"

#include "server/api/answers.hpp"
#include "server/api/csv_text.hpp"
#include "server/api/table_form.hpp"
#include "server/network/network_documents.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

namespace shirube::server {

namespace {

using nlohmann::ordered_json;

constexpr auto k_replace = nlohmann::json::error_handler_t::replace;

/// A line a tie; what is not counted or dated stays empty.
std::string csv_of(const directory::Reader& reader, std::span<const std::uint32_t> edges, std::string_view language) {
    std::string out{k_csv_mark};
    add_csv_line(
        out, language == "en"
                 ? std::vector<std::string>{"id",
                                            "kind",
                                            "kind_label",
                                            "from",
                                            "from_kind",
                                            "from_name",
                                            "from_municipality",
                                            "to",
                                            "to_kind",
                                            "to_name",
                                            "to_municipality",
                                            "programme",
                                            "valid_from",
                                            "valid_to",
                                            "informed",
                                            "linked",
                                            "fed_back",
                                            "period",
                                            "terms",
                                            "note",
                                            "source",
                                            "list",
                                            "publisher",
                                            "licence",
                                            "as_of",
                                            "edition"}
                 : std::vector<std::string>{
                       "ID",       "つながりコード", "つながり",   "から_ID",    "からの種類", "から",   "からの市町村",
                       "へ_ID",    "への種類",       "へ",         "への市町村", "事業コード", "開始日", "終了日",
                       "情報提供", "つなぎ",         "結果の共有", "期間",       "条件",       "備考",   "出典",
                       "台帳",     "公表者",         "利用条件",   "時点",       "データの版"});
    for (const auto edge : edges) {
        const auto kind = reader.network().edges()[edge].kind;
        const ordered_json tie = tie_document(reader, edge);
        const ordered_json& from = tie.at("from");
        const ordered_json& to = tie.at("to");
        const ordered_json& source = tie.at("source");
        const auto of_referrals = [&](const char* member) {
            return tie.at("referrals").is_null() ? ordered_json(nullptr) : tie.at("referrals").at(member);
        };
        // Labels of kinds are Japanese words of the code list; codes stand beside them.
        add_csv_line(out, std::vector<ordered_json>{
                              tie.at("id"),
                              tie.at("kind"),
                              directory::label_of(kind),
                              from.at("id"),
                              from.at("kind"),
                              from.at("name"),
                              from.at("municipality"),
                              to.at("id"),
                              to.at("kind"),
                              to.at("name"),
                              to.at("municipality"),
                              tie.at("programme"),
                              tie.at("valid_from"),
                              tie.at("valid_to"),
                              of_referrals("informed"),
                              of_referrals("linked"),
                              of_referrals("fed_back"),
                              of_referrals("period"),
                              tie.at("terms").is_null() ? ordered_json(nullptr) : tie.at("terms").at("text"),
                              tie.at("note"),
                              source.at("text"),
                              source.at("list"),
                              source.at("publisher"),
                              source.at("licence"),
                              source.at("as_of"),
                              reader.edition()});
    }
    return out;
}

Answer csv_answer(const Context& context, const NetworkQuestion& question, std::string_view name) {
    const auto& reader = context.reader();
    return table_answer(csv_of(reader, directory::view_of(reader, question.scope).edges, context.language),
                        TableForm::csv, context, question.scope.day, name);
}

Answer json_answer_of(const ordered_json& document, const Context& context, const directory::Instant& at) {
    Answer answer;
    answer.content_type = "application/json";
    answer.body = document.dump(-1, ' ', false, k_replace);
    answer.etag_basis = etag_basis(context, at);
    answer.headers.emplace_back("Vary", "Accept");
    return answer;
}

/// The address of the page behind, with a cursor that names its edition and instant.
std::string next_page(const Request& request, const Context& context, const directory::Instant& at,
                      const PageAsked& page) {
    std::string out = request.path;
    char joint = '?';
    for (const auto& [name, value] : request.query) {
        if (name != "cursor" && !value.empty()) {
            out += fmt::format("{}{}={}", std::exchange(joint, '&'), percent_encode(name), percent_encode(value));
        }
    }
    return out + fmt::format("{}cursor={}", joint, percent_encode(next_cursor(context, at, page)));
}

} // namespace

Answer get_network(const Request& asked, const Context& context) {
    const Request request = with_kinds_joined(asked);
    if (const auto problem = unknown_parameter(
            request, {"municipality", "kind", "within", "forum", "at", "days", "since", "reach", "f"})) {
        return to_answer(*problem, context.language);
    }
    const auto form = table_form_asked(request);
    if (!form) {
        return to_answer(form.error(), context.language);
    }
    const auto question = read_network_question(request, context);
    if (!question) {
        return to_answer(question.error(), context.language);
    }
    return *form == TableForm::csv
               ? csv_answer(context, *question, "network")
               : json_answer_of(network_document(context.reader(), *question), context, question->at);
}

Answer get_relations(const Request& asked, const Context& context) {
    const Request request = with_kinds_joined(asked);
    if (const auto problem =
            unknown_parameter(request, {"municipality", "kind", "within", "forum", "at", "limit", "cursor", "f"})) {
        return to_answer(*problem, context.language);
    }
    const auto form = table_form_asked(request);
    if (!form) {
        return to_answer(form.error(), context.language);
    }
    auto question = read_network_question(request, context);
    if (!question) {
        return to_answer(question.error(), context.language);
    }
    const auto page = read_page(request, context, question->at);
    if (!page) {
        return to_answer(page.error(), context.language);
    }
    question->scope.day = question->at.day;
    if (*form == TableForm::csv) {
        return csv_answer(context, *question, "relations");
    }
    const auto& reader = context.reader();
    const auto edges = directory::view_of(reader, question->scope).edges;
    const std::size_t first = std::min(page->offset, edges.size());
    const std::size_t last = std::min(first + page->limit, edges.size());
    ordered_json ties = ordered_json::array();
    for (const auto edge : std::span(edges).subspan(first, last - first)) {
        ties.push_back(tie_document(reader, edge));
    }
    ordered_json links = ordered_json::array();
    if (last < edges.size()) {
        links.push_back({{"rel", "next"},
                         {"type", "application/json"},
                         {"href", next_page(request, context, question->at, *page)}});
    }
    return json_answer_of({{"numberMatched", edges.size()},
                           {"numberReturned", last - first},
                           {"edition", reader.edition()},
                           {"at", directory::to_string(question->at)},
                           {"links", std::move(links)},
                           {"relations", std::move(ties)}},
                          context, question->at);
}

} // namespace shirube::server
