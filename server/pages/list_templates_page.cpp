#include "importers/files/input_file.hpp"
#include "importers/templates/list_templates.hpp"
#include "server/pages/page.hpp"
#include "server/pages/pages.hpp"

#include <fmt/format.h>

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

namespace shirube::server {

namespace {

using importers::ListTemplate;
using importers::TemplateForm;

/// What a form is called by those who open it.
constexpr std::array<std::pair<TemplateForm, std::string_view>, 3> k_forms{
    {{TemplateForm::xlsx, "Excel (XLSX)"}, {TemplateForm::ods, "LibreOffice (ODS)"}, {TemplateForm::csv, "CSV"}}};

std::string_view content_type_of(TemplateForm form) noexcept {
    switch (form) {
        case TemplateForm::xlsx:
            return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        case TemplateForm::ods:
            return "application/vnd.oasis.opendocument.spreadsheet";
        case TemplateForm::csv:
            break;
    }
    return "text/csv; charset=utf-8; header=present";
}

std::string file_name(const ListTemplate& of, TemplateForm form) {
    return fmt::format("{}.{}", of.name, importers::extension_of(form));
}

/// Every file, made once: they change with the program only.
const std::string* made_file(std::string_view name) {
    static const auto files = [] {
        std::map<std::string, std::string, std::less<>> made;
        for (const ListTemplate& of : importers::list_templates()) {
            for (const auto& [form, words] : k_forms) {
                made.emplace(file_name(of, form), importers::template_file(of, form));
            }
        }
        return made;
    }();
    const auto found = files.find(name);
    return found == files.end() ? nullptr : &found->second;
}

} // namespace

Answer list_templates_page(const Request& request, const Context& context) {
    Page page(request, context, "list-templates");
    page.style("styles/search.css");
    View& body = page.body();
    page.title(page.texts().get("templates.heading"));
    for (const ListTemplate& of : importers::list_templates()) {
        View item = body.section("LIST_TEMPLATE");
        const std::string title = page.texts().get("templates.title_" + of.name);
        item.set("NAME", of.name);
        item.set("TITLE", title);
        item.words("TITLE", title);
        item.words("PURPOSE", page.texts().get("templates.purpose_" + of.name));
        item.set("COLUMNS", of.columns.size());
        item.set("EXAMPLES", of.examples.size());
        for (const auto& [form, words] : k_forms) {
            View link = item.section("FORM");
            link.set("HREF", "/templates/" + file_name(of, form));
            link.set("FORM_NAME", words);
            link.set("TITLE", title);
        }
    }
    page.depends_on(context.reader().edition());
    return page.finish();
}

std::optional<Answer> list_template_file(std::string_view name) {
    const std::string* const file = made_file(name);
    if (file == nullptr) {
        return std::nullopt;
    }
    const auto form = importers::parse_template_form(name.substr(name.rfind('.') + 1)).value();
    Answer answer;
    answer.content_type = content_type_of(form);
    answer.shared_body = std::shared_ptr<const std::string>(file, [](const std::string*) {}); // lives as long as we do
    answer.compressible = form == TemplateForm::csv; // the others are packed already
    answer.etag_basis = std::string(name) + "|" + importers::digest_of(*file);
    answer.headers.emplace_back("Content-Disposition", fmt::format("attachment; filename=\"shirube-{}\"", name));
    return answer;
}

} // namespace shirube::server
