#include "importers/templates/list_templates.hpp"

#include "directory/embedded_file.hpp"
#include "importers/layouts/template_choices.hpp"
#include "importers/relations/tie_choices.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace shirube::importers {

namespace {

using directory::ProgrammeIndex;
using directory::Taxonomy;

constexpr std::string_view k_list_sheet = "台帳";
constexpr std::string_view k_choice_sheet = "選択肢";
constexpr std::string_view k_help_sheet = "書き方";
constexpr std::size_t k_rows_to_fill = 1000;

/// How a column is to be filled in.
struct ColumnHelp {
    std::string name;
    std::string note;
    double width = 0;
};

struct TemplateData {
    std::vector<ColumnHelp> columns;
    std::vector<ListTemplate> templates;
};

/// Every programme that a list may name and everybody may see, in the taxonomy's order.
std::vector<std::string> public_programmes(const Taxonomy& taxonomy) {
    std::vector<std::string> codes;
    for (ProgrammeIndex i = 0; i < taxonomy.programmes().size(); ++i) {
        if (!taxonomy.is_family(i) && taxonomy.at(i).visibility == directory::Visibility::everyone) {
            codes.push_back(taxonomy.at(i).code);
        }
    }
    return codes;
}

using Cells = std::vector<std::vector<std::string>>;

/// What is said above the columns of a list of resources.
Cells about_resources() {
    return {{"1行が、一つの場所で行う一つの事業です。",
             "要るのは 事業 と 名称 だけです。空は「不明」です。0 でも「なし」でもありません。"},
            {"（記入例）の行は架空です。", "消してから使ってください。"}};
}

ListTemplate read_template(const nlohmann::json& json) {
    ListTemplate read{.name = json.at("name").get<std::string>(),
                      .columns = json.at("columns").get<std::vector<std::string>>(),
                      .programmes = json.at("programmes").get<std::vector<std::string>>(),
                      .examples = {}};
    if (json.contains("kind")) {
        read.kind = directory::parse_import_kind(json.at("kind").get<std::string>()).value();
    }
    read.about = json.value("about", about_resources());
    if (read.programmes.empty() && read.kind == directory::ImportKind::resources) {
        read.programmes = public_programmes(Taxonomy::shipped());
    }
    for (const auto& example : json.at("examples")) {
        std::vector<std::string> row;
        for (const std::string& column : read.columns) {
            row.push_back(example.value(column, std::string{}));
        }
        read.examples.push_back(std::move(row));
    }
    return read;
}

TemplateData read_data() {
    const auto files = embedded_templates();
    const auto file = std::ranges::find(files, "templates.json", &EmbeddedFile::path);
    if (file == files.end()) {
        throw std::runtime_error("The data file templates.json was not built into this program.");
    }
    TemplateData data;
    try {
        const auto json = nlohmann::ordered_json::parse(file->content);
        for (const auto& [name, help] : json.at("columns").items()) {
            data.columns.push_back({name, help.at("note").get<std::string>(), help.at("width").get<double>()});
        }
        for (const auto& entry : json.at("templates")) {
            data.templates.push_back(read_template(nlohmann::json(entry)));
        }
    } catch (const nlohmann::json::exception& error) {
        throw std::runtime_error(fmt::format("The templates cannot be read: {}", error.what()));
    }
    return data;
}

const TemplateData& data() {
    static const TemplateData read = read_data();
    return read;
}

/// A template may tell of a column in words of its own ("forums:種類"), where others mean something else by it.
const ColumnHelp& help_of(const ListTemplate& of, std::string_view column) {
    const auto& columns = data().columns;
    auto found = std::ranges::find(columns, fmt::format("{}:{}", of.name, column), &ColumnHelp::name);
    if (found == columns.end()) {
        found = std::ranges::find(columns, column, &ColumnHelp::name);
    }
    if (found == columns.end()) {
        throw std::runtime_error(fmt::format("No column {} is described in templates.json.", column));
    }
    return *found;
}

std::vector<std::string> choices_of(const ListTemplate& of, std::string_view column, const Taxonomy& taxonomy) {
    if (of.kind == directory::ImportKind::relations && column != "事業") {
        return column == "つながり"   ? labels_of<directory::RelationKind>()
               : column == "への種類" ? labels_of<directory::PartyKind>()
               : column == "種類"     ? labels_of<directory::ForumKind>()
               : column == "公開範囲" ? visibility_labels()
                                      : std::vector<std::string>{};
    }
    if (column != "事業") {
        return choices_of_column(column);
    }
    std::vector<std::string> labels;
    for (const std::string& code : of.programmes) {
        labels.push_back(taxonomy.at(taxonomy.by_code(code).value()).label.ja);
    }
    return labels;
}

Sheet list_sheet(const ListTemplate& of) {
    Sheet sheet{.name = std::string(k_list_sheet), .columns = {}, .rows = of.examples, .rows_to_fill = k_rows_to_fill};
    for (const std::string& column : of.columns) {
        const ColumnHelp& help = help_of(of, column);
        sheet.columns.push_back({.header = column, .note = help.note, .width = help.width});
    }
    return sheet;
}

/// A column of choices for each column of the list that has some; the list's drop-downs point here.
Sheet choice_sheet(const ListTemplate& of, Sheet& list, const Taxonomy& taxonomy) {
    Sheet sheet{.name = std::string(k_choice_sheet), .columns = {}, .rows = {}};
    std::vector<std::vector<std::string>> lists;
    for (SheetColumn& column : list.columns) {
        std::vector<std::string> values = choices_of(of, column.header, taxonomy);
        if (values.empty()) {
            continue;
        }
        column.choices = Choices{.values = values,
                                 .sheet = sheet.name,
                                 .column = lists.size(),
                                 .first_row = 3,
                                 .others_allowed = takes_other_words(column.header)};
        sheet.columns.push_back({.header = lists.empty() ? fmt::format("{}（選択肢の一覧）", k_unread_sheet) : "",
                                 .note = "",
                                 .width = column.header == "事業" ? 34.0 : 18.0});
        values.insert(values.begin(), column.header);
        lists.push_back(std::move(values));
    }
    std::size_t longest = 0;
    for (const auto& values : lists) {
        longest = std::max(longest, values.size());
    }
    for (std::size_t r = 0; r < longest; ++r) {
        std::vector<std::string> row;
        for (const auto& values : lists) {
            row.push_back(r < values.size() ? values[r] : "");
        }
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

Sheet help_sheet(const ListTemplate& of) {
    Sheet sheet{.name = std::string(k_help_sheet),
                .columns = {{.header = fmt::format("{}（列の書き方）", k_unread_sheet), .note = "", .width = 30},
                            {.header = "", .note = "", .width = 90}},
                .rows = of.about};
    sheet.rows.push_back({"", ""});
    for (const std::string& column : of.columns) {
        sheet.rows.push_back({column, help_of(of, column).note});
    }
    return sheet;
}

constexpr std::array<std::pair<TemplateForm, std::string_view>, 3> k_forms{
    {{TemplateForm::csv, "csv"}, {TemplateForm::xlsx, "xlsx"}, {TemplateForm::ods, "ods"}}};

} // namespace

std::span<const ListTemplate> list_templates() { return data().templates; }

const ListTemplate* find_template(std::string_view name) {
    const auto found = std::ranges::find(data().templates, name, &ListTemplate::name);
    return found == data().templates.end() ? nullptr : &*found;
}

std::string_view extension_of(TemplateForm form) noexcept {
    for (const auto& [known, extension] : k_forms) {
        if (known == form) {
            return extension;
        }
    }
    return {};
}

std::optional<TemplateForm> parse_template_form(std::string_view extension) noexcept {
    for (const auto& [form, known] : k_forms) {
        if (known == extension) {
            return form;
        }
    }
    return std::nullopt;
}

SheetBook template_book(const ListTemplate& of, const Taxonomy& taxonomy) {
    SheetBook book{.title = of.name, .sheets = {}};
    Sheet list = list_sheet(of);
    Sheet choices = choice_sheet(of, list, taxonomy);
    book.sheets.push_back(std::move(list));
    book.sheets.push_back(std::move(choices));
    book.sheets.push_back(help_sheet(of));
    return book;
}

std::string template_file(const ListTemplate& of, TemplateForm form) {
    const SheetBook book = template_book(of, Taxonomy::shipped());
    switch (form) {
        case TemplateForm::csv:
            return to_csv(book);
        case TemplateForm::xlsx:
            return to_xlsx(book);
        case TemplateForm::ods:
            break;
    }
    return to_ods(book);
}

} // namespace shirube::importers
