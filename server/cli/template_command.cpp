#include "importers/templates/list_templates.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/output_file.hpp"
#include "server/cli/template_output.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <fstream>

namespace shirube::server {

namespace {

using importers::TemplateForm;

int tell_templates(const std::string& language) {
    fmt::print("{}", language == "ja" ? "ひな形:\n" : "Templates:\n");
    for (const auto& of : importers::list_templates()) {
        fmt::print("  {}\n", of.name);
    }
    fmt::print("{}", language == "ja" ? "例: shirube template support-bases -o 拠点一覧.xlsx\n"
                                      : "For example: shirube template support-bases -o bases.xlsx\n");
    return k_exit_done;
}

int wrong_use(const std::string& sentence) {
    fmt::print(stderr, "{}\n", sentence);
    return k_exit_wrong_use;
}

} // namespace

int run_template_command(const TemplateCommand& command) {
    const bool japanese = command.language == "ja";
    if (command.name.empty()) {
        return tell_templates(command.language);
    }
    const auto* of = importers::find_template(command.name);
    if (of == nullptr) {
        return wrong_use(
            fmt::format(fmt::runtime(japanese ? "ひな形「{}」はありません。shirube template で一覧を見られます。"
                                              : "There is no template named {}. `shirube template` lists them."),
                        command.name));
    }
    return write_template_file(command.output, command.language,
                               [&](TemplateForm form) { return importers::template_file(*of, form); });
}

int write_template_file(const std::filesystem::path& output, const std::string& language,
                        const std::function<std::string(TemplateForm)>& make) {
    const bool japanese = language == "ja";
    std::string extension = output.empty() ? ".csv" : output.extension().string();
    if (!extension.empty()) {
        extension.erase(0, 1);
    }
    const auto form = importers::parse_template_form(extension);
    if (!form) {
        return wrong_use(
            fmt::format(fmt::runtime(japanese ? "{}: 名前の終わりを .csv、.xlsx、.ods のどれかにしてください。"
                                              : "{}: let the name end in .csv, .xlsx or .ods."),
                        output.string()));
    }
    const std::string file = make(*form);
    if (output.empty()) {
        return std::fwrite(file.data(), 1, file.size(), stdout) == file.size() ? k_exit_done : k_exit_failed;
    }
    if (const auto refusal = output_refusal("-o", output, {}, language)) {
        return wrong_use(*refusal);
    }
    std::ofstream out(output, std::ios::binary | std::ios::trunc);
    out << file;
    out.close();
    if (!out) {
        fmt::print(stderr, "{}: {}\n", output.string(),
                   japanese ? "書き込めません。フォルダーと空き容量を確かめてください。"
                            : "It cannot be written. Check the folder and the free space.");
        return k_exit_failed;
    }
    return k_exit_done;
}

} // namespace shirube::server
